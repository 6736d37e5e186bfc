import type { ProgramRule } from "../program/program.ts";
import type { Budget } from "../regular/search.ts";
import type { Above } from "./above.ts";
import type { MailAtom, MailModel } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { not } from "./formula.ts";
import type { Purse } from "./purse.ts";
import type { World } from "./world.ts";

/** Whether a rule can ever act on a mail of a mailbox. */
export type Reach =
  /** A mail that the model allows; it is for whoever asks to try it. */
  | { readonly kind: "can act"; readonly model: MailModel }
  /** No mail at all gets there: its own condition never holds, or rules above it take every mail for which it does. */
  | { readonly kind: "never acts"; readonly coveredBy: readonly ProgramRule[] }
  | { readonly kind: "not decided" };

/** So many rules above are tried together at most, to find the fewest that take every mail of a rule. */
const mostTogether = 3;

/** Of each rule of a mailbox, in their order, whether it can ever act. */
export function reachOfRules(
  world: World,
  purse: Purse,
): readonly { readonly rule: ProgramRule; readonly reach: Reach }[] {
  return world.rules.map(({ rule, formula, above }) => ({
    rule,
    reach: purse.pay((budget) => reachOf(formula, above, world, budget)),
  }));
}

function reachOf(formula: Formula<MailAtom>, above: number, world: World, budget: Budget): Reach {
  const passing = mailThatPasses(formula, above, world, budget);
  switch (passing.kind) {
    case "not decided":
      return passing;
    case "found":
      return { kind: "can act", model: passing.model };
    case "none": {
      const coveredBy = fewest(formula, passing.taking, world, budget);
      return { kind: "never acts", coveredBy };
    }
  }
}

/**
 * A mail for which a formula holds and that none of the first rules takes that take mails, `above` of them. Rules above are asked for only where the mail that was
 * found is theirs: most rules have nothing to do with each other (counterexample-guided refinement).
 */
export function mailThatPasses(
  formula: Formula<MailAtom>,
  above: number,
  { taking: rules, solver }: World,
  budget: Budget,
):
  | { readonly kind: "found"; readonly model: MailModel }
  /** Every such mail is taken by these rules, in their order. */
  | { readonly kind: "none"; readonly taking: readonly Above[] }
  | { readonly kind: "not decided" } {
  const taking = new Set<Above>();
  for (;;) {
    const excluded = [...taking].map((one) => not(one.formula));
    const answer = solver.mail([formula, ...excluded], budget);
    switch (answer.kind) {
      case "not decided":
        return answer;
      case "none":
        return { kind: "none", taking: rules.inOrder(taking) };
      case "found": {
        const model = answer.value;
        const more = rules.taking(model, above).filter((one) => !taking.has(one));
        if (more.length === 0) return { kind: "found", model };
        for (const one of more) taking.add(one);
      }
    }
  }
}

/** The fewest of the rules that take every mail together; of several the ones that stand highest. */
function fewest(
  formula: Formula<MailAtom>,
  inOrder: readonly Above[],
  { solver }: World,
  budget: Budget,
): readonly ProgramRule[] {
  for (let size = 0; size <= Math.min(mostTogether, inOrder.length); size += 1) {
    for (const some of choices(inOrder, size)) {
      const answer = solver.mail([formula, ...some.map((one) => not(one.formula))], budget);
      if (answer.kind === "none") return some.map(({ rule }) => rule);
      if (budget.steps < 0) return inOrder.map(({ rule }) => rule);
    }
  }
  // More than a few: each is left out in turn, the lowest first.
  let left = inOrder;
  for (const one of inOrder.toReversed()) {
    const without = left.filter((other) => other !== one);
    const answer = solver.mail([formula, ...without.map((other) => not(other.formula))], budget);
    if (answer.kind === "none") left = without;
  }
  return left.map(({ rule }) => rule);
}

/** All choices of so many, those with what stands highest first. */
function* choices<T>(from: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, first] of from.entries()) {
    for (const rest of choices(from.slice(at + 1), size - 1)) yield [first, ...rest];
  }
}
