import type { Program } from "@mcrules/compiler";
import type { HelpdeskTransaction } from "@mcrules/helpdesk";
import type { Instant, MailContent, MailHeaders } from "@mcrules/mail";
import type { MailInHand } from "../mailInHand.ts";

/** What an effect works with: one mail, inside one transaction. */
export interface Work {
  readonly program: Program;
  readonly desk: HelpdeskTransaction;
  readonly mail: MailInHand;
  /** The headers that rules saw. */
  readonly headers: MailHeaders;
  readonly now: Instant;
  content(): Promise<MailContent>;
}
