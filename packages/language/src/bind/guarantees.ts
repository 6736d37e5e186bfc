import type { Line } from "../shape/shape.ts";
import type { GuaranteeDeclaration } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** Binds `guarantee "…" { … }`. */
export function bindGuarantee(line: Line, _context: BindContext): GuaranteeDeclaration {
  return {
    kind: "guarantee",
    span: line.span,
    name: { value: "", span: line.span },
    documentation: undefined,
    when: { kind: "always", span: line.span },
    claims: [],
    in: undefined,
  };
}
