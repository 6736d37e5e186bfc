import type { Need } from "../decide/needs.ts";
import type { Look } from "./looks.ts";
import type { Element, Facts } from "./facts.ts";

export type Captures = ReadonlyMap<string, string>;

/** By the name of a capture what later matches give; a name that is there stays. */
export type FurtherCaptures = Map<string, readonly string[]>;

/** True, false, or what has to be known first. */
export type Verdict = boolean | Need;

/** A condition made ready to run. It holds no state. */
export interface PreparedCondition {
  /** `element`: the value that an enclosing `some`, `every` or `no` is at. `looks` takes down what was looked at. */
  judge(facts: Facts, element: Element | undefined, looks: Look[] | undefined): Verdict;
  /**
   * The captures of a condition that holds, everything that it needs being known. `further` takes down what they
   * would be by the later matches in the same value.
   */
  captures(facts: Facts, element: Element | undefined, further?: FurtherCaptures): Captures;
}

export const noCaptures: Captures = new Map();
