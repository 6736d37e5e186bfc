import type { DiagnosticRow } from "./report.ts";

/** MC3xxx: what follows from several places together. */
export const analysisTable = {} as const satisfies Record<string, DiagnosticRow>;
