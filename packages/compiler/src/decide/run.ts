import type { ProgramAction } from "../program/action.ts";
import type { ProgramMailbox } from "../program/program.ts";
import type { Look } from "../evaluate/looks.ts";
import type { Captures, PreparedCondition } from "../evaluate/prepared.ts";
import type { ProgramCondition } from "../program/condition.ts";
import type { Address } from "@mcrules/mail";
import type { Effect, MailEffect, TicketProperties } from "./decision.ts";
import type { Desk } from "./desk.ts";
import type { Asking, MailCase } from "./mailCase.ts";
import type { Speaking } from "./texts.ts";

/** What `set` gave to the ticket that a rule below creates. */
export interface GivenAbove {
  readonly properties: TicketProperties;
  readonly participants: readonly Address[];
}

/** One rule whose condition holds, while its actions are done. */
export interface RuleRun {
  readonly rule: string;
  readonly mail: MailCase;
  readonly desk: Desk;
  readonly mailbox: ProgramMailbox;
  readonly speaking: Speaking;
  /** What a capture would be by the later matches of its pattern; for the trace. */
  readonly rivals: (capture: string) => readonly string[];
  readonly prepare: (condition: ProgramCondition) => PreparedCondition;
  /** Does the actions that another action names: `otherwise`, `if closed`. */
  readonly perform: (actions: readonly ProgramAction[], run: RuleRun) => Asking<Done | undefined>;
  readonly given: GivenAbove;
  /** Takes down why an action could be done or not; undefined where no trace is wanted. */
  readonly looks: Look[] | undefined;
  /** The closed ticket that `if closed` spoke of. */
  readonly linkedTo: number | undefined;
}

/** What the actions of one rule come to. */
export interface Done {
  readonly effects: readonly Effect[];
  readonly mailEffects: readonly MailEffect[];
  readonly given: GivenAbove;
  /** The search ends here. */
  readonly ends: boolean;
  readonly ignored: boolean;
  readonly spam: boolean;
}

/** A speaker whose captures are looked for only where a text uses one. */
export function speaker(mail: MailCase, desk: Desk, captures: () => Captures): Speaking {
  let found: Captures | undefined;
  return {
    facts: mail,
    zone: desk.zone,
    get captures() {
      return (found ??= captures());
    },
  };
}
