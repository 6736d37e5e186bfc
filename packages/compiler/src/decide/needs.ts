import type { Instant, MailContent, MailHeaders } from "@mcrules/mail";

/** What is known of a mail before anything of it is read. */
export interface Arrival {
  readonly mailbox: string;
  readonly folder: string;
  readonly received: Instant;
  /** Bytes received; undefined where the whole was not fetched yet. */
  readonly size: number | undefined;
}

/** What `decide` is given. */
export interface DecideInput {
  readonly headers: MailHeaders;
  readonly arrival: Arrival;
  readonly now: Instant;
}

/** What the helpdesk says of one ticket. */
export interface TicketFacts {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  /** Since when it is closed; undefined where it is open. */
  readonly closedAt: Instant | undefined;
}

export type TicketQuery =
  | { readonly kind: "id"; readonly id: number }
  | { readonly kind: "code"; readonly code: string }
  /** Compared by `subject.base`. */
  | { readonly kind: "titled"; readonly title: string }
  /** Message-IDs in the order in which they are tried. */
  | { readonly kind: "thread"; readonly ids: readonly string[] };

/** What `decide` asks while it decides. The same question is asked once a mail. */
export type Need =
  | { readonly need: "content" }
  /** Is this mail in the journal already? */
  | { readonly need: "seen" }
  /** Is the mail's own Message-ID one that we signed? */
  | { readonly need: "own mail"; readonly messageId: string }
  /** Did we ever sign a Message-ID? Until then no mail of ours can come back. */
  | { readonly need: "signed before" }
  /** The ticket that the first of these ids, where we signed it, belongs to. */
  | { readonly need: "bounced ticket"; readonly ids: readonly string[] }
  /** The first of these addresses that is blocked. */
  | { readonly need: "blocked"; readonly addresses: readonly string[] }
  | {
      readonly need: "registry";
      readonly registry: "contacts" | "accounts" | "leads" | "vendors";
      readonly address: string;
    }
  | { readonly need: "ticket"; readonly by: TicketQuery }
  /** Does each of the senders take part in the ticket, or does the mail answer a Message-ID that we signed for it? */
  | {
      readonly need: "participation";
      readonly ticket: number;
      readonly senders: readonly string[];
      readonly thread: readonly string[];
    }
  /** How often that one of these addresses that did it most named a ticket in vain since then. */
  | { readonly need: "misses"; readonly addresses: readonly string[]; readonly since: Instant }
  /** The tickets that a requester's mails opened in the mailbox since then, and the flood ticket among them. */
  | {
      readonly need: "opened tickets";
      readonly mailbox: string;
      readonly requester: string;
      readonly since: Instant;
    };

/** The answer to a need of the same name. */
export type Answer =
  | { readonly need: "content"; readonly content: MailContent }
  | { readonly need: "seen"; readonly seen: boolean }
  | { readonly need: "own mail"; readonly own: boolean }
  | { readonly need: "signed before"; readonly signed: boolean }
  | { readonly need: "bounced ticket"; readonly ticket: TicketFacts | undefined }
  | { readonly need: "blocked"; readonly address: string | undefined }
  | { readonly need: "registry"; readonly found: boolean }
  | { readonly need: "ticket"; readonly ticket: TicketFacts | undefined }
  | { readonly need: "participation"; readonly takesPart: boolean }
  | { readonly need: "misses"; readonly most: number }
  | {
      readonly need: "opened tickets";
      readonly count: number;
      readonly flood: TicketFacts | undefined;
    };

/** A look-up with its answer, as the trace keeps it; contents are not kept. */
export interface RecordedAnswer {
  readonly need: Exclude<Need, { need: "content" }>;
  readonly answer: Exclude<Answer, { need: "content" }>;
}
