import type { ProgramCondition } from "../program/condition.ts";
import type { ProgramCalendar } from "../program/program.ts";
import { canonical } from "../text/folding.ts";
import { zone } from "../time/zone.ts";
import type { Zone } from "../time/zone.ts";
import { readyPattern } from "./patterns.ts";
import type { ReadyPattern } from "./patterns.ts";

/** What conditions point at by index: the part of a Program that they need. */
export interface ConditionTables {
  readonly lists: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly conditions: readonly { readonly condition: ProgramCondition }[];
  readonly calendars: readonly ProgramCalendar[];
  readonly agents: readonly { readonly address: string }[];
  readonly helpdesk: { readonly zone: string };
}

/** The tables made ready: patterns compiled, lists in canonical form, each once. */
export interface Tables {
  readonly zone: Zone;
  pattern(source: string, flags: string): ReadyPattern;
  list(index: number): ReadonlySet<string>;
  calendar(index: number): ProgramCalendar;
  condition(index: number): ProgramCondition;
  /** `address` in canonical form. */
  isAgent(address: string): boolean;
}

function at<T>(values: readonly T[], index: number, what: string): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`The program has no ${what} ${index}.`);
  return value;
}

export function prepareTables(tables: ConditionTables): Tables {
  const patterns = new Map<string, ReadyPattern>();
  const lists = new Map<number, ReadonlySet<string>>();
  const agents = new Set(tables.agents.map((agent) => canonical(agent.address)));
  return {
    zone: zone(tables.helpdesk.zone),
    pattern: (source, flags) => {
      const key = `${flags}/${source}`;
      const known = patterns.get(key);
      if (known !== undefined) return known;
      const ready = readyPattern(source, flags);
      patterns.set(key, ready);
      return ready;
    },
    list: (index) => {
      const known = lists.get(index);
      if (known !== undefined) return known;
      const values = new Set(at(tables.lists, index, "list").values.map(canonical));
      lists.set(index, values);
      return values;
    },
    calendar: (index) => at(tables.calendars, index, "calendar"),
    condition: (index) => at(tables.conditions, index, "condition").condition,
    isAgent: (address) => agents.has(address),
  };
}
