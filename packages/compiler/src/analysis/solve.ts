import type { Budget } from "../regular/search.ts";
import type { Assumed, Group, MailAtom, MailModel, ModelValue, ValueAtom } from "./atoms.ts";
import type { Formula, Literal } from "./formula.ts";
import { not, ways } from "./formula.ts";
import type { Answer } from "./values.ts";
import { someValue } from "./values.ts";

/** What is asked of one group together. */
interface Asked {
  readonly group: Group;
  readonly some: readonly Formula<ValueAtom>[];
  readonly none: readonly Formula<ValueAtom>[];
}

/** Looks for mails. What was worked out once for a group is kept. */
export class Solver {
  readonly #known = new Map<string, Answer<readonly ModelValue[]>>();

  /** A mail for which all the formulas hold. */
  mail(formulas: readonly Formula<MailAtom>[], budget: Budget): Answer<MailModel> {
    let undecided = false;
    const isPossible = (
      literals: readonly Literal<MailAtom>[],
      added: readonly Literal<MailAtom>[],
    ): boolean => {
      const groups = new Map(
        added.flatMap(({ atom }) => (atom.kind === "free" ? [] : [[atom.group.name, atom.group]])),
      );
      return [...groups.values()].every(
        (group) => this.#values(group, literals, budget).kind !== "none",
      );
    };
    for (const literals of ways(formulas, isPossible, budget)) {
      const model = this.#model(literals, budget);
      if (model !== undefined) return { kind: "found", value: model };
      undecided = true;
      if (budget.steps < 0) break;
    }
    return { kind: undecided || budget.steps < 0 ? "not decided" : "none" };
  }

  /** Undefined where a group is not decided. */
  #model(literals: readonly Literal<MailAtom>[], budget: Budget): MailModel | undefined {
    const groups = new Map<string, readonly ModelValue[]>();
    const free = new Map<string, Assumed>();
    for (const { atom, holds } of literals) {
      if (atom.kind === "free") free.set(atom.key, { unknown: atom.unknown, holds });
      else if (!groups.has(atom.group.name)) {
        const values = this.#values(atom.group, literals, budget);
        if (values.kind !== "found") return undefined;
        groups.set(atom.group.name, values.value);
      }
    }
    return { groups, free };
  }

  #values(
    group: Group,
    literals: readonly Literal<MailAtom>[],
    budget: Budget,
  ): Answer<readonly ModelValue[]> {
    const of = literals.filter(
      ({ atom }) => atom.kind === "some value" && atom.group.name === group.name,
    );
    const key = of
      .map(({ atom, holds }) => `${holds ? "+" : "-"}${atom.key}`)
      .toSorted()
      .join("\n");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const some: Formula<ValueAtom>[] = [];
    const none: Formula<ValueAtom>[] = [];
    for (const { atom, holds } of of) {
      if (atom.kind === "some value") (holds ? some : none).push(atom.formula);
    }
    const answer = valuesOf({ group, some, none }, budget);
    if (answer.kind !== "not decided") this.#known.set(key, answer);
    return answer;
  }
}

function valuesOf({ group, some, none }: Asked, budget: Budget): Answer<readonly ModelValue[]> {
  const excluded = none.map(not);
  if (group.has === "one" || (group.has === "one or none" && some.length > 0)) {
    const value = someValue(group, [...some, ...excluded], budget);
    return value.kind === "found" ? { kind: "found", value: [value.value] } : value;
  }
  const values: ModelValue[] = [];
  for (const formula of some) {
    const value = someValue(group, [formula, ...excluded], budget);
    if (value.kind !== "found") return value;
    values.push(value.value);
  }
  return { kind: "found", value: values };
}
