import { folded } from "../text/folding.ts";
import type { Automaton } from "./automaton.ts";
import { foldedSets } from "./foldedSets.ts";

/** The words from one to another that begin with what was read. */
interface Range {
  readonly from: number;
  readonly to: number;
  /** So many UTF-16 units were read. */
  readonly read: number;
}

const dead = -1;
const certain = -2;

/**
 * The composed texts that are one of the words, or with `beginning` that begin with one. The words are canonical, and may be
 * very many: nothing is built of them but their order.
 */
export function sortedWordAutomaton(words: Iterable<string>, beginning: boolean): Automaton {
  const sorted = [...new Set(words)].toSorted(byUnits);
  const ranges: Range[] = [];
  const known = new Map<string, number>();

  /** The first word from `low` on that does not stand before a text. */
  const firstFrom = (low: number, high: number, text: string): number => {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (byUnits(sorted[middle] ?? "", text) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const isWord = ({ from, read }: Range): boolean => sorted[from]?.length === read;
  const stateOf = (range: Range): number => {
    if (range.from >= range.to) return dead;
    if (beginning && isWord(range)) return certain;
    const key = `${range.from} ${range.to} ${range.read}`;
    const state = known.get(key) ?? ranges.push(range) - 1;
    known.set(key, state);
    return state;
  };
  const after = ({ from, to, read }: Range, letter: string): Range => {
    const begun = (sorted[from] ?? "").slice(0, read) + letter;
    const first = firstFrom(from, to, begun);
    // Behind all words that go on with the letter: no unit is greater than U+FFFF.
    const last = firstFrom(first, to, `${begun}\uffff\uffff`);
    return { from: first, to: last, read: begun.length };
  };

  return {
    sets: foldedSets(sorted),
    start: stateOf({ from: 0, to: sorted.length, read: 0 }),
    step: (state, codePoint) => {
      const range = ranges[state];
      if (range === undefined) return state;
      return stateOf(after(range, folded(String.fromCodePoint(codePoint))));
    },
    accepts: (state) => {
      const range = ranges[state];
      return range === undefined ? state === certain : isWord(range);
    },
    isDead: (state) => state === dead,
    isCertain: (state) => state === certain,
    samples: sorted,
    goesOn: (state) => {
      const range = ranges[state];
      if (range === undefined) return undefined;
      const letters: string[] = [];
      for (let at = isWord(range) ? range.from + 1 : range.from; at < range.to;) {
        const letter = String.fromCodePoint((sorted[at] ?? "").codePointAt(range.read) ?? 0);
        letters.push(letter);
        at = Math.max(at + 1, after({ ...range, from: at }, letter).to);
      }
      return letters;
    },
  };
}

function byUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
