import type { Automaton } from "../regular/automaton.ts";
import { holds } from "../regular/automaton.ts";
import type { Budget, Found } from "../regular/search.ts";
import { someText } from "../regular/search.ts";
import type { Assumed, Group, ModelValue, Part, PartName, Range, ValueAtom } from "./atoms.ts";
import type { Formula, Literal } from "./formula.ts";
import { ways } from "./formula.ts";

export type Answer<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "none" }
  | { readonly kind: "not decided" };

/** One value of a group for which all the formulas hold. */
export function someValue(
  group: Group,
  formulas: readonly Formula<ValueAtom>[],
  budget: Budget,
): Answer<ModelValue> {
  let undecided = false;
  for (const literals of ways(formulas, () => true, budget)) {
    const answer = valueOf(group, literals, budget);
    if (answer.kind === "found") return answer;
    undecided ||= answer.kind === "not decided";
    if (budget.steps < 0) return { kind: "not decided" };
  }
  return { kind: undecided || budget.steps < 0 ? "not decided" : "none" };
}

function valueOf(
  group: Group,
  literals: readonly Literal<ValueAtom>[],
  budget: Budget,
): Answer<ModelValue> {
  const texts = new Map<PartName, string>();
  const numbers = new Map<PartName, number>();
  const free = new Map<string, Assumed>();
  for (const { atom, holds } of literals) {
    if (atom.kind === "free") free.set(atom.key, { unknown: atom.unknown, holds });
  }
  for (const name of partNames) {
    const part = group.parts[name];
    const of = literals.filter(({ atom }) => atom.kind !== "free" && atom.part === name);
    if (part === undefined) continue;
    const answer = partOf(part, of, budget);
    switch (answer.kind) {
      case "none":
      case "not decided":
        return answer;
      case "found":
        if (typeof answer.value === "string") texts.set(name, answer.value);
        else if (answer.value !== undefined) numbers.set(name, answer.value);
    }
  }
  return { kind: "found", value: { texts, numbers, free } };
}

const partNames: readonly PartName[] = ["text", "name", "type", "number"];

/** Undefined: the part is missing. */
function partOf(
  part: Part,
  literals: readonly Literal<ValueAtom>[],
  budget: Budget,
): Answer<string | number | undefined> {
  return part.kind === "number" ? numberOf(part.range, literals) : textOf(part, literals, budget);
}

type TextPart = Extract<Part, { readonly kind: "text" }>;
type TextAtom = Extract<ValueAtom, { readonly kind: "text" }>;

function textOf(
  { within: universe, optional, halves }: TextPart,
  literals: readonly Literal<ValueAtom>[],
  budget: Budget,
): Answer<string | undefined> {
  const within: Automaton[] = universe === undefined ? [] : [universe];
  const outside: Automaton[] = [];
  const asked: { readonly atom: TextAtom; readonly holds: boolean }[] = [];
  let isThere = !optional;
  let isMissing = false;
  for (const { atom, holds } of literals) {
    if (atom.kind === "present") {
      isThere ||= holds;
      isMissing ||= !holds;
    } else if (atom.kind === "text") {
      isThere ||= holds;
      asked.push({ atom, holds });
      (holds ? within : outside).push(atom.automaton);
    }
  }
  // What is missing passes no test, so each that must not hold is content.
  if (!isThere) return { kind: "found", value: undefined };
  if (isMissing) return { kind: "none" };
  if (halves !== undefined) {
    const address = addressOf(halves, asked, budget);
    if (address.kind !== "not decided") return address;
  }
  const found = someText(within, outside, budget);
  return found.kind === "text" ? { kind: "found", value: found.text } : found;
}

/**
 * An address by its halves: they have nothing to do with each other but where the whole is asked for. Not decided where that
 * is so, and the address that was made of them is none.
 */
function addressOf(
  halves: NonNullable<TextPart["halves"]>,
  asked: readonly { readonly atom: TextAtom; readonly holds: boolean }[],
  budget: Budget,
): Answer<string> {
  const half = (of: "local" | "domain"): Found => {
    const within = [halves[of]];
    const outside: Automaton[] = [];
    for (const { atom, holds: wanted } of asked) {
      if (atom.half?.of === of) (wanted ? within : outside).push(atom.half.automaton);
    }
    return someText(within, outside, budget);
  };
  const domain = half("domain");
  if (domain.kind !== "text") return domain;
  const local = half("local");
  if (local.kind !== "text") return local;
  const address = `${local.text}@${domain.text}`;
  const fits = asked.every(({ atom, holds: wanted }) => holds(atom.automaton, address) === wanted);
  return fits ? { kind: "found", value: address } : { kind: "not decided" };
}

function numberOf(
  range: Range,
  literals: readonly Literal<ValueAtom>[],
): Answer<number | undefined> {
  let ranges: readonly Range[] = [range];
  for (const { atom, holds } of literals) {
    if (atom.kind === "present" && !holds) return { kind: "none" };
    if (atom.kind !== "number") continue;
    const { low, high } = atom.range;
    const kept = holds
      ? [atom.range]
      : [
          { low: -Infinity, high: low - 1 },
          { low: high + 1, high: Infinity },
        ];
    ranges = ranges.flatMap((one) =>
      kept
        .map((other) => ({
          low: Math.max(one.low, other.low),
          high: Math.min(one.high, other.high),
        }))
        .filter((both) => both.low <= both.high),
    );
  }
  const [first] = ranges;
  if (first === undefined) return { kind: "none" };
  return { kind: "found", value: Number.isFinite(first.low) ? first.low : first.high };
}
