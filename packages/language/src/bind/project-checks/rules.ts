import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { Project } from "../../tree/index.ts";

/** Mailboxes that apply nothing where there are rules, and sets of rules that no mailbox applies. */
export function* ruleChecks(project: Project): Generator<RawDiagnostic> {
  if (project.rules.length === 0) return;
  const idle = project.mailboxes.filter(({ apply }) => apply.length === 0);
  for (const { name } of idle) yield report("MC2143", name.span, { name: name.value });
  // Rules without a mailbox are then likely those of a mailbox without rules.
  if (idle.length > 0) return;
  const applied = new Set(
    project.mailboxes.flatMap(({ apply }) => apply.map(({ rules }) => rules)),
  );
  for (const rules of project.rules) {
    if (applied.has(rules)) continue;
    yield report("MC4201", rules.name.span, { name: rules.name.value });
  }
}
