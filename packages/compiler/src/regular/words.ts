import { folded } from "../text/folding.ts";
import type { Automaton } from "./automaton.ts";
import { foldedSets } from "./foldedSets.ts";
import { sortedWordAutomaton } from "./sortedWords.ts";

/** How a text is compared with words. */
export type WordTest = "is" | "contains" | "starts with" | "ends with" | "under";

interface Node {
  readonly next: Map<string, number>;
  /** Where the longest end of what was read goes on that words begin with. */
  fail: number;
  /** What was read ends with a word. */
  ends: boolean;
}

const certain = -1;

/**
 * The composed texts for which a comparison with one of the words holds. The words are canonical: letter case is folded in
 * them, and in the text as it is read.
 */
export function wordAutomaton(test: WordTest, words: Iterable<string>): Automaton {
  switch (test) {
    case "is":
      return sortedWordAutomaton(words, false);
    case "starts with":
      return sortedWordAutomaton(words, true);
    default:
      return searchAutomaton(test, words);
  }
}

/** Aho and Corasick's automaton: it looks for the words anywhere in the text. */
function searchAutomaton(
  test: Exclude<WordTest, "is" | "starts with">,
  words: Iterable<string>,
): Automaton {
  const samples = [...words];
  const nodes = trieOf(test === "under" ? fromDot(samples) : samples);
  addFailures(nodes);
  const at = (state: number): Node => nodes[state] ?? emptyNode();
  const after = (state: number, letter: string): number => {
    for (let from = state; ; from = at(from).fail) {
      const next = at(from).next.get(letter);
      if (next !== undefined) return next;
      if (from === 0) return 0;
    }
  };
  /** A word that was found decides it. */
  const entered = (state: number): number =>
    test === "contains" && at(state).ends ? certain : state;
  const folds = new Map<number, string>();
  const letterOf = (codePoint: number): string => {
    let letter = folds.get(codePoint);
    if (letter === undefined) {
      letter = folded(String.fromCodePoint(codePoint));
      folds.set(codePoint, letter);
    }
    return letter;
  };
  return {
    sets: foldedSets(test === "under" ? [...samples, "."] : samples),
    start: entered(test === "under" ? after(0, ".") : 0),
    step: (state, codePoint) =>
      state === certain ? state : entered(after(state, letterOf(codePoint))),
    accepts: (state) => state === certain || at(state).ends,
    isDead: () => false,
    isCertain: (state) => state === certain,
    samples,
  };
}

/** A domain lies under another where it ends with a dot and that one; the text is read as if a dot stood before it. */
function* fromDot(words: Iterable<string>): Generator<string> {
  for (const word of words) yield `.${word}`;
}

function emptyNode(): Node {
  return { next: new Map(), fail: 0, ends: false };
}

function trieOf(words: Iterable<string>): Node[] {
  const root = emptyNode();
  const nodes = [root];
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      const known = node.next.get(letter);
      let next = known === undefined ? undefined : nodes[known];
      if (next === undefined) {
        next = emptyNode();
        node.next.set(letter, nodes.length);
        nodes.push(next);
      }
      node = next;
    }
    node.ends = true;
  }
  return nodes;
}

/** Aho and Corasick's links, level by level. */
function addFailures(nodes: readonly Node[]): void {
  const queue = [0];
  for (const state of queue) {
    const node = nodes[state];
    if (node === undefined) continue;
    for (const [letter, next] of node.next) {
      queue.push(next);
      const child = nodes[next];
      if (child === undefined || state === 0) continue;
      let from = node.fail;
      while (from !== 0 && nodes[from]?.next.has(letter) !== true) from = nodes[from]?.fail ?? 0;
      child.fail = nodes[from]?.next.get(letter) ?? 0;
      child.ends ||= nodes[child.fail]?.ends === true;
    }
  }
  const [root] = nodes;
  if (root?.ends === true) for (const node of nodes) node.ends = true;
}
