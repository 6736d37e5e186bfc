import type { DiagnosticRow } from "./report.ts";

/** MC11xx and MC12xx: words, operators, values, patterns, captures, actions. */
export const typesTable = {} as const satisfies Record<string, DiagnosticRow>;
