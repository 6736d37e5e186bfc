import type { DiagnosticRow } from "./report.ts";

/** MC21xx: helpdesk, mailbox, agent, calendar and list settings. */
export const settingsTable = {} as const satisfies Record<string, DiagnosticRow>;
