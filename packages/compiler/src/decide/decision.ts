import type { Position } from "@mcrules/language";
import type { Address, Instant } from "@mcrules/mail";
import type { RecordedAnswer, TicketFacts } from "./needs.ts";

/** What was decided about one mail, with the reasons. */
export interface Decision {
  readonly outcome: Outcome;
  /** The rule that ended the search, or null. */
  readonly rule: string | null;
  /** Every rule that acted, in order. */
  readonly rules: readonly string[];
  /** What is to be done in the helpdesk, all or none, in this order. */
  readonly effects: readonly Effect[];
  /** What is to be done to the mail itself, afterwards, in this order. `after`, `unmatched` and `spam-folder` included. */
  readonly mailEffects: readonly MailEffect[];
  /** What a person should know of the mail that neither its ticket nor its rules tell. */
  readonly marks: readonly MailMark[];
  readonly trace: readonly TraceEntry[];
  /** How many rules above the end of the search are not in the trace, where less of it was asked for. */
  readonly leftOut?: number;
  readonly answers: readonly RecordedAnswer[];
}

/** Something about a mail for people to see. */
export interface MailMark {
  readonly kind:
    /** It was beyond a bound, and cut. */
    | "cut"
    /** Its plain text and its HTML say different things. */
    | "texts"
    /** DMARC failed, and it was not taken for a participant's. */
    | "distrusted"
    /** Its sender missed too many tickets by their number. */
    | "guesses"
    /** It is beyond the ticket limit. */
    | "flood";
  /** One sentence. */
  readonly message: string;
}

export type Outcome =
  | "ticket created"
  | "ticket updated"
  | "ignored"
  | "filed"
  | "moved"
  | "deleted"
  | "spam"
  | "no rule"
  | "blocked"
  | "own mail"
  | "bounce"
  | "already seen";

/** A value of an own field, in the form in which it is stored. */
export type StoredFieldValue = string | number;

/** Properties that a rule gives a ticket. */
export interface TicketProperties {
  readonly priority?: string;
  readonly severity?: string;
  readonly category?: string;
  readonly status?: string;
  readonly tags: readonly string[];
  readonly assigned?: { readonly kind: "group" | "agent"; readonly name: string };
  /** Dates are ISO 8601. */
  readonly fields: readonly { readonly name: string; readonly value: StoredFieldValue }[];
}

export type Effect =
  | {
      readonly kind: "create ticket";
      readonly rule: string;
      readonly title: string;
      readonly description: string;
      readonly code?: string;
      /** The address that the ticket answers to; undefined where From is empty. */
      readonly requester: Address | undefined;
      /** True where it came from `on behalf of`. */
      readonly onBehalf: boolean;
      /** An address that the block named; else the requester is looked up. */
      readonly contact?: string;
      readonly register?: "contact" | "lead";
      readonly properties: TicketProperties;
      /** People who take part beside the requester (`add cc`). */
      readonly participants: readonly Address[];
      /** Indexes into `MailContent.attachments`. */
      readonly documents: readonly number[];
      /** The closed ticket that the mail answered (`if closed create ticket`). */
      readonly linkedTo?: number;
      /** It keeps what its requester sends beyond the ticket limit. */
      readonly flood?: true;
    }
  | {
      readonly kind: "update ticket";
      readonly rule: string;
      readonly ticket: TicketFacts;
      readonly internal: boolean;
      /** The mail is beyond the ticket limit: it is kept, and nothing else follows from it. */
      readonly flood?: true;
      /** The agent who wrote it, lower case bare address; undefined: the customer's. */
      readonly agent?: string;
      readonly title?: string;
      readonly code?: string;
      readonly contact?: string;
      /** `status` is set where the block or the way of a closed or waiting ticket asks for it. */
      readonly properties: TicketProperties;
      readonly participants: readonly Address[];
      readonly documents: readonly number[];
    }
  | {
      readonly kind: "file under";
      readonly rule: string;
      readonly registry: "contact" | "account" | "lead" | "vendor";
      readonly address: string;
    }
  | { readonly kind: "block sender"; readonly rule: string; readonly addresses: readonly string[] }
  /** `mark spam` on someone whom only a person can block. */
  | { readonly kind: "report spam"; readonly rule: string; readonly addresses: readonly string[] }
  /** The mail named a ticket by its number that is not there, or in which these senders take no part. */
  | { readonly kind: "count miss"; readonly addresses: readonly string[] }
  /** Before the rules: a bounce of a mail of ours. */
  | {
      readonly kind: "note bounce";
      readonly ticket: TicketFacts;
      /** Muted until then. */
      readonly mute: readonly string[];
      readonly until: Instant;
    };

export type MailEffect =
  | { readonly kind: "mark"; readonly as: "read" | "unread" | "flagged" }
  | { readonly kind: "move"; readonly folder: string }
  | { readonly kind: "copy"; readonly folder: string }
  | { readonly kind: "delete" };

/** How one rule, or one of the steps before the rules, was judged. */
export interface TraceEntry {
  /** The rule's name, or the step's: "already seen", "own mail", "bounce", "blocked sender". */
  readonly rule: string;
  readonly step: boolean;
  readonly position: Position | null;
  /** Whether it acted. */
  readonly result: boolean;
  /** The tests that made it so, those that were looked at. */
  readonly because: readonly Reason[];
}

export interface Reason {
  readonly position: Position | null;
  readonly field: string;
  readonly operator: string;
  readonly expected: string;
  /** The value seen, or the values; shortened where long. */
  readonly actual: string;
  readonly result: boolean;
}
