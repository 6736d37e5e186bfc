import type { Span } from "../span.ts";
import { ruleEntries } from "../vocabulary/actions.ts";
import type { Cursor } from "./cursor.ts";

/**
 * Skips what cannot be understood any more: the rest of the line, but not what a rule on one line
 * holds behind it.
 */
export function skipBroken(cursor: Cursor): Span | undefined {
  const from = cursor.index;
  while (!cursor.atEnd) {
    const { item } = cursor;
    if (item?.kind === "word" && Object.hasOwn(ruleEntries, item.text)) break;
    cursor.take();
  }
  return cursor.index === from ? undefined : cursor.spanFrom(from);
}
