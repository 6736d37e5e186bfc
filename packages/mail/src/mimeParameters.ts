import { decodeCharset } from "./charset.ts";
import { decodeEncodedWords } from "./encodedWords.ts";

/** A structured MIME field: what stands before the first `;`, and its parameters. */
export interface ParameterisedValue {
  /** Lower case, without comments. */
  readonly value: string;
  /** Lower case names, decoded values; the RFC 2231 form of a name wins over the plain one. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The names whose value stands here in a form of RFC 2231. */
  readonly extended: ReadonlySet<string>;
}

const mostParameters = 1000;

/** Reads Content-Type, Content-Disposition and their like (RFC 2045 5.1, RFC 2231); never throws. */
export function readParameterised(raw: string): ParameterisedValue {
  // Some programs forget the semicolon before the first parameter.
  const separator = /;|\s(?=[\w*-]{1,40}\s?=)/.exec(raw);
  const semicolon = separator?.index ?? -1;
  const head = semicolon === -1 ? raw : raw.slice(0, semicolon);
  const value = head
    .replace(/\([^()]*\)/g, " ")
    .trim()
    .toLowerCase();
  const plain = new Map<string, string>();
  const pieces = new Map<string, Map<number, Piece>>();
  if (semicolon !== -1) {
    let count = 0;
    for (const [name, text, quoted] of splitParameters(raw, semicolon + 1)) {
      count += 1;
      if (count > mostParameters) break;
      const form = /^([^*]+)\*(?:(\d{1,4})(\*)?)?$/.exec(name);
      if (form === null) {
        if (!plain.has(name)) plain.set(name, quoted ? text : decodeLoose(text));
        continue;
      }
      const [, base = "", index, star] = form;
      const numbered = pieces.get(base) ?? new Map<number, Piece>();
      pieces.set(base, numbered);
      const at = index === undefined ? 0 : Number(index);
      const encoded = index === undefined || star !== undefined;
      if (!numbered.has(at)) numbered.set(at, { text, encoded });
    }
  }
  const parameters = new Map<string, string>();
  for (const [name, text] of plain) parameters.set(name, decodeEncodedWords(text));
  for (const [name, numbered] of pieces) parameters.set(name, joinPieces(numbered));
  return { value, parameters: Object.fromEntries(parameters), extended: new Set(pieces.keys()) };
}

/** One `name*N*=text` of RFC 2231. */
interface Piece {
  readonly text: string;
  readonly encoded: boolean;
}

function joinPieces(numbered: ReadonlyMap<number, Piece>): string {
  const ordered = [...numbered].toSorted(([a], [b]) => a - b).map(([, piece]) => piece);
  const [first] = ordered;
  let charset: string | undefined;
  const bytes = ordered.map(({ text, encoded }, at) => {
    if (!encoded) return Buffer.from(text);
    let rest = text;
    if (at === 0) {
      // charset'language'text; a program that leaves the quotes out names no charset.
      const quote = text.indexOf("'");
      const second = quote === -1 ? -1 : text.indexOf("'", quote + 1);
      if (second !== -1) {
        charset = text.slice(0, quote) || undefined;
        rest = text.slice(second + 1);
      }
    }
    return decodePercent(rest);
  });
  const decoded = decodeCharset(Buffer.concat(bytes), charset);
  return first?.encoded === true ? decoded : decodeEncodedWords(decoded);
}

function decodePercent(text: string): Uint8Array {
  const source = Buffer.from(text);
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] ?? 0;
    const digits = byte === 0x25 ? source.toString("latin1", at + 1, at + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(digits)) {
      out[length++] = Number.parseInt(digits, 16);
      at += 2;
    } else {
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

/** A value without quotes: a comment behind it goes. */
function decodeLoose(text: string): string {
  return text.replace(/\s\([^()]*\)$/, "").trim();
}

function* splitParameters(
  raw: string,
  start: number,
): Generator<readonly [name: string, text: string, quoted: boolean]> {
  let at = start;
  while (at < raw.length) {
    const equals = raw.indexOf("=", at);
    if (equals === -1) return;
    const semicolon = raw.indexOf(";", at);
    if (semicolon !== -1 && semicolon < equals) {
      at = semicolon + 1;
      continue;
    }
    const name = raw.slice(at, equals).trim().toLowerCase();
    let from = equals + 1;
    while (raw[from] === " " || raw[from] === "\t") from += 1;
    let text: string;
    const quoted = raw[from] === '"';
    if (quoted) {
      const end = endOfQuoted(raw, from + 1);
      text = raw.slice(from + 1, end).replace(/\\(["\\])/g, "$1");
      from = end + 1;
      const next = raw.indexOf(";", from);
      at = next === -1 ? raw.length : next + 1;
    } else {
      const next = raw.indexOf(";", from);
      text = raw.slice(from, next === -1 ? undefined : next).trim();
      at = next === -1 ? raw.length : next + 1;
    }
    if (/^[^\s"]+$/.test(name)) yield [name, text, quoted];
  }
}

/** The closing quote, or the end where there is none. */
function endOfQuoted(raw: string, start: number): number {
  for (let at = start; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return raw.length;
}
