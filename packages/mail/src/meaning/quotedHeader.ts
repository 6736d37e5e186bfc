/**
 * The block of header lines that Outlook and its like write above what they quote or pass on
 * ("From: … Sent: … To: … Subject: …"), and the line that announces one.
 */

export type BlockLabel = "from" | "date" | "to" | "cc" | "subject" | "reply-to";

const labels: Readonly<Record<BlockLabel, readonly string[]>> = {
  from: [
    "from",
    "da",
    "von",
    "de",
    "van",
    "från",
    "fra",
    "lähettäjä",
    "od",
    "nadawca",
    "odesílatel",
    "odosielateľ",
    "feladó",
    "от",
    "від",
    "из",
    "gönderen",
    "kimden",
    "από",
    "expeditor",
    "de la",
    "saatja",
    "från",
    "frá",
    "nga",
    "从",
    "发件人",
    "寄件者",
    "寄件人",
    "發件人",
    "差出人",
    "送信者",
    "보낸 사람",
    "보낸사람",
    "từ",
    "dari",
    "מאת",
    "من",
    "pošiljatelj",
    "šalje",
  ],
  date: [
    "sent",
    "date",
    "inviato",
    "data",
    "data invio",
    "gesendet",
    "datum",
    "envoyé",
    "envoyé le",
    "envoyée",
    "date d'envoi",
    "message du",
    "enviado",
    "enviado el",
    "enviada em",
    "enviado em",
    "fecha",
    "verzonden",
    "skickat",
    "sendt",
    "dato",
    "sänt",
    "lähetetty",
    "päivämäärä",
    "päiväys",
    "wysłano",
    "wysłane",
    "data wysłania",
    "odesláno",
    "odoslané",
    "elküldve",
    "dátum",
    "отправлено",
    "дата",
    "надіслано",
    "дата отправки",
    "gönderildi",
    "tarih",
    "gönderme tarihi",
    "στάλθηκε",
    "ημερομηνία",
    "trimis",
    "poslano",
    "发送时间",
    "日期",
    "寄件日期",
    "傳送時間",
    "送信日時",
    "日時",
    "日付",
    "보낸 날짜",
    "날짜",
    "đã gửi",
    "ngày",
    "tanggal",
    "dikirim",
    "נשלח",
    "תאריך",
    "تاريخ",
    "data",
  ],
  to: [
    "to",
    "a",
    "an",
    "à",
    "para",
    "aan",
    "till",
    "til",
    "vastaanottaja",
    "do",
    "komu",
    "pro",
    "címzett",
    "кому",
    "до",
    "kime",
    "alıcı",
    "προς",
    "către",
    "za",
    "prima",
    "收件人",
    "收件者",
    "宛先",
    "받는 사람",
    "받는사람",
    "đến",
    "tới",
    "kepada",
    "ke",
    "אל",
    "إلى",
  ],
  cc: [
    "cc",
    "c.c.",
    "ccn",
    "bcc",
    "kopie",
    "copie à",
    "copie",
    "kopia",
    "kopi",
    "kopio",
    "dw",
    "copia",
    "копия",
    "копія",
    "抄送",
    "副本",
    "참조",
    "másolatot kap",
    "bilgi",
    "κοιν",
    "κοινοποίηση",
  ],
  subject: [
    "subject",
    "oggetto",
    "betreff",
    "objet",
    "sujet",
    "asunto",
    "assunto",
    "onderwerp",
    "ämne",
    "emne",
    "aihe",
    "temat",
    "předmět",
    "predmet",
    "tárgy",
    "тема",
    "konu",
    "θέμα",
    "subiect",
    "naslov",
    "teema",
    "efni",
    "assumpte",
    "主题",
    "主旨",
    "主題",
    "件名",
    "제목",
    "chủ đề",
    "subjek",
    "perihal",
    "נושא",
    "الموضوع",
  ],
  "reply-to": [
    "reply-to",
    "reply to",
    "antwort an",
    "rispondi a",
    "répondre à",
    "responder a",
    "odpovědět komu",
    "importance",
    "priorità",
    "wichtigkeit",
    "attachments",
    "allegati",
    "anlagen",
    "message-id",
  ],
};

