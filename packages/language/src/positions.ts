import type { Position, Span } from "./span.ts";

/** Where the lines of one text begin. Make it once for a text and pass it along. */
export interface LineIndex {
  readonly text: string;
  /** The offset of each line's first character. A line ends with LF, CRLF or a lone CR. */
  readonly starts: readonly number[];
}

/** The line index of a text. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  return { text, starts };
}

/** The place of a span as people read it. Offsets outside the text are taken to its nearest end. */
export function positionOf(span: Span, text: string | LineIndex): Position {
  const index = typeof text === "string" ? lineIndex(text) : text;
  const start = place(span.start, index);
  const end = place(Math.max(span.start, span.end), index);
  return {
    file: span.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** Gives the places of spans in these texts, by file; the line index of each text is made once. */
export function placesIn(sources: ReadonlyMap<string, string>): (span: Span) => Position {
  const indexes = new Map<string, LineIndex>();
  return (span) => {
    let index = indexes.get(span.file);
    if (index === undefined) {
      index = lineIndex(sources.get(span.file) ?? "");
      indexes.set(span.file, index);
    }
    return positionOf(span, index);
  };
}

/** The offset of a line and column, both counted from 1; places outside the text are taken to its nearest end. */
export function offsetOf(
  place: { readonly line: number; readonly column: number },
  text: string | LineIndex,
): number {
  const index = typeof text === "string" ? lineIndex(text) : text;
  if (place.line < 1) return 0;
  const start = index.starts[place.line - 1];
  if (start === undefined) return index.text.length;
  const next = index.starts[place.line] ?? index.text.length;
  return Math.min(start + Math.max(0, place.column - 1), next);
}

function place(offset: number, index: LineIndex): { line: number; column: number } {
  const bounded = Math.min(Math.max(0, offset), index.text.length);
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= bounded) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: bounded - (index.starts[low] ?? 0) + 1 };
}
