import type { Effect, MailMark } from "@mcrules/compiler";
import type { MailInformation, Ticket } from "@mcrules/helpdesk";
import type { Address } from "@mcrules/mail";
import { subjectBase } from "@mcrules/mail";
import { personOf } from "../address.ts";
import { addressWrittenTo } from "../mailbox.ts";
import { mailDate } from "../moment.ts";
import { storeDocuments } from "./documents.ts";
import { noteFlood, noteMail } from "./notes.ts";
import { connectionFor, statusOf } from "./properties.ts";
import { rememberMessageIds } from "./thread.ts";
import type { Work } from "./work.ts";

/** Opens the ticket that a rule asked for, with all that belongs to it. */
export async function createTicket(
  work: Work,
  effect: Extract<Effect, { kind: "create ticket" }>,
  marks: readonly MailMark[],
): Promise<Ticket> {
  const { desk, program, now } = work;
  const { properties, requester } = effect;
  if (effect.register !== undefined && requester !== undefined) {
    await register(work, effect.register, requester);
  }
  const status = statusOf(
    program.helpdesk,
    properties.status ?? program.helpdesk.status[0] ?? "Open",
  );
  const ticket = await desk.createTicket({
    title: effect.title,
    titleBase: subjectBase(effect.title),
    description: effect.description,
    status: status.name,
    closed: status.closed,
    priority: properties.priority,
    severity: properties.severity,
    category: properties.category,
    tags: properties.tags,
    code: effect.code,
    assigned: properties.assigned,
    fields: properties.fields,
    requester: requester === undefined ? undefined : personOf(requester),
    ...(await connectionFor(desk, effect.contact ?? requester?.address)),
    mailbox: work.mail.mailbox.name,
    rule: effect.rule,
    mail: mailInformation(work),
    linkedTo: effect.linkedTo,
    numberFormat: program.helpdesk.number,
    at: now,
  });
  for (const participant of effect.participants) {
    await desk.addParticipant(ticket.id, personOf(participant), "cc");
  }
  const documents = await storeDocuments(work, ticket.id, undefined, effect.documents);
  await rememberMessageIds(work, ticket.id);
  if (effect.flood === true) await noteFlood(work, ticket, effect);
  const noted = await noteMail(work, ticket.id, marks, documents);
  if (program.helpdesk.ticketLimit !== undefined) {
    await desk.countOpened({
      mailbox: work.mail.mailbox.name,
      requester: requester?.address ?? "",
      ticket: ticket.id,
      flood: effect.flood === true,
      at: now,
    });
  }
  // A ticket tells how many documents and comments it has.
  return documents.length > 0 || noted || effect.flood === true
    ? ((await desk.ticket(ticket.id)) ?? ticket)
    : ticket;
}

/** Enters a requester in the registry whom nobody there knows. */
async function register(work: Work, as: "contact" | "lead", requester: Address): Promise<void> {
  const { desk } = work;
  const kinds =
    as === "lead" ? (["contact", "account", "lead"] as const) : (["contact", "account"] as const);
  for (const kind of kinds) {
    if ((await desk.registryEntry(kind, requester.address)) !== undefined) return;
  }
  await desk.addRegistryEntry({
    kind: as,
    name: requester.name === "" ? requester.address : requester.name,
    addresses: [requester.address],
  });
}

function mailInformation(work: Work): MailInformation {
  const { headers, mail, program } = work;
  const sender = addressWrittenTo(mail.mailbox, headers);
  return {
    from: headers.from.map(personOf),
    to: headers.to.map(personOf),
    cc: headers.cc.map(personOf),
    bcc: headers.bcc.map(personOf),
    fromName: sender?.name ?? "",
    sender: sender?.address ?? "",
    date: mailDate(headers, mail.incoming.arrival.received, program.helpdesk.zone),
  };
}
