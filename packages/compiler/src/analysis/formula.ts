/** A condition as logic sees it, with negation only at what it is made of. */
export type Formula<A> =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "literal"; readonly atom: A; readonly holds: boolean }
  | { readonly kind: "all" | "any"; readonly parts: readonly Formula<A>[] };

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
 * The ways in which all the formulas can hold, each as what has to hold together. A way is followed only as long as
 * `goesOn` says of what it holds so far, the newest last.
 */
export function* ways<A>(
  formulas: readonly Formula<A>[],
  goesOn: (literals: readonly Literal<A>[]) => boolean,
  held: readonly Literal<A>[] = [],
): Generator<readonly Literal<A>[]> {
  const literals = [...held];
  const choices: Extract<Formula<A>, { kind: "all" | "any" }>[] = [];
  const open = [...formulas];
  for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
    switch (formula.kind) {
      case "constant":
        if (!formula.value) return;
        break;
      case "literal":
        literals.push(formula);
        if (!goesOn(literals)) return;
        break;
      case "all":
        open.push(...formula.parts);
        break;
      case "any":
        choices.push(formula);
        break;
    }
  }
  // The one with the fewest ways is taken first: it leaves the fewest to be followed.
  const [first, ...rest] = choices.toSorted((one, other) => one.parts.length - other.parts.length);
  if (first === undefined) {
    yield literals;
    return;
  }
  for (const part of first.parts) yield* ways([part, ...rest], goesOn, literals);
}
