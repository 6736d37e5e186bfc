import type { DiagnosticRow } from "./report.ts";

/** MC4xxx: mcrules.json, files, allow comments. */
export const projectTable = {} as const satisfies Record<string, DiagnosticRow>;
