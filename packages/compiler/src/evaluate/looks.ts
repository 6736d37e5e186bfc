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

export function reasonOf(look: Look): Reason {
  return {
    position: look.at,
    field: look.field,
    operator: look.operator,
    expected: look.expected,
    actual: shortened(look.actual()),
    result: look.result,
  };
}
