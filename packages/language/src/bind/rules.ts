import type { Line } from "../shape/shape.ts";
import type { RulesDeclaration } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** Binds `rules NAME { … }`. */
export function bindRules(line: Line, _context: BindContext): RulesDeclaration {
  return {
    kind: "rules",
    span: line.span,
    name: { value: "", span: line.span },
    documentation: undefined,
    rules: [],
  };
}
