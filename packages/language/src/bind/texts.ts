import type { TextItem } from "../shape/shape.ts";
import type { Placed, Text } from "../tree/index.ts";
import type { Captures } from "./captures.ts";
import type { BindContext } from "./context.ts";

/** What the holes of a text may hold. */
export type HolePlace = "rule" | "process" | "test" | "none";

/** Binds a text with its holes. What is wrong in a hole is reported; the hole is then left out. */
export function bindText(
  item: TextItem,
  _context: BindContext,
  _holes: HolePlace,
  _captures?: Captures,
): Text {
  return { kind: "text", span: item.span, block: item.block, parts: [] };
}

/** The text without holes; a hole is reported, and there is no text then. */
export function plainText(item: TextItem, _context: BindContext): Placed<string> | undefined {
  return { value: "", span: item.span };
}
