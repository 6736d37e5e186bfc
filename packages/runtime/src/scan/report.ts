import type { Decision, Outcome } from "@mcrules/compiler";
import type { Ticket } from "@mcrules/helpdesk";

/** What one scan of one mailbox came to. */
export interface MailboxScan {
  readonly name: string;
  /** New mails. */
  readonly read: number;
  readonly created: number;
  /** Notes of bounces count too. */
  readonly updated: number;
  /** Whatever a rule let go without a ticket, and our own mails coming back. */
  readonly ignored: number;
  readonly filed: number;
  readonly unmatched: number;
  readonly blocked: number;
  readonly failed: number;
  /** Mails that the journal knew. */
  readonly already: number;
  /** Sentences for people. */
  readonly notices: readonly string[];
  /** Why the mailbox could not be scanned, or not to its end. */
  readonly error?: string;
}

/** What became of one mail of a scan. */
export interface ScannedMail {
  readonly mailbox: string;
  readonly folder: string;
  /** Where a person finds it. */
  readonly place: string;
  readonly result:
    | {
        readonly kind: "decided";
        readonly decision: Decision;
        /** Undefined in a dry run too. */
        readonly ticket: Ticket | undefined;
      }
    | { readonly kind: "already seen" }
    | { readonly kind: "failed"; readonly error: string };
}

/** Counts a scan while it goes on. */
export class Tally {
  readonly #counts = {
    read: 0,
    created: 0,
    updated: 0,
    ignored: 0,
    filed: 0,
    unmatched: 0,
    blocked: 0,
    failed: 0,
    already: 0,
  };
  readonly #notices = new Set<string>();

  count(result: ScannedMail["result"]): void {
    if (result.kind === "already seen") {
      this.#counts.already += 1;
      return;
    }
    this.#counts.read += 1;
    this.#counts[result.kind === "failed" ? "failed" : columnOf(result.decision.outcome)] += 1;
  }

  knew(mails: number): void {
    this.#counts.already += mails;
  }

  notice(text: string): void {
    this.#notices.add(text);
  }

  report(name: string, error?: string): MailboxScan {
    return {
      name,
      ...this.#counts,
      notices: [...this.#notices],
      ...(error === undefined ? {} : { error }),
    };
  }
}

function columnOf(
  outcome: Outcome,
): "created" | "updated" | "ignored" | "filed" | "unmatched" | "blocked" | "already" {
  switch (outcome) {
    case "ticket created":
      return "created";
    case "ticket updated":
    case "bounce":
      return "updated";
    case "ignored":
    case "moved":
    case "deleted":
    case "own mail":
      return "ignored";
    case "filed":
      return "filed";
    case "no rule":
      return "unmatched";
    case "spam":
    case "blocked":
      return "blocked";
    case "already seen":
      return "already";
  }
}
