import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type {
  Decision,
  MailEffect,
  MailMark,
  Reason,
  RecordedAnswer,
  TraceEntry,
} from "@mcrules/compiler";
import type { JournalEntry } from "@mcrules/helpdesk";
import { compactTrace, readCompactTrace } from "./compactTrace.ts";

/** What a journal entry keeps of a decision. */
export interface StoredDecision {
  readonly outcome: string;
  readonly rule: string | null;
  readonly rules: readonly string[];
  /** What people should know of the mail. */
  readonly marks: readonly MailMark[];
  readonly trace: readonly TraceEntry[];
  /** How many entries of the trace were left out, where a program has very many rules. */
  readonly leftOut: number;
  readonly answers: readonly RecordedAnswer[];
  readonly mailEffects: readonly MailEffect[];
  /** The hash of the Program that decided. */
  readonly program: string;
}

/**
 * So many rules are taken down, and those below them that acted: a journal of thousands of mails must not grow
 * by thousands of rules each.
 */
export const mostEntries = 100;

/**
 * The text that a journal entry keeps of a decision: JSON, compressed where it is long. Each text of the trace
 * stands in it once, which costs less time than writing down the same ones again and again.
 */
export function storeTrace(decision: Decision): string {
  let room = mostEntries;
  const trace = decision.trace.filter((entry) => entry.step || entry.result || room-- > 0);
  return pack(
    JSON.stringify({
      format: 2,
      ...compactTrace(trace),
      leftOut: (decision.leftOut ?? 0) + decision.trace.length - trace.length,
      answers: decision.answers,
      mailEffects: decision.mailEffects,
      ...(decision.marks.length === 0 ? {} : { marks: decision.marks }),
    }),
  );
}

/** Below it compressing costs more time than the bytes it saves. */
const shortest = 2000;
/** What stands before a compressed text; JSON never begins like it. */
const packed = "zstd:";
/** The store may have been written by anybody: what was compressed is not taken at any size. */
const mostBytes = 64 * 1024 * 1024;

function pack(text: string): string {
  if (text.length < shortest) return text;
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return packed + zstdCompressSync(text, { params }).toString("base64");
}

/** @throws Error where it is not what `pack` made. */
function unpack(text: string): string {
  if (!text.startsWith(packed)) return text;
  const bytes = Buffer.from(text.slice(packed.length), "base64");
  return zstdDecompressSync(bytes, { maxOutputLength: mostBytes }).toString("utf8");
}

/**
 * The reasons of a journal entry, for `mcrules why`. Undefined where it keeps none: a mail that failed
 * before anything was decided, or an entry that something else wrote.
 */
export function readStoredDecision(entry: JournalEntry): StoredDecision | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(unpack(entry.trace));
  } catch {
    return undefined;
  }
  const whole = isRecord(stored) ? withTrace(stored) : undefined;
  if (!isStored(whole)) return undefined;
  return {
    outcome: entry.outcome,
    rule: entry.rule ?? null,
    rules: entry.rules,
    marks: whole.marks ?? [],
    trace: whole.trace,
    leftOut: whole.leftOut,
    answers: whole.answers,
    mailEffects: whole.mailEffects,
    program: entry.program,
  };
}

/** The entry with its trace in full, as format 1 had it. */
function withTrace(
  stored: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  if (stored["format"] !== 2) return stored;
  const trace = readCompactTrace(stored["words"], stored["entries"]);
  return trace === undefined ? undefined : { ...stored, format: 1, trace };
}

interface Stored {
  readonly marks?: readonly MailMark[];
  readonly trace: readonly TraceEntry[];
  readonly leftOut: number;
  readonly answers: readonly RecordedAnswer[];
  readonly mailEffects: readonly MailEffect[];
}

function isStored(value: unknown): value is Stored {
  return (
    isRecord(value) &&
    value["format"] === 1 &&
    isListOf(value["trace"], isTraceEntry) &&
    typeof value["leftOut"] === "number" &&
    isListOf(value["answers"], isRecordedAnswer) &&
    isListOf(value["mailEffects"], isMailEffect) &&
    (value["marks"] === undefined || isListOf(value["marks"], isMailMark))
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isListOf<T>(
  value: unknown,
  isOne: (one: unknown) => one is T,
): value is readonly T[] {
  return Array.isArray(value) && value.every((one) => isOne(one));
}

function isTraceEntry(value: unknown): value is TraceEntry {
  return (
    isRecord(value) &&
    typeof value["rule"] === "string" &&
    typeof value["step"] === "boolean" &&
    isPosition(value["position"]) &&
    typeof value["result"] === "boolean" &&
    isListOf(value["because"], isReason)
  );
}

function isReason(value: unknown): value is Reason {
  return (
    isRecord(value) &&
    isPosition(value["position"]) &&
    typeof value["field"] === "string" &&
    typeof value["operator"] === "string" &&
    typeof value["expected"] === "string" &&
    typeof value["actual"] === "string" &&
    typeof value["result"] === "boolean"
  );
}

function isPosition(value: unknown): boolean {
  return (
    value === null ||
    (isRecord(value) && typeof value["file"] === "string" && typeof value["line"] === "number")
  );
}

const markKinds: ReadonlySet<unknown> = new Set<MailMark["kind"]>([
  "cut",
  "texts",
  "distrusted",
  "guesses",
  "flood",
]);

function isMailMark(value: unknown): value is MailMark {
  return isRecord(value) && markKinds.has(value["kind"]) && typeof value["message"] === "string";
}

function isRecordedAnswer(value: unknown): value is RecordedAnswer {
  if (!isRecord(value)) return false;
  const { need, answer } = value;
  return (
    isRecord(need) &&
    isRecord(answer) &&
    typeof need["need"] === "string" &&
    need["need"] === answer["need"]
  );
}

/** Whether a parsed JSON value is something to be done to a mail. */
export function isMailEffect(value: unknown): value is MailEffect {
  if (!isRecord(value)) return false;
  switch (value["kind"]) {
    case "mark":
      return value["as"] === "read" || value["as"] === "unread" || value["as"] === "flagged";
    case "move":
    case "copy":
      return typeof value["folder"] === "string";
    case "delete":
      return true;
    default:
      return false;
  }
}
