import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { FieldTest, Project } from "../../tree/index.ts";
import { testsOf } from "../../tree/walk.ts";
import { mailFields } from "../../vocabulary/fields.ts";

/** Rules that ask for spf, dkim or dmarc in a mailbox that trusts no server. */
export function* authenticationChecks(project: Project): Generator<RawDiagnostic> {
  const asked = new Map<FieldTest, { readonly field: string; readonly mailboxes: Set<string> }>();
  for (const mailbox of project.mailboxes) {
    if (mailbox.trusts.length > 0) continue;
    for (const { rules } of mailbox.apply) {
      for (const test of rules.rules.flatMap(({ when }) => [...testsOf(when, "names")])) {
        const { field } = test;
        if (field.in !== "mail" || mailFields[field.name].type !== "authentication") continue;
        const known = asked.get(test) ?? { field: field.name, mailboxes: new Set() };
        known.mailboxes.add(mailbox.name.value);
        asked.set(test, known);
      }
    }
  }
  for (const [test, { field, mailboxes }] of asked) {
    const mailbox = [...mailboxes].join('", "');
    yield report("MC4202", test.field.span, { field, mailbox });
  }
}
