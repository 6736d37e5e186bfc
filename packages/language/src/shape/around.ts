import type { Span } from "../span.ts";
import { ruleWord } from "../vocabulary/declarations.ts";
import type { Line } from "./shape.ts";

/** What of a file lies around a place. */

/** Whether a place begins in another. */
export function within(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.start <= outer.end;
}

/** The rule in which the place lies, else the declaration. */
export function ruleOrDeclaration(lines: readonly Line[], place: Span): Span | undefined {
  const line = lines.find((one) => within(place, one.span));
  const blocks = line?.items.flatMap((item) => (item.kind === "block" ? [item] : [])) ?? [];
  for (const inner of blocks.flatMap((block) => block.lines)) {
    const first = inner.items[0];
    const isRule = first?.kind === "word" && first.text === ruleWord;
    if (isRule && within(place, inner.span)) return inner.span;
  }
  return line?.span;
}

/** The smallest entry with a block in which the place lies. */
export function smallestBlock(lines: readonly Line[], place: Span): Span | undefined {
  for (const line of lines) {
    if (!within(place, line.span)) continue;
    for (const item of line.items) {
      if (item.kind !== "block" || !within(place, item.span)) continue;
      const inner = smallestBlock(item.lines, place);
      if (inner !== undefined) return inner;
    }
    return line.items.some((item) => item.kind === "block") ? line.span : undefined;
  }
  return undefined;
}
