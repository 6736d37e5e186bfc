import type { TicketDocument } from "@mcrules/helpdesk";
import type { Work } from "./work.ts";

/** Stores the attachments with these indexes as documents of a ticket. */
export async function storeDocuments(
  work: Work,
  ticket: number,
  commentId: number | undefined,
  indexes: readonly number[],
): Promise<readonly TicketDocument[]> {
  if (indexes.length === 0) return [];
  const { attachments } = await work.content();
  const stored: TicketDocument[] = [];
  for (const index of indexes) {
    const attachment = attachments[index];
    if (attachment === undefined) throw new Error(`The mail has no attachment ${index + 1}.`);
    const { name, type, content } = attachment;
    stored.push(await work.desk.addDocument(ticket, { commentId, name, type, content }));
  }
  return stored;
}
