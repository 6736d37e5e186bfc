/**
 * The line that a mail program writes above what it quotes: "On … Anna wrote:", in the languages
 * of mail programs. It may be wrapped over several lines.
 */

const verbs = [
  // English, Italian, German, French, Spanish, Portuguese, Catalan
  "wrote",
  "writes",
  "ha scritto",
  "scrive",
  "schrieb",
  "schreibt",
  "hat geschrieben",
  "a écrit",
  "a ecrit",
  "écrit",
  "escribió",
  "escribio",
  "ha escrito",
  "escreveu",
  "va escriure",
  "ha escrit",
  // Dutch, Danish and Norwegian and Swedish, Icelandic, Finnish, Estonian
  "schreef",
  "geschreven",
  "skrev",
  "skrifaði",
  "kirjoitti",
  "kirjutas",
  // Polish, Czech, Slovak, Slovene, Croatian and Serbian
  "napisał\\(a\\)",
  "napisał",
  "napisała",
  "pisze",
  "napsal\\(a\\)",
  "napsal",
  "napsala",
  "napísal\\(a\\)",
  "napísal",
  "napísala",
  "je napisal",
  "je napisala",
  "napisao",
  "napisala",
  "је написао",
  // Russian, Ukrainian, Bulgarian
  "написал\\(а\\)",
  "написал",
  "написала",
  "пишет",
  "писал",
  "написав",
  "пише",
  "написа",
  // Hungarian, Romanian, Turkish, Greek, Latvian, Lithuanian
  "írta",
  "ezt írta",
  "a scris",
  "yazdı",
  "şunu yazdı",
  "έγραψε",
  "rakstīja",
  "rašė",
  // Vietnamese, Indonesian, Hebrew, Arabic
  "đã viết",
  "viết",
  "menulis",
  "כתב",
  "כתבה",
  "כתב/ה",
  "كتب",
  "تمت كتابة ما يلي بواسطة",
] as const;

// No word boundaries in these scripts.
const signs = ["写道", "寫道", "写信", "のメール", "書きました", "님이 작성", "작성"] as const;

const verb = new RegExp(`(?<![\\p{L}])(?:${verbs.join("|")})(?![\\p{L}])|${signs.join("|")}`, "iu");
const verbAtEnd = new RegExp(
  `(?:(?<![\\p{L}])(?:${verbs.join("|")})|${signs.join("|")})\\s?[:：;]?$`,
  "iu",
);
// In these languages the name or the date comes behind the verb.
const verbInside = /(?<!\p{L})(?:schrieb|schreibt|schreef|skrev|skrifaði|ezt írta|írta)(?!\p{L})/iu;
// "<anna@example.it>wrote:"
const gluedVerb = />(?:wrote|schrieb|ha scritto|a écrit)[:：]$/iu;

const leads = [
  "on",
  "il",
  "in data",
  "am",
  "le",
  "el",
  "em",
  "op",
  "den",
  "dnia",
  "w dniu",
  "dne",
  "dňa",
  "dana",
  "pe",
  "în",
  "at",
  "в",
  "на",
  "tarihinde",
  "στις",
  "vào",
  "pada",
  "בתאריך",
  "ב",
  "في",
  "在",
  "于",
] as const;
const weekdays =
  /^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|mo|di|mi|do|fr|sa|so|jeu|sam|dim|ma|ti|ke|to|pe|la|su|пн|вт|ср|чт|пт|сб|вс|нд|lør|søn|tor|ons|tir|man|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|ne|seg|ter|qua|qui|sex|lunes|mié|mie|jue|vie|sáb|星期|周|週)\p{L}*\.?,?\s/iu;
const lead = new RegExp(`^(?:${leads.join("|")})(?![\\p{L}])`, "iu");

const clock = /(?<!\d)\d{1,2}\s?[:.h]\s?\d{2}(?!\d)/u;
const year = /(?<!\d)(?:19|20)\d{2}(?!\d)/u;
const dayMonth =
  /(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})(?!\d)|(?<!\d)\d{1,2}\.?\s\p{L}{3,}|\p{L}{3,}\.?\s\d{1,2}(?!\d)/u;
const address = /[^\s<>()"@]{1,64}@[^\s<>()"@]{1,255}/u;
const inAngles = /[<([][^<>@]{0,100}[^\s<>@]@[^<>@]{1,255}[>)\]]|<[^\s<>]{1,200}$/u;
const startsDated =
  /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[:.]\d{2}|\d{1,2}\.?\s\p{L}{3,}|\d{4}年)/u;
// "2026-11-02 9:00 GMT+01:00 Anna", "2026/11/2 Anna <anna@example.it>", and nothing more.
const machineDated =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:,?\s\d{1,2}:\d{2}(?::\d{2})?)?(?:\s(?:GMT|UTC)[+-]\d{1,2}:?\d{2}(?:\s\S{1,40}){1,5}|(?:\s[^\s<>]{1,40}){1,6}\s<[^\s<>@]{1,64}@[^\s<>]{1,255}>)[:：]?$/u;
// Horde
const quoting = /^(?:quoting|zitat von|citando|citation de|citeren)(?!\p{L})/iu;

