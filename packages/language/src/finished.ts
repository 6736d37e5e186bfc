import type { Diagnostic } from "./diagnostic.ts";
import type { RawDiagnostic } from "./diagnostics/report.ts";
import { positionOf, type LineIndex } from "./positions.ts";

/** A finding as front ends show it: spans become positions. `indexOf` gives the lines of a file. */
export function finished(finding: RawDiagnostic, indexOf: (file: string) => LineIndex): Diagnostic {
  const { code, severity, span, message, help, related, fixes } = finding;
  return {
    code,
    severity,
    message,
    ...positionOf(span, indexOf(span.file)),
    ...(help === undefined ? {} : { help }),
    ...(related.length === 0
      ? {}
      : {
          related: related.map((one) => ({
            ...positionOf(one.span, indexOf(one.span.file)),
            message: one.message,
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            title,
            edits: edits.map((edit) => ({ ...edit.span, text: edit.text })),
          })),
        }),
  };
}
