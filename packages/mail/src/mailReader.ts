import { availableParallelism } from "node:os";
import { type ContentData, joinContent, readContentData, readSparingly } from "./content.ts";
import { defaultLimits } from "./limits.ts";
import type { Cut, MailContent, MailLimits, MailReader, Reading } from "./mail.ts";
import { WorkerPool } from "./workerPool.ts";

export interface MailReaderOptions {
  /** Bounds for each mail; those not named are `defaultLimits`. */
  readonly limits?: Partial<MailLimits>;
  /**
   * Threads at most. With 0 every mail is read on the calling thread, where the bounds on time and
   * memory cannot be held: only for mail that is not hostile, such as that of tests in an editor.
   */
  readonly workers?: number;
}

/** Up to this size a mail is read faster here than in a worker; the worst that we could write took 0.2 seconds. */
const plainBytes = 64 * 1024;
/** HTML is dearer to read. */
const htmlBytes = 32 * 1024;

/**
 * Opens a reader of whole mails. Threads start with the first mail that needs one, and none keeps
 * the process alive. A mail that takes too long, or too much memory, is given up by ending its
 * thread; its content is then what can be had for little, and the cut says why.
 */
export function openMailReader(options: MailReaderOptions = {}): MailReader {
  const limits: MailLimits = { ...defaultLimits, ...options.limits };
  const workers = options.workers ?? Math.max(1, Math.min(4, availableParallelism() - 1));
  const pool = workers > 0 ? new WorkerPool(workers, limits) : undefined;
  return {
    async readContent(bytes: Uint8Array, reading: Reading): Promise<MailContent> {
      const data =
        pool === undefined || isSimple(bytes, limits)
          ? readHere(bytes, reading, limits)
          : await readInPool(pool, bytes, reading, limits);
      return joinContent(bytes, reading, limits, data);
    },
    async close(): Promise<void> {
      await pool?.close();
    },
  };
}

function readHere(bytes: Uint8Array, reading: Reading, limits: MailLimits): ContentData {
  try {
    return readContentData(bytes, reading, limits);
  } catch (error) {
    return readSparingly(bytes, reading, limits, failure(error));
  }
}

async function readInPool(
  pool: WorkerPool,
  bytes: Uint8Array,
  reading: Reading,
  limits: MailLimits,
): Promise<ContentData> {
  // What is beyond the bound is not even copied for the thread; one byte more tells it of the cut.
  const kept = bytes.length > limits.bytes ? bytes.subarray(0, limits.bytes + 1) : bytes;
  const outcome = await pool.read(kept, reading);
  switch (outcome.kind) {
    case "read":
      return outcome.data;
    case "time":
      return readSparingly(bytes, reading, limits, {
        what: "time",
        message: `Reading the mail took longer than ${limits.milliseconds} ms; only its first text was kept.`,
      });
    case "memory":
      return readSparingly(bytes, reading, limits, {
        what: "memory",
        message: `Reading the mail took more than ${limits.megabytes} MB; only its first text was kept.`,
      });
    case "failed":
      return readSparingly(bytes, reading, limits, failure(outcome.message));
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function failure(error: unknown): Cut {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    what: "error",
    message: `The mail could not be read whole (${reason}); only its first text was kept.`,
  };
}

/** True for a mail so small that reading it here cannot go beyond any bound on time or memory. */
function isSimple(bytes: Uint8Array, limits: MailLimits): boolean {
  if (bytes.length > Math.min(plainBytes, limits.bytes)) return false;
  if (bytes.length <= htmlBytes) return true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return !/text\/html/i.test(text);
}
