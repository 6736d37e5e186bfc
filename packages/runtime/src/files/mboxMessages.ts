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
  let buffer: Buffer = Buffer.alloc(0);
  /** Where in the file the buffer begins. */
  let offset = 0;
  let ended = false;
  const more = async (): Promise<void> => {
    const chunk = Buffer.allocUnsafe(chunkSize);
    const { bytesRead } = await file.read(chunk, 0, chunkSize, offset + buffer.length);
    ended = bytesRead === 0;
    buffer =
      buffer.length === 0
        ? chunk.subarray(0, bytesRead)
        : Buffer.concat([buffer, chunk.subarray(0, bytesRead)]);
  };
  const drop = (count: number): void => {
    buffer = buffer.subarray(count);
    offset += count;
  };

  await more();
  drop(blankStart(buffer));
  if (buffer.length === 0) return;
  if (!buffer.subarray(0, 5).equals(Buffer.from("From "))) {
    throw new Error('it is no mbox file: that begins with a line "From "');
  }
  for (let number = 1; ; number++) {
    while (buffer.indexOf(10) < 0 && !ended) await more();
    const lineEnd = buffer.indexOf(10);
    drop(lineEnd < 0 ? buffer.length : lineEnd + 1);
    const message = new Message(number, offset, headBytes);
    for (;;) {
      const at = findSeparator(buffer, ended);
      if (at.found) {
        message.add(buffer.subarray(0, at.index + 1));
        drop(at.index + 1);
        yield message.end();
        break;
      }
      message.add(buffer.subarray(0, at.index));
      drop(at.index);
      if (ended) {
        message.add(buffer);
        yield message.end();
        return;
      }
      await more();
    }
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
