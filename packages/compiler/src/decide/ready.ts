import type { ProgramMailbox, ProgramRule } from "../program/program.ts";
import type { PreparedCondition } from "../evaluate/prepared.ts";

/** A rule made ready to run. */
export interface ReadyRule {
  readonly rule: ProgramRule;
  readonly when: PreparedCondition;
}

/** A mailbox with its rules made ready to run. */
export interface ReadyMailbox {
  readonly mailbox: ProgramMailbox;
  readonly rules: readonly ReadyRule[];
}
