import { closeSync, fstatSync, lstatSync, openSync, read, readSync, statSync } from "node:fs";
import { MailGone, receivedAt } from "@mcrules/handling";
import type { Instant } from "@mcrules/mail";
import { defaultLimits, readHeaders } from "@mcrules/mail";
import { codeOf, fileReason } from "./trouble.ts";

/** The reading of headers that only their dates are wanted of. */
const plainReading = { pec: false, through: [], trusts: [] };

const firstRead = 8 * 1024;

/**
 * The header block at the beginning of an open file, within the bound on headers. It is read at once and not
 * in the background: a scan looks into every new file, and a promise each costs more than the read.
 */
export function headerAt(file: number, start: number, length: number): Uint8Array {
  let size = Math.min(firstRead, length);
  for (;;) {
    const buffer = Buffer.allocUnsafe(size);
    const count = readSync(file, buffer, 0, size, start);
    const bytes = buffer.subarray(0, count);
    const end = endOfHeaders(bytes);
    if (end !== undefined) return bytes.subarray(0, end);
    if (count < size || size >= Math.min(length, defaultLimits.headerBytes)) return bytes;
    size = Math.min(size * 8, length, defaultLimits.headerBytes);
  }
}

function endOfHeaders(bytes: Buffer): number | undefined {
  const unix = bytes.indexOf("\n\n");
  const crlf = bytes.indexOf("\r\n\r\n");
  if (unix < 0) return crlf < 0 ? undefined : crlf + 4;
  return crlf < 0 || unix < crlf ? unix + 2 : crlf + 4;
}

/** When the mail in a file was received, and how many bytes it has. A file that cannot be read has its own time. */
export function lookInto(path: string): { readonly received: Instant; readonly size: number } {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { mtimeMs, size } = fstatSync(file);
    const header = headerAt(file, 0, size);
    return { received: receivedOf(header, mtimeMs), size };
  } catch {
    // Handling the mail meets the same error, and says it as that mail's failure.
    return { received: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0, size: 0 };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** When a mail was received, by its header block. */
export function receivedOf(header: Uint8Array, fileTime: Instant): Instant {
  return Math.floor(receivedAt(readHeaders(header, plainReading), fileTime));
}

/** Up to this size a read takes less time than handing it over to the background does. */
const readAtOnce = 256 * 1024;

/** A stretch of a file, cut just beyond the size that mails may have: what is read of it is marked as cut there. */
export async function readStretch(path: string, start: number, length?: number): Promise<Buffer> {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { size } = fstatSync(file);
    const wanted = Math.min(length ?? size - start, size - start, defaultLimits.bytes + 1);
    const buffer = Buffer.allocUnsafe(Math.max(0, wanted));
    const filled =
      wanted <= readAtOnce ? fillAtOnce(file, buffer, start) : await fill(file, buffer, start);
    return buffer.subarray(0, filled);
  } catch (error) {
    if (codeOf(error) === "ENOENT" && lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new MailGone(`${path} is there no more.`);
    }
    throw new Error(`${path} cannot be read: ${fileReason(error)}.`, { cause: error });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function fillAtOnce(file: number, buffer: Buffer, start: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(file, buffer, filled, buffer.length - filled, start + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

async function fill(file: number, buffer: Buffer, start: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const count = await readInBackground(file, buffer, filled, start + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function readInBackground(
  file: number,
  buffer: Buffer,
  offset: number,
  position: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, buffer, offset, buffer.length - offset, position, (error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });
}

/** Lets other work of the process go on between two stretches of a long listing. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
