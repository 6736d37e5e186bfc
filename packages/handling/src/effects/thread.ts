import { certifiedMessageId, isPecReceipt, type MailHeaders } from "@mcrules/mail";
import type { Work } from "./work.ts";

/** Beyond it a mail names more ids than any conversation has. */
const mostNamed = 100;

/** What may stand in a header of ours as a Message-ID. */
export function isMessageId(id: string): boolean {
  return id.length <= 250 && /^<[^\s<>\p{Cc}]+>$/u.test(id);
}

/**
 * The ticket knows the mail's own id from now on, and those that the mail names: an answer to a mail
 * that never reached us then finds the ticket of the answer before it.
 */
export async function rememberMessageIds(work: Work, ticket: number): Promise<void> {
  const named = new Set<string>();
  for (const headers of headersOf(work)) {
    if (headers.messageId !== undefined) {
      await work.desk.addMessageId(ticket, headers.messageId, "received");
    }
    for (const id of headers.thread.slice(0, mostNamed)) named.add(id);
  }
  for (const id of await certifiedIds(work)) named.add(id);
  for (const id of named) await work.desk.addMessageId(ticket, id, "named");
}

/** Of a PEC mail an answer may name the envelope or the mail inside. */
function headersOf(work: Work): readonly MailHeaders[] {
  return work.headers === work.mail.headers ? [work.headers] : [work.headers, work.mail.headers];
}

/**
 * A PEC provider gives each mail an id of its own: the receipt of a mail of ours says which, so that the answer is
 * known; a mail that came in says which one its sender gave it, for the sender may answer that one.
 */
async function certifiedIds(work: Work): Promise<readonly string[]> {
  const { pecKind } = work.mail.headers;
  if (pecKind === "message") {
    return work.mail.headers.fields
      .filter(({ name }) => name.toLowerCase() === "x-riferimento-message-id")
      .map(({ raw }) => raw.trim())
      .filter(isMessageId)
      .slice(0, 1);
  }
  if (!isPecReceipt(pecKind)) return [];
  const { attachments } = await work.content();
  const data = attachments.find(({ name }) => name?.toLowerCase() === "daticert.xml");
  const id = data === undefined ? undefined : certifiedMessageId(data.content);
  return id !== undefined && isMessageId(id) ? [id] : [];
}
