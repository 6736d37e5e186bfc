import type { ProgramAction, ProgramBlock, ProgramPicklistValue } from "../program/action.ts";
import type { ProgramCondition, ProgramTest } from "../program/condition.ts";
import type { ProgramRule } from "../program/program.ts";
import { canonical } from "../text/folding.ts";

/** Properties of a new ticket that rules give it by a word. */
export type GivenName = "priority" | "severity" | "category" | "status";

/** What is known of a property: a word, that it is empty, or nothing. */
export type Given =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

export const givenNames: readonly GivenName[] = ["priority", "severity", "category", "status"];

/** Where a property may come from: the conditions of which each has to hold, and what it then is. */
export interface Source {
  readonly holds: readonly ProgramCondition[];
  readonly fails: readonly ProgramCondition[];
  readonly given: Given;
}

/** The properties that a condition on a ticket asks for, as far as rules give them by a word. */
export function askedProperties(condition: ProgramCondition): readonly GivenName[] {
  return givenNames.filter((name) => testsOf(condition).some(({ field }) => field.name === name));
}

function testsOf(condition: ProgramCondition): readonly ProgramTest[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.conditions.flatMap(testsOf);
    case "not":
      return testsOf(condition.condition);
    case "test":
      return [condition];
    default:
      return [];
  }
}

/**
 * Where a new ticket of a rule has a property from: what stands higher wins, a `set` above over the rule's own and that
 * over its block. Whether a rule is done that has an `update ticket` too is open.
 */
export function sourcesOf(
  name: GivenName,
  above: readonly ProgramRule[],
  rule: ProgramRule,
): readonly Source[] {
  const sources: Source[] = [];
  const fails: ProgramCondition[] = [];
  for (const one of above) {
    const given = wordIn(blocksOf(one.actions, "set"), name);
    if (given.kind === "none") continue;
    sources.push({ holds: [one.when], fails: [...fails], given });
    if (!one.actions.some((action) => action.kind === "update ticket")) fails.push(one.when);
  }
  const own = wordIn(blocksOf(rule.actions, "set"), name);
  const block = own.kind === "none" ? wordIn(blocksOf(rule.actions, "create ticket"), name) : own;
  return [...sources, { holds: [], fails, given: block }];
}

/** Whether what a rule does, or a `set` above it, may give a ticket a status that closes it. */
export function mayClose(
  above: readonly ProgramRule[],
  rule: ProgramRule,
  closed: readonly string[],
): boolean {
  const kinds = ["set", "create ticket", "update ticket"] as const;
  const blocks = [
    ...above.flatMap((one) => blocksOf(one.actions, "set")),
    ...kinds.flatMap((kind) => blocksOf(rule.actions, kind)),
  ];
  return blocks.some(({ status }) => {
    const given = givenBy(status);
    return given.kind === "unknown" || (given.kind === "word" && closed.includes(given.word));
  });
}

/** The blocks of actions of a kind, also of those that other actions name. */
function blocksOf(
  actions: readonly ProgramAction[],
  kind: "set" | "create ticket" | "update ticket",
): readonly ProgramBlock[] {
  return actions.flatMap((action) => {
    const own = action.kind === kind && "block" in action ? [action.block] : [];
    if (action.kind !== "update ticket") return own;
    const others = [...(action.closed?.actions ?? []), ...(action.otherwise ?? [])];
    return [...own, ...blocksOf(others, kind)];
  });
}

function wordIn(blocks: readonly ProgramBlock[], name: GivenName): Given {
  const [first, ...more] = blocks.map((block) => givenBy(block[name]));
  if (first === undefined) return { kind: "none" };
  const same = more.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return same ? first : { kind: "unknown" };
}

function givenBy(value: ProgramPicklistValue | undefined): Given {
  if (value === undefined) return { kind: "none" };
  return value.kind === "word" ? { kind: "word", word: value.word } : { kind: "unknown" };
}

/** Whether a condition on a ticket holds; undefined where what is known does not tell. */
export function holdsOf(
  condition: ProgramCondition,
  given: ReadonlyMap<string, Given>,
): boolean | undefined {
  switch (condition.kind) {
    case "always":
      return true;
    case "all": {
      const parts = condition.conditions.map((part) => holdsOf(part, given));
      if (parts.includes(false)) return false;
      return parts.includes(undefined) ? undefined : true;
    }
    case "any": {
      const parts = condition.conditions.map((part) => holdsOf(part, given));
      if (parts.includes(true)) return true;
      return parts.includes(undefined) ? undefined : false;
    }
    case "not": {
      const holds = holdsOf(condition.condition, given);
      return holds === undefined ? undefined : !holds;
    }
    case "test":
      return testHolds(condition, given.get(condition.field.name));
    case "named":
    case "each":
    case "flag":
      return undefined;
    default: {
      const unknown: never = condition;
      throw new TypeError(`No such condition: ${JSON.stringify(unknown)}`);
    }
  }
}

function testHolds({ operator, operand }: ProgramTest, given: Given | undefined) {
  if (given === undefined || given.kind === "unknown") return undefined;
  if (operator === "exists") return given.kind === "word";
  if (given.kind === "none") return false;
  if (operator !== "is" || operand.kind !== "texts") return undefined;
  return operand.texts.some((text) => canonical(text) === canonical(given.word));
}
