import type { Decision } from "@mcrules/compiler";
import type { Ticket } from "@mcrules/helpdesk";

/** What `scanProject(context, options)` is told; the command line calls it with these. */
export interface ScanOptions {
  /** The project's root, absolute: paths of `files` are relative to it. */
  readonly root: string;
  /** Names of the mailboxes to scan, in this order; disabled ones are left out with a notice. */
  readonly mailboxes: readonly string[];
  /** Write nothing, neither to the store nor to the mailbox. */
  readonly dryRun: boolean;
  /** Aborted: finish the mail in hand and stop. */
  readonly signal?: AbortSignal;
  /** Called after each mail, those already seen included. */
  readonly onMail?: (mail: ScannedMail) => void;
}

/** What one scan of one mailbox did. `read` counts new mails, `already` the known ones. */
export interface MailboxScan {
  readonly name: string;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly ignored: number;
  readonly filed: number;
  readonly unmatched: number;
  readonly blocked: number;
  readonly failed: number;
  readonly already: number;
  /** What a person should know: a folder that is missing, a mark that has no place in an mbox. */
  readonly notices: readonly string[];
  /** Why the mailbox could not be scanned at all, or to its end. */
  readonly error?: string;
}

/** One mail of a scan. */
export interface ScannedMail {
  readonly mailbox: string;
  readonly folder: string;
  /** Where it was read, for people: the path of a file. */
  readonly place: string;
  readonly result:
    | { readonly kind: "decided"; readonly decision: Decision; readonly ticket: Ticket | undefined }
    | { readonly kind: "already seen" }
    | { readonly kind: "failed"; readonly error: string };
}
