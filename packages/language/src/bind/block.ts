import type { Block } from "../shape/shape.ts";
import type { BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";

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
