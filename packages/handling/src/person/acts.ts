import type { TicketProperties } from "@mcrules/compiler";
import type { HelpdeskTransaction, OutboxEntry, Person, Ticket } from "@mcrules/helpdesk";
import { subjectBase } from "@mcrules/mail";
import { connectionFor, propertyChange, statusOf } from "../effects/properties.ts";
import type { HandlingContext } from "../handling.ts";
import type { Happened } from "../processes/event.ts";
import { runProcesses } from "../processes/runProcesses.ts";

/** What a person did, with what processes put into the outbox for it. */
export interface PersonActed {
  readonly ticket: Ticket;
  readonly outbox: readonly OutboxEntry[];
}

/** There is no ticket of that id, or not for what was asked. */
export class NoSuchTicket extends Error {
  override readonly name = "NoSuchTicket";
}

/** A ticket that a person opens. */
export interface OpenedTicket {
  readonly title: string;
  readonly description?: string;
  /** Whom the ticket answers to. */
  readonly requester?: Person;
  /** In the name of which mailbox mail about it goes out. */
  readonly mailbox?: string;
  readonly code?: string;
  readonly properties?: Partial<TicketProperties>;
}

/** Opens a ticket by hand; the processes of `ticket created` run. */
export async function openTicket(
  context: HandlingContext,
  opened: OpenedTicket,
): Promise<PersonActed> {
  const { helpdesk } = context.judge.program;
  const properties: TicketProperties = { tags: [], fields: [], ...opened.properties };
  return context.helpdesk.transaction(async (desk) => {
    const now = context.now();
    const title = opened.title === "" ? "Untitled" : opened.title;
    const status = statusOf(helpdesk, properties.status ?? helpdesk.status[0] ?? "Open");
    const ticket = await desk.createTicket({
      title,
      titleBase: subjectBase(title),
      description: opened.description ?? "",
      status: status.name,
      closed: status.closed,
      priority: properties.priority,
      severity: properties.severity,
      category: properties.category,
      tags: properties.tags,
      code: opened.code,
      assigned: properties.assigned,
      fields: properties.fields,
      requester: opened.requester,
      ...(await connectionFor(desk, opened.requester?.address)),
      mailbox: opened.mailbox,
      numberFormat: helpdesk.number,
      at: now,
    });
    return finish(context, desk, ticket, [
      "ticket created",
      ...(status.closed ? (["ticket closed"] as const) : []),
    ]);
  });
}

/** Closes a ticket; where it is closed already nothing happens. Throws NoSuchTicket. */
export function closeTicket(context: HandlingContext, id: number): Promise<PersonActed> {
  const { helpdesk } = context.judge.program;
  return context.helpdesk.transaction(async (desk) => {
    const ticket = await ticketToActOn(desk, id);
    if (ticket.closedAt !== undefined) return { ticket, outbox: [] };
    const closed = await desk.changeTicket(id, {
      status: statusOf(helpdesk, helpdesk.closed[0] ?? "Closed"),
      at: context.now(),
    });
    return finish(context, desk, closed, ["ticket updated", "ticket closed"]);
  });
}

/** Opens a closed ticket again; where it is open nothing happens. Throws NoSuchTicket. */
export function reopenTicket(context: HandlingContext, id: number): Promise<PersonActed> {
  const { helpdesk } = context.judge.program;
  return context.helpdesk.transaction(async (desk) => {
    const ticket = await ticketToActOn(desk, id);
    if (ticket.closedAt === undefined) return { ticket, outbox: [] };
    const open = await desk.changeTicket(id, {
      status: statusOf(helpdesk, helpdesk.status[0] ?? "Open"),
      at: context.now(),
    });
    return finish(context, desk, open, ["ticket updated"]);
  });
}

/** Adds an agent's comment. It is sent to nobody by itself; processes see the update. Throws NoSuchTicket. */
export function commentTicket(
  context: HandlingContext,
  id: number,
  comment: {
    readonly text: string;
    readonly author?: Person;
    /** The customer does not see it. */
    readonly internal?: boolean;
  },
): Promise<PersonActed> {
  return context.helpdesk.transaction(async (desk) => {
    await ticketToActOn(desk, id);
    const at = context.now();
    await desk.addComment(id, {
      author: comment.author,
      by: "agent",
      internal: comment.internal ?? false,
      text: comment.text,
      quoted: "",
      at,
    });
    return finish(context, desk, await desk.changeTicket(id, { at }), ["ticket updated"]);
  });
}

/** Changes a ticket's properties by hand; `ticket closed` is started where that closes it. Throws NoSuchTicket. */
export function changeTicket(
  context: HandlingContext,
  id: number,
  properties: Partial<TicketProperties> & { readonly title?: string },
): Promise<PersonActed> {
  const { helpdesk } = context.judge.program;
  return context.helpdesk.transaction(async (desk) => {
    const before = await ticketToActOn(desk, id);
    const { title, ...rest } = properties;
    const after = await desk.changeTicket(id, {
      ...propertyChange(helpdesk, { tags: [], fields: [], ...rest }),
      ...(title === undefined ? {} : { title, titleBase: subjectBase(title) }),
      at: context.now(),
    });
    const closed = before.closedAt === undefined && after.closedAt !== undefined;
    return finish(context, desk, after, [
      "ticket updated",
      ...(closed ? (["ticket closed"] as const) : []),
    ]);
  });
}

/** The ticket, where it is there and no spam. */
export async function ticketToActOn(desk: HelpdeskTransaction, id: number): Promise<Ticket> {
  const ticket = await desk.ticket(id);
  if (ticket === undefined) throw new NoSuchTicket(`There is no ticket ${id}.`);
  if (ticket.spam) {
    throw new NoSuchTicket(`Ticket ${ticket.number} is marked as spam; take that back first.`);
  }
  return ticket;
}

async function finish(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  ticket: Ticket,
  events: Happened["events"],
): Promise<PersonActed> {
  const outbox = await runProcesses(context, desk, {
    events,
    rule: null,
    ticket,
    cause: undefined,
    now: context.now(),
  });
  return { ticket: (await desk.ticket(ticket.id)) ?? ticket, outbox };
}
