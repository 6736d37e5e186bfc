import type { ConditionTables } from "../evaluate/tables.ts";
import type { ProgramMailbox, ProgramRule } from "../program/program.ts";
import { holds } from "../regular/automaton.ts";
import { NamedSets } from "../regular/patternProgram.ts";
import type { Budget } from "../regular/search.ts";
import type { MailAtom, MailModel, ModelValue, ValueAtom } from "./atoms.ts";
import { alwaysEnds } from "./ending.ts";
import type { Formula } from "./formula.ts";
import { evaluate, not } from "./formula.ts";
import { MailFormulas } from "./mailFormula.ts";
import { Solver } from "./solve.ts";

/** Whether a rule can ever act on a mail of a mailbox. */
export type Reach =
  /** A mail that the model allows; it is for whoever asks to try it. */
  | { readonly kind: "can act"; readonly model: MailModel }
  /** No mail at all gets there: its own condition never holds, or rules above it take every mail for which it does. */
  | { readonly kind: "never acts"; readonly coveredBy: readonly ProgramRule[] }
  | { readonly kind: "not decided" };

/** States that may be looked at for one rule. */
const mostStates = 20_000;
/** So many rules above are tried together at most, to find the fewest that take every mail of a rule. */
const mostTogether = 3;

/** A rule that takes every mail that it gets and for which its condition holds. */
export interface Above {
  readonly rule: ProgramRule;
  readonly formula: Formula<MailAtom>;
}

/** Of each rule of a mailbox, in their order, whether it can ever act. */
export function reachOfRules(
  tables: ConditionTables,
  mailbox: ProgramMailbox,
  named: NamedSets = new NamedSets(),
): readonly { readonly rule: ProgramRule; readonly reach: Reach }[] {
  const formulas = new MailFormulas(tables, mailbox.name, named);
  const solver = new Solver();
  const above: Above[] = [];
  return mailbox.rules.map((rule) => {
    const formula = formulas.of(rule.when);
    const reach = reachOf(formula, above, solver, { states: mostStates });
    if (alwaysEnds(rule.actions, mailbox)) above.push({ rule, formula });
    return { rule, reach };
  });
}

function reachOf(
  formula: Formula<MailAtom>,
  above: readonly Above[],
  solver: Solver,
  budget: Budget,
): Reach {
  const passing = mailThatPasses(formula, above, solver, budget);
  switch (passing.kind) {
    case "not decided":
      return passing;
    case "found":
      return { kind: "can act", model: passing.model };
    case "none": {
      const coveredBy = fewest(formula, passing.taking, above, solver, budget);
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
  above: readonly Above[],
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
        const more = above.filter((one) => !taking.has(one) && isTrue(one.formula, model));
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
  above: readonly Above[],
  solver: Solver,
  budget: Budget,
): readonly ProgramRule[] {
  const inOrder = above.filter((one) => taking.includes(one));
  for (let size = 0; size <= Math.min(mostTogether, inOrder.length); size += 1) {
    for (const some of choices(inOrder, size)) {
      const answer = solver.mail([formula, ...some.map((one) => not(one.formula))], budget);
      if (answer.kind === "none") return some.map(({ rule }) => rule);
      if (budget.states < 0) return inOrder.map(({ rule }) => rule);
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

/** Whether a formula holds for a mail that a solver made. What the mail says nothing of is empty or does not hold. */
function isTrue(formula: Formula<MailAtom>, model: MailModel): boolean {
  return evaluate(formula, (atom) => {
    if (atom.kind === "free") return model.free.get(atom.name) ?? false;
    const values = model.groups.get(atom.group.name) ?? defaultsOf(atom.group.has);
    return values.some((value) => evaluate(atom.formula, (asked) => isTrueOf(asked, value)));
  });
}

const empty: ModelValue = { texts: new Map([["text", ""]]), numbers: new Map(), free: new Map() };

function defaultsOf(has: "one" | "one or none" | "any number"): readonly ModelValue[] {
  return has === "one" ? [empty] : [];
}

function isTrueOf(atom: ValueAtom, value: ModelValue): boolean {
  switch (atom.kind) {
    case "free":
      return value.free.get(atom.name) ?? false;
    case "present":
      return value.texts.has(atom.part);
    case "text": {
      const text = value.texts.get(atom.part);
      return text !== undefined && holds(atom.automaton, text);
    }
    case "number": {
      const number = value.numbers.get(atom.part);
      return number !== undefined && number >= atom.range.low && number <= atom.range.high;
    }
  }
}
