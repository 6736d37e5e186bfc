import type { Instant } from "./ticket.ts";

/** What makes a mail the same mail. */
export interface JournalIdentity {
  readonly messageId: string | undefined;
  readonly headerKey: string;
  readonly contentKey: string;
}

/**
 * The content key of a mail whose body was never fetched. Such an entry is the same mail as any other of
 * the same headers and Message-ID.
 */
export function headersOnlyKey(headerKey: string): string {
  return `headers:${headerKey}`;
}

/** What became of one mail. */
export interface JournalEntry {
  readonly id: number;
  readonly mailbox: string;
  readonly folder: string;
  /** Where it was read: a path, or folder, UIDVALIDITY and UID. */
  readonly place: string;
  readonly identity: JournalIdentity;
  readonly subject: string;
  readonly from: string;
  readonly received: Instant;
  readonly handledAt: Instant;
  readonly state: "done" | "failed" | "set aside";
  readonly outcome: string;
  readonly rule: string | undefined;
  readonly rules: readonly string[];
  readonly ticket: number | undefined;
  /** The hash of the Program that decided. */
  readonly program: string;
  /** The trace and the recorded answers, in a form that is not the store's affair. */
  readonly trace: string;
  readonly attempts: number;
  readonly error: string | undefined;
}

export type NewJournalEntry = Omit<JournalEntry, "id"> & {
  /**
   * Within what the same mail is the same mail: two entries of one scope and one identity cannot
   * both be committed. The mailbox where it is not given; `""` is the whole project.
   */
  readonly scope?: string | undefined;
};

/** Something still to be done to a mail in its mailbox, after the commit. */
export interface PendingMailEffect {
  readonly id: number;
  readonly journal: number;
  readonly mailbox: string;
  readonly folder: string;
  readonly place: string;
  /** JSON of a MailEffect. */
  readonly effect: string;
  /** Who has begun it and keeps it from others until then. */
  readonly claim?: { readonly by: string; readonly until: Instant } | undefined;
}

/** Somebody's claim to something that is to be done to a mail, where doing it twice would do it twice. */
export interface MailEffectClaim {
  readonly holder: string;
  readonly now: Instant;
  /** A holder that dies gives it back then. */
  readonly until: Instant;
  /** A claim of this one counts no more: it is known to be dead. */
  readonly insteadOf?: string | undefined;
  /** What whoever has to finish it must know; the first one's stays. */
  readonly note: string;
}

/** How far a folder of a server was read. */
export interface FolderPosition {
  readonly folder: string;
  /** UIDs mean something within it alone. */
  readonly uidValidity: string;
  /** Every mail up to this UID was looked at, or is there no more. */
  readonly lastUid: number;
  /** RFC 7162: changes of flags up to this one were looked at. */
  readonly highestModseq: string | undefined;
}

/** Something still to leave the machine: a mail, or a call. */
export interface OutboxEntry {
  readonly id: number;
  readonly kind: "mail" | "call";
  readonly ticket: number | undefined;
  readonly process: string | undefined;
  readonly mailbox: string | undefined;
  /** The Message-ID of a mail, the id of a call: the same at each try. */
  readonly key: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  /** JSON of what is to be sent; no secret is in it. */
  readonly payload: string;
  readonly state: "waiting" | "sent" | "failed" | "withheld";
  /** Why it was withheld or failed. */
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly createdAt: Instant;
}

export type NewOutboxEntry = Omit<OutboxEntry, "id" | "attempts"> & {
  /** Those of the recipients whom no registry knows: they are counted by domain. */
  readonly strangers?: readonly string[] | undefined;
};

/** What came of a try to send something. */
export interface OutboxResult {
  /** `waiting`: it is tried again, not before `notBefore`. */
  readonly state: OutboxEntry["state"];
  readonly reason?: string | undefined;
  readonly notBefore?: Instant | undefined;
}

/** Something that a person should look at. */
export interface Alarm {
  readonly id: number;
  readonly at: Instant;
  readonly message: string;
}
