import type { Characters } from "./characters.ts";

/**
 * A language of texts, read character by character. States are numbers that mean something to the automaton alone; they
 * are made as they are reached.
 */
export interface Automaton {
  /** The sets of characters that it tells apart. */
  readonly sets: readonly Characters[];
  readonly start: number;
  /** The state behind a character. */
  step(state: number, codePoint: number): number;
  /** Whether a text that ends in this state is in the language. */
  accepts(state: number): boolean;
  /** No text that goes on from here is in the language. */
  isDead(state: number): boolean;
  /** Every text that goes on from here is in the language. */
  isCertain(state: number): boolean;
  /** Some texts, most of them in the language: worth a try before a search. */
  readonly samples: Iterable<string>;
  /** The characters, letter case folded, of which each other one leads to nothing; undefined: any may go on. */
  readonly goesOn?: (state: number) => Iterable<string> | undefined;
}

/** Whether a text is in the language. */
export function holds(automaton: Automaton, text: string): boolean {
  let state = automaton.start;
  for (const character of text) {
    state = automaton.step(state, character.codePointAt(0) ?? 0);
    if (automaton.isDead(state)) return false;
    if (automaton.isCertain(state)) return true;
  }
  return automaton.accepts(state);
}
