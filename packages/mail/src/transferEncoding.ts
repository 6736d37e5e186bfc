import { decodeUuencode } from "./uuencode.ts";

/** So many pieces with padding of their own are read of one part. */
const mostEncodings = 10_000;

/**
 * Base64 as it comes: what is not of the alphabet is skipped, missing padding is no error, and
 * padding in the middle (two encodings put behind one another) does not end it.
 */
export function decodeBase64(encoded: string): Uint8Array {
  // Node would read the letters of base64url too.
  const text = /[-_]/.test(encoded) ? encoded.replace(/[-_]+/g, "") : encoded;
  const padding = text.indexOf("=");
  if (padding === -1 || !/[A-Za-z0-9+/]/.test(text.slice(padding))) {
    return Buffer.from(text, "base64");
  }
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [found] of text.matchAll(/[^=]*=*/g)) {
    // Behind padding, only what is a whole encoding again is one; a footer in plain text is none.
    const compact = at === 0 ? "" : found.replace(/[\r\n]+/g, "").trim();
    if (at > 0 && (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+=*$/.test(compact))) break;
    pieces.push(Buffer.from(found, "base64"));
    at += 1;
    if (at === mostEncodings) break;
  }
  return Buffer.concat(pieces);
}

/** The Q encoding of RFC 2047. A broken `=` stays as it is. */
export function decodeQ(text: string): Uint8Array {
  return decodeQuotedPrintable(Buffer.from(text.replaceAll("_", "=20")));
}

/**
 * Quoted-printable (RFC 2045 6.7). Soft line ends are taken out, with the white space before them;
 * white space at the end of a line was added on the way and goes too; a broken `=` stays.
 */
export function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  /** Where `out` ends without the plain white space written last. */
  let solid = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x3d) {
      const high = hexDigit(bytes[at + 1]);
      const low = hexDigit(bytes[at + 2]);
      if (high !== -1 && low !== -1) {
        out[length++] = high * 16 + low;
        solid = length;
        at += 3;
        continue;
      }
      const next = softLineEnd(bytes, at + 1);
      if (next !== -1) {
        solid = length;
        at = next;
        continue;
      }
      out[length++] = byte;
      solid = length;
      at += 1;
      continue;
    }
    if (byte === 0x0a || byte === 0x0d) {
      length = solid;
      out[length++] = byte;
      solid = length;
    } else {
      out[length++] = byte;
      if (byte !== 0x20 && byte !== 0x09) solid = length;
    }
    at += 1;
  }
  return out.subarray(0, length);
}

/** Undoes a Content-Transfer-Encoding; an unknown one leaves the bytes as they are. */
export function decodeTransfer(bytes: Uint8Array, encoding: string): Uint8Array {
  switch (encoding) {
    case "base64":
      return decodeBase64(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"),
      );
    case "quoted-printable":
      return decodeQuotedPrintable(bytes);
    case "x-uuencode":
    case "uuencode":
    case "x-uue":
      return decodeUuencode(bytes);
    default:
      return bytes;
  }
}

/** Behind the line end that follows at most white space, or -1. */
function softLineEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
  if (at === bytes.length) return at;
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1;
  return bytes[at] === 0x0a ? at + 1 : -1;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}