const labelOf: ReadonlyMap<string, BlockLabel> = new Map(
  (["from", "date", "to", "cc", "subject", "reply-to"] as const).flatMap((kind) =>
    labels[kind].map((word): [string, BlockLabel] => [word, kind]),
  ),
);

const longestLine = 2000;

export interface BlockLine {
  readonly label: BlockLabel;
  readonly value: string;
}

/** A line of such a block, with its label and what stands behind the colon. */
export function blockLine(line: string): BlockLine | undefined {
  if (line.length > longestLine) return undefined;
  const found =
    /^[\s>*_|]{0,20}([\p{L}\p{M}'.\- ]{1,20}?)\s{0,4}[*_]{0,2}\s?[:：]\s?[*_]{0,2}/u.exec(line);
  const word = found?.[1]?.trim().toLowerCase().normalize("NFC");
  if (found === null || word === undefined) return undefined;
  const label = labelOf.get(word);
  return label === undefined ? undefined : { label, value: line.slice(found[0].length).trim() };
}

export interface HeaderBlock {
  /** Lines from the first label to the last, wrapped values included. */
  readonly length: number;
  /** What stands behind the label of the sender. */
  readonly from: string;
}

const mostLines = 20;

/** Whether one of the next lines carries a label that the block does not have yet. */
function newLabelAhead(
  lines: readonly string[],
  at: number,
  kinds: ReadonlySet<BlockLabel>,
  steps: number,
): boolean {
  for (let step = 1; step <= steps; step += 1) {
    const next = blockLine(lines[at + step] ?? "");
    if (next !== undefined) return !kinds.has(next.label);
  }
  return false;
}

/** The block that begins at `start`, if one does. `announced`: a line above said that one comes. */
export function headerBlock(
  lines: readonly string[],
  start: number,
  announced: boolean,
): HeaderBlock | undefined {
  const kinds = new Set<BlockLabel>();
  let from: string | undefined;
  let end = start;
  // The label whose value has not been seen yet, since it stands on the next line.
  let open: BlockLabel | undefined;
  for (let at = start; at < lines.length && at < start + mostLines; at += 1) {
    const line = lines[at] ?? "";
    const found = blockLine(line);
    if (found !== undefined) {
      if (kinds.has(found.label) && found.label !== "cc" && found.label !== "reply-to") break;
      kinds.add(found.label);
      if (found.label === "from") from = found.value;
      open = found.value === "" && found.label !== "cc" ? found.label : undefined;
      end = at + 1;
      continue;
    }
    if (at === start) return undefined;
    const bare = line.replace(/^[\s>|]+/u, "").trim();
    if (bare === "") {
      // Between two labels a blank line is what HTML left there.
      if (open !== undefined || newLabelAhead(lines, at, kinds, 1)) continue;
      break;
    }
    if (open !== undefined) {
      if (open === "from") from = bare;
      open = undefined;
      end = at + 1;
      continue;
    }
    // The rest of a wrapped value: of many recipients, or of a subject.
    const ahead = newLabelAhead(lines, at, kinds, /[@;,]/u.test(bare) ? 6 : 2);
    const wrapped = end === at && (lines[at - 1] ?? "").length >= 60;
    if (!ahead && !wrapped) break;
    end = at + 1;
  }
  if (from === undefined) return undefined;
  const others = (["date", "to", "subject"] as const).filter((kind) => kinds.has(kind)).length;
  return others >= (announced ? 1 : 2) ? { length: end - start, from } : undefined;
}

const forwarded = [
  "forwarded message",
  "begin forwarded message",
  "forwarded by",
  "messaggio inoltrato",
  "inizio messaggio inoltrato",
  "inizio del messaggio inoltrato",
  "inoltrato da",
  "weitergeleitete nachricht",
  "anfang der weitergeleiteten nachricht",
  "weitergeleitet von",
  "message transféré",
  "début du message transféré",
  "début du message réexpédié",
  "courriel transféré",
  "mensaje reenviado",
  "inicio del mensaje reenviado",
  "mensagem encaminhada",
  "início da mensagem encaminhada",
  "mensagem reencaminhada",
  "início da mensagem reencaminhada",
  "doorgestuurd bericht",
  "begin doorgestuurd bericht",
  "vidarebefordrat meddelande",
  "vidarebefordrat brev",
  "påbörja vidarebefordrat meddelande",
  "videresendt besked",
  "start på videresendt besked",
  "videresendt melding",
  "begynnelse på videresendt melding",
  "välitetty viesti",
  "välitetty viesti alkaa",
  "wiadomość przekazana dalej",
  "przekazana wiadomość",
  "treść przekazanej wiadomości",
  "początek przekazywanej wiadomości",
  "přeposlaná zpráva",
  "začátek přeposílané zprávy",
  "preposlaná správa",
  "továbbított üzenet",
  "továbbított levél kezdete",
  "пересылаемое сообщение",
  "пересланное сообщение",
  "начало переадресованного сообщения",
  "начало пересылаемого сообщения",
  "переслане повідомлення",
  "переадресоване повідомлення",
  "iletilen ileti",
  "yönlendirilmiş ileti",
  "iletilmiş ileti başlangıcı",
  "mesaj redirecționat",
  "προωθημένο μήνυμα",
  "转发的邮件",
  "已转发邮件",
  "開始轉寄郵件",
  "轉寄郵件",
  "転送メッセージ",
  "転送されたメッセージ",
  "전달된 메시지",
  "thư được chuyển tiếp",
  "pesan terusan",
] as const;

const original = [
  "original message",
  "original appointment",
  "messaggio originale",
  "messaggio originario",
  "ursprüngliche nachricht",
  "originalnachricht",
  "original-nachricht",
  "message d'origine",
  "message original",
  "message initial",
  "mensaje original",
  "mensagem original",
  "oorspronkelijk bericht",
  "origineel bericht",
  "originalmeddelande",
  "ursprungligt meddelande",
  "ursprungligt meddelande",
  "oprindelig besked",
  "oprindelig meddelelse",
  "opprinnelig melding",
  "alkuperäinen viesti",
  "wiadomość oryginalna",
  "oryginalna wiadomość",
  "pierwotna wiadomość",
  "původní zpráva",
  "pôvodná správa",
  "eredeti üzenet",
  "исходное сообщение",
  "оригинальное сообщение",
  "первоначальное сообщение",
  "вихідне повідомлення",
  "orijinal ileti",
  "orijinal mesaj",
  "özgün ileti",
  "mesaj original",
  "mesajul original",
  "αρχικό μήνυμα",
  "izvorna poruka",
  "izvirno sporočilo",
  "missatge original",
  "原始邮件",
  "原始郵件",
  "原邮件",
  "元のメッセージ",
  "원본 메시지",
  "tin nhắn gốc",
  "pesan asli",
  "reply message",
  "replied message",
] as const;

const markers: ReadonlyMap<string, "forwarded" | "original"> = new Map([
  ...forwarded.map((words): [string, "forwarded"] => [words, "forwarded"]),
  ...original.map((words): [string, "original"] => [words, "original"]),
]);

/**
 * What a line announces: a mail passed on, or the mail that is answered
 * ("---------- Forwarded message ---------", "-----Original Message-----").
 */
export function markerLine(line: string): "forwarded" | "original" | undefined {
  if (line.length > 200) return undefined;
  const words = line
    .replace(/[’`]/gu, "'")
    .replace(/^[\s>*|_=\-–—]+/u, "")
    .replace(/[\s*_=\-–—:：.]+$/u, "")
    .toLowerCase()
    .normalize("NFC");
  if (words.length > 60) return undefined;
  const found = markers.get(words);
  if (found === "original" && !/^[\s>*|]{0,8}[-_=–—*]{2}/u.test(line)) return undefined;
  if (found !== undefined) return found;
  // "---------------------- Forwarded by Anna/Rome on 01/02/2026 ---------------------------"
  return /^[\s>*|]{0,8}-{5}/u.test(line) && words.startsWith("forwarded by ")
    ? "forwarded"
    : undefined;
}
