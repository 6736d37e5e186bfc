import type { Work } from "./work.ts";

/** Stores the attachments with these indexes as documents of a ticket. */
export async function storeDocuments(
  work: Work,
  ticket: number,
  commentId: number | undefined,
  indexes: readonly number[],
): Promise<void> {
  if (indexes.length === 0) return;
  const { attachments } = await work.content();
  for (const index of indexes) {
    const attachment = attachments[index];
    if (attachment === undefined) throw new Error(`The mail has no attachment ${index + 1}.`);
    const { name, type, content } = attachment;
    await work.desk.addDocument(ticket, { commentId, name, type, content });
  }
}
