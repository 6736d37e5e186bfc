import type { Budget } from "../regular/search.ts";

/** A condition as logic sees it, with negation only at what it is made of. */
export type Formula<A> =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "literal"; readonly atom: A; readonly holds: boolean }
  | { readonly kind: "all"; readonly parts: readonly Formula<A>[] }
  | { readonly kind: "any"; readonly parts: readonly Formula<A>[] };

export type Literal<A> = Extract<Formula<A>, { kind: "literal" }>;

export const always = { kind: "constant", value: true } as const;
export const never = { kind: "constant", value: false } as const;

export function literal<A>(atom: A, holds = true): Formula<A> {
  return { kind: "literal", atom, holds };
}

export function all<A>(parts: readonly Formula<A>[]): Formula<A> {
  return joined("all", parts);
}

export function any<A>(parts: readonly Formula<A>[]): Formula<A> {
  return joined("any", parts);
}

function joined<A>(kind: "all" | "any", parts: readonly Formula<A>[]): Formula<A> {
  const ending = kind === "any";
  const left: Formula<A>[] = [];
  for (const part of parts) {
    if (part.kind === "constant") {
      if (part.value === ending) return part;
    } else if (part.kind === kind) left.push(...part.parts);
    else left.push(part);
  }
  const [only] = left;
  if (only === undefined) return ending ? never : always;
  return left.length === 1 ? only : { kind, parts: left };
}

export function not<A>(formula: Formula<A>): Formula<A> {
  switch (formula.kind) {
    case "constant":
      return formula.value ? never : always;
    case "literal":
      return { ...formula, holds: !formula.holds };
    case "all":
      return { kind: "any", parts: formula.parts.map(not) };
    case "any":
      return { kind: "all", parts: formula.parts.map(not) };
  }
}

/** Whether a formula holds, where it is known of each atom. */
export function evaluate<A>(formula: Formula<A>, holds: (atom: A) => boolean): boolean {
  switch (formula.kind) {
    case "constant":
      return formula.value;
    case "literal":
      return holds(formula.atom) === formula.holds;
    case "all":
      return formula.parts.every((part) => evaluate(part, holds));
    case "any":
      return formula.parts.some((part) => evaluate(part, holds));
  }
}

/**
 * The ways in which all the formulas can hold, each as what has to hold together, nothing of it the contrary of something
 * else. A way is followed only as long as it `isPossible`, which is asked with what it holds so far. Each step costs one of
 * the budget: where that runs out, not all ways were given.
 */
export function* ways<A extends { readonly key: string }>(
  formulas: readonly Formula<A>[],
  isPossible: (literals: readonly Literal<A>[], added: readonly Literal<A>[]) => boolean,
  budget: Budget,
  held: ReadonlyMap<string, Literal<A>> = new Map(),
): Generator<readonly Literal<A>[]> {
  budget.steps -= 1;
  if (budget.steps < 0) return;
  const literals = new Map(held);
  const added: Literal<A>[] = [];
  let choices: readonly Choice<A>[] = [];
  const open = [...formulas];
  // What has to hold anyway may leave one way of a choice, which then has to hold too.
  while (open.length > 0) {
    const found: Choice<A>[] = [...choices];
    for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
      switch (formula.kind) {
        case "constant":
          if (!formula.value) return;
          break;
        case "literal": {
          const known = literals.get(formula.atom.key);
          if (known !== undefined && known.holds !== formula.holds) return;
          if (known !== undefined) break;
          literals.set(formula.atom.key, formula);
          added.push(formula);
          break;
        }
        case "all":
          open.push(...formula.parts);
          break;
        case "any":
          found.push(formula);
          break;
      }
    }
    const left: Choice<A>[] = [];
    for (const choice of found) {
      if (choice.parts.some((part) => isHeld(part, literals))) continue;
      const parts = choice.parts.filter((part) => !isExcluded(part, literals));
      const [only] = parts;
      if (only === undefined) return;
      if (parts.length === 1) open.push(only);
      else left.push({ kind: "any", parts });
    }
    choices = left;
  }
  const whole = [...literals.values()];
  if (added.length > 0 && !isPossible(whole, added)) return;
  // The one with the fewest ways is taken first: it leaves the fewest to be followed.
  const [first, ...rest] = choices.toSorted((one, other) => one.parts.length - other.parts.length);
  if (first === undefined) {
    yield whole;
    return;
  }
  for (const part of first.parts) yield* ways([part, ...rest], isPossible, budget, literals);
}

type Choice<A> = { readonly kind: "any"; readonly parts: readonly Formula<A>[] };

function isHeld<A extends { readonly key: string }>(
  formula: Formula<A>,
  held: ReadonlyMap<string, Literal<A>>,
): boolean {
  return formula.kind === "literal" && held.get(formula.atom.key)?.holds === formula.holds;
}

function isExcluded<A extends { readonly key: string }>(
  formula: Formula<A>,
  held: ReadonlyMap<string, Literal<A>>,
): boolean {
  switch (formula.kind) {
    case "literal":
      return held.get(formula.atom.key)?.holds === !formula.holds;
    case "all":
      return formula.parts.some((part) => isExcluded(part, held));
    case "any":
      return formula.parts.every((part) => isExcluded(part, held));
    case "constant":
      return !formula.value;
  }
}
