import type { Reason, TraceEntry } from "@mcrules/compiler";

/**
 * A trace in few bytes: each text once, in `words`, and named by its place there; an entry is
 * `[rule, step, result, position, reasons]`, a reason `[position, field, operator, expected, actual,
 * result]`, a position `[file, line, column, endLine, endColumn]` or 0.
 */
export interface CompactTrace {
  readonly words: readonly string[];
  readonly entries: readonly CompactEntry[];
}

type Position = NonNullable<TraceEntry["position"]>;
type Bit = 0 | 1;
type CompactPosition = readonly [number, number, number, number, number] | 0;
type CompactReason = readonly [CompactPosition, number, number, number, number, Bit];
type CompactEntry = readonly [number, Bit, Bit, CompactPosition, readonly CompactReason[]];

/** Takes a trace and gives what `readCompactTrace` makes the same trace of. */
export function compactTrace(trace: readonly TraceEntry[]): CompactTrace {
  const words: string[] = [];
  const places = new Map<string, number>();
  const word = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, words.length);
    return words.push(text) - 1;
  };
  const position = (at: Position | null): CompactPosition =>
    at === null ? 0 : [word(at.file), at.line, at.column, at.endLine, at.endColumn];
  const reason = (one: Reason): CompactReason => [
    position(one.position),
    word(one.field),
    word(one.operator),
    word(one.expected),
    word(one.actual),
    one.result ? 1 : 0,
  ];
  const entries = trace.map((entry): CompactEntry => [
    word(entry.rule),
    entry.step ? 1 : 0,
    entry.result ? 1 : 0,
    position(entry.position),
    entry.because.map(reason),
  ]);
  return { words, entries };
}

/** The trace of parsed JSON; undefined where it is no compact trace. */
export function readCompactTrace(words: unknown, entries: unknown): TraceEntry[] | undefined {
  if (!Array.isArray(words) || !Array.isArray(entries)) return undefined;
  const reader = new Reader(words);
  try {
    return entries.map((entry) => reader.entry(entry));
  } catch (error) {
    if (error instanceof NotCompact) return undefined;
    throw error;
  }
}

class NotCompact extends Error {}

class Reader {
  readonly #words: readonly unknown[];

  constructor(words: readonly unknown[]) {
    this.#words = words;
  }

  entry(value: unknown): TraceEntry {
    const [rule, step, result, position, because] = listOf(value);
    return {
      rule: this.#word(rule),
      step: isSet(step),
      position: this.#position(position),
      result: isSet(result),
      because: listOf(because).map((reason) => this.#reason(reason)),
    };
  }

  #reason(value: unknown): Reason {
    const [position, field, operator, expected, actual, result] = listOf(value);
    return {
      position: this.#position(position),
      field: this.#word(field),
      operator: this.#word(operator),
      expected: this.#word(expected),
      actual: this.#word(actual),
      result: isSet(result),
    };
  }

  #position(value: unknown): Position | null {
    if (value === 0) return null;
    const [file, line, column, endLine, endColumn] = listOf(value);
    return {
      file: this.#word(file),
      line: numberOf(line),
      column: numberOf(column),
      endLine: numberOf(endLine),
      endColumn: numberOf(endColumn),
    };
  }

  #word(place: unknown): string {
    const word = this.#words[numberOf(place)];
    if (typeof word !== "string") throw new NotCompact();
    return word;
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NotCompact();
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== "number") throw new NotCompact();
  return value;
}

function isSet(value: unknown): boolean {
  if (value !== 0 && value !== 1) throw new NotCompact();
  return value === 1;
}
