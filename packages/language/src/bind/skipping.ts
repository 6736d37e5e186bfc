import type { Item } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { ruleEntries } from "../vocabulary/actions.ts";
import type { GuaranteeEntry } from "../vocabulary/guarantees.ts";
import type { Cursor } from "./cursor.ts";
import { behind } from "./suggestions.ts";

/**
 * The item in front, as far as it can belong to what is being read: where the next entry of a rule on
 * one line begins, there is none.
 */
export function inFront(cursor: Cursor): Item | undefined {
  const { item } = cursor;
  return item?.kind === "word" && nextEntries.has(item.text) ? undefined : item;
}

/** The words that begin the entry behind a condition, in a rule, a process or a guarantee. */
const nextEntries: ReadonlySet<string> = new Set<keyof typeof ruleEntries | GuaranteeEntry>([
  "when",
  "then",
  "never",
  "expect",
]);

/** The place of the item in front, or the empty place behind the last one where there is none. */
export function placeInFront(cursor: Cursor): Span {
  const item = inFront(cursor);
  if (item !== undefined) return item.span;
  const last = cursor.peek(-1);
  return last === undefined ? cursor.here : behind(last.span);
}

/**
 * Skips what cannot be understood any more: the rest of the line, but not what a rule on one line
 * holds behind it.
 */
export function skipBroken(cursor: Cursor): Span | undefined {
  const from = cursor.index;
  while (inFront(cursor) !== undefined) cursor.take();
  return cursor.index === from ? undefined : cursor.spanFrom(from);
}
