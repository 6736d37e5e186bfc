import { holds } from "../regular/automaton.ts";
import type { MailAtom, MailModel, ModelValue, ValueAtom } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { evaluate } from "./formula.ts";

/** Whether a formula holds for a mail that a solver made. What the mail says nothing of is empty or does not hold. */
export function isTrue(formula: Formula<MailAtom>, model: MailModel): boolean {
  return evaluate(formula, (atom) => {
    if (atom.kind === "free") return model.free.get(atom.key)?.holds ?? false;
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
      return value.free.get(atom.key)?.holds ?? false;
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
