import { hasUnnamedGroup, namedGroups, type NamedGroup } from "../pattern/groups.ts";
import { parsePattern } from "../pattern/parse.ts";
import type { Span } from "../span.ts";
import type { Condition, ConditionDeclaration, Pattern } from "../tree/index.ts";

/** What the captures of a condition are, for those who use them. */
export interface Captures {
  /** By name; several groups where the branches of an `any` set one name. */
  readonly byName: ReadonlyMap<string, Capture>;
  /** Names that two tests set for the same mail. */
  readonly twice: readonly { readonly name: string; readonly first: Span; readonly second: Span }[];
  /** Groups without a name stand in the patterns. */
  readonly unnamed: boolean;
  /** Something in the condition is broken: that a capture is not there proves nothing. */
  readonly incomplete: boolean;
  /** The condition, and the named ones that it uses. */
  readonly lookedAt: readonly Span[];
}

export interface Capture {
  readonly name: string;
  /** Where the group's name stands; of several, the first. */
  readonly span: Span;
  /** Why not every mail for which the condition holds sets it; undefined where each does. */
  readonly unsure: "optional group" | "branch" | "denied" | undefined;
  readonly groups: readonly CapturedGroup[];
}

/** A group in a pattern. */
export interface CapturedGroup {
  readonly span: Span;
  /** The offset in its file behind the group. */
  readonly end: number | undefined;
  readonly group: NamedGroup;
}

/** Where there is no pattern above. */
export const noCaptures: Captures = {
  byName: new Map(),
  twice: [],
  unnamed: false,
  incomplete: false,
  lookedAt: [],
};

/** The captures that a condition hands on, in the order in which it is written. */
export function capturesOf(condition: Condition): Captures {
  const named = new Map<ConditionDeclaration, Captures>();
  const captures = capturesIn(condition, named);
  return { ...captures, lookedAt: [condition.span, ...[...named.keys()].map(({ span }) => span)] };
}

/** Each named condition is looked at once, however often it is named. */
function capturesIn(condition: Condition, named: Map<ConditionDeclaration, Captures>): Captures {
  const inside = (inner: Condition): Captures => capturesIn(inner, named);
  switch (condition.kind) {
    case "always":
    case "flag":
      return noCaptures;
    case "broken":
      return { ...noCaptures, incomplete: true };
    case "all":
      return condition.conditions.map(inside).reduce(both, noCaptures);
    case "any":
      return either(condition.conditions.map(inside));
    case "not":
      return denied(inside(condition.condition));
    case "named": {
      const { declaration } = condition;
      const known = named.get(declaration);
      if (known !== undefined) return known;
      // What is set twice inside the named condition is told there.
      const captures = { ...inside(declaration.condition), twice: [] };
      named.set(declaration, captures);
      return captures;
    }
    case "each": {
      const each = inside(condition.condition);
      return condition.quantifier === "some" ? each : denied(each);
    }
    case "test":
      return condition.operator === "matches" ? capturesOfPattern(condition.operand) : noCaptures;
  }
}

function capturesOfPattern(pattern: Pattern): Captures {
  const { tree } = parsePattern(pattern.source, pattern.flags);
  if (tree === undefined) return { ...noCaptures, incomplete: true };
  const byName = new Map<string, Capture>();
  for (const [index, group] of namedGroups(tree).entries()) {
    const placed = pattern.captures[index];
    const span = placed?.span ?? pattern.span;
    byName.set(group.name, {
      name: group.name,
      span,
      unsure: group.sure ? undefined : "optional group",
      groups: [{ span, end: placed?.end, group }],
    });
  }
  return { ...noCaptures, byName, unnamed: hasUnnamedGroup(tree) };
}

function both(left: Captures, right: Captures): Captures {
  const byName = new Map(left.byName);
  const twice = [...left.twice, ...right.twice];
  for (const [name, capture] of right.byName) {
    const other = byName.get(name);
    if (other === undefined || other.unsure === "denied") byName.set(name, capture);
    else if (capture.unsure !== "denied") {
      twice.push({ name, first: other.span, second: capture.span });
    }
  }
  return {
    ...noCaptures,
    byName,
    twice,
    unnamed: left.unnamed || right.unnamed,
    incomplete: left.incomplete || right.incomplete,
  };
}

/** Only what each branch sets is sure; the value is that of the first branch that holds. */
function either(branches: readonly Captures[]): Captures {
  const names = new Set(branches.flatMap(({ byName }) => [...byName.keys()]));
  const byName = new Map<string, Capture>();
  for (const name of names) {
    const set = branches.flatMap(({ byName: of }) => of.get(name) ?? []);
    const [first] = set;
    if (first === undefined) continue;
    const unsure = set.find((capture) => capture.unsure !== undefined)?.unsure;
    byName.set(name, {
      name,
      span: first.span,
      unsure: set.length < branches.length ? "branch" : unsure,
      groups: set.flatMap(({ groups }) => groups),
    });
  }
  return {
    ...noCaptures,
    byName,
    twice: branches.flatMap(({ twice }) => twice),
    unnamed: branches.some(({ unnamed }) => unnamed),
    incomplete: branches.some(({ incomplete }) => incomplete),
  };
}

function denied(inside: Captures): Captures {
  const byName = new Map<string, Capture>();
  for (const [name, capture] of inside.byName) byName.set(name, { ...capture, unsure: "denied" });
  return { ...inside, byName };
}
