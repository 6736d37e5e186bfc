/** What a mail program writes before the subject of an answer or of a mail that is passed on. */
export interface SubjectPrefix {
  /** Lower case, without count and colon. */
  readonly word: string;
  readonly reply: boolean;
  readonly forward: boolean;
}

const replyWords = [
  // Most languages, and what Outlook makes of it in French, Italian and Portuguese.
  "re",
  "ré",
  "r",
  "rif",
  "res",
  "resp",
  // German, Dutch
  "aw",
  "antw",
  "antwort",
  // Swedish, Danish, Norwegian, Icelandic; Finnish, Estonian
  "sv",
  "svar",
  "vs",
  "vast",
  // Polish, Czech, Slovak, Croatian, Slovene
  "odp",
  "odpověď",
  "odpoveď",
  "odg",
  // Hungarian, Turkish, Greek, Welsh, Indonesian, Vietnamese
  "vá",
  "válasz",
  "ynt",
  "yanıt",
  "yanit",
  "απ",
  "απάντηση",
  "atb",
  "bls",
  "balas",
  "trả lời",
  // Russian, Ukrainian, Bulgarian
  "отв",
  "ответ",
  "відп",
  "отг",
  // Hebrew, Arabic
  "תגובה",
  "השב",
  "رد",
  // Chinese, Japanese, Korean
  "回复",
  "回覆",
  "回復",
  "答复",
  "答覆",
  "返信",
  "返",
  "회신",
  "답장",
] as const;

const forwardWords = [
  "fwd",
  "fw",
  "forward",
  // German, Italian, French, Portuguese, Dutch
  "wg",
  "wtr",
  "i",
  "inoltro",
  "tr",
  "enc",
  "doorst",
  // Swedish, Finnish, Icelandic, Norwegian
  "vb",
  "vl",
  "fs",
  "vsb",
  // Polish, Croatian, Hungarian, Turkish, Greek, Indonesian, Vietnamese
  "pd",
  "prosl",
  "továbbítás",
  "tov",
  "i̇lt",
  "ilt",
  "πρθ",
  "trs",
  "terusan",
  "chuyển tiếp",
  // Russian, Ukrainian, Hebrew, Arabic
  "пересл",
  "перес",
  "пер",
  "הועבר",
  "إعادة توجيه",
  // Chinese, Japanese, Korean
  "转发",
  "轉寄",
  "轉發",
  "转寄",
  "転送",
  "전달",
] as const;

// Spanish Outlook writes RV before a mail that is passed on, other programs before an answer.
const bothWords = ["rv"] as const;

/** All known prefixes; the one table for `subject.base`, `mail is reply` and `mail is forward`. */
export const subjectPrefixes: readonly SubjectPrefix[] = [
  ...replyWords.map((word) => ({ word, reply: true, forward: false })),
  ...forwardWords.map((word) => ({ word, reply: false, forward: true })),
  ...bothWords.map((word) => ({ word, reply: true, forward: true })),
];
