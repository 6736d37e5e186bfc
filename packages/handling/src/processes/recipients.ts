import type { HelpdeskTransaction, Person } from "@mcrules/helpdesk";
import { parseAddress } from "@mcrules/mail";
import { foldAddress, oneLine } from "../address.ts";
import type { HandlingContext } from "../handling.ts";
import { agentAddresses, ownAddresses } from "../mailbox.ts";
import type { Happened } from "./event.ts";

/** The people that texts of `to`, `cc` and `bcc` name; what is no address is left out. */
export function peopleIn(texts: readonly string[]): readonly Person[] {
  return texts.flatMap((text) => {
    const line = oneLine(text);
    const whole = parseAddress(line);
    const found =
      whole === undefined ? line.split(/[,;]/).map((part) => parseAddress(part.trim())) : [whole];
    return found.flatMap((address) =>
      address === undefined ? [] : [{ address: address.address, name: oneLine(address.name) }],
    );
  });
}

/** The headers of a mail in which the one who gets an answer to it stands. */
const answeredHeaders = new Set(["from", "reply-to", "sender", "return-path"]);

/** Whom a mail about this event would answer, folded: who wrote, and whose ticket it is. */
export async function answeredPeople(
  desk: HelpdeskTransaction,
  happened: Happened,
): Promise<ReadonlySet<string>> {
  const people = new Set<string>();
  const add = (address: string | undefined): void => {
    if (address !== undefined) people.add(foldAddress(address));
  };
  for (const headers of happened.cause === undefined
    ? []
    : [happened.cause.headers, happened.cause.mail.headers]) {
    for (const address of [...headers.from, ...headers.replyTo]) add(address.address);
    for (const field of headers.fields) {
      if (answeredHeaders.has(field.name.toLowerCase())) add(parseAddress(field.value)?.address);
    }
  }
  const { ticket } = happened;
  if (ticket !== undefined) {
    add(ticket.requester?.address);
    add(ticket.contact?.address);
    for (const participant of await desk.participants(ticket.id)) add(participant.address);
  }
  return people;
}

/** Never more mails with one subject to one recipient than this, within the time of the send limit. */
const mostOfOneSubject = 3;

/** About one ticket go so many times as many mails as the send limit lets one recipient have. */
const timesATicket = 3;

/** To strangers of one domain go so many times as many. */
const timesADomain = 10;

/** No mail of a process goes to more people: who writes to us does not make us write to crowds. */
export const mostRecipients = 50;

/** Whether a recipient gets a mail: why not, or whether nobody knows him, so that he is counted by his domain. */
export type Admission =
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "admitted"; readonly stranger: boolean };

/** Whether anything speaks against a mail to a recipient. */
export async function admission(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  mail: {
    readonly address: string;
    readonly subject: string;
    /** The event's mail is automatic, and this recipient would get an answer to it. */
    readonly answersAutomatic: boolean;
  },
): Promise<Admission> {
  const { program } = context.judge;
  const { address, subject } = mail;
  const { now } = happened;
  const refused = (reason: string): Admission => ({ kind: "refused", reason });
  if (ownAddresses(program).has(foldAddress(address))) {
    return refused(`${address} is an address of a mailbox of this project`);
  }
  if (mail.answersAutomatic) return refused(`it would answer an automatic mail (${address})`);
  if ((await desk.blocked([address])) !== undefined) return refused(`${address} is blocked`);
  if ((await desk.mutedUntil(address, now)) !== undefined) {
    return refused(`${address} is muted, since a mail to it came back`);
  }
  const { count, within } = program.helpdesk.sendLimit;
  const since = now - within.milliseconds;
  const sent = await desk.sentTo(address, since);
  const known =
    agentAddresses(program).has(foldAddress(address)) || (await desk.isRegistered(address));
  const reason =
    sent.count >= count
      ? `${address} got ${sent.count} mails already, and no more are sent within the send limit`
      : ofSubject(sent.bySubject, subject) >= mostOfOneSubject
        ? `${address} got ${mostOfOneSubject} mails with the subject "${subject}" already`
        : known
          ? undefined
          : await strangersRefusal(desk, address, count * timesADomain, since);
  if (reason === undefined) return { kind: "admitted", stranger: !known };
  await raiseAlarmOnce(desk, happened, reason, since);
  return refused(reason);
}

/** A program that answers from ever new addresses of one domain; people whom a registry knows are not counted. */
async function strangersRefusal(
  desk: HelpdeskTransaction,
  address: string,
  most: number,
  since: number,
): Promise<string | undefined> {
  const domain = foldAddress(address.slice(address.lastIndexOf("@") + 1));
  return (await desk.sentToStrangers(domain, since)) < most
    ? undefined
    : `unknown people at ${domain} got ${most} mails already, and no more are sent within the send limit`;
}

/** Why nobody gets a mail about the event's ticket; undefined where nothing speaks against it. */
export async function ticketRefusal(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
): Promise<string | undefined> {
  const { ticket, events, now } = happened;
  // Nothing was sent yet about a ticket that is just being opened.
  if (ticket === undefined || events.includes("ticket created")) return undefined;
  const { count, within } = context.judge.program.helpdesk.sendLimit;
  const since = now - within.milliseconds;
  const most = count * timesATicket;
  if ((await desk.sentAbout(ticket.id, since)) < most) return undefined;
  const reason = `${most} mails about ticket ${ticket.number} were sent already, and no more are within the send limit`;
  await raiseAlarmOnce(desk, happened, reason, since);
  return reason;
}

/** A subject is a mail's text, so it may be the name of what every object has. */
function ofSubject(counts: Readonly<Record<string, number>>, subject: string): number {
  return Object.hasOwn(counts, subject) ? (counts[subject] ?? 0) : 0;
}

/** One alarm tells it; the mails that follow would only repeat it. */
async function raiseAlarmOnce(
  desk: HelpdeskTransaction,
  happened: Happened,
  reason: string,
  since: number,
): Promise<void> {
  const message = `No mail is sent: ${reason}.`;
  if (!(await desk.alarmed(message, since))) await desk.addAlarm(message, happened.now);
}
