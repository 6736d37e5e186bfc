import type { Ticket } from "@mcrules/helpdesk";
import type { Condition, Expectation, Position, Span, TicketName } from "@mcrules/language";
import type { ConditionCheck } from "./conditionCheck.ts";
import type { Happened } from "./happened.ts";
import type { TestFailure } from "./result.ts";
import { sentMailValues, ticketValues, type Values } from "./seenValues.ts";
import type { TestValues } from "./texts.ts";

/** What an expectation is judged with. */
export interface Judging {
  readonly check: ConditionCheck;
  /** What stands at a place in the sources. */
  readonly written: (span: Span) => string;
  readonly position: (span: Span) => Position;
  /** What the test has named so far. */
  readonly values: TestValues;
}

/** The failures of one expectation about what happened; none where it is met. */
export async function judgeExpectation(
  expectation: Expectation,
  happened: Happened,
  judging: Judging,
): Promise<readonly TestFailure[]> {
  const fail = (
    actual: string,
    message: string,
    at: Span = expectation.span,
    expected: string = judging.written(at),
  ): readonly TestFailure[] => [{ ...judging.position(at), expected, actual, message }];
  const unless = (met: boolean, actual: string, message: string): readonly TestFailure[] =>
    met ? [] : fail(actual, message);

  if (happened.kind === "waited") return judgeWaiting(expectation, fail);
  if (happened.kind === "failed") {
    return expectation.kind === "failed"
      ? []
      : fail(`failed: ${happened.error}`, "the mail's handling failed");
  }
  const { decision, ticket, sent, mailEffects } = happened;
  const outcome = happened.alreadySeen ? "already seen" : decision.outcome;
  const came = cameOut(happened);

  switch (expectation.kind) {
    case "rule":
      return unless(
        decision.rules.includes(expectation.name.value),
        decision.rules.length === 0 ? "no rule acted" : decision.rules.map(quoted).join(", "),
        whyNot(expectation.name.value, happened),
      );
    case "no rule":
      return unless(decision.rule === null, quoted(decision.rule ?? ""), "a rule ended the search");
    case "ignored":
    case "blocked":
    case "already seen":
    case "own mail":
      return unless(
        outcome === expectation.kind,
        came,
        `the mail was not ${pastOf(expectation.kind)}`,
      );
    case "failed":
      return fail(came, "the mail's handling did not fail");
    case "bounce": {
      const noted = decision.effects.find((effect) => effect.kind === "note bounce");
      const id = ticketId(expectation.ticket, judging.values.tickets);
      return unless(
        outcome === "bounce" && noted?.kind === "note bounce" && noted.ticket.id === id,
        came,
        `it is no bounce of a mail of ${ticketText(expectation.ticket)}`,
      );
    }
    case "ticket created": {
      const created = decision.effects.some((effect) => effect.kind === "create ticket");
      if (!created || ticket === undefined) return fail(came, "no ticket was created");
      return judgeCondition(expectation.condition, ticketValues(ticket, happened.comment), judging);
    }
    case "ticket updated": {
      const updated = decision.effects.some((effect) => effect.kind === "update ticket");
      const id = ticketId(expectation.ticket, judging.values.tickets);
      if (!updated || ticket === undefined || ticket.id !== id) {
        return fail(came, `${ticketText(expectation.ticket)} was not updated`);
      }
      return judgeCondition(expectation.condition, ticketValues(ticket, happened.comment), judging);
    }
    case "no ticket":
      return unless(
        !decision.effects.some(({ kind }) => kind === "create ticket" || kind === "update ticket"),
        came,
        "a ticket was created or updated",
      );
    case "mail sent": {
      const mails = sent.filter(({ kind, state }) => kind === "mail" && state !== "withheld");
      const { condition } = expectation;
      if (mails.length === 0) {
        const withheld = sent.find(({ state }) => state === "withheld");
        return fail(
          "no mail was sent",
          withheld === undefined
            ? "no process sent a mail"
            : `the mail was withheld: ${withheld.reason ?? "no reason is known"}`,
        );
      }
      let first: readonly TestFailure[] = [];
      for (const [index, mail] of mails.entries()) {
        const failures = await judgeCondition(condition, sentMailValues(mail), judging);
        if (failures.length === 0) return [];
        if (index === 0) first = failures;
      }
      return first;
    }
    case "no mail sent": {
      const mails = sent.filter(({ kind, state }) => kind === "mail" && state !== "withheld");
      return unless(
        mails.length === 0,
        mails
          .map(({ recipients, subject }) => `"${subject}" to ${recipients.join(", ")}`)
          .join("; "),
        "a mail was sent",
      );
    }
    case "filed under": {
      const filed = decision.effects.filter((effect) => effect.kind === "file under");
      return unless(
        filed.some(
          ({ registry, address }) =>
            registry === expectation.registry &&
            address.toLowerCase() === expectation.key.toLowerCase(),
        ),
        filed.length === 0
          ? came
          : filed.map(({ registry, address }) => `filed under ${registry} "${address}"`).join(", "),
        `the mail was not filed under ${expectation.registry} "${expectation.key}"`,
      );
    }
    case "marked":
      return unless(
        mailEffects.some((effect) => effect.kind === "mark" && effect.as === expectation.as),
        mailText(happened),
        `the mail was not marked ${expectation.as}`,
      );
    case "moved":
    case "copied": {
      const kind = expectation.kind === "moved" ? "move" : "copy";
      return unless(
        mailEffects.some((effect) => effect.kind === kind && effect.folder === expectation.folder),
        mailText(happened),
        `the mail was not ${expectation.kind} to "${expectation.folder}"`,
      );
    }
    case "deleted":
      return unless(
        mailEffects.some(({ kind }) => kind === "delete"),
        mailText(happened),
        "the mail was not deleted",
      );
    case "untouched":
      return unless(mailEffects.length === 0, mailText(happened), "the mail was touched");
    case "broken":
      throw new Error("An expectation with an error is not judged.");
  }
}

