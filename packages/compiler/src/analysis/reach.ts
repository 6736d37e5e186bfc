import type { ConditionTables } from "../evaluate/tables.ts";
import type { ProgramMailbox, ProgramRule } from "../program/program.ts";
import { NamedSets } from "../regular/patternProgram.ts";
import type { Budget } from "../regular/search.ts";
import type { Above } from "./above.ts";
import { RulesInOrder } from "./above.ts";
import type { MailAtom, MailModel } from "./atoms.ts";
import { alwaysEnds } from "./ending.ts";
import type { Formula } from "./formula.ts";
import { not } from "./formula.ts";
import { MailFormulas } from "./mailFormula.ts";
import { Purse } from "./purse.ts";
import { Solver } from "./solve.ts";

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
  tables: ConditionTables,
  mailbox: ProgramMailbox,
  named: NamedSets = new NamedSets(),
  purse = new Purse(),
): readonly { readonly rule: ProgramRule; readonly reach: Reach }[] {
  const formulas = new MailFormulas(tables, mailbox.name, named);
  const solver = new Solver();
  const all = mailbox.rules.map((rule) => ({ rule, formula: formulas.of(rule.when) }));
  const ending = all.filter(({ rule }) => alwaysEnds(rule.actions, mailbox));
  const rules = new RulesInOrder(ending);
  let above = 0;
  return all.map((one) => {
    const reach = purse.pay((budget) => reachOf(one.formula, { rules, above }, solver, budget));
    if (ending[above] === one) above += 1;
    return { rule: one.rule, reach };
  });
}

/** Rules that take mails, those of them that stand above a place. */
export interface Higher {
  readonly rules: RulesInOrder;
  /** How many of them do. */
  readonly above: number;
}

function reachOf(
  formula: Formula<MailAtom>,
  higher: Higher,
  solver: Solver,
  budget: Budget,
): Reach {
  const passing = mailThatPasses(formula, higher, solver, budget);
  switch (passing.kind) {
    case "not decided":
      return passing;
    case "found":
      return { kind: "can act", model: passing.model };
    case "none": {
      const coveredBy = fewest(formula, passing.taking, higher, solver, budget);
      return { kind: "never acts", coveredBy };
    }
  }
}

/**
 * A mail for which a formula holds and that no rule above takes. Rules above are asked for only where the mail that was
 * found is theirs: most rules have nothing to do with each other (counterexample-guided refinement).
 */
export function mailThatPasses(
  formula: Formula<MailAtom>,
  { rules, above }: Higher,
  solver: Solver,
  budget: Budget,
):
  | { readonly kind: "found"; readonly model: MailModel }
  /** Every such mail is taken by these rules. */
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
        return { kind: "none", taking: [...taking] };
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
  taking: readonly Above[],
  { rules, above }: Higher,
  solver: Solver,
  budget: Budget,
): readonly ProgramRule[] {
  const inOrder = rules.above(above).filter((one) => taking.includes(one));
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
