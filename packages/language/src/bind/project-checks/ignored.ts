import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { Span } from "../../span.ts";
import type {
  Condition,
  Expression,
  ProcessAction,
  ProcessDeclaration,
  Project,
  Text,
} from "../../tree/index.ts";
import { testsOf, textsOf } from "../../tree/walk.ts";

/** Processes that only run on ignored mails and speak of a ticket. */
export function* ignoredChecks(project: Project): Generator<RawDiagnostic> {
  for (const process of project.processes) {
    if (process.on.length === 0) continue;
    if (process.on.some(({ value }) => value !== "mail ignored")) continue;
    const [place] = ticketPlaces(process);
    if (place !== undefined) yield report("MC1607", place, { name: process.name.value });
  }
}

/** Where a process speaks of the ticket. */
function* ticketPlaces({ when, actions }: ProcessDeclaration): Generator<Span> {
  yield* inCondition(when);
  for (const action of actions) yield* inAction(action);
}

function* inCondition(when: Condition): Generator<Span> {
  for (const { field } of testsOf(when, "text only")) {
    if (field.in === "process" && field.name !== "rule") yield field.span;
  }
  for (const text of textsOf(when)) yield* inText(text);
}

function* inAction(action: ProcessAction): Generator<Span> {
  switch (action.kind) {
    case "set":
      yield action.span;
      return;
    case "send mail":
      for (const recipient of [...action.to, ...action.cc, ...action.bcc]) {
        if (recipient.kind === "text") yield* inText(recipient.text);
        else if (isOfTicket(recipient.expression)) yield recipient.span;
      }
      for (const text of [action.subject, action.body, action.html]) {
        if (text !== undefined) yield* inText(text);
      }
      return;
    case "call":
      yield* inText(action.url);
      for (const { value } of action.headers) if (value.kind === "text") yield* inText(value);
      return;
    case "broken":
      return;
  }
}

function* inText({ parts }: Text): Generator<Span> {
  for (const part of parts) {
    if (typeof part !== "string" && isOfTicket(part.expression)) yield part.span;
  }
}

function isOfTicket(expression: Expression): boolean {
  return (
    expression.kind === "ticket path" ||
    (expression.kind === "process field" && expression.field !== "rule")
  );
}
