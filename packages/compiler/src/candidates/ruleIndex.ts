import type { ProgramRule } from "../program/program.ts";
import type { ProgramField } from "../program/condition.ts";
import type { NextRule } from "../decide/ready.ts";
import type { MailCase } from "../decide/mailCase.ts";
import { isNeed } from "../evaluate/facts.ts";
import type { Tables } from "../evaluate/tables.ts";
import { literalFinder } from "../text/literalFinder.ts";
import type { LiteralFinder } from "../text/literalFinder.ts";
import { keyOf } from "./ruleKey.ts";
import type { KeyTest, RuleKey } from "./ruleKey.ts";

/** Rules that look for the same in the same field. */
interface Group {
  readonly rules: number[];
}

/** What is looked for in one field. */
interface FieldIndex {
  readonly field: ProgramField;
  readonly whole: ReadonlyMap<string, readonly Group[]>;
  readonly domain: ReadonlyMap<string, readonly Group[]>;
  readonly finder: LiteralFinder | undefined;
  /** By the index of the literal. */
  readonly part: readonly (readonly Group[])[];
}

/** Makes a way through the rules for one mail: only those that can hold for it are looked at. */
export function ruleIndex(rules: readonly ProgramRule[], tables: Tables): () => NextRule {
  const always: number[] = [];
  const byHeaders: (readonly [number, RuleKey])[] = [];
  const byContent: (readonly [number, RuleKey])[] = [];
  for (const [index, rule] of rules.entries()) {
    const key = keyOf(rule.when, tables);
    if (key === undefined) always.push(index);
    else (key.content ? byContent : byHeaders).push([index, key]);
  }
  const headers = fieldIndexes(byHeaders, always);
  const content = fieldIndexes(byContent, always);
  always.sort((a, b) => a - b);
  const lookAtContent = byContent.map(([index]) => index);

  return () => {
    let headerHits: readonly number[] | undefined;
    let contentHits: readonly number[] | undefined;
    return (mail, position) => {
      headerHits ??= hits(headers, mail);
      // Until the content is asked for anyway, a rule that looks at it is judged in its turn.
      if (contentHits === undefined && mail.knownContent !== undefined)
        contentHits = hits(content, mail);
      return smallest(
        following(always, position),
        following(headerHits, position),
        following(contentHits ?? lookAtContent, position),
      );
    };
  };
}

/** The first of the sorted numbers beyond `position`. */
function following(sorted: readonly number[], position: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

function smallest(...numbers: readonly (number | undefined)[]): number | undefined {
  let least: number | undefined;
  for (const one of numbers)
    if (one !== undefined && (least === undefined || one < least)) least = one;
  return least;
}

/** The indexes of all fields; rules for which none can be made are added to `always`. */
function fieldIndexes(
  keyed: readonly (readonly [number, RuleKey])[],
  always: number[],
): readonly FieldIndex[] {
  const fields = new Map<string, Map<string, { readonly test: KeyTest; readonly group: Group }>>();
  for (const [rule, key] of keyed) {
    for (const test of key.tests) {
      const { field } = test;
      const name = `${field.name} ${field.argument?.toLowerCase() ?? ""}`;
      let groups = fields.get(name);
      if (groups === undefined) fields.set(name, (groups = new Map()));
      let entry = groups.get(test.name);
      if (entry === undefined) groups.set(test.name, (entry = { test, group: { rules: [] } }));
      entry.group.rules.push(rule);
    }
  }
  return [...fields.values()].flatMap((groups) => fieldIndex([...groups.values()], always) ?? []);
}

function fieldIndex(
  groups: readonly { readonly test: KeyTest; readonly group: Group }[],
  always: number[],
): FieldIndex | undefined {
  const [first] = groups;
  if (first === undefined) return undefined;
  const maps = {
    whole: new Map<string, Group[]>(),
    domain: new Map<string, Group[]>(),
    part: new Map<string, Group[]>(),
  };
  for (const { test, group } of groups) {
    const map = maps[test.kind];
    for (const value of test.values) {
      const known = map.get(value);
      if (known === undefined) map.set(value, [group]);
      else known.push(group);
    }
  }
  const literals = [...maps.part.keys()];
  const finder = literals.length === 0 ? undefined : literalFinder(literals);
  if (finder === undefined)
    for (const found of maps.part.values()) for (const group of found) always.push(...group.rules);
  return {
    field: first.test.field,
    whole: maps.whole,
    domain: maps.domain,
    finder,
    part: [...maps.part.values()],
  };
}

/** The rules, sorted, whose key the mail has. */
function hits(indexes: readonly FieldIndex[], mail: MailCase): readonly number[] {
  const groups = new Set<Group>();
  const add = (found: readonly Group[] | undefined): void => {
    if (found !== undefined) for (const group of found) groups.add(group);
  };
  for (const index of indexes) {
    const values = mail.values(index.field);
    // Only fields of the content can be unknown, and their indexes are looked at once it is there.
    if (isNeed(values)) continue;
    for (const value of values.canonical) {
      add(index.whole.get(value));
      if (index.domain.size > 0)
        for (let rest = value; ;) {
          add(index.domain.get(rest));
          const dot = rest.indexOf(".");
          if (dot === -1) break;
          rest = rest.slice(dot + 1);
        }
      index.finder?.find(value, (literal) => add(index.part[literal]));
    }
  }
  const rules: number[] = [];
  for (const group of groups) rules.push(...group.rules);
  return [...new Set(rules)].sort((a, b) => a - b);
}
