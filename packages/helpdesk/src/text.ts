import { createHash } from "node:crypto";

const REPLACEMENT = "\u{FFFD}";

/** Text that every database takes: no NUL (PostgreSQL refuses it), no half of a surrogate pair. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", REPLACEMENT) : whole;
}

/** At most `limit` UTF-16 units, never cut inside a character; what was cut is marked by `…`. */
export function bounded(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  return `${text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\u{FFFD}$/u, "")}…`;
}

/** One character by Unicode's simple case folding. */
function foldCharacter(character: string): string {
  if (character === "ı") {
    return character;
  }
  const upper = character.toUpperCase();
  const lower = (isOneCharacter(upper) ? upper : character).toLowerCase();
  return isOneCharacter(lower) ? lower : character;
}

function isOneCharacter(text: string): boolean {
  const first = text.codePointAt(0);
  return first !== undefined && text.length === (first > 0xffff ? 2 : 1);
}

/** The form in which addresses and names are compared: NFC, then Unicode's simple case folding. */
export function fold(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) {
    return text.toLowerCase();
  }
  return Array.from(text.normalize("NFC"), foldCharacter).join("");
}

const KEY_LENGTH = 300;

/** A key for an index, of bounded length: PostgreSQL refuses index rows beyond 2.7 kB. */
export function exactKey(text: string): string {
  const whole = storable(text);
  if (whole.length <= KEY_LENGTH) {
    return whole;
  }
  const hash = createHash("sha256").update(whole, "utf8").digest("hex");
  return `${whole.slice(0, KEY_LENGTH - hash.length - 1).toWellFormed()}#${hash}`;
}

/** The key under which a name, a title or a code is found: folded, white space as one space. */
export function nameKey(text: string): string {
  return exactKey(fold(text.replace(/\s+/gu, " ").trim()));
}

/** The key under which an address is found. */
export function addressKey(address: string): string {
  return exactKey(fold(address.trim()));
}

/** The key of a Message-ID, the same with its `<>` and without. Letter case counts. */
export function messageIdKey(messageId: string): string {
  const bare = messageId.trim();
  return exactKey(bare.startsWith("<") && bare.endsWith(">") ? bare.slice(1, -1).trim() : bare);
}

/** JSON in which every text is one that the store takes. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? storable(inner) : inner,
  );
}
