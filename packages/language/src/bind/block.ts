import type { Block } from "../shape/shape.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import { lineBreak, replacement } from "./suggestions.ts";

/**
 * Binds the entries of a block one after the other. `entry` reads every item that can continue what
 * it began; where it reads nothing at all it has reported that, and the rest of the line is left.
 */
export function bindEntries(
  block: Block,
  context: BindContext,
  entry: (cursor: Cursor) => void,
): void {
  for (const line of block.lines) {
    const cursor = new Cursor(line);
    while (!cursor.atEnd) {
      const from = cursor.index;
      context.entryAt(line, from);
      entry(cursor);
      if (cursor.index === from) break;
    }
  }
}

/** Reports the entry that begins at `from` where another stands before it, unless the whole block is on that line. */
export function checkOwnLine(
  block: Block,
  cursor: Cursor,
  from: number,
  context: BindContext,
): void {
  const last = cursor.line.items[from - 1];
  const first = cursor.line.items[from];
  if (block.oneLine || last === undefined || first === undefined) return;
  const gap: Span = { ...first.span, start: last.span.end, end: first.span.start };
  const fixes = [replacement("Part the line", gap, lineBreak(gap, context))];
  const word = first.kind === "word" ? first.text : describe(first);
  context.add(report("MC2123", first.span, { word }, { fixes }));
}
