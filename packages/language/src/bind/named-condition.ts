import type { Line } from "../shape/shape.ts";
import type { ConditionDeclaration } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** Binds `condition NAME = CONDITION`. */
export function bindConditionDeclaration(line: Line, _context: BindContext): ConditionDeclaration {
  return {
    kind: "condition",
    span: line.span,
    name: { value: "", span: line.span },
    documentation: undefined,
    condition: { kind: "broken", span: line.span },
  };
}
