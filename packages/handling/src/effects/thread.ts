import type { MailHeaders } from "@mcrules/mail";
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
  for (const id of named) await work.desk.addMessageId(ticket, id, "named");
}

/** Of a PEC mail an answer may name the envelope or the mail inside. */
function headersOf(work: Work): readonly MailHeaders[] {
  return work.headers === work.mail.headers ? [work.headers] : [work.headers, work.mail.headers];
}
