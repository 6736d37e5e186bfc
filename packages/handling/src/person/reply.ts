import type { Program } from "@mcrules/compiler";
import type { HelpdeskTransaction, OutboxEntry, Person, Ticket } from "@mcrules/helpdesk";
import { foldAddress, oneLine } from "../address.ts";
import { statusOf } from "../effects/properties.ts";
import type { HandlingContext } from "../handling.ts";
import { ownAddresses, senderForTicket } from "../mailbox.ts";
import { isoWithOffset } from "../moment.ts";
import type { OutgoingMail } from "../processes/outgoingMail.ts";
import { runProcesses } from "../processes/runProcesses.ts";
import { ourMessageId, threadOf } from "../processes/threading.ts";
import type { PersonActed } from "./acts.ts";
import { ticketToActOn } from "./acts.ts";

/** A person's answer to a ticket. */
export interface Reply {
  readonly text: string;
  /**
   * `mailbox`: from the mailbox's address, so that what comes back stays in the ticket. `agent`: from that
   * agent's own address, and the conversation leaves the ticket.
   */
  readonly as: { readonly kind: "mailbox" } | { readonly kind: "agent"; readonly address: string };
  /** Who writes, for the comment; of an agent the agent. */
  readonly author?: Person;
  readonly cc?: readonly Person[];
}

/** A reply that cannot be sent; the message says why. */
export class CannotReply extends Error {
  override readonly name = "CannotReply";
}

/**
 * Answers a ticket's requester by mail: puts the mail into the outbox and the text into the ticket as a
 * comment. From the mailbox's address it sets the status that says we wait. Throws NoSuchTicket,
 * and CannotReply where there is nobody to write to, or nothing to write from.
 */
export function replyTicket(
  context: HandlingContext,
  id: number,
  reply: Reply,
): Promise<PersonActed> {
  const { program } = context.judge;
  return context.helpdesk.transaction(async (desk) => {
    const before = await ticketToActOn(desk, id);
    const from = senderOf(program, before, reply);
    const mail = await mailOf(context, desk, before, from, reply);
    const entry = await putReply(desk, before, mail, context.now());
    const at = context.now();
    await desk.addComment(id, {
      author: reply.author ?? from,
      by: "agent",
      internal: false,
      text: reply.text,
      quoted: "",
      at,
    });
    const stays = reply.as.kind === "mailbox";
    if (stays) await desk.addMessageId(id, mail.messageId, "sent");
    const after = await desk.changeTicket(id, {
      ...(stays ? { status: statusOf(program.helpdesk, program.helpdesk.waiting) } : {}),
      at,
    });
    const outbox = await runProcesses(context, desk, {
      events: ["ticket updated"],
      rule: null,
      ticket: after,
      cause: undefined,
      now: at,
    });
    return { ticket: (await desk.ticket(id)) ?? after, outbox: [entry, ...outbox] };
  });
}

function senderOf(program: Program, ticket: Ticket, reply: Reply): Person {
  if (reply.as.kind === "mailbox") {
    const sender = senderForTicket(program, ticket);
    if (sender === undefined) {
      throw new CannotReply("No mailbox has an address to send from: give it the setting address.");
    }
    return sender;
  }
  const folded = foldAddress(reply.as.address);
  const agent = program.agents.find(({ address }) => foldAddress(address) === folded);
  if (agent === undefined) {
    throw new CannotReply(
      `${reply.as.address} is no agent of this project: declare agent "${reply.as.address}".`,
    );
  }
  return { address: agent.address, name: agent.name };
}

async function mailOf(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  ticket: Ticket,
  from: Person,
  reply: Reply,
): Promise<OutgoingMail> {
  const { requester } = ticket;
  if (requester === undefined) {
    throw new CannotReply(`Ticket ${ticket.number} has no requester to write to.`);
  }
  const own = ownAddresses(context.judge.program);
  if (own.has(foldAddress(requester.address))) {
    throw new CannotReply(
      `The requester of ticket ${ticket.number} is ${requester.address}, an address of ours.`,
    );
  }
  const now = context.now();
  const stays = reply.as.kind === "mailbox";
  const happened = { events: [], rule: null, ticket, cause: undefined, now };
  return {
    format: 1,
    messageId: await ourMessageId(context, desk, stays ? ticket.id : undefined, from.address),
    date: isoWithOffset(now, 0),
    from: { address: from.address, name: oneLine(from.name) },
    to: [{ address: requester.address, name: oneLine(requester.name) }],
    cc: (reply.cc ?? []).map(({ address, name }) => ({ address, name: oneLine(name) })),
    bcc: [],
    subject: oneLine(
      stays ? `Re: ${ticket.title} - Ticket Id: ${ticket.ref}` : `Re: ${ticket.title}`,
    ),
    text: reply.text + signatureOf(context.judge.program, from),
    ...(await threadOf(desk, happened)),
    headers: [],
    attachments: [],
  };
}

/** An agent's signature. Its holes would speak of a mail or an event, and there is none. */
function signatureOf(program: Program, from: Person): string {
  const folded = foldAddress(from.address);
  const agent = program.agents.find(({ address }) => foldAddress(address) === folded);
  const text = agent?.signature?.filter((part) => typeof part === "string").join("") ?? "";
  return text === "" ? "" : `\n\n-- \n${text}`;
}

function putReply(
  desk: HelpdeskTransaction,
  ticket: Ticket,
  mail: OutgoingMail,
  at: number,
): Promise<OutboxEntry> {
  return desk.addOutboxEntry({
    kind: "mail",
    ticket: ticket.id,
    process: undefined,
    mailbox: ticket.mailbox,
    key: mail.messageId,
    recipients: [...mail.to, ...mail.cc].map(({ address }) => address),
    subject: mail.subject,
    payload: JSON.stringify(mail),
    state: "waiting",
    reason: undefined,
    createdAt: at,
  });
}
