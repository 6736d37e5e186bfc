import type { HelpdeskTransaction, Person } from "@mcrules/helpdesk";
import { parseAddress } from "@mcrules/mail";
import { foldAddress, oneLine } from "../address.ts";
import type { HandlingContext } from "../handling.ts";
import { ownAddresses } from "../mailbox.ts";
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

/** No mail of a process goes to more people: who writes to us does not make us write to crowds. */
export const mostRecipients = 50;

/** Why a recipient gets nothing; undefined where nothing speaks against it. */
export async function refusal(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  mail: {
    readonly address: string;
    readonly subject: string;
    /** The event's mail is automatic, and this recipient would get an answer to it. */
    readonly answersAutomatic: boolean;
  },
): Promise<string | undefined> {
  const { program } = context.judge;
  const { address, subject } = mail;
  const { now } = happened;
  if (ownAddresses(program).has(foldAddress(address))) {
    return `${address} is an address of a mailbox of this project`;
  }
  if (mail.answersAutomatic) return `it would answer an automatic mail (${address})`;
  if ((await desk.blocked([address])) !== undefined) return `${address} is blocked`;
  if ((await desk.mutedUntil(address, now)) !== undefined) {
    return `${address} is muted, since a mail to it came back`;
  }
  const limit = program.helpdesk.sendLimit;
  const sent = await desk.sentTo(address, now - limit.within.milliseconds);
  const reason =
    sent.count >= limit.count
      ? `${address} got ${sent.count} mails already, and no more are sent within the send limit`
      : ofSubject(sent.bySubject, subject) >= mostOfOneSubject
        ? `${address} got ${mostOfOneSubject} mails with the subject "${subject}" already`
        : undefined;
  if (reason !== undefined) await raiseAlarmOnce(desk, happened, reason, limit.within.milliseconds);
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
  within: number,
): Promise<void> {
  const message = `No mail is sent: ${reason}.`;
  const since = happened.now - within;
  const alarms = await desk.alarms();
  if (alarms.some((alarm) => alarm.message === message && alarm.at >= since)) return;
  await desk.addAlarm(message, happened.now);
}
