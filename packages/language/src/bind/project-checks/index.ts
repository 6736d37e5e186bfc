import type { RawDiagnostic } from "../../diagnostics/report.ts";
import type { Project } from "../../tree/index.ts";
import { authenticationChecks } from "./authentication.ts";
import { ignoredChecks } from "./ignored.ts";
import { mailChecks } from "./mail.ts";
import { propertyChecks } from "./properties.ts";
import { ruleChecks } from "./rules.ts";

/**
 * What only the whole project can tell. Where a mailbox has an error nothing is said of mailboxes:
 * it may be that error's doing.
 */
export function projectChecks(
  project: Project,
  found: readonly RawDiagnostic[],
): readonly RawDiagnostic[] {
  const broken = project.mailboxes.some(({ span }) =>
    found.some(
      (finding) =>
        finding.severity === "error" &&
        finding.span.file === span.file &&
        finding.span.start >= span.start &&
        finding.span.start <= span.end,
    ),
  );
  if (broken || project.mailboxes.length === 0) return [];
  return [
    ...ruleChecks(project),
    ...authenticationChecks(project),
    ...mailChecks(project),
    ...propertyChecks(project),
    ...ignoredChecks(project),
  ];
}
