import type { AssertionPlace, PatternNode } from "@mcrules/language";
import { asciiClasses } from "@mcrules/language";
import type { Automaton } from "./automaton.ts";
import type { Characters } from "./characters.ts";
import { charactersOf, has, single } from "./characters.ts";
import type { NamedSets, PatternProgram } from "./patternProgram.ts";
import { patternProgram } from "./patternProgram.ts";

/** What stands at one side of a place in the text. */
type Neighbour = "nothing" | "line end" | "word" | "other";

const wordCharacters = charactersOf(asciiClasses.word);
const lineEnd = single(0x0a);

function neighbourOf(codePoint: number): Neighbour {
  if (codePoint === 0x0a) return "line end";
  return has(wordCharacters, codePoint) ? "word" : "other";
}

function asserted(at: AssertionPlace, before: Neighbour, behind: Neighbour): boolean {
  switch (at) {
    case "text start":
      return before === "nothing";
    case "text end":
      return behind === "nothing";
    case "line start":
      return before === "nothing" || before === "line end";
    case "line end":
      return behind === "nothing" || behind === "line end";
    case "word boundary":
      return (before === "word") !== (behind === "word");
    case "no word boundary":
      return (before === "word") === (behind === "word");
  }
}

interface State {
  /** Where the machine stands, the steps that take no character not yet taken: they may ask what comes next. */
  readonly places: readonly number[];
  readonly before: Neighbour;
  /** The states behind characters that were read from here before. */
  readonly known: Map<number, number>;
}

const dead = -1;
const certain = -2;

/**
 * The composed texts in which a pattern matches somewhere. With `whole` those that it matches from end to end.
 * Undefined where the pattern is too large.
 */
export function patternAutomaton(
  tree: PatternNode,
  named: NamedSets,
  options: { readonly whole?: boolean; readonly mostInstructions: number },
): Automaton | undefined {
  const program = patternProgram(tree, named, options.mostInstructions);
  return program === undefined ? undefined : new PatternStates(program, options.whole === true);
}

/** The states of Thompson's machine, made as they are reached. */
class PatternStates implements Automaton {
  readonly start: number;
  readonly sets: readonly Characters[];
  readonly samples: readonly string[] = [];
  readonly #program: PatternProgram;
  readonly #whole: boolean;
  readonly #states: State[] = [];
  readonly #known = new Map<string, number>();

  constructor(program: PatternProgram, whole: boolean) {
    this.#program = program;
    this.#whole = whole;
    const sets: Characters[] = [];
    let asserts = false;
    for (const instruction of program.instructions) {
      if (instruction.kind === "character") sets.push(instruction.set);
      asserts ||= instruction.kind === "assertion";
    }
    if (asserts) sets.push(wordCharacters, lineEnd);
    this.sets = sets;
    this.start = this.#state([program.start], "nothing");
  }

  step(state: number, codePoint: number): number {
    const from = this.#states[state];
    if (from === undefined) return state;
    const known = from.known.get(codePoint);
    if (known !== undefined) return known;
    const next = this.#next(from, codePoint);
    from.known.set(codePoint, next);
    return next;
  }

  #next(from: State, codePoint: number): number {
    const { reached, matches } = this.#reached(from, neighbourOf(codePoint));
    if (matches && !this.#whole) return certain;
    const places = new Set<number>();
    for (const place of reached) {
      const instruction = this.#program.instructions[place];
      if (instruction?.kind === "character" && has(instruction.set, codePoint)) {
        places.add(instruction.next);
      }
    }
    if (!this.#whole) places.add(this.#program.start);
    if (places.size === 0) return dead;
    return this.#state(
      [...places].toSorted((one, other) => one - other),
      neighbourOf(codePoint),
    );
  }

  accepts(state: number): boolean {
    const at = this.#states[state];
    return at === undefined ? state === certain : this.#reached(at, "nothing").matches;
  }

  isDead(state: number): boolean {
    return state === dead;
  }

  isCertain(state: number): boolean {
    return state === certain;
  }

  #state(places: readonly number[], before: Neighbour): number {
    const key = `${before} ${places.join(" ")}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = this.#states.push({ places, before, known: new Map() }) - 1;
    this.#known.set(key, number);
    return number;
  }

  /** Where the steps lead that take no character, with what comes next known. */
  #reached(
    { places, before }: State,
    behind: Neighbour,
  ): { readonly reached: readonly number[]; readonly matches: boolean } {
    const reached = new Set(places);
    let matches = false;
    for (const place of reached) {
      const instruction = this.#program.instructions[place];
      switch (instruction?.kind) {
        case "either":
          for (const next of instruction.next) reached.add(next);
          break;
        case "assertion":
          if (asserted(instruction.at, before, behind)) reached.add(instruction.next);
          break;
        case "match":
          matches = true;
          break;
        case "character":
        case undefined:
          break;
      }
    }
    return { reached: [...reached], matches };
  }
}
