import { decodeCharset } from "./charset.ts";
import { decodeBase64, decodeQ } from "./transferEncoding.ts";
import { normaliseWhiteSpace } from "./whiteSpace.ts";

/** One `=?charset?B?text?=` of RFC 2047. */
interface EncodedWord {
  readonly charset: string;
  readonly encoding: "b" | "q";
  readonly text: string;
  /** Behind the closing `?=`. */
  readonly end: number;
}

const opening = /=\?([^\s?]{1,60})\?([BbQq])\?/y;

/** The encoded word that begins at `start`, if one does. */
export function encodedWordAt(text: string, start: number): EncodedWord | undefined {
  if (text.charCodeAt(start) !== 0x3d || text.charCodeAt(start + 1) !== 0x3f) return undefined;
  opening.lastIndex = start;
  const open = opening.exec(text);
  if (open === null) return undefined;
  const from = start + open[0].length;
  // Behind the next opening there is no close of this word; `=?=` is padding and close.
  const nextOpening = text.indexOf("=?", from);
  const inner = text.slice(from, nextOpening === -1 ? undefined : nextOpening + 3);
  const close = inner.indexOf("?=");
  if (close === -1) return undefined;
  const charset = open[1] ?? "";
  const language = charset.indexOf("*");
  return {
    charset: (language === -1 ? charset : charset.slice(0, language)).toLowerCase(),
    encoding: open[2] === "b" || open[2] === "B" ? "b" : "q",
    text: inner.slice(0, close),
    end: from + close + 2,
  };
}

/**
 * Decodes the encoded words of a header text (RFC 2047), also those that touch plain text, and
 * leaves everything else as it is. Words whose charset and encoding agree are decoded together, as
 * a character may be parted between them.
 */
export function decodeEncodedWords(text: string): string {
  let at = text.indexOf("=?");
  if (at === -1 || !text.includes("?=", at)) return text;
  let out = text.slice(0, at);
  while (at !== -1) {
    const word = encodedWordAt(text, at);
    if (word === undefined) {
      const next = text.indexOf("=?", at + 2);
      out += text.slice(at, next === -1 ? undefined : next);
      at = next;
      continue;
    }
    const run = [word];
    let end = word.end;
    for (;;) {
      const next = encodedWordAt(text, skipBlank(text, end));
      if (next === undefined) break;
      run.push(next);
      end = next.end;
    }
    out += decodeRun(run);
    const next = text.indexOf("=?", end);
    out += text.slice(end, next === -1 ? undefined : next);
    at = next;
  }
  return out;
}

/**
 * A header's text as people read it: encoded words decoded, every run of white space and control
 * characters one space, trimmed.
 */
export function decodeHeaderText(text: string): string {
  return normaliseWhiteSpace(decodeEncodedWords(text));
}

function skipBlank(text: string, at: number): number {
  let next = at;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) break;
    next += 1;
  }
  return next;
}

function decodeRun(words: readonly EncodedWord[]): string {
  let out = "";
  let bytes: Uint8Array[] = [];
  /** Base64 text that ends inside a group of four: some programs cut the text, not the bytes. */
  let pending = "";
  let charset = "";
  let encoding = "";
  const flush = () => {
    if (pending !== "") bytes.push(decodeBase64(pending));
    if (bytes.length > 0) out += decodeCharset(Buffer.concat(bytes), charset);
    bytes = [];
    pending = "";
  };
  for (const word of words) {
    if (word.charset !== charset || word.encoding !== encoding) flush();
    charset = word.charset;
    encoding = word.encoding;
    if (word.encoding === "b") {
      pending += word.text;
      if (pending.endsWith("=") || pending.length % 4 === 0) {
        bytes.push(decodeBase64(pending));
        pending = "";
      }
      continue;
    }
    for (const piece of word.text.split(/([^\u0000-\u007f]+)/)) {
      if (piece === "") continue;
      if (piece.charCodeAt(0) <= 0x7f) {
        bytes.push(decodeQ(piece));
      } else {
        // What was sent as raw bytes inside a word is text already.
        flush();
        out += piece;
      }
    }
  }
  flush();
  return out;
}
