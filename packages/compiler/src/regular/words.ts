import { folded, foldedAlike } from "../text/folding.ts";
import type { Automaton } from "./automaton.ts";
import type { Characters } from "./characters.ts";
import { charactersOf } from "./characters.ts";

/** How a text is compared with words. */
export type WordTest = "is" | "contains" | "starts with" | "ends with" | "under";

interface Node {
  readonly next: Map<string, number>;
  /** Where the longest end of what was read goes on that words begin with. */
  fail: number;
  /** What was read ends with a word. */
  ends: boolean;
  /** What was read is a word. */
  isWord: boolean;
}

const dead = -1;
const certain = -2;

/**
 * The composed texts for which a comparison with one of the words holds. The words are canonical: letter case is folded in
 * them, and in the text as it is read.
 */
export function wordAutomaton(test: WordTest, words: Iterable<string>): Automaton {
  const samples = [...words];
  const nodes = trieOf(test === "under" ? fromDot(samples) : samples);
  if (searches(test)) addFailures(nodes);
  const at = (state: number): Node => nodes[state] ?? emptyNode();
  const after = (state: number, letter: string): number => {
    for (let from = state; ; from = at(from).fail) {
      const next = at(from).next.get(letter);
      if (next !== undefined) return next;
      if (!searches(test)) return dead;
      if (from === 0) return 0;
    }
  };
  /** A state that is entered may decide already. */
  const entered = (state: number): number => {
    if (state < 0) return state;
    const { ends, isWord } = at(state);
    if (test === "contains" && ends) return certain;
    return test === "starts with" && isWord ? certain : state;
  };
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
    sets: setsOf(nodes),
    start: entered(test === "under" ? after(0, ".") : 0),
    step: (state, codePoint) => (state < 0 ? state : entered(after(state, letterOf(codePoint)))),
    accepts: (state) => {
      if (state < 0) return state === certain;
      const { ends, isWord } = at(state);
      return test === "is" || test === "starts with" ? isWord : ends;
    },
    isDead: (state) => state === dead,
    isCertain: (state) => state === certain,
    samples,
    goesOn: (state) => (searches(test) || state < 0 ? undefined : at(state).next.keys()),
  };
}

/** Whether words are looked for anywhere in the text. */
function searches(test: WordTest): boolean {
  return test === "contains" || test === "ends with" || test === "under";
}

/** A domain lies under another where it ends with a dot and that one; the text is read as if a dot stood before it. */
function* fromDot(words: Iterable<string>): Generator<string> {
  for (const word of words) yield `.${word}`;
}

function emptyNode(): Node {
  return { next: new Map(), fail: 0, ends: false, isWord: false };
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
    node.isWord = true;
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
  if (root?.isWord === true) for (const node of nodes) node.ends = true;
}

function setsOf(nodes: readonly Node[]): Characters[] {
  const letters = new Set(nodes.flatMap((node) => [...node.next.keys()]));
  return [...letters].map((letter) =>
    charactersOf(foldedAlike(letter.codePointAt(0) ?? 0).map((form) => [form, form] as const)),
  );
}
