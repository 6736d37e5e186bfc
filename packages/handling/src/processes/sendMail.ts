import type { ProcessEffect } from "@mcrules/compiler";
import type { HelpdeskTransaction, OutboxEntry, Person } from "@mcrules/helpdesk";
import { isPecReceipt } from "@mcrules/mail";
import { foldAddress, oneLine } from "../address.ts";
import type { HandlingContext } from "../handling.ts";
import { addressWrittenTo, senderForTicket, standInSender } from "../mailbox.ts";
import { isoWithOffset } from "../moment.ts";
import { attachmentsFor } from "./attachments.ts";
import type { Happened } from "./event.ts";
import {
  admission,
  answeredPeople,
  mostRecipients,
  peopleIn,
  ticketRefusal,
} from "./recipients.ts";
import type { Admission } from "./recipients.ts";
import type { OutgoingMail } from "./outgoingMail.ts";
import { ourMessageId, threadOf } from "./threading.ts";

type SendMail = Extract<ProcessEffect, { kind: "send mail" }>;

/**
 * Puts a process's mail into the outbox, without those recipients to whom none may go. Where nobody is
 * left, it is withheld, and the entry says why.
 */
export async function putMail(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  process: string,
  action: SendMail,
): Promise<OutboxEntry> {
  const { ticket, now } = happened;
  const from = senderOf(context, happened);
  const subject = oneLine(action.subject);
  const addressed = await address(context, desk, happened, action, subject);
  const messageId = await ourMessageId(context, desk, ticket?.id, from?.address);
  const thread = await threadOf(desk, happened);
  const mail: OutgoingMail = {
    format: 1,
    messageId,
    date: isoWithOffset(now, 0),
    from: from ?? { address: "", name: "" },
    to: addressed.to,
    cc: addressed.cc,
    bcc: addressed.bcc,
    subject,
    text: action.body,
    ...(action.html === undefined ? {} : { html: action.html }),
    ...thread,
    headers: [
      {
        name: "Auto-Submitted",
        value: addressed.answers ? "auto-replied" : "auto-generated",
      },
      { name: "X-Auto-Response-Suppress", value: "All" },
    ],
    attachments: await attachmentsFor(context, desk, happened, action.attach),
  };
  const recipients = [...addressed.to, ...addressed.cc, ...addressed.bcc];
  const reasons = [
    ...(from === undefined ? ["the mailbox has no address to send from"] : []),
    ...addressed.reasons,
  ];
  const withheld = from === undefined || recipients.length === 0;
  const entry = await desk.addOutboxEntry({
    kind: "mail",
    ticket: ticket?.id,
    process,
    mailbox: ticket?.mailbox ?? happened.cause?.mail.mailbox.name,
    key: messageId,
    recipients: (withheld ? addressed.all : recipients).map((person) => person.address),
    subject,
    payload: JSON.stringify(withheld ? { ...mail, ...addressed.asked } : mail),
    state: withheld ? "withheld" : "waiting",
    reason: reasons.length === 0 ? undefined : reasons.join("; "),
    createdAt: now,
    ...(withheld ? {} : { strangers: addressed.strangers }),
  });
  if (!withheld && ticket !== undefined) await desk.addMessageId(ticket.id, messageId, "sent");
  return entry;
}

function senderOf(context: HandlingContext, happened: Happened): Person | undefined {
  const { ticket, cause } = happened;
  if (ticket !== undefined) return senderForTicket(context.judge.program, ticket);
  if (cause === undefined) return undefined;
  const { mail, headers } = cause;
  return (
    addressWrittenTo(mail.mailbox, headers) ?? standInSender(mail.mailbox, headers.to[0]?.address)
  );
}

interface Addressed {
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  /** As the process asked for it, nobody left out. */
  readonly asked: Pick<OutgoingMail, "to" | "cc" | "bcc">;
  readonly all: readonly Person[];
  /** Those who get it and are in no registry. */
  readonly strangers: readonly string[];
  /** Somebody gets it as an answer to the mail that caused it. */
  readonly answers: boolean;
  /** Why somebody was left out. */
  readonly reasons: readonly string[];
}

async function address(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  action: SendMail,
  subject: string,
): Promise<Addressed> {
  const asked = {
    to: peopleIn(action.to),
    cc: peopleIn(action.cc),
    bcc: peopleIn(action.bcc),
  };
  const all = [...asked.to, ...asked.cc, ...asked.bcc];
  const hindrance = tooOld(context, happened) ?? (await ticketRefusal(context, desk, happened));
  const automatic = await isAutomatic(happened);
  const answered = await answeredPeople(desk, happened);
  const reasons: string[] = all.length === 0 ? ["it names no address"] : [];
  if (hindrance !== undefined) reasons.push(hindrance);
  const taken = new Set<string>();
  const strangers: string[] = [];
  const allowed = async (people: readonly Person[]): Promise<readonly Person[]> => {
    const kept: Person[] = [];
    for (const person of people) {
      const folded = foldAddress(person.address);
      if (hindrance !== undefined || taken.has(folded)) continue;
      const admitted: Admission =
        taken.size >= mostRecipients
          ? { kind: "refused", reason: `it names more than ${mostRecipients} people` }
          : await admission(context, desk, happened, {
              address: person.address,
              subject,
              answersAutomatic: automatic && answered.has(folded),
            });
      if (admitted.kind === "admitted") {
        taken.add(folded);
        kept.push(person);
        if (admitted.stranger) strangers.push(person.address);
      } else if (!reasons.includes(admitted.reason)) {
        reasons.push(admitted.reason);
      }
    }
    return kept;
  };
  const to = await allowed(asked.to);
  const cc = await allowed(asked.cc);
  const bcc = await allowed(asked.bcc);
  const answers = happened.cause !== undefined && [...taken].some((folded) => answered.has(folded));
  return { to, cc, bcc, asked, all, strangers, answers, reasons };
}

/** Nothing is sent about a mail that lay about for longer than the setting `answer` says. */
function tooOld(context: HandlingContext, happened: Happened): string | undefined {
  const { answer } = context.judge.program.helpdesk;
  const received = happened.cause?.mail.incoming.arrival.received;
  if (answer.kind === "always" || received === undefined) return undefined;
  return happened.now - received > answer.duration.milliseconds
    ? "the mail was received longer ago than the setting answer allows"
    : undefined;
}

/**
 * A mail that was taken on behalf of somebody is a person's, whatever program passed it on. A PEC receipt bears no
 * mark of RFC 3834, and an answer to it would bring the next one.
 */
async function isAutomatic(happened: Happened): Promise<boolean> {
  const { cause } = happened;
  if (cause === undefined || cause.onBehalf) return false;
  const { flags, pecKind } = (await cause.mail.content()).headers;
  return flags.automatic === true || isPecReceipt(pecKind);
}
