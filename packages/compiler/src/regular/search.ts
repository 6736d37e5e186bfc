import type { Letter } from "./alphabet.ts";
import { alphabetOf } from "./alphabet.ts";
import { folded } from "../text/folding.ts";
import type { Automaton } from "./automaton.ts";
import { holds } from "./automaton.ts";

/** What a search may cost. It is shared by all the searches of one question, and counts down. */
export interface Budget {
  /** So many steps may yet be taken, each by one automaton over one letter. */
  steps: number;
}

export type Found =
  | { readonly kind: "text"; readonly text: string }
  /** There is none. */
  | { readonly kind: "none" }
  /** The budget ran out first. */
  | { readonly kind: "not decided" };

interface Step {
  readonly states: readonly number[];
  readonly from: Step | undefined;
  readonly letter: Letter | undefined;
}

/** So many samples of each automaton are tried before the search. */
const mostSamples = 20;

/** A sample that is such a text. */
function sampleText(
  within: readonly Automaton[],
  outside: readonly Automaton[],
): string | undefined {
  const fits = (text: string): boolean =>
    within.every((automaton) => holds(automaton, text)) &&
    !outside.some((automaton) => holds(automaton, text));
  for (const automaton of within) {
    let tried = 0;
    for (const text of automaton.samples) {
      if (fits(text)) return text;
      tried += 1;
      if (tried >= mostSamples) break;
    }
  }
  return undefined;
}

/**
 * A text that is in all of `within` and in none of `outside`: a sample of one of them, else a shortest one as
 * `shortestText` finds it.
 */
export function someText(
  within: readonly Automaton[],
  outside: readonly Automaton[],
  budget: Budget,
): Found {
  const text = sampleText(within, outside);
  return text === undefined ? shortestText(within, outside, budget) : { kind: "text", text };
}

/**
 * A shortest text that is in all of `within` and in none of `outside`; of several one that people can read. States are
 * looked at in the order of the texts that lead to them (breadth first over the product of the automata).
 */
export function shortestText(
  within: readonly Automaton[],
  outside: readonly Automaton[],
  budget: Budget,
): Found {
  const automata = [...within, ...outside];
  const needed = within.length;
  const letters = alphabetOf(automata.flatMap((automaton) => automaton.sets));
  const isLost = (states: readonly number[]): boolean =>
    automata.some((automaton, at) => {
      const state = states[at] ?? 0;
      return at < needed ? automaton.isDead(state) : automaton.isCertain(state);
    });
  const isFound = (states: readonly number[]): boolean =>
    automata.every((automaton, at) => automaton.accepts(states[at] ?? 0) === at < needed);

  const lettersOf = Map.groupBy(letters, ({ codePoint }) =>
    folded(String.fromCodePoint(codePoint)),
  );
  /** Where one automaton knows what can follow, only that is tried. */
  const following = (states: readonly number[]): readonly Letter[] => {
    for (const [at, automaton] of within.entries()) {
      const next = automaton.goesOn?.(states[at] ?? 0);
      if (next !== undefined) return [...next].flatMap((letter) => lettersOf.get(letter) ?? []);
    }
    return letters;
  };

  const first = automata.map((automaton) => automaton.start);
  if (isLost(first)) return { kind: "none" };
  const seen = new Set([first.join(" ")]);
  let level: Step[] = [{ states: first, from: undefined, letter: undefined }];
  while (level.length > 0) {
    const found = level.find((step) => isFound(step.states));
    if (found !== undefined) return { kind: "text", text: textOf(found) };
    const longer: Step[] = [];
    for (const step of level) {
      const next = following(step.states);
      budget.steps -= 1 + next.length * automata.length;
      if (budget.steps < 0) return { kind: "not decided" };
      for (const letter of next) {
        const states = automata.map((automaton, at) =>
          automaton.step(step.states[at] ?? 0, letter.codePoint),
        );
        const key = states.join(" ");
        if (seen.has(key) || isLost(states)) continue;
        seen.add(key);
        longer.push({ states, from: step, letter });
      }
    }
    level = longer;
  }
  return { kind: "none" };
}

function textOf(step: Step): string {
  const characters: string[] = [];
  for (let at: Step | undefined = step; at?.letter !== undefined; at = at.from) {
    characters.push(String.fromCodePoint(at.letter.codePoint));
  }
  return characters.toReversed().join("");
}
