import type { ProcessInput, ProcessTicket } from "@mcrules/compiler";
import type { HelpdeskQueries, Ticket } from "@mcrules/helpdesk";
import type { Instant, MailHeaders } from "@mcrules/mail";
import type { MailInHand } from "../mailInHand.ts";

/** What happened, for processes. */
export interface Happened {
  readonly events: ProcessInput["events"];
  /** The rule that ended the search; null where a person acted. */
  readonly rule: string | null;
  readonly ticket: Ticket | undefined;
  /** The mail that caused it; undefined where a person did. */
  readonly cause: CausingMail | undefined;
  readonly now: Instant;
}

export interface CausingMail {
  readonly mail: MailInHand;
  /** The headers that rules saw. */
  readonly headers: MailHeaders;
  /** Taken on behalf of somebody: then it counts as a person's. */
  readonly onBehalf: boolean;
}

/** A ticket as processes see it. */
export async function processTicket(desk: HelpdeskQueries, ticket: Ticket): Promise<ProcessTicket> {
  return {
    id: ticket.id,
    number: ticket.number,
    ref: ticket.ref,
    title: ticket.title,
    status: ticket.status,
    priority: ticket.priority,
    severity: ticket.severity,
    category: ticket.category,
    tags: ticket.tags,
    rule: ticket.rule,
    mailbox: ticket.mailbox,
    requester: await requesterOf(desk, ticket),
    contact: ticket.contact,
    assigned: ticket.assigned?.name,
    fields: ticket.fields,
  };
}

/** The requester's name is the contact's, else the display name, else the address. */
async function requesterOf(
  desk: HelpdeskQueries,
  ticket: Ticket,
): Promise<{ readonly address: string; readonly name: string } | undefined> {
  const { requester } = ticket;
  if (requester === undefined) return undefined;
  const contact = await desk.registryEntry("contact", requester.address);
  const names = [contact?.name, requester.name, requester.address];
  return {
    address: requester.address,
    name: names.find((name) => name !== undefined && name !== "") ?? requester.address,
  };
}
