/** Finds any number of literals in a text in one pass over it (Aho and Corasick 1975). */
export interface LiteralFinder {
  /** Calls `found` with the index of each literal that the text holds, perhaps more than once. */
  find(text: string, found: (literal: number) => void): void;
}

/** Cells of a table beyond which none is made: 32 MB. */
const largestTable = 8_000_000;

interface Trie {
  readonly children: Map<number, number>[];
  /** The literal that ends in a state, or -1. */
  readonly ends: number[];
}

/** A finder for literals, none of them empty, each once. Undefined where its table would be too large. */
export function literalFinder(literals: readonly string[]): LiteralFinder | undefined {
  const { classOf, classes } = unitClasses(literals);
  const trie = trieOf(literals, classOf);
  const states = trie.children.length;
  if (states * classes > largestTable) return undefined;

  const next = new Int32Array(states * classes);
  const fail = new Int32Array(states);
  /** The longest proper suffix of a state in which a literal ends, or 0. */
  const shorter = new Int32Array(states);
  const queue: number[] = [];
  for (const [unit, child] of trie.children[0] ?? []) {
    next[unit] = child;
    queue.push(child);
  }
  for (const state of queue) {
    const suffix = fail[state] ?? 0;
    shorter[state] = (trie.ends[suffix] ?? -1) >= 0 ? suffix : (shorter[suffix] ?? 0);
    next.copyWithin(state * classes, suffix * classes, (suffix + 1) * classes);
    for (const [unit, child] of trie.children[state] ?? []) {
      fail[child] = next[suffix * classes + unit] ?? 0;
      next[state * classes + unit] = child;
      queue.push(child);
    }
  }
  // A step gives where the next row begins; with all bits turned, where a literal ends in that state.
  const ends = Int32Array.from(trie.ends);
  for (const [step, state] of next.entries()) {
    const holds = (ends[state] ?? -1) >= 0 || (shorter[state] ?? 0) !== 0;
    next[step] = holds ? ~(state * classes) : state * classes;
  }

  return {
    find: (text, found) => {
      let row = 0;
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        row = next[row + (unit < classOf.length ? (classOf[unit] ?? 0) : 0)] ?? 0;
        if (row >= 0) continue;
        row = ~row;
        for (let state = row / classes; state !== 0; state = shorter[state] ?? 0) {
          const literal = ends[state] ?? -1;
          if (literal >= 0) found(literal);
        }
      }
    },
  };
}

/** Code units that no literal has are one class, 0; each other one is its own. */
function unitClasses(literals: readonly string[]): {
  readonly classOf: Uint16Array;
  readonly classes: number;
} {
  const units = new Set<number>();
  for (const literal of literals)
    for (let index = 0; index < literal.length; index += 1) units.add(literal.charCodeAt(index));
  const classOf = new Uint16Array(units.size === 0 ? 0 : Math.max(...units) + 1);
  let classes = 1;
  for (const unit of units) {
    classOf[unit] = classes;
    classes += 1;
  }
  return { classOf, classes };
}

function trieOf(literals: readonly string[], classOf: Uint16Array): Trie {
  const children: Map<number, number>[] = [new Map()];
  const ends: number[] = [-1];
  for (const [literal, text] of literals.entries()) {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = classOf[text.charCodeAt(index)] ?? 0;
      let child = children[state]?.get(unit);
      if (child === undefined) {
        child = children.length;
        children.push(new Map());
        ends.push(-1);
        children[state]?.set(unit, child);
      }
      state = child;
    }
    ends[state] = literal;
  }
  return { children, ends };
}
