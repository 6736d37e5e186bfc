import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import iconv from "iconv-lite";

const utf8 = new TextDecoder("utf-8");
const windows1252 = new TextDecoder("windows-1252");
const isoEscapePair = /\x1b\([BJ](?=\x1b)/g;

/** Bytes without a charset: UTF-8 where they are valid, else windows-1252. */
export function decodeUnlabelled(bytes: Uint8Array): string {
  return isUtf8(bytes) ? utf8.decode(bytes) : windows1252.decode(bytes);
}

/**
 * Decodes bytes by the charset that a mail names for them. A charset that is unknown, or US-ASCII
 * with bytes beyond it, counts as none. Never throws: what cannot be decoded becomes U+FFFD.
 */
export function decodeCharset(bytes: Uint8Array, charset: string | undefined): string {
  const label = charset?.trim().toLowerCase() ?? "";
  if (label === "utf-8" || label === "utf8") return utf8.decode(bytes);
  if (label === "us-ascii" || label === "ascii" || !mayBeKnown(label))
    return decodeUnlabelled(bytes);
  if (label.startsWith("iso-2022-jp")) return decodeIso2022Jp(bytes);
  // The web takes it for little-endian whatever its mark says.
  const marked = label === "utf-16" ? charsetOfMark(bytes) : undefined;
  const decoder = webDecoder(marked ?? label);
  if (decoder !== undefined) return decoder.decode(bytes);
  if (iconv.encodingExists(label)) return iconv.decode(bytes, label).toWellFormed();
  return decodeUnlabelled(bytes);
}

/** True where the charset is one that can be decoded. */
export function isKnownCharset(charset: string): boolean {
  const label = charset.trim().toLowerCase();
  return mayBeKnown(label) && (webDecoder(label) !== undefined || iconv.encodingExists(label));
}

/** False for names that are no charset, and for UTF-7, whose text stays as it is. */
function mayBeKnown(label: string): boolean {
  return label.length <= 60 && !/^(?:|base64|hex|binary|.*utf-?7.*)$/.test(label);
}

/** The charset that a byte-order mark tells. */
export function charsetOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** The charset that an HTML page's first bytes name in a meta element. */
export function charsetOfMeta(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const found = /<meta\b[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(
    head.toString("latin1"),
  );
  const label = found?.[1];
  // A page whose meta element can be read byte by byte is not in UTF-16, whatever it claims.
  return label === undefined || /^utf-?16/i.test(label) ? undefined : label;
}

/** A string whose characters are bytes, as text: UTF-8 where valid, else windows-1252. */
export function decodeByteString(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  return decodeUnlabelled(Buffer.from(bytes, "latin1"));
}

function webDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/**
 * Two escape sequences with nothing between them stand wherever two encoded words were joined; the
 * web's decoder takes them for an error.
 */
function decodeIso2022Jp(bytes: Uint8Array): string {
  if (!isAscii(bytes)) return decodeUnlabelled(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return new TextDecoder("iso-2022-jp").decode(
    Buffer.from(text.replace(isoEscapePair, ""), "latin1"),
  );
}
