import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

/** Where one message lies in an mbox file, without its `From ` line and the blank line after it. */
export interface MboxMessage {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  readonly length: number;
  /** Of the bytes as they lie there. */
  readonly hash: string;
  /** The first bytes: all of the header block, within a bound. */
  readonly head: Buffer;
}

/** A `From ` line and the header line after it are short; what is longer is text. */
const longestLine = 1000;
const separatorStart = Buffer.from("\nFrom ");

/**
 * The messages of an mbox file one after the other. It reads the file in chunks and keeps no more of a
 * message than its head, so a file of any size takes the same memory. A line that begins with `From ` parts
 * messages only where a blank line stands before it, a time stands in it and a header line follows: text
 * that happens to begin so stays text. Throws where the file begins with anything else.
 */
export async function* mboxMessages(
  file: FileHandle,
  headBytes: number,
  chunkSize = 1024 * 1024,
): AsyncGenerator<MboxMessage> {
  const window = new Window(file, chunkSize);
  await window.more();
  window.drop(blankStart(window.bytes));
  if (window.bytes.length === 0) return;
  if (!window.bytes.subarray(0, 5).equals(Buffer.from("From "))) {
    throw new Error('it is no mbox file: that begins with a line "From "');
  }
  for (let number = 1; ; number++) {
    await window.dropLine();
    const message = new Message(number, window.offset, headBytes);
    for (;;) {
      const at = findSeparator(window.bytes, window.ended);
      const upTo = at.found ? at.index + 1 : at.index;
      message.add(window.bytes.subarray(0, upTo));
      window.drop(upTo);
      if (at.found) break;
      if (window.ended) {
        yield message.end();
        return;
      }
      await window.more();
    }
    yield message.end();
  }
}

/** The stretch of a file that is looked at. */
class Window {
  readonly #file: FileHandle;
  readonly #chunkSize: number;
  bytes: Buffer = Buffer.alloc(0);
  /** Where in the file it begins. */
  offset = 0;
  /** It reaches the end of the file. */
  ended = false;

  constructor(file: FileHandle, chunkSize: number) {
    this.#file = file;
    this.#chunkSize = chunkSize;
  }

  async more(): Promise<void> {
    const { bytes, offset } = this;
    const chunk = Buffer.allocUnsafe(this.#chunkSize);
    const { bytesRead } = await this.#file.read(chunk, 0, this.#chunkSize, offset + bytes.length);
    this.ended = bytesRead === 0;
    const read = chunk.subarray(0, bytesRead);
    this.bytes = bytes.length === 0 ? read : Buffer.concat([bytes, read]);
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count);
    this.offset += count;
  }

  /** Leaves the `From ` line behind; where it has no end within reason, what can be seen of it. */
  async dropLine(): Promise<void> {
    while (this.bytes.indexOf(10) < 0 && this.bytes.length < longestLine && !this.ended) {
      await this.more();
    }
    const end = this.bytes.indexOf(10);
    this.drop(end < 0 ? this.bytes.length : end + 1);
  }
}

/** Gathers what is kept of one message while its bytes go by. */
class Message {
  readonly #number: number;
  readonly #start: number;
  readonly #headBytes: number;
  readonly #hash = createHash("sha256");
  readonly #head: Buffer[] = [];
  #headLength = 0;
  #length = 0;
  #lastByte: number | undefined;
  /** The line end that may be the blank line before the next `From ` line, which is no part of the message. */
  #held: Buffer = Buffer.alloc(0);

  constructor(number: number, start: number, headBytes: number) {
    this.#number = number;
    this.#start = start;
    this.#headBytes = headBytes;
  }

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const keep = all.length - blankEnd(all);
    this.#held = Buffer.from(all.subarray(keep));
    this.#take(all.subarray(0, keep));
  }

  end(): MboxMessage {
    // At the end of the file the last line end may well be the text's own.
    if (this.#length > 0 && this.#lastByte !== 10) this.#take(this.#held);
    return {
      number: this.#number,
      start: this.#start,
      length: this.#length,
      hash: this.#hash.digest("hex"),
      head: Buffer.concat(this.#head),
    };
  }

  #take(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    this.#lastByte = bytes[bytes.length - 1];
    this.#hash.update(bytes);
    const room = this.#headBytes - this.#headLength;
    if (room <= 0) return;
    const part = Buffer.from(bytes.subarray(0, room));
    this.#head.push(part);
    this.#headLength += part.length;
  }
}

/** How many bytes at the end are one blank line, or may become one: `\n\n` keeps the first `\n`. */
function blankEnd(bytes: Buffer): number {
  const { length } = bytes;
  if (bytes[length - 1] === 13) return 1;
  if (bytes[length - 1] !== 10) return 0;
  return bytes[length - 2] === 13 ? 2 : 1;
}

function blankStart(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 10 || bytes[at] === 13) at += 1;
  return at;
}

/**
 * The line end before the first separator; where there is none, how many bytes are surely text: what
 * stands after them cannot be told before more is read.
 */
function findSeparator(
  buffer: Buffer,
  ended: boolean,
): { readonly found: boolean; readonly index: number } {
  let from = 0;
  for (;;) {
    const at = buffer.indexOf(separatorStart, from);
    if (at < 0)
      return { found: false, index: ended ? buffer.length : Math.max(0, buffer.length - 8) };
    const judged = judgeSeparator(buffer, at, ended);
    if (judged === "more") return { found: false, index: Math.max(0, at - 2) };
    if (judged === "separator") return { found: true, index: at };
    from = at + separatorStart.length;
  }
}

function judgeSeparator(buffer: Buffer, at: number, ended: boolean): "separator" | "text" | "more" {
  const blankBefore =
    at === 0 ||
    buffer[at - 1] === 10 ||
    (buffer[at - 1] === 13 && (at === 1 || buffer[at - 2] === 10));
  if (!blankBefore) return "text";
  const stretch = buffer.toString("latin1", at + 1, at + 1 + 2 * longestLine);
  const complete = ended || stretch.length === 2 * longestLine;
  const lineEnd = stretch.indexOf("\n");
  if (lineEnd < 0) return complete ? "text" : "more";
  if (!/\d\d:\d\d/.test(stretch.slice(0, lineEnd))) return "text";
  const next = stretch.slice(lineEnd + 1);
  const nextEnd = next.indexOf("\n");
  if (nextEnd < 0 && !complete) return "more";
  const line = nextEnd < 0 ? next : next.slice(0, nextEnd);
  return /^(?:>?From |[!-9;-~]+[ \t]*:)/.test(line) ? "separator" : "text";
}
