import type { Need } from "../decide/needs.ts";
import type { Look } from "./looks.ts";
import type { Element, Facts } from "./facts.ts";

export type Captures = ReadonlyMap<string, string>;

/** True, false, or what has to be known first. */
export type Verdict = boolean | Need;

/** A condition made ready to run. It holds no state. */
export interface PreparedCondition {
  /** `element`: the value that an enclosing `some`, `every` or `no` is at. `looks` takes down what was looked at. */
  judge(facts: Facts, element: Element | undefined, looks: Look[] | undefined): Verdict;
  /** The captures of a condition that holds, everything that it needs being known. */
  captures(facts: Facts, element: Element | undefined): Captures;
}

export const noCaptures: Captures = new Map();