const longestCitation = 400;
const mostLines = 6;

function plain(text: string): string {
  const decoded = text.includes("&")
    ? text
        .replace(/&lt;/gu, "<")
        .replace(/&gt;/gu, ">")
        .replace(/&quot;/gu, '"')
    : text;
  const spaced = decoded.replace(/[\p{Cf}\s]+/gu, " ").replace(/^[\s*_-]+/u, "");
  return spaced.slice(0, spaced.length - marksAtEnd(spaced));
}

/** How many characters at the end are white space or the marks of bold and italic text. */
function marksAtEnd(text: string): number {
  let at = text.length;
  while (at > 0 && /[\s*_\p{Cf}-]/u.test(text.charAt(at - 1))) at -= 1;
  return text.length - at;
}

/**
 * A cheap look before all others, since nearly no text is a citation: it ends with a colon, names
 * an address, or begins with a date of numbers.
 */
function mayBeCitation(text: string): boolean {
  const last = text.charAt(text.length - marksAtEnd(text) - 1);
  return (
    last === ":" || last === "：" || /[@<(]|&lt;/u.test(text) || /^\P{L}{0,8}\d{4}[-/]/u.test(text)
  );
}

function hasDate(text: string): boolean {
  return clock.test(text) || year.test(text) || dayMonth.test(text);
}

/** Whether the text begins as most of these lines do: with "On", a weekday or a date. */
function begins(text: string): boolean {
  return lead.test(text) || weekdays.test(text) || startsDated.test(text);
}

/** Whether the whole of this text, its line ends made spaces, is such a line. */
export function isCitation(joined: string): boolean {
  if (joined.length > longestCitation * 2 || !mayBeCitation(joined)) return false;
  const text = plain(joined);
  if (text.length < 8 || text.length > longestCitation) return false;
  const ends = /[:：]$/u.test(text);
  const dated = hasDate(text);
  const addressed = inAngles.test(text) || new RegExp(`^${address.source}`, "u").test(text);
  if (verbAtEnd.test(text) || gluedVerb.test(text)) {
    if (ends) return addressed || (dated && begins(text));
    return addressed && dated;
  }
  // "Am … schrieb Anna:", "Anna <…> schrieb am … um 11:53 Uhr:"
  if (ends && dated && verb.test(text)) {
    if (addressed) return true;
    const timed = clock.test(text) && (year.test(text) || dayMonth.test(text));
    if (verbInside.test(text) && (timed || begins(text))) return true;
  }
  // No verb at all, but the address is last: "11:00 AM, November 17, 2021, "Anna" <…>:"
  if (dated && begins(text) && /[>)\]]\s?[:：]$/u.test(text)) return inAngles.test(text);
  if (ends && quoting.test(text)) return address.test(text);
  return machineDated.test(text);
}

/** Whether a citation may begin here: a cheap look, so that most lines are never joined. */
function mayBegin(line: string): boolean {
  return (
    line.length <= longestCitation &&
    (/\d/u.test(line) || line.includes("@") || lead.test(plain(line)))
  );
}

/** Whether a line further down begins a citation of its own, so that this one is text above it. */
function beginsFurtherDown(lines: readonly string[], start: number, end: number): boolean {
  const first = plain(lines[start] ?? "");
  const firstBegins = begins(first) && hasDate(first);
  for (let at = start + 1; at < end; at += 1) {
    const rest = lines.slice(at, end).join(" ");
    if (isCitation(rest) && (!firstBegins || begins(plain(rest)))) return true;
  }
  return false;
}

/**
 * How many lines, from `start` on, are a citation; 0 where none begins there. Text directly above
 * one is never taken for a part of it.
 */
export function citationLength(lines: readonly string[], start: number): number {
  const first = lines[start];
  if (first === undefined || !mayBegin(first)) return 0;
  let joined = "";
  let parted = false;
  for (let at = start; at < lines.length && at < start + mostLines; at += 1) {
    const line = (lines[at] ?? "").trim();
    if (line === "") {
      // A blank line belongs to it only where it parts the address from the name.
      if (parted || !(lines[at + 1] ?? "").trim().startsWith("<")) return 0;
      parted = true;
      continue;
    }
    if (at > start && line.startsWith(">") && !/^>\s?(?:wrote|schrieb)/iu.test(line)) return 0;
    joined = joined === "" ? line : `${joined} ${line}`;
    if (joined.length > longestCitation) return 0;
    if (isCitation(joined)) {
      return beginsFurtherDown(lines, start, at + 1) ? 0 : at - start + 1;
    }
  }
  return 0;
}
