import type { ProgramRule } from "../program/program.ts";
import { canonical } from "../text/folding.ts";
import type { LiteralFinder } from "../text/literalFinder.ts";
import { literalFinder } from "../text/literalFinder.ts";
import type { MailAtom, MailModel, ValueAtom } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { isTrue } from "./model.ts";

/** A rule that takes every mail that it gets and for which its condition holds. */
export interface Above {
  readonly rule: ProgramRule;
  readonly formula: Formula<MailAtom>;
}

/** Words of a group of which a mail holds at least one wherever a formula is true; undefined where none can be told. */
type AnyOf = readonly { readonly group: string; readonly word: string }[] | undefined;

/** A rule with more of them is asked each time: a list is looked up faster than all its words are found. */
const mostWords = 50;

interface GroupWords {
  readonly finder: LiteralFinder;
  /** By word, the numbers of the rules that need it or another one. */
  readonly rules: readonly (readonly number[])[];
}

/** Rules in their order, of which those are found at once that a mail may be taken by. */
export class RulesInOrder {
  readonly #rules: readonly Above[];
  readonly #byGroup: ReadonlyMap<string, GroupWords>;
  /** The numbers of rules of which no word can be told. */
  readonly #others: readonly number[];

  constructor(rules: readonly Above[]) {
    this.#rules = rules;
    const others: number[] = [];
    const words = new Map<string, Map<string, number[]>>();
    for (const [number, { formula }] of rules.entries()) {
      const needed = neededBy(formula);
      if (needed === undefined) others.push(number);
      for (const { group, word } of needed ?? []) {
        const ofGroup = words.get(group) ?? new Map<string, number[]>();
        words.set(group, ofGroup);
        ofGroup.set(word, [...(ofGroup.get(word) ?? []), number]);
      }
    }
    const byGroup = new Map<string, GroupWords>();
    for (const [group, ofGroup] of words) {
      const finder = literalFinder([...ofGroup.keys()]);
      if (finder === undefined) others.push(...[...ofGroup.values()].flat());
      else byGroup.set(group, { finder, rules: [...ofGroup.values()] });
    }
    this.#byGroup = byGroup;
    this.#others = others;
  }

  get count(): number {
    return this.#rules.length;
  }

  /** Some of the rules, in their order. */
  inOrder(some: ReadonlySet<Above>): readonly Above[] {
    return this.#rules.filter((rule) => some.has(rule));
  }

  /** Those above the one with a number that take a mail, in their order. */
  taking(model: MailModel, number: number): readonly Above[] {
    const candidates = new Set(this.#others);
    for (const [group, values] of model.groups) {
      const words = this.#byGroup.get(group);
      if (words === undefined) continue;
      for (const value of values) {
        for (const text of value.texts.values()) {
          words.finder.find(canonical(text), (word) => {
            for (const rule of words.rules[word] ?? []) candidates.add(rule);
          });
        }
      }
    }
    return [...candidates]
      .filter((candidate) => candidate < number)
      .toSorted((one, other) => one - other)
      .flatMap((candidate) => {
        const rule = this.#rules[candidate];
        return rule !== undefined && isTrue(rule.formula, model) ? [rule] : [];
      });
  }
}

function neededBy(formula: Formula<MailAtom>): AnyOf {
  switch (formula.kind) {
    case "constant":
      return undefined;
    case "literal": {
      const { atom, holds } = formula;
      if (!holds || atom.kind === "free") return undefined;
      return neededOfValue(atom.formula)?.map((word) => ({ group: atom.group.name, word }));
    }
    case "all":
      return fewest(formula.parts.map(neededBy));
    case "any":
      return together(formula.parts.map(neededBy));
  }
}

function neededOfValue(formula: Formula<ValueAtom>): readonly string[] | undefined {
  switch (formula.kind) {
    case "constant":
      return undefined;
    case "literal": {
      const { atom, holds } = formula;
      if (!holds || atom.kind !== "text") return undefined;
      const { words } = atom;
      const isUseful = words !== undefined && words.length <= mostWords && !words.includes("");
      return isUseful ? words : undefined;
    }
    case "all":
      return fewest(formula.parts.map(neededOfValue));
    case "any":
      return together(formula.parts.map(neededOfValue));
  }
}

function fewest<T>(parts: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  return parts
    .filter((part) => part !== undefined)
    .toSorted((one, other) => one.length - other.length)[0];
}

function together<T>(parts: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  const all: T[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    all.push(...part);
  }
  return all.length <= mostWords ? all : undefined;
}
