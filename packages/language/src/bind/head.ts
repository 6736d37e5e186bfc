import { report } from "../diagnostics/report.ts";
import type { Block, Line } from "../shape/shape.ts";
import type { Declared } from "../tree/index.ts";
import { declarations, type DeclarationWord } from "../vocabulary/declarations.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { leftOver } from "./values.ts";

/** How a declaration begins: its word and name are read, the cursor stands behind them. */
export interface Head {
  readonly word: DeclarationWord;
  readonly cursor: Cursor;
  readonly declared: Declared;
  /** Whether something stands there that could be its name, or it has none. */
  readonly named: boolean;
}

/**
 * Reads the word and the name of a declaration. What is wrong with the name was told when names were
 * collected, so nothing is reported here.
 */
export function readHead(line: Line, context: BindContext, word: DeclarationWord): Head {
  const cursor = new Cursor(line, 1);
  const { named } = declarations[word];
  const span = line.items[0]?.span ?? line.span;
  let name = { value: "", span };
  const item = cursor.item;
  if (named !== "none" && item?.kind === "word") {
    cursor.take();
    name = { value: item.text, span: item.span };
  } else if (named !== "none" && item?.kind === "text") {
    cursor.take();
    const value = item.parts.map((part) => (part.kind === "string" ? part.value : "")).join("");
    name = { value, span: item.span };
  }
  const documentation = context.documentationOf?.(line);
  const declared = { span: line.span, name, documentation };
  return { word, cursor, declared, named: named === "none" || cursor.index > 1 };
}

/** The block of a declaration, which ends it. */
export function takeBlock(head: Head, context: BindContext): Block | undefined {
  const block = head.cursor.takeKind("block");
  if (block === undefined) malformed(head, context, "a block");
  else leftOver(head.cursor, context);
  return block;
}

/** Says what the declaration wants at the place in front. */
export function malformed(head: Head, context: BindContext, expected: string): void {
  const { one, form } = declarations[head.word];
  const { cursor } = head;
  // That the name lacks was told, and what stands in its place may be anything.
  if (cursor.item?.kind === "unknown" || !head.named) return;
  context.add(report("MC2017", cursor.here, { one, expected, found: describe(cursor.item), form }));
}
