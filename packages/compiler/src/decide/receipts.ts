import type { MailHeaders } from "@mcrules/mail";

/**
 * Whether a certified mail's provider wrote this about a mail (RFC 6109, section 3): nobody answers with it,
 * though it names what it is about.
 */
export function isReceipt({ pecKind }: MailHeaders): boolean {
  return pecKind !== undefined && pecKind !== "message" && pecKind !== "anomaly";
}
