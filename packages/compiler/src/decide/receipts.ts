import type { MailHeaders, PecKind } from "@mcrules/mail";

const receipts: ReadonlySet<PecKind | undefined> = new Set<PecKind>([
  "acceptance",
  "refusal",
  "takeover",
  "delivery",
  "failure",
  "delay",
  "virus",
]);

/**
 * Whether a certified mail's provider wrote this about a mail (RFC 6109, section 3): nobody answers with it,
 * though it names what it is about.
 */
export function isReceipt({ pecKind }: MailHeaders): boolean {
  return receipts.has(pecKind);
}
