import type { MailContent } from "@mcrules/mail";
import type { ProgramAction } from "../program/action.ts";
import { lineOf } from "./createTicket.ts";
import type { TicketProperties } from "./decision.ts";
import { isDistrusted } from "./desk.ts";
import { shortened } from "../evaluate/looks.ts";
import { documentsOf } from "./documents.ts";
import type { Asking } from "./mailCase.ts";
import type { TicketFacts, TicketQuery } from "./needs.ts";
import { guesses } from "./misses.ts";
import { otherPeople } from "./people.ts";
import { propertiesOf, withoutDoubles } from "./properties.ts";
import type { Done, RuleRun } from "./run.ts";
import { isReceipt } from "./receipts.ts";
import { filled, textLooksAtContent } from "./texts.ts";
import { durationInWords } from "../text/durations.ts";

type UpdateTicket = Extract<ProgramAction, { kind: "update ticket" }>;

/** No ticket has a number with a leading zero, or one that a computer's number does not hold exactly. */
const ticketNumber = /^[1-9][0-9]{0,14}$/;

/**
 * Updates the ticket that the action names, or does what it says for the case at hand. Undefined: not
 * done, the search goes on with the next rule. Whether the sender takes part is asked before whether the
 * ticket is closed, so that a stranger learns nothing of it.
 */
export function* updateTicket(action: UpdateTicket, run: RuleRun): Asking<Done | undefined> {
  const ticket = yield* ticketOf(action, run);
  if (ticket === undefined) {
    run.mail.missed ||= action.key.kind === "id";
    return yield* otherwise(action, run);
  }
  if (!(yield* mayUpdate(action, ticket, run))) return yield* otherwise(action, run);
  if (action.closed !== undefined && isClosedFor(action, ticket, run)) {
    if (action.closed.kind === "unless") return yield* otherwise(action, run);
    return yield* run.perform(action.closed.actions ?? [], { ...run, linkedTo: ticket.id });
  }
  return yield* updated(action, ticket, run);
}

function* otherwise(action: UpdateTicket, run: RuleRun): Asking<Done | undefined> {
  return action.otherwise === undefined ? undefined : yield* run.perform(action.otherwise, run);
}

function* ticketOf(action: UpdateTicket, run: RuleRun): Asking<TicketFacts | undefined> {
  const { key } = action;
  if ((key.kind === "code" || key.kind === "titled") && textLooksAtContent(key.text))
    yield* run.mail.content();
  const { written, value, query } = queryOf(key, run);
  const ticket = query === undefined ? undefined : yield* run.mail.ticket(query);
  run.looks?.push({
    at: action.at,
    field: written,
    operator: "finds",
    expected: "a ticket",
    actual: () =>
      `${ticket === undefined ? `none for ${value}` : `ticket ${ticket.id}`}${rivalsInWords(key, run)}`,
    result: ticket !== undefined,
  });
  return ticket;
}

/** Which other tickets the same field names, further on. */
function rivalsInWords(key: UpdateTicket["key"], run: RuleRun): string {
  if (key.kind !== "id") return "";
  const rivals = run.rivals(key.capture);
  return rivals.length === 0
    ? ""
    : ` (the leftmost of ${rivals.length + 1}: also ${rivals.join(", ")})`;
}

function queryOf(
  key: UpdateTicket["key"],
  run: RuleRun,
): {
  readonly written: string;
  readonly value: string;
  readonly query: TicketQuery | undefined;
} {
  switch (key.kind) {
    case "id": {
      const value = run.speaking.captures.get(key.capture) ?? "";
      return {
        written: `$${key.capture}`,
        value: `"${value}"`,
        query: ticketNumber.test(value) ? { kind: "id", id: Number(value) } : undefined,
      };
    }
    case "code": {
      const code = lineOf(key.text, run.speaking);
      return {
        written: "code",
        value: `"${code ?? ""}"`,
        query: code === undefined ? undefined : { kind: "code", code },
      };
    }
    case "titled": {
      const title = filled(key.text, run.speaking).trim();
      return {
        written: "title",
        value: `"${title}"`,
        query: title === "" ? undefined : { kind: "titled", title },
      };
    }
    case "thread": {
      const ids = run.mail.headers.thread;
      return {
        written: "thread",
        value: ids.length === 0 ? "a mail that answers none" : ids.join(", "),
        query: ids.length === 0 ? undefined : { kind: "thread", ids },
      };
    }
  }
}

