import type { MailContent } from "@mcrules/mail";
import type { Program } from "../program/program.ts";
import type { Decision, TicketProperties } from "./decision.ts";
import type { Answer, DecideInput, Need } from "./needs.ts";

/** A Program made ready to run: patterns compiled, rules indexed. It holds no other state. */
export interface Judge {
  readonly program: Program;
  /**
   * Judges one mail. Yields what it needs, is resumed with the answer of the same name, returns the
   * decision. Throws only where it is resumed with another answer than it asked for, or where the mail came to a mailbox that the program does not have.
   * With `trace: false` the trace holds no more than the steps before the rules and the rules that acted,
   * without reasons, and rules that cannot hold are passed over: the cost stays nearly the same
   * however many rules there are. With a number the first so many rules are in the trace, and of those below them
   * the ones that acted, all with their reasons. The decision is the same.
   */
  decide(
    input: DecideInput,
    options?: { readonly trace?: boolean | number },
  ): Generator<Need, Decision, Answer>;
  /**
   * The processes that an event starts: their conditions judged, their texts filled. Nothing of
   * what they do is done here.
   */
  processes(event: ProcessInput): Generator<Need, readonly ProcessRun[], Answer>;
}

/** The ticket as processes see it; absent for `mail ignored`. */
export interface ProcessTicket {
  readonly id: number;
  readonly number: string;
  readonly ref: string;
  readonly title: string;
  readonly status: string;
  readonly priority: string | undefined;
  readonly severity: string | undefined;
  readonly category: string | undefined;
  readonly tags: readonly string[];
  readonly rule: string | undefined;
  readonly mailbox: string | undefined;
  readonly requester: { readonly address: string; readonly name: string } | undefined;
  readonly contact: { readonly address: string; readonly name: string } | undefined;
  readonly assigned: string | undefined;
  readonly fields: Readonly<Record<string, string | number>>;
}

export interface ProcessInput {
  /** What happened; one change can be several: updated and closed. */
  readonly events: readonly (
    "ticket created" | "ticket updated" | "ticket closed" | "mail ignored"
  )[];
  readonly now: number;
  /** The mail that caused it, where one did. */
  readonly mail: (DecideInput & { readonly content: MailContent | undefined }) | undefined;
  /** The rule that ended the search. */
  readonly rule: string | null;
  readonly ticket: ProcessTicket | undefined;
}

/** One process that was started, with what it is to do. */
export interface ProcessRun {
  readonly process: string;
  readonly actions: readonly ProcessEffect[];
}

export type ProcessEffect =
  | {
      readonly kind: "send mail";
      /** Bare or `Name <address>`; what is no address is left out by whoever sends. */
      readonly to: readonly string[];
      readonly cc: readonly string[];
      readonly bcc: readonly string[];
      readonly subject: string;
      readonly body: string;
      readonly html: string | undefined;
      readonly attach: readonly ("documents" | "mail")[];
    }
  | {
      readonly kind: "set";
      readonly properties: TicketProperties;
      readonly title: string | undefined;
    }
  | {
      readonly kind: "call";
      readonly url: string;
      readonly headers: readonly {
        readonly name: string;
        readonly value:
          string | { readonly secret: { readonly kind: "env" | "file"; readonly name: string } };
      }[];
    };
