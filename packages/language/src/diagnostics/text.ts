import type { DiagnosticRow } from "./report.ts";

/** MC10xx: the text of a file, its tokens and its shape. */
export const textTable = {} as const satisfies Record<string, DiagnosticRow>;
