import type { DiagnosticRow } from "./report.ts";

/** MC20xx: names, imports, declarations. */
export const namesTable = {} as const satisfies Record<string, DiagnosticRow>;
