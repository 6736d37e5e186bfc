import type { Position } from "@mcrules/language";
import type { Reason } from "../decide/decision.ts";

/** A test that was looked at. What was seen is put into words only where a trace is wanted. */
export interface Look {
  readonly at: Position | null;
  readonly field: string;
  readonly operator: string;
  readonly expected: string;
  readonly actual: () => string;
  readonly result: boolean;
}

/** The longest value that a trace shows, in characters. */
const shown = 200;

/** A value as a trace shows it. */
export function shortened(text: string): string {
  if (text.length <= shown) return text;
  // A pair of surrogates is one character: it is not cut in two.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(shown - 1)) ? shown - 1 : shown;
  return `${text.slice(0, end)}…`;
}

/** The most reasons that a trace gives for one rule: a mail may have thousands of recipients. */
const mostReasons = 40;

/** The reasons of one rule; of very many the first and the last, which decided. */
export function reasonsOf(looks: readonly Look[]): readonly Reason[] {
  if (looks.length <= mostReasons) return looks.map(reasonOf);
  const half = mostReasons / 2;
  return [...looks.slice(0, half), ...looks.slice(-half)].map(reasonOf);
}

function reasonOf(look: Look): Reason {
  return {
    position: look.at,
    field: look.field,
    operator: look.operator,
    expected: look.expected,
    actual: shortened(look.actual()),
    result: look.result,
  };
}
