import type { Decision, MailEffect } from "@mcrules/compiler";
import type { Comment, OutboxEntry, Ticket } from "@mcrules/helpdesk";

/** What one step of a test did, as its expectations look at it. */
export type Happened =
  | {
      readonly kind: "received";
      readonly decision: Decision;
      /** The ticket that was created or updated, as it stands now. */
      readonly ticket: Ticket | undefined;
      /** The comment that the mail became. */
      readonly comment: Comment | undefined;
      readonly sent: readonly OutboxEntry[];
      /** What becomes of the mail itself. */
      readonly mailEffects: readonly MailEffect[];
      readonly alreadySeen: boolean;
    }
  | { readonly kind: "failed"; readonly error: string }
  | { readonly kind: "waited" };
