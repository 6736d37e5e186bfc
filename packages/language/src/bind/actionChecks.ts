import { report } from "../diagnostics/report.ts";
import type { Action } from "../tree/index.ts";
import type { BindContext } from "./context.ts";
import { replacement } from "./suggestions.ts";

/**
 * Looks at actions that are done together: what contradicts itself, what never comes to its turn, and
 * what would leave a mail that nobody sees.
 */
export function checkActions(actions: readonly Action[], context: BindContext): void {
  if (actions.some(({ kind }) => kind === "broken")) return;
  const told = checkOrder(actions, context);
  checkTickets(actions, told, context);
  checkSpam(actions, context);
  checkPlaces(actions, context);
  checkMarks(actions, context);
  checkSeen(actions, context);
}

/** Nothing stands behind `ignore`, and nothing behind `continue`. Gives the one that was told. */
function checkOrder(actions: readonly Action[], context: BindContext): Action | undefined {
  const end = actions.findIndex(({ kind }) => kind === "ignore");
  const after = end < 0 ? undefined : actions[end + 1];
  if (after !== undefined) {
    const related = placeOf(actions[end], "it ends here");
    context.add(report("MC1409", after.span, {}, { related }));
    return actions[end];
  }
  const goOn = actions.findIndex(({ kind }) => kind === "continue");
  const behind = goOn < 0 ? undefined : actions[goOn + 1];
  const first = actions[goOn];
  if (behind !== undefined && first !== undefined) {
    const related = [{ span: behind.span, message: "this stands behind it" }];
    context.add(report("MC1412", first.span, {}, { related }));
    return first;
  }
  return undefined;
}

function isTicket(action: Action): boolean {
  return action.kind === "create ticket" || action.kind === "update ticket";
}

/** One mail never touches two tickets, and none where it is ignored. */
function checkTickets(
  actions: readonly Action[],
  told: Action | undefined,
  context: BindContext,
): void {
  const [first, second] = actions.filter(isTicket);
  if (first === undefined) return;
  if (second !== undefined) {
    const related = placeOf(first, "the first one");
    context.add(report("MC1413", second.span, {}, { related }));
  }
  for (const other of actions) {
    if ((other.kind !== "continue" && other.kind !== "ignore") || other === told) continue;
    const related = placeOf(first, "the ticket");
    const code = other.kind === "continue" ? "MC1411" : "MC1423";
    const fixes = [replacement(`Take ${other.kind} out`, other.span, "")];
    context.add(report(code, other.span, {}, { related, fixes }));
  }
}

/** Whoever is blocked writes to no ticket any more. */
function checkSpam(actions: readonly Action[], context: BindContext): void {
  const ticket = actions.find(isTicket);
  const spam = actions.find(({ kind }) => kind === "mark spam");
  if (ticket === undefined || spam === undefined) return;
  context.add(report("MC1430", spam.span, {}, { related: placeOf(ticket, "the ticket") }));
}

/** A mail can be at one place only. */
function checkPlaces(actions: readonly Action[], context: BindContext): void {
  const [first, second] = actions.filter(({ kind }) => kind === "move" || kind === "delete");
  if (first === undefined || second === undefined) return;
  const holes = { second: nameOf(second), first: nameOf(first) };
  context.add(report("MC1414", second.span, holes, { related: placeOf(first, "the first one") }));
}

/** A mail is read or unread. */
function checkMarks(actions: readonly Action[], context: BindContext): void {
  const [first, second] = actions.filter(
    (action) => action.kind === "mark" && action.as !== "flagged",
  );
  if (first === undefined || second === undefined) return;
  const holes = { second: nameOf(second), first: nameOf(first) };
  context.add(report("MC1414", second.span, holes, { related: placeOf(first, "the first one") }));
}

/** A rule that only marks or copies a mail would end the search, and nobody would see the mail. */
function checkSeen(actions: readonly Action[], context: BindContext): void {
  const [first] = actions;
  if (first === undefined) return;
  if (!actions.every(({ kind }) => kind === "mark" || kind === "copy")) return;
  context.add(report("MC1410", first.span, { word: nameOf(first) }));
}

function nameOf(action: Action): string {
  switch (action.kind) {
    case "mark":
      return `mark ${action.as}`;
    case "move":
      return "move to";
    case "copy":
      return "copy to";
    case "broken":
      return "this";
    case "ignore":
    case "create ticket":
    case "update ticket":
    case "set":
    case "file under":
    case "delete":
    case "mark spam":
    case "continue":
      return action.kind;
  }
}

function placeOf(action: Action | undefined, message: string) {
  return action === undefined ? [] : [{ span: action.span, message }];
}
