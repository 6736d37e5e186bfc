import type { HelpdeskTransaction } from "@mcrules/helpdesk";
import type { HandlingContext } from "../handling.ts";
import type { Happened } from "./event.ts";
import type { OutgoingAttachment } from "./outgoingMail.ts";

/** For so long an original that is to be sent is kept even where the setting `keep` says nothing. */
const untilSent = 7 * 24 * 60 * 60 * 1000;

/** What `attach documents` and `attach mail` stand for. */
export async function attachmentsFor(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  attach: readonly ("documents" | "mail")[],
): Promise<readonly OutgoingAttachment[]> {
  const { cause, ticket, now } = happened;
  const attachments: OutgoingAttachment[] = [];
  if (attach.includes("documents") && ticket !== undefined) {
    for (const { hash, name, type } of await desk.documents(ticket.id)) {
      attachments.push({ kind: "document", hash, name, type });
    }
  }
  if (attach.includes("mail")) {
    // An original is sent whole, so that its key is known by then.
    await cause?.mail.whole();
    const contentKey = await originalOf(desk, happened);
    if (contentKey !== undefined) {
      if (cause !== undefined && context.judge.program.helpdesk.keep.kind === "nothing") {
        await desk.putRawMail(contentKey, await cause.mail.whole(), now + untilSent);
      }
      attachments.push({ kind: "original", contentKey, name: "original.eml" });
    }
  }
  return attachments;
}

async function originalOf(
  desk: HelpdeskTransaction,
  happened: Happened,
): Promise<string | undefined> {
  if (happened.cause !== undefined) return happened.cause.mail.identity.contentKey;
  if (happened.ticket === undefined) return undefined;
  const [opening] = await desk.journalOfTicket(happened.ticket.id);
  return opening?.identity.contentKey;
}
