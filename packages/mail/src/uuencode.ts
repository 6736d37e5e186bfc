/**
 * Undoes uuencode, which old programs send as a transfer encoding. Bytes without a `begin` line stay
 * as they are; without an `end` line everything that can be read counts.
 */
export function decodeUuencode(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const begin = /(?:^|[\r\n])begin [0-7]{3,4} [^\r\n]*(?:\r\n|\r|\n)/.exec(text);
  if (begin === null) return bytes;
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (const line of text.slice(begin.index + begin[0].length).split(/\r\n|\r|\n/)) {
    if (line === "end") break;
    const count = sixBits(line, 0);
    // Programs that send mail cut white space at the end of a line, where it means zeros.
    for (let at = 1, left = count; left > 0 && at < line.length; at += 4, left -= 3) {
      const [a, b, c, d] = [0, 1, 2, 3].map((step) => sixBits(line, at + step));
      const group = ((a ?? 0) << 18) | ((b ?? 0) << 12) | ((c ?? 0) << 6) | (d ?? 0);
      for (let byte = 0; byte < Math.min(3, left); byte += 1) {
        out[length++] = (group >> (16 - 8 * byte)) & 0xff;
      }
    }
  }
  return out.subarray(0, length);
}

function sixBits(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 0x20) & 0x3f : 0;
}
