import type { HelpdeskTransaction } from "@mcrules/helpdesk";
import { signMessageId } from "@mcrules/mail";
import { isMessageId } from "../effects/thread.ts";
import type { HandlingContext } from "../handling.ts";
import type { OutgoingMail } from "./outgoingMail.ts";
import type { Happened } from "./event.ts";

/** As many references as a mail of ours names at most; RFC 5322 lets the middle ones go. */
const mostReferences = 20;

/** A Message-ID that we shall know again, bound to a ticket. */
export async function ourMessageId(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  ticket: number | undefined,
  sender: string | undefined,
): Promise<string> {
  return signMessageId({
    ticket,
    unique: Buffer.from(context.randomBytes(10)).toString("hex"),
    key: await desk.signingKey(context.randomBytes(32)),
    domain: domainOf(sender),
  });
}

function domainOf(sender: string | undefined): string {
  const domain = sender?.slice(sender.lastIndexOf("@") + 1).toLowerCase() ?? "";
  return /^[a-z0-9.-]+$/.test(domain) ? domain : "mcrules.invalid";
}

/**
 * What the mail answers: the mail that caused it; where a person did, the last that came to the ticket.
 */
export async function threadOf(
  desk: HelpdeskTransaction,
  happened: Happened,
): Promise<Pick<OutgoingMail, "inReplyTo" | "references">> {
  const { cause, ticket } = happened;
  if (cause !== undefined) {
    return thread(cause.headers.messageId, cause.headers.thread.toReversed());
  }
  if (ticket === undefined) return { references: [] };
  const ids = (await desk.journalOfTicket(ticket.id)).flatMap(({ outcome, identity }) =>
    outcome !== "bounce" && identity.messageId !== undefined ? [identity.messageId] : [],
  );
  return thread(ids.at(-1), ids.slice(0, -1));
}

function thread(
  messageId: string | undefined,
  before: readonly string[],
): Pick<OutgoingMail, "inReplyTo" | "references"> {
  const usable = [...before, ...(messageId === undefined ? [] : [messageId])].filter(isMessageId);
  const [first, ...rest] = [...new Set(usable)];
  const references = first === undefined ? [] : [first, ...rest.slice(-(mostReferences - 1))];
  return {
    ...(messageId !== undefined && isMessageId(messageId) ? { inReplyTo: messageId } : {}),
    references,
  };
}
