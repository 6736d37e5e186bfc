import type { MailEffect } from "@mcrules/compiler";
import type { IncomingMail } from "@mcrules/handling";
import type { Instant } from "@mcrules/mail";

/** A mail that a source found. */
export interface ListedMail extends IncomingMail {
  /** Where a person finds it. */
  readonly path: string;
}

/** Which mails of a mailbox are wanted. */
export interface Selection {
  readonly mailbox: string;
  readonly folders: readonly string[];
  /** Whether the journal knows the mail at that place: then nothing more of it is read. */
  known(folder: string, place: string): Promise<boolean>;
  readonly unreadOnly: boolean;
  /** Mails received earlier are left out. */
  readonly since: Instant | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What a source found. */
export interface Listing {
  /** In the order in which they were received, then by name. */
  readonly mails: readonly ListedMail[];
  /** How many mails the journal knows already. */
  readonly known: number;
  /** What a person should know of it. */
  readonly notices: readonly string[];
}

/** What became of something that was to be done to a mail. */
export type CarriedOut =
  | { readonly kind: "done" }
  /** The mail is there no more. */
  | { readonly kind: "gone" }
  /** This kind of mailbox has no place for it. */
  | { readonly kind: "no place" }
  /** It can never be done; a sentence says why. */
  | { readonly kind: "impossible"; readonly reason: string };

/**
 * A mailbox as scans see it. It throws SourceOutage where the mailbox cannot be reached, and MailGone
 * where a mail that it listed is there no more.
 */
export interface MailSource {
  /** What it is, for people: `a Maildir`. */
  readonly kind: string;
  /** The folders' names as people read them. */
  folders(): Promise<readonly string[]>;
  /** How many mails are in a folder. */
  messages(folder: string): Promise<number>;
  list(selection: Selection): Promise<Listing>;
  /** Doing it twice comes to the same. Throws SourceOutage where it may be done another time. */
  carryOut(
    mail: { readonly folder: string; readonly place: string },
    effect: MailEffect,
  ): Promise<CarriedOut>;
  close(): Promise<void>;
}
