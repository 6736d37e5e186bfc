import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { Condition, ProcessAction, Project, Recipient } from "../../tree/index.ts";

type SendMail = Extract<ProcessAction, { kind: "send mail" }>;

/** Processes whose mail would go to ourselves, or could not go out. */
export function* mailChecks(project: Project): Generator<RawDiagnostic> {
  for (const process of project.processes) {
    const mails = process.actions.filter(
      (action): action is SendMail => action.kind === "send mail",
    );
    for (const recipient of mails.flatMap(({ to, cc, bcc }) => [...to, ...cc, ...bcc])) {
      const address = literalAddress(recipient);
      const own = project.mailboxes.find(({ addresses }) =>
        addresses.some((one) => one.address === address),
      );
      if (own === undefined || address === undefined) continue;
      const related = [{ span: own.name.span, message: "the mailbox stands here" }];
      const holes = { address, mailbox: own.name.value };
      yield report("MC4203", recipient.span, holes, { related });
    }
    if (mails.length === 0) continue;
    const asked = mailboxesAsked(process.when);
    for (const { name, smtp } of project.mailboxes) {
      if (smtp !== undefined || (asked !== undefined && !asked.has(name.value.toLowerCase())))
        continue;
      const related = [{ span: name.span, message: "the mailbox stands here" }];
      const holes = { name: process.name.value, mailbox: name.value };
      yield report("MC4204", process.name.span, holes, { related });
    }
  }
}

/** The address that a recipient is whatever the mail, in lower case. */
function literalAddress(recipient: Recipient): string | undefined {
  if (recipient.kind !== "text") return undefined;
  const [only, ...more] = recipient.text.parts;
  if (typeof only !== "string" || more.length > 0) return undefined;
  const written = only.trim();
  return (/<([^<>]*)>$/.exec(written)?.[1] ?? written).trim().toLowerCase();
}

/** The mailboxes for whose tickets alone a condition can hold, in lower case; undefined: any. */
function mailboxesAsked(condition: Condition): ReadonlySet<string> | undefined {
  if (condition.kind === "all") {
    for (const one of condition.conditions) {
      const asked = mailboxesAsked(one);
      if (asked !== undefined) return asked;
    }
    return undefined;
  }
  if (condition.kind === "named") return mailboxesAsked(condition.declaration.condition);
  if (condition.kind !== "test" || condition.operator !== "is") return undefined;
  const { field, operand } = condition;
  const isMailbox =
    (field.in === "mail" && field.name === "mailbox") ||
    (field.in === "process" && field.name === "ticket.mailbox");
  if (!isMailbox || operand.kind !== "texts") return undefined;
  const names = new Set<string>();
  for (const text of operand.texts) {
    for (const part of text.parts) {
      if (typeof part !== "string") return undefined;
      names.add(part.toLowerCase());
    }
  }
  return names;
}
