import type { ProgramAction } from "../program/action.ts";
import type { ProgramHelpdesk, ProgramMailbox, ProgramProcess } from "../program/program.ts";

/** What guarantees speak of, but for the rule's name. */
export type Fact = "create ticket" | "update ticket" | "ignore" | "delete" | "mark spam";

/** One way in which the actions of a rule can come out. */
export interface Result {
  readonly facts: ReadonlySet<Fact>;
  /** The search ends here. */
  readonly ends: boolean;
}

/**
 * All the ways in which the actions of a rule can come out whose condition holds: whether tickets and people are found is
 * open. Undefined stands for: not done, the search goes on. `after` of the mailbox counts.
 */
export function resultsOf(
  actions: readonly ProgramAction[],
  mailbox: ProgramMailbox,
  helpdesk: Pick<ProgramHelpdesk, "ticketLimit">,
): readonly (Result | undefined)[] {
  const goesOn = actions.some((action) => action.kind === "continue");
  let results: readonly (Result | undefined)[] = [{ facts: new Set(), ends: false }];
  for (const action of actions) {
    const ways = resultsOfAction(action, mailbox, helpdesk);
    results = results.flatMap((before) =>
      before === undefined ? [undefined] : ways.map((way) => joined(before, way)),
    );
  }
  if (actions.every((action) => action.kind === "file under" || action.kind === "continue")) {
    results = [...results, undefined];
  }
  return results.map((result) =>
    result === undefined
      ? undefined
      : withAfter({ ...result, ends: result.ends && !goesOn }, mailbox),
  );
}

/** Whether the search ends however it comes out: such a rule leaves nothing to those below it. */
export function alwaysEnd(results: readonly (Result | undefined)[]): boolean {
  return results.every((result) => result?.ends === true);
}

function joined(before: Result, way: Result | undefined): Result | undefined {
  if (way === undefined) return undefined;
  return { facts: new Set([...before.facts, ...way.facts]), ends: before.ends || way.ends };
}

function withAfter(result: Result, mailbox: ProgramMailbox): Result {
  if (!result.ends || mailbox.settings.after.kind !== "delete") return result;
  return { ...result, facts: new Set([...result.facts, "delete"]) };
}

function resultsOfAction(
  action: ProgramAction,
  mailbox: ProgramMailbox,
  helpdesk: Pick<ProgramHelpdesk, "ticketLimit">,
): readonly (Result | undefined)[] {
  const result = (ends: boolean, ...facts: readonly Fact[]): Result => ({
    facts: new Set(facts),
    ends,
  });
  switch (action.kind) {
    case "create ticket":
      // Beyond the limit it becomes a comment on the requester's flood ticket.
      return helpdesk.ticketLimit === undefined
        ? [result(true, "create ticket")]
        : [result(true, "create ticket"), result(true, "update ticket")];
    case "ignore":
    case "delete":
    case "mark spam":
      return [result(true, action.kind)];
    case "move":
    case "file under":
      return [result(true)];
    case "set":
    case "mark":
    case "copy":
    case "continue":
      return [result(false)];
    case "update ticket": {
      const { otherwise, closed } = action;
      return [
        result(true, "update ticket"),
        ...(closed?.kind === "if" ? resultsOf(closed.actions ?? [], mailbox, helpdesk) : []),
        ...(otherwise === undefined ? [undefined] : resultsOf(otherwise, mailbox, helpdesk)),
        // Where DMARC failed, or the ticket is closed too long.
        ...(closed?.kind === "unless" || mailbox.settings.trusts.length > 0 ? [undefined] : []),
      ];
    }
    default: {
      const unknown: never = action;
      throw new TypeError(`No such action: ${JSON.stringify(unknown)}`);
    }
  }
}

/** The processes that what comes of a mail may set going, and that send mail. `mayClose`: a ticket may be closed by it. */
export function sendingProcesses(
  result: Result,
  processes: readonly ProgramProcess[],
  mayClose: boolean,
): readonly ProgramProcess[] {
  const events = new Set<string>();
  if (result.facts.has("create ticket")) events.add("ticket created");
  if (result.facts.has("update ticket")) events.add("ticket updated");
  if (events.size > 0 && mayClose) events.add("ticket closed");
  if (result.facts.has("ignore")) events.add("mail ignored");
  return processes.filter(
    ({ on, actions }) =>
      on.some((event) => events.has(event)) && actions.some(({ kind }) => kind === "send mail"),
  );
}
