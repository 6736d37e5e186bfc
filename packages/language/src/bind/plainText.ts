import { report } from "../diagnostics/report.ts";
import type { TextItem } from "../shape/shape.ts";
import type { Placed, Text } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** The text without holes; a hole is reported, and there is no text then. */
export function plainText(item: TextItem, context: BindContext): Placed<string> | undefined {
  let value = "";
  for (const part of item.parts) {
    if (part.kind === "hole") {
      context.add(report("MC1504", part.span, {}));
      return undefined;
    }
    value += part.value;
  }
  return { value, span: item.span };
}

/** What a text is, where it has no holes. */
export function literalOf(text: Text): string | undefined {
  let literal = "";
  for (const part of text.parts) {
    if (typeof part !== "string") return undefined;
    literal += part;
  }
  return literal;
}
