import type { ProgramMailbox, ProgramRule } from "../program/program.ts";
import type { PreparedCondition } from "../evaluate/prepared.ts";
import type { MailCase } from "./mailCase.ts";

/** Which rule is to be looked at next, after the one at `position`; undefined: none is left. */
export type NextRule = (mail: MailCase, position: number) => number | undefined;

/** A rule made ready to run. */
export interface ReadyRule {
  readonly rule: ProgramRule;
  readonly when: PreparedCondition;
}

/** A mailbox with its rules made ready to run. */
export interface ReadyMailbox {
  readonly mailbox: ProgramMailbox;
  readonly rules: readonly ReadyRule[];
  /** A way through the rules that passes over those that cannot hold; one for each mail. */
  readonly candidates: () => NextRule;
}
