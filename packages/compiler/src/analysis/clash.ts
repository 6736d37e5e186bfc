import type { ProgramCondition } from "../program/condition.ts";
import type { ProgramRule } from "../program/program.ts";
import { Purse } from "./purse.ts";
import type { World } from "./world.ts";

/** Of a rule that no mail fulfils: the fewest of its conditions that cannot hold together, in their order. */
export function clashingConditions(
  { formulas, solver }: World,
  rule: ProgramRule,
): readonly ProgramCondition[] {
  const purse = new Purse();
  const clash = (conditions: readonly ProgramCondition[]): boolean =>
    purse.pay((budget) =>
      solver.mail(
        conditions.map((condition) => formulas.of(condition)),
        budget,
      ),
    ).kind === "none";
  let left = parts(rule.when);
  if (!clash(left)) return [];
  // The later one stays where either would do: it was written against what stood there.
  for (const condition of left) {
    const without = left.filter((other) => other !== condition);
    if (clash(without)) left = without;
  }
  return left;
}

function parts(condition: ProgramCondition): readonly ProgramCondition[] {
  return condition.kind === "all" ? condition.conditions.flatMap(parts) : [condition];
}
