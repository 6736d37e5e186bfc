/** A text without the files that stood in it, and those files. */
export interface SplitText {
  readonly text: Uint8Array;
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
}

const begin = /^begin [0-7]{3,4}(?: ([^\r\n]{0,500}?))?[ \t]*$/;

/**
 * Undoes uuencode, which old programs send as a transfer encoding. Bytes without a `begin` line stay
 * as they are; without an `end` line everything that can be read counts.
 */
export function decodeUuencode(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const first = /(?:^|[\r\n])begin [0-7]{3,4} [^\r\n]*(?:\r\n|\r|\n)/.exec(text);
  if (first === null) return bytes;
  const lines = text.slice(first.index + first[0].length).split(/\r\n|\r|\n/);
  const end = lines.indexOf("end");
  return decodeLines(end === -1 ? lines : lines.slice(0, end));
}

/**
 * Takes the files out of a text that old programs wrote into it: from a `begin` line to its `end`,
 * every line between as long as it says. Undefined where there is none.
 *
 * @param most files beyond them stay text
 */
export function splitUuencoded(bytes: Uint8Array, most: number): SplitText | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (most < 1 || !buffer.includes("begin ")) return undefined;
  const pieces = buffer.toString("latin1").split(/(\r\n|\r|\n)/);
  const lines = pieces.filter((_, at) => at % 2 === 0);
  const kept: string[] = [];
  const files: { name: string; content: Uint8Array }[] = [];
  const lastEnd = lines.findLastIndex((line) => line.trimEnd() === "end");
  for (let at = 0; at < lines.length; at += 1) {
    const found = at < lastEnd && files.length < most ? begin.exec(lines[at] ?? "") : null;
    const end = found === null ? -1 : endOf(lines, at + 1);
    if (found === null || end === -1) {
      kept.push((lines[at] ?? "") + (pieces[at * 2 + 1] ?? ""));
      continue;
    }
    const name = Buffer.from(found[1] ?? "", "latin1")
      .toString()
      .replace(/\p{Cc}+/gu, "");
    files.push({ name, content: decodeLines(lines.slice(at + 1, end)) });
    at = end;
  }
  return files.length === 0 ? undefined : { text: Buffer.from(kept.join(""), "latin1"), files };
}

/** The line that ends the file whose data begin here; -1 where the lines are no such data. */
function endOf(lines: readonly string[], start: number): number {
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.trimEnd() === "end") return at > start ? at : -1;
    if (line === "") continue;
    const letters = Math.ceil(sixBits(line, 0) / 3) * 4;
    // White space at its end was cut on the way, or a check sum added.
    if (!/^[ -`]*$/.test(line) || line.length > letters + 3) return -1;
  }
  return -1;
}

function decodeLines(lines: readonly string[]): Uint8Array {
  const out = Buffer.allocUnsafe(lines.reduce((sum, line) => sum + line.length + 3, 0));
  let length = 0;
  for (const line of lines) {
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
