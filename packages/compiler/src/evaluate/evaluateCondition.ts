import type { ElementName } from "@mcrules/language";
import type { Reason } from "../decide/decision.ts";
import type { Answer, Need } from "../decide/needs.ts";
import type { CompiledCondition } from "../program/compile.ts";
import type { ProgramField } from "../program/condition.ts";
import { canonical } from "../text/folding.ts";
import { isNeed } from "./facts.ts";
import type { Element, Facts } from "./facts.ts";
import { reasonsOf } from "./looks.ts";
import type { Look } from "./looks.ts";
import { conditionPreparer } from "./prepare.ts";
import type { Captures } from "./prepared.ts";
import { prepareTables } from "./tables.ts";
import { FieldValues } from "./values.ts";
import type { Value } from "./values.ts";

/** Where the values come from that a condition speaks of. */
export interface ValueSource {
  /** The values of a field: none where it is absent. Moments are instants, sizes bytes. */
  readonly values: (field: ProgramField) => readonly Value[];
  readonly flag?: (flag: string) => boolean;
  readonly elements?: (element: ElementName, argument: string | undefined) => readonly Element[];
}

export interface Evaluation {
  readonly holds: boolean;
  /** The tests that were looked at, in their order. */
  readonly because: readonly Reason[];
  readonly captures: Captures;
}

/**
 * Judges one condition over any source of values: what `decide` does for the mails of rules. Yields a
 * `registry` need where the condition asks whether an address is in one.
 */
export function* evaluateCondition(
  compiled: CompiledCondition,
  source: ValueSource,
): Generator<Need, Evaluation, Answer> {
  const condition = conditionPreparer(prepareTables(compiled.tables))(compiled.condition);
  const registered = new Map<string, boolean>();
  const facts: Facts = {
    values: (field) => new FieldValues(source.values(field)),
    flag: (flag) => source.flag?.(flag) ?? false,
    elements: (element, argument) => source.elements?.(element, argument) ?? [],
    registered: (registry, address) =>
      registered.get(`${registry} ${canonical(address)}`) ?? {
        need: "registry",
        registry,
        address,
      },
  };
  const looks: Look[] = [];
  for (;;) {
    looks.length = 0;
    const verdict = condition.judge(facts, undefined, looks);
    if (!isNeed(verdict))
      return {
        holds: verdict,
        because: reasonsOf(looks),
        captures: verdict ? condition.captures(facts, undefined) : new Map(),
      };
    if (verdict.need !== "registry")
      throw new TypeError(`A condition over values needs no "${verdict.need}".`);
    const answer = yield verdict;
    if (answer.need !== "registry")
      throw new Error(`Asked for "registry", answered with "${answer.need}".`);
    registered.set(`${verdict.registry} ${canonical(verdict.address)}`, answer.found);
  }
}
