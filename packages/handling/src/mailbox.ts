import type { Program, ProgramMailbox } from "@mcrules/compiler";
import type { Person, Ticket } from "@mcrules/helpdesk";
import type { MailHeaders, Reading } from "@mcrules/mail";
import { foldAddress } from "./address.ts";

/** The mailbox of that name. Throws where the program has none. */
export function mailboxNamed(program: Program, name: string): ProgramMailbox {
  const found = program.mailboxes.find((mailbox) => mailbox.name === name);
  if (found === undefined) throw new Error(`The project has no mailbox "${name}".`);
  return found;
}

/** How the mails of a mailbox are to be read. */
export function readingOf(mailbox: ProgramMailbox): Reading {
  const { pec, through, trusts } = mailbox.settings;
  return { pec, through, trusts };
}

/** Within what the same mail is the same mail: a mailbox, or undefined for the whole project. */
export function duplicatesWithin(mailbox: ProgramMailbox): string | undefined {
  return mailbox.settings.duplicates === "per project" ? undefined : mailbox.name;
}

/** The addresses that mail goes out from: the setting `address`, else the login where that is one. */
export function sendersOf(mailbox: ProgramMailbox): readonly Person[] {
  if (mailbox.settings.addresses.length > 0) {
    return mailbox.settings.addresses.map(({ name, address }) => ({ name, address }));
  }
  const source = mailbox.settings.source;
  const user = source?.kind === "server" ? source.login?.user.value : undefined;
  return user !== undefined && /^[^@\s]+@[^@\s]+$/.test(user) ? [{ name: "", address: user }] : [];
}

/** Of a mailbox's addresses the one that a mail was written to, else the first. */
export function addressWrittenTo(
  mailbox: ProgramMailbox,
  headers: MailHeaders,
): Person | undefined {
  const senders = sendersOf(mailbox);
  for (const written of [...headers.to, ...headers.cc, ...headers.bcc, ...headers.deliveredTo]) {
    const folded = foldAddress(written.address);
    const found = senders.find((sender) => foldAddress(sender.address) === folded);
    if (found !== undefined) return found;
  }
  return senders[0];
}

/** The address with which the helpdesk writes about a ticket. */
export function senderForTicket(program: Program, ticket: Ticket): Person | undefined {
  const mailbox = program.mailboxes.find((candidate) => candidate.name === ticket.mailbox);
  if (mailbox !== undefined) {
    const senders = sendersOf(mailbox);
    const written = foldAddress(ticket.mail?.sender ?? "");
    return (
      senders.find((sender) => foldAddress(sender.address) === written) ??
      senders[0] ??
      standInSender(mailbox, ticket.mail?.to[0]?.address)
    );
  }
  return program.mailboxes.flatMap(sendersOf)[0];
}

/**
 * Whom mail would come from where a mailbox has no address yet. One that cannot send can be tried out all the
 * same: its mails wait in the outbox. One that can send never writes in a name that nobody gave it.
 */
export function standInSender(
  mailbox: ProgramMailbox,
  writtenTo: string | undefined,
): Person | undefined {
  if (mailbox.settings.smtp !== undefined) return undefined;
  return { name: "", address: writtenTo ?? `${mailbox.name}@localhost` };
}

/** Every address of every mailbox of the project, folded. */
export function ownAddresses(program: Program): ReadonlySet<string> {
  return new Set(
    program.mailboxes.flatMap((mailbox) => [
      ...mailbox.ownAddresses.map(foldAddress),
      ...sendersOf(mailbox).map((sender) => foldAddress(sender.address)),
    ]),
  );
}

/** The agents' addresses, folded. */
export function agentAddresses(program: Program): ReadonlySet<string> {
  return new Set(program.agents.map((agent) => foldAddress(agent.address)));
}