/** Who takes part may, and where the action says so anyone; by number only as long as he does not guess. */
function* mayUpdate(action: UpdateTicket, ticket: TicketFacts, run: RuleRun): Asking<boolean> {
  const byNumber = action.key.kind === "id";
  if (!action.fromAnyone) {
    const result = yield* takesPart(action, ticket, run);
    run.mail.missed ||= byNumber && !result;
    return result;
  }
  if (!byNumber) return true;
  const distrusted = isDistrusted(run.mailbox, run.mail.headers);
  if (!distrusted && (yield* run.mail.takesPart(ticket.id))) return true;
  run.mail.missed = true;
  return !(yield* guesses(action.at, run));
}

function* takesPart(action: UpdateTicket, ticket: TicketFacts, run: RuleRun): Asking<boolean> {
  const { headers } = run.mail;
  const distrusted = isDistrusted(run.mailbox, headers);
  const result = !distrusted && (yield* run.mail.takesPart(ticket.id));
  if (distrusted) {
    const domains = withoutDoubles(headers.from.map(({ domain }) => domain));
    run.mail.mark({
      kind: "distrusted",
      message: `DMARC failed for ${shortened(domains.join(", "))}: the sender was not taken for a participant of ticket ${ticket.number}.`,
    });
  }
  run.looks?.push({
    at: action.at,
    field: "from",
    operator: "takes part in",
    expected: `ticket ${ticket.id}`,
    actual: () =>
      `${headers.from.map((person) => person.address).join(", ") || "(none)"}${distrusted ? " (dmarc fail)" : ""}`,
    result,
  });
  return result;
}

function isClosedFor(action: UpdateTicket, ticket: TicketFacts, run: RuleRun): boolean {
  const { now } = run.mail.input;
  const least = action.closed?.longerThan ?? 0;
  const result = ticket.closedAt !== undefined && now - ticket.closedAt >= least;
  run.looks?.push({
    at: action.at,
    field: `ticket ${ticket.id}`,
    operator: action.closed?.longerThan === undefined ? "closed" : "closed for",
    expected: action.closed?.longerThan === undefined ? "" : durationInWords(least),
    actual: () =>
      ticket.closedAt === undefined
        ? "open"
        : `closed for ${durationInWords(Math.max(0, now - ticket.closedAt))}`,
    result,
  });
  return result;
}

function* updated(action: UpdateTicket, ticket: TicketFacts, run: RuleRun): Asking<Done> {
  const { mail, desk, speaking, mailbox } = run;
  const { block } = action;
  const content = yield* mail.content();
  // A From that nobody vouches for makes no agent.
  const agent = isDistrusted(mailbox, content.headers) ? undefined : agentOf(content, run);
  const properties = propertiesOf(block, desk, speaking, mail.input.arrival.received);
  const answers =
    content.headers.flags.automatic !== true && !isReceipt(content.headers) && agent === undefined;
  const status = properties.status ?? (answers ? statusAfter(ticket, run) : undefined);
  const title = lineOf(block.title, speaking);
  const code = lineOf(block.code, speaking);
  const contact = lineOf(block.contact, speaking);
  const given: TicketProperties = status === undefined ? properties : { ...properties, status };
  return {
    effects: [
      {
        kind: "update ticket",
        rule: run.rule,
        ticket,
        internal: block.internal,
        ...(agent === undefined ? {} : { agent }),
        ...(title === undefined ? {} : { title }),
        ...(code === undefined ? {} : { code }),
        ...(contact === undefined ? {} : { contact }),
        properties: given,
        participants: block.addCc ? otherPeople(content.headers.cc, desk) : [],
        documents: yield* documentsOf(block, content, run),
      },
    ],
    mailEffects: [],
    given: run.given,
    ends: true,
    ignored: false,
    spam: false,
  };
}

/** The agent who wrote the mail: everyone in From has to be one. */
function agentOf(content: MailContent, run: RuleRun): string | undefined {
  const agents = content.headers.from.map((person) => run.desk.agent(person.address));
  return agents.includes(undefined) ? undefined : agents[0];
}

/** What a person's answer makes of the status; undefined where it stays. */
function statusAfter(ticket: TicketFacts, run: RuleRun): string | undefined {
  const { status, waiting, answered } = run.desk.program.helpdesk;
  if (ticket.closedAt !== undefined) return status[0];
  return ticket.status === waiting ? answered : undefined;
}
