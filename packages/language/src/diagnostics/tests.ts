import type { DiagnosticRow } from "./report.ts";

/** MC22xx: test blocks and guarantees. */
export const testsTable = {} as const satisfies Record<string, DiagnosticRow>;
