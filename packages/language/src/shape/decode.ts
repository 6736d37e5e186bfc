/**
 * The text of a file: UTF-8 by default, UTF-16 where a byte-order mark says so. The byte-order mark is
 * left out; a byte that is no part of a character becomes U+FFFD. Takes any bytes.
 */
export function decode(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, 0, 1);
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, 1, 0);
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  return decodeUtf8(bytes, marked ? 3 : 0);
}

function decodeUtf16(bytes: Uint8Array, high: 0 | 1, low: 0 | 1): string {
  const units = new Uint16Array(Math.max(0, (bytes.length - 2) >> 1));
  for (let unit = 0; unit < units.length; unit += 1) {
    // The offsets say where in a pair the low and the high byte stand.
    const at = 2 + unit * 2;
    units[unit] = (bytes[at + high] ?? 0) | ((bytes[at + low] ?? 0) << 8);
  }
  return fromUnits(units);
}

/** As the Encoding Standard decodes: each maximal part of a broken sequence becomes one U+FFFD. */
function decodeUtf8(bytes: Uint8Array, from: number): string {
  // No sequence makes more units than it has bytes.
  const units = new Uint16Array(bytes.length);
  let count = 0;
  let at = from;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    at += 1;
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
    }
    const shape = sequenceOf(lead);
    if (shape === undefined) {
      units[count++] = 0xfffd;
      continue;
    }
    let codePoint = shape.bits;
    let { lower, upper } = shape;
    let missing = shape.following;
    while (missing > 0) {
      const next = bytes[at];
      if (next === undefined || next < lower || next > upper) break;
      codePoint = (codePoint << 6) | (next & 0x3f);
      lower = 0x80;
      upper = 0xbf;
      at += 1;
      missing -= 1;
    }
    if (missing > 0) units[count++] = 0xfffd;
    else if (codePoint < 0x10000) units[count++] = codePoint;
    else {
      units[count++] = 0xd7c0 + (codePoint >> 10);
      units[count++] = 0xdc00 | (codePoint & 0x3ff);
    }
  }
  return fromUnits(units.subarray(0, count));
}

interface Sequence {
  readonly bits: number;
  readonly following: number;
  /** What the second byte may be: it keeps overlong forms, surrogates and what lies beyond U+10FFFF out. */
  readonly lower: number;
  readonly upper: number;
}

function sequenceOf(lead: number): Sequence | undefined {
  if (lead >= 0xc2 && lead <= 0xdf) {
    return { bits: lead & 0x1f, following: 1, lower: 0x80, upper: 0xbf };
  }
  if (lead >= 0xe0 && lead <= 0xef) {
    const lower = lead === 0xe0 ? 0xa0 : 0x80;
    const upper = lead === 0xed ? 0x9f : 0xbf;
    return { bits: lead & 0x0f, following: 2, lower, upper };
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const lower = lead === 0xf0 ? 0x90 : 0x80;
    const upper = lead === 0xf4 ? 0x8f : 0xbf;
    return { bits: lead & 0x07, following: 3, lower, upper };
  }
  return undefined;
}

/** In pieces, since a call takes only so many arguments. */
function fromUnits(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += 8192) {
    pieces.push(String.fromCharCode(...units.subarray(at, at + 8192)));
  }
  return pieces.join("");
}
