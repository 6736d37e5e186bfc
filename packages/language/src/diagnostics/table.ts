import { mailboxTable } from "./mailbox.ts";
import { namesTable } from "./names.ts";
import { analysisTable } from "./analysis.ts";
import { projectTable } from "./project.ts";
import { settingsTable } from "./settings.ts";
import { testsTable } from "./tests.ts";
import { textTable } from "./text.ts";
import { typesTable } from "./types.ts";
import { processesTable } from "./processes.ts";
import { holesTable } from "./holes.ts";
import { actionsTable } from "./actions.ts";
import { patternsTable } from "./patterns.ts";
import { wordsTable } from "./words.ts";

/**
 * Every diagnostic of the language: 1 text and types at one place, 2 names and settings, 3 analysis,
 * 4 project. A code that is given up stays listed in `retiredCodes` and is never used again.
 */
export const diagnosticTable = {
  ...textTable,
  ...wordsTable,
  ...typesTable,
  ...patternsTable,
  ...actionsTable,
  ...holesTable,
  ...processesTable,
  ...namesTable,
  ...settingsTable,
  ...mailboxTable,
  ...testsTable,
  ...analysisTable,
  ...projectTable,
} as const;

export type DiagnosticCode = keyof typeof diagnosticTable;

export const retiredCodes: readonly string[] = [];
