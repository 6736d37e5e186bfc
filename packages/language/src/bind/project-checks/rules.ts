import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { Project } from "../../tree/index.ts";

/** Sets of rules that no mailbox applies. */
export function* ruleChecks(project: Project): Generator<RawDiagnostic> {
  const applied = new Set(
    project.mailboxes.flatMap(({ apply }) => apply.map(({ rules }) => rules)),
  );
  for (const rules of project.rules) {
    if (applied.has(rules)) continue;
    yield report("MC4201", rules.name.span, { name: rules.name.value });
  }
}
