import { StoreError } from "@mcrules/helpdesk";

/**
 * A source throws it where the mailbox itself cannot be reached: no failure of the mail in hand, and
 * it counts for nothing.
 */
export class SourceOutage extends Error {
  override readonly name = "SourceOutage";
}

/** A source throws it where a mail that it listed is there no more: moved or deleted meanwhile. */
export class MailGone extends Error {
  override readonly name = "MailGone";
}

/** Whether an error is the caller's affair rather than a failure of the mail in hand. */
export function isOutage(error: unknown): boolean {
  return error instanceof StoreError || error instanceof SourceOutage || error instanceof MailGone;
}

/** What an error says to people, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}
