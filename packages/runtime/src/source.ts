import type { MailEffect } from "@mcrules/compiler";
import type { IncomingMail } from "@mcrules/handling";
import type { FolderPosition } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";

/** A mail that a source found. */
export interface ListedMail extends IncomingMail {
  /** Where a person finds it. */
  readonly path: string;
  /** Its number within its folder, on a server. */
  readonly uid?: number;
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
  /** The very first scan begins with what arrives from now on. */
  readonly onlyFromNow: boolean;
  /** How far folders of a server were read, by their names. */
  readonly positions: ReadonlyMap<string, FolderPosition>;
  /** Mails whose handling failed and is to be tried again. */
  readonly failed: readonly { readonly folder: string; readonly place: string }[];
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
  /** How far folders of a server are read once these mails are done. */
  readonly reaches?: readonly FolderReach[];
  /** There is more: it is to be listed again when these mails are done. */
  readonly more?: boolean;
  /**
   * Fetches the bodies of these mails at once, within bounds on memory, and gives the mails whose bodies are now at
   * hand; those of the last call are let go. Any other body is fetched when it is asked for. Throws SourceOutage.
   * Absent where mails are read without waiting for anybody.
   */
  readonly fetchAhead?: (mails: readonly ListedMail[]) => Promise<ReadonlySet<ListedMail>>;
}

/** How far a folder of a server is read, before and after the mails of a listing. */
export interface FolderReach {
  readonly before: number;
  /** Once every mail of the listing is done. */
  readonly end: FolderPosition;
  /** The UIDs beyond `before` that are listed. */
  readonly pending: readonly number[];
}

/** What became of something that was to be done to a mail. */
export type CarriedOut =
  | {
      readonly kind: "done";
      /** Where the mail lies now, where it was moved and the server told it. */
      readonly now?: { readonly folder: string; readonly place: string };
      /** Where a copy of it lies. */
      readonly copy?: { readonly folder: string; readonly place: string };
    }
  /** The mail is there no more. */
  | { readonly kind: "gone" }
  /** This kind of mailbox has no place for it. */
  | { readonly kind: "no place" }
  /** It can never be done; a sentence says why. */
  | { readonly kind: "impossible"; readonly reason: string };

/** What may be done to many mails at once: done again after a crash it comes to the same. */
export type TogetherEffect = Extract<MailEffect, { kind: "mark" | "move" }>;

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
  /** A folder's name as the settings write it, as this mailbox calls it. */
  named?(written: string): string;
  /**
   * Of what would be done twice if it were done by two, or again after a crash: what has to be remembered
   * before it is done, so that whoever does it again can tell whether it was done. Undefined for all else.
   */
  begin?(effect: MailEffect): Promise<string | undefined>;
  /**
   * Doing it twice comes to the same. `begun` is what `begin` gave to whoever began it before and did not
   * come to its end. Throws SourceOutage where it may be done another time.
   */
  carryOut(
    mail: { readonly folder: string; readonly place: string },
    effect: MailEffect,
    begun?: string,
  ): Promise<CarriedOut>;
  /**
   * Does the same to several mails of a folder at once, each as `carryOut` would, and gives what came of each.
   * Undefined where it has to be done to one after the other. Throws SourceOutage.
   */
  carryOutTogether?(
    folder: string,
    places: readonly string[],
    effect: TogetherEffect,
  ): Promise<readonly CarriedOut[] | undefined>;
  close(): Promise<void>;
}