/** After a `wait` nothing was received: what says that something did not happen holds. */
function judgeWaiting(
  expectation: Expectation,
  fail: (actual: string, message: string) => readonly TestFailure[],
): readonly TestFailure[] {
  switch (expectation.kind) {
    case "no rule":
    case "no ticket":
    case "no mail sent":
    case "untouched":
      return [];
    default:
      return fail("nothing happened", "time went by, and no mail was received");
  }
}

/** A line of the block each; several failures at once tell more than the first. */
async function judgeCondition(
  condition: Condition | undefined,
  values: (field: string, argument: string | undefined) => Values,
  judging: Judging,
): Promise<readonly TestFailure[]> {
  if (condition === undefined) return [];
  const lines = condition.kind === "all" ? condition.conditions : [condition];
  const failures: TestFailure[] = [];
  for (const line of lines) {
    const { holds, saw } = await judging.check.check(line, values, judging.values);
    if (holds) continue;
    const written = judging.written(line.span);
    failures.push({
      ...judging.position(line.span),
      expected: written,
      actual: saw === "" ? "it does not hold" : saw,
      message: `${written} does not hold`,
    });
  }
  return failures;
}

/** The short reason why a named rule did not act. */
function whyNot(name: string, happened: Extract<Happened, { kind: "received" }>): string {
  const { decision } = happened;
  if (happened.alreadySeen) return "the mail was seen before, and no rule was asked";
  const entry = decision.trace.find(({ rule, step }) => !step && rule === name);
  if (entry === undefined) {
    const before = decision.trace.find(({ result, step }) => step && result);
    if (before !== undefined) return `rule ${quoted(name)} was not asked: ${before.rule}`;
    return decision.rule === null
      ? `rule ${quoted(name)} is not among the rules of this mailbox`
      : `rule ${quoted(name)} was not asked: ${quoted(decision.rule)} above it ended the search`;
  }
  const failing = entry.because.find(({ result }) => !result) ?? entry.because.at(-1);
  if (failing === undefined) return `rule ${quoted(name)} did not act`;
  const line = failing.position === null ? "" : `line ${failing.position.line}: `;
  const test = [failing.field, failing.operator, failing.expected].filter((part) => part !== "");
  const saw = failing.actual === "" ? "" : `, saw ${failing.actual}`;
  return `rule ${quoted(name)} did not act: ${line}${test.join(" ")}${saw}`;
}

/** What came out, in a few words. */
function cameOut(happened: Extract<Happened, { kind: "received" }>): string {
  if (happened.alreadySeen) return "already seen";
  const { decision, ticket } = happened;
  const by = decision.rule === null ? "" : ` by rule ${quoted(decision.rule)}`;
  switch (decision.outcome) {
    case "ticket created":
      return `ticket ${ticket?.number ?? ""} created${by}`;
    case "ticket updated":
      return `ticket ${ticket?.number ?? ""} updated${by}`;
    default:
      return `${decision.outcome}${by}`;
  }
}

function mailText({ mailEffects }: Extract<Happened, { kind: "received" }>): string {
  if (mailEffects.length === 0) return "untouched";
  return mailEffects
    .map((effect) => {
      switch (effect.kind) {
        case "mark":
          return `marked ${effect.as}`;
        case "move":
          return `moved to "${effect.folder}"`;
        case "copy":
          return `copied to "${effect.folder}"`;
        case "delete":
          return "deleted";
      }
    })
    .join(", ");
}

function pastOf(kind: "ignored" | "blocked" | "already seen" | "own mail"): string {
  return kind === "own mail" ? "taken as our own" : kind;
}

function ticketId(name: TicketName, named: ReadonlyMap<string, Ticket>): number | undefined {
  return name.kind === "id" ? name.id : named.get(name.name)?.id;
}

function ticketText(name: TicketName): string {
  return name.kind === "id" ? `ticket ${name.id}` : `ticket $${name.name}`;
}

function quoted(name: string): string {
  return `"${name}"`;
}
