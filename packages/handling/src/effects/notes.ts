import type { Effect, MailMark } from "@mcrules/compiler";
import { durationInWords } from "@mcrules/compiler";
import type { TicketDocument } from "@mcrules/helpdesk";
import type { MailContent } from "@mcrules/mail";
import type { Work } from "./work.ts";

/** What of the marks an agent has to know before he answers; the others stand with the mail. */
const noted: ReadonlySet<MailMark["kind"]> = new Set<MailMark["kind"]>(["distrusted"]);

/**
 * Adds what people of the helpdesk have to know of a mail to the ticket that it made or changed, in comments that
 * customers do not see. Says whether there was any.
 */
export async function noteMail(
  work: Work,
  ticket: number,
  marks: readonly MailMark[],
  documents: readonly TicketDocument[],
): Promise<boolean> {
  const told = marks.filter(({ kind }) => noted.has(kind)).map(({ message }) => message);
  const content = await work.content();
  if (mayBeEncrypted(work, content) && content.headers.flags.encrypted === true) {
    told.push(encryptedNote(content, documents));
  }
  for (const text of told) await addNote(work, ticket, text);
  return told.length > 0;
}

export async function addNote(work: Work, ticket: number, text: string): Promise<void> {
  await work.desk.addComment(ticket, {
    author: undefined,
    by: "system",
    internal: true,
    text,
    quoted: "",
    at: work.now,
  });
}

const cms = /^application\/(?:x-)?pkcs7-mime$/;
const pgp = /^application\/pgp-encrypted$/;

const armour = "-----BEGIN PGP MESSAGE-----";

/** Settling the flags of a mail costs more than a look at what none of them can be without. */
function mayBeEncrypted({ headers }: Work, { attachments, body }: MailContent): boolean {
  return (
    headers.flags.encrypted === true ||
    body.includes(armour) ||
    attachments.some(({ type, name }) => /pkcs7|pgp/.test(type) || /\.p7m$/i.test(name ?? ""))
  );
}

function encryptedNote(
  { attachments, body }: MailContent,
  documents: readonly TicketDocument[],
): string {
  const isCms = attachments.some(({ type, name }) => cms.test(type) || /\.p7m$/i.test(name ?? ""));
  const isPgp = attachments.some(({ type }) => pgp.test(type)) || body.includes(armour);
  const how = isCms ? " (S/MIME)" : isPgp ? " (PGP)" : "";
  const holding = documents.filter(({ type }) => !pgp.test(type)).map(({ name }) => name);
  const where = body.includes(armour)
    ? "It stands in the ticket as it came."
    : attachments.length === 0
      ? "The mail holds nothing else."
      : holding.length === 0
        ? "The rule keeps no document of it."
        : `It is kept in ${holding.length === 1 ? "document" : "documents"} ${holding.join(", ")}.`;
  return `This mail is encrypted${how}: what is encrypted of its text could not be read. ${where}`;
}

/** Tells on the ticket of a flood, and in one alarm, why it is there. */
export async function noteFlood(
  work: Work,
  ticket: { readonly id: number; readonly number: string },
  { requester }: Extract<Effect, { kind: "create ticket" }>,
): Promise<void> {
  const limit = work.program.helpdesk.ticketLimit;
  if (limit === undefined) return;
  const who = requester?.address ?? "nobody";
  const within = durationInWords(limit.within.milliseconds);
  const mailbox = work.mail.mailbox.name;
  const reached = `${who} opened ${limit.count} tickets within ${within} in mailbox ${mailbox}`;
  await addNote(
    work,
    ticket.id,
    `${reached}, which is the ticket limit. What else comes from there within that time is kept here.`,
  );
  await work.desk.addAlarm(
    `${reached}; further mails are kept on ticket ${ticket.number}.`,
    work.now,
  );
}
