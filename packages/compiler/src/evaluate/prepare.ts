import type { ElementName } from "@mcrules/language";
import type { ProgramCondition } from "../program/condition.ts";
import { isNeed } from "./facts.ts";
import { prepareTest, elementAsWritten } from "./prepareTest.ts";
import { noCaptures } from "./prepared.ts";
import type { Captures, PreparedCondition } from "./prepared.ts";
import type { Tables } from "./tables.ts";

type Over = { readonly name: ElementName; readonly argument: string | undefined };

/** Makes conditions ready to run; a named condition is made ready once. */
export function conditionPreparer(
  tables: Tables,
): (condition: ProgramCondition) => PreparedCondition {
  const named = new Map<number, PreparedCondition>();

  const prepare = (condition: ProgramCondition, over: Over | undefined): PreparedCondition => {
    switch (condition.kind) {
      case "always":
        return { judge: () => true, captures: () => noCaptures };
      case "all":
        return all(condition.conditions.map((inner) => prepare(inner, over)));
      case "any":
        return any(condition.conditions.map((inner) => prepare(inner, over)));
      case "not":
        return not(prepare(condition.condition, over));
      case "named": {
        const known = named.get(condition.index);
        if (known !== undefined) return known;
        const prepared = prepare(tables.condition(condition.index), undefined);
        named.set(condition.index, prepared);
        return prepared;
      }
      case "each":
        return each(
          condition,
          prepare(condition.condition, { name: condition.element, argument: condition.argument }),
        );
      case "flag":
        return flag(condition);
      case "test":
        return prepareTest(condition, tables, over);
      default: {
        const unknown: never = condition;
        throw new TypeError(`No such condition: ${JSON.stringify(unknown)}`);
      }
    }
  };
  return (condition) => prepare(condition, undefined);
}

/** Several captures as one; a name that is set stays. */
function joined(captures: readonly Captures[]): Captures {
  const set = captures.filter((one) => one.size > 0);
  if (set.length <= 1) return set[0] ?? noCaptures;
  const all = new Map<string, string>();
  for (const one of set) for (const [name, value] of one) if (!all.has(name)) all.set(name, value);
  return all;
}

function all(conditions: readonly PreparedCondition[]): PreparedCondition {
  return {
    judge: (facts, element, looks) => {
      for (const condition of conditions) {
        const verdict = condition.judge(facts, element, looks);
        if (verdict !== true) return verdict;
      }
      return true;
    },
    captures: (facts, element, further) =>
      joined(conditions.map((condition) => condition.captures(facts, element, further))),
  };
}

function any(conditions: readonly PreparedCondition[]): PreparedCondition {
  return {
    judge: (facts, element, looks) => {
      for (const condition of conditions) {
        const verdict = condition.judge(facts, element, looks);
        if (verdict !== false) return verdict;
      }
      return false;
    },
    captures: (facts, element, further) =>
      conditions
        .find((condition) => condition.judge(facts, element, undefined) === true)
        ?.captures(facts, element, further) ?? noCaptures,
  };
}

function not(condition: PreparedCondition): PreparedCondition {
  return {
    judge: (facts, element, looks) => {
      const verdict = condition.judge(facts, element, looks);
      return isNeed(verdict) ? verdict : !verdict;
    },
    captures: () => noCaptures,
  };
}

function each(
  condition: Extract<ProgramCondition, { kind: "each" }>,
  inner: PreparedCondition,
): PreparedCondition {
  const { element: name, argument, quantifier } = condition;
  /** `every` looks for one for which it does not hold, `some` and `no` for one for which it does. */
  const wanted = quantifier !== "every";
  const whenFound = quantifier === "some";
  return {
    judge: (facts, _outer, looks) => {
      const elements = facts.elements(name, argument);
      if (isNeed(elements)) return elements;
      if (elements.length === 0)
        looks?.push({
          at: condition.at,
          field: elementAsWritten(name, argument),
          operator: quantifier,
          expected: "",
          actual: () => "(none)",
          result: !whenFound,
        });
      for (const element of elements) {
        const verdict = inner.judge(facts, element, looks);
        if (isNeed(verdict)) return verdict;
        if (verdict === wanted) return whenFound;
      }
      return !whenFound;
    },
    captures: (facts, _outer, further) => {
      if (quantifier !== "some") return noCaptures;
      const elements = facts.elements(name, argument);
      if (isNeed(elements)) return noCaptures;
      const first = elements.find((element) => inner.judge(facts, element, undefined) === true);
      return first === undefined ? noCaptures : inner.captures(facts, first, further);
    },
  };
}

function flag(condition: Extract<ProgramCondition, { kind: "flag" }>): PreparedCondition {
  return {
    judge: (facts, _element, looks) => {
      const holds = facts.flag(condition.flag);
      if (isNeed(holds)) return holds;
      looks?.push({
        at: condition.at,
        field: "mail",
        operator: "is",
        expected: condition.flag,
        actual: () => (holds ? condition.flag : `not ${condition.flag}`),
        result: holds,
      });
      return holds;
    },
    captures: () => noCaptures,
  };
}
