import { compileCondition, conditionJudge, type Program } from "@mcrules/compiler";
import type { Condition, Project } from "@mcrules/language";
import type { Values } from "./seenValues.ts";

/** Judges a condition of an expectation over the values of a ticket or a sent mail. */
export type ConditionCheck = (
  condition: Condition,
  values: (field: string, argument: string | undefined) => Values,
) => {
  readonly holds: boolean;
  /** The values that were seen, for a failure. */
  readonly saw: string;
};

/** The check of a project: the very evaluator that judges rules. */
export function conditionCheck(project: Project, program: Program): ConditionCheck {
  throw new Error(
    `not there yet ${String(project)} ${String(program)} ${typeof compileCondition} ${typeof conditionJudge}`,
  );
}
