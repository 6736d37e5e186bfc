import type { Block } from "../shape/shape.ts";
import type { Condition } from "../tree/index.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";

/** Whose fields a condition may ask. */
export type ConditionFields =
  "mail" | "process" | "ticket" | "sent mail" | "attachment" | "address" | "header";

/** Binds one condition, reading on as far as it goes. */
export function bindCondition(
  cursor: Cursor,
  _context: BindContext,
  _fields: ConditionFields,
): Condition {
  return { kind: "broken", span: cursor.skipRest() ?? cursor.here };
}

/** Binds the lines of a block, a condition a line; several are an `all`. */
export function bindConditionLines(
  block: Block,
  _context: BindContext,
  _fields: ConditionFields,
): Condition {
  return { kind: "broken", span: block.span };
}
