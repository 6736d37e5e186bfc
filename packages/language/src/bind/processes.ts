import type { Line } from "../shape/shape.ts";
import type { ProcessDeclaration } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** Binds `process "…" { … }`. */
export function bindProcess(line: Line, _context: BindContext): ProcessDeclaration {
  return {
    kind: "process",
    span: line.span,
    name: { value: "", span: line.span },
    documentation: undefined,
    on: [],
    when: { kind: "always", span: line.span },
    actions: [],
  };
}
