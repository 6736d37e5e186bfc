import type { Arrival, Decision, Judge } from "@mcrules/compiler";
import type { Helpdesk, JournalEntry, OutboxEntry, Ticket } from "@mcrules/helpdesk";
import type { Instant, MailReader } from "@mcrules/mail";

/** What one mail is handled with. */
export interface HandlingContext {
  readonly judge: Judge;
  readonly helpdesk: Helpdesk;
  readonly reader: MailReader;
  readonly now: () => Instant;
  /** Cryptographically random bytes: keys and unique parts of Message-IDs. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Decisions tell of every rule why it did not act. Left out: of as many as the journal keeps. */
  readonly wholeTrace?: boolean;
}

/** A mail as a source hands it over. The bytes are fetched when they are asked for. */
export interface IncomingMail {
  readonly arrival: Arrival;
  /** Where the source finds it again: a path, or `uidvalidity@account:uid`. */
  readonly place: string;
  /** Fetching the body takes long: it is done only where something needs it. */
  readonly bodyLater?: boolean;
  /** The header block (up to the empty line), or more. */
  header(): Promise<Uint8Array>;
  /** The whole mail. */
  whole(): Promise<Uint8Array>;
}

/** What became of one mail. */
export type Handled =
  | {
      readonly kind: "handled";
      readonly decision: Decision;
      readonly journal: JournalEntry;
      /** The ticket that was created or updated. */
      readonly ticket: Ticket | undefined;
      /** What processes put into the outbox. */
      readonly outbox: readonly OutboxEntry[];
    }
  /** It was in the journal before; nothing was done. */
  | { readonly kind: "already seen"; readonly decision: Decision; readonly journal: JournalEntry }
  /** Its own handling failed; the journal says how often. */
  | { readonly kind: "failed"; readonly error: string; readonly journal: JournalEntry };
