/** Milliseconds since the epoch, UTC. */
export type Instant = number;

/** A person as a mail names one. `address` is the bare address, as written. */
export interface Person {
  readonly address: string;
  readonly name: string;
}

/** Whom a ticket is assigned to. */
export interface Assignee {
  readonly kind: "group" | "agent";
  readonly name: string;
}

/** vtenext's block of that name. */
export interface MailInformation {
  readonly from: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  /** The name with which the helpdesk answers. */
  readonly fromName: string;
  /** The address with which the helpdesk answers. */
  readonly sender: string;
  /** ISO 8601 with offset. */
  readonly date: string;
}

export interface Ticket {
  readonly id: number;
  /** As written, such as `TT12`. */
  readonly number: string;
  /** `9x` and the id. */
  readonly ref: string;
  readonly title: string;
  readonly description: string;
  readonly status: string;
  readonly priority: string | undefined;
  readonly severity: string | undefined;
  readonly category: string | undefined;
  readonly tags: readonly string[];
  readonly code: string | undefined;
  readonly assigned: Assignee | undefined;
  readonly fields: Readonly<Record<string, string | number>>;
  readonly requester: Person | undefined;
  /** The connected registry entry: a contact, else an account. */
  readonly contact: { readonly address: string; readonly name: string } | undefined;
  readonly account: string | undefined;
  /** Opened by a mail, not by hand. */
  readonly fromMail: boolean;
  readonly mailbox: string | undefined;
  /** The rule that opened it. */
  readonly rule: string | undefined;
  readonly mail: MailInformation | undefined;
  /** The closed ticket that its mail answered. */
  readonly linkedTo: number | undefined;
  readonly spam: boolean;
  readonly comments: number;
  readonly documents: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | undefined;
}

export interface NewTicket {
  readonly title: string;
  readonly description: string;
  readonly status: string;
  readonly closed: boolean;
  readonly priority?: string | undefined;
  readonly severity?: string | undefined;
  readonly category?: string | undefined;
  readonly tags: readonly string[];
  readonly code?: string | undefined;
  readonly assigned?: Assignee | undefined;
  readonly fields: readonly { readonly name: string; readonly value: string | number }[];
  readonly requester?: Person | undefined;
  /** The id of a contact in the registry. */
  readonly contactId?: number | undefined;
  readonly accountId?: number | undefined;
  readonly mailbox?: string | undefined;
  readonly rule?: string | undefined;
  readonly mail?: MailInformation | undefined;
  readonly linkedTo?: number | undefined;
  /** `TT${n}`. */
  readonly numberFormat: { readonly before: string; readonly after: string };
  readonly at: Instant;
  /** A fixed id, for tests (`given ticket 42`). */
  readonly id?: number | undefined;
}

/** What is not given stays; tags are added. */
export interface TicketChange {
  readonly title?: string | undefined;
  readonly status?: { readonly name: string; readonly closed: boolean } | undefined;
  readonly priority?: string | undefined;
  readonly severity?: string | undefined;
  readonly category?: string | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly assigned?: Assignee | undefined;
  readonly fields?:
    readonly { readonly name: string; readonly value: string | number }[] | undefined;
  readonly contactId?: number | undefined;
  readonly accountId?: number | undefined;
  readonly spam?: boolean | undefined;
  readonly at: Instant;
}

export interface Comment {
  readonly id: number;
  readonly author: Person | undefined;
  readonly by: "customer" | "agent" | "system";
  readonly internal: boolean;
  /** The new text: what is shown. */
  readonly text: string;
  /** Quoted history: kept, not shown. */
  readonly quoted: string;
  readonly at: Instant;
}

export interface TicketDocument {
  readonly id: number;
  readonly commentId: number | undefined;
  /** A safe name to show and to save under. */
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** SHA-256 in hex; the content is stored once. */
  readonly hash: string;
}

/** Who takes part in a ticket, and why. */
export interface Participant extends Person {
  readonly as: "requester" | "contact" | "account" | "cc" | "answered";
}

export interface TicketFilter {
  readonly spam?: boolean | undefined;
  readonly open?: boolean | undefined;
  readonly mailbox?: string | undefined;
  readonly limit?: number | undefined;
}
