import { caseForms, itemHas, takes, type ClassItem, type PatternNode } from "./tree.ts";

/**
 * What the words of a pattern can be, as far as checking asks it. Assertions are taken to hold, so
 * each answer speaks of at least all the words that can occur.
 */

const [zero, nine] = [0x30, 0x39];

/** Whether every word is one or more of the digits 0 to 9. */
export function isOnlyDigits(node: PatternNode): boolean {
  return hasOnlyDigits(node) && !mayBeEmpty(node);
}

function hasOnlyDigits(node: PatternNode): boolean {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return true;
    case "literal":
      return isDigit(node.codePoint);
    case "any":
      return false;
    case "class":
      return !node.negated && node.items.every(isDigitItem);
    case "sequence":
      return node.nodes.every(hasOnlyDigits);
    case "choice":
      return node.branches.every(hasOnlyDigits);
    case "repeat":
      return node.max === 0 || hasOnlyDigits(node.node);
    case "group":
      return hasOnlyDigits(node.node);
  }
}

const isDigit = (codePoint: number): boolean => zero <= codePoint && codePoint <= nine;

function isDigitItem(item: ClassItem): boolean {
  switch (item.kind) {
    case "range":
      return isDigit(item.low) && isDigit(item.high);
    case "ascii":
      return item.name === "digit" && !item.negated;
    case "unicode":
      return false;
  }
}

/** Whether the empty word is among the words. */
export function mayBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return true;
    case "literal":
    case "any":
    case "class":
      return false;
    case "sequence":
      return node.nodes.every(mayBeEmpty);
    case "choice":
      return node.branches.some(mayBeEmpty);
    case "repeat":
      return node.min === 0 || mayBeEmpty(node.node);
    case "group":
      return mayBeEmpty(node.node);
  }
}

const mostWords = 1000;

/** The words, where they are few; undefined where they are not, or cannot be counted. */
export function wordsOf(node: PatternNode): ReadonlySet<string> | undefined {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return new Set([""]);
    case "literal":
      return new Set(
        (node.fold ? caseForms(node.codePoint) : [node.codePoint]).map((form) =>
          String.fromCodePoint(form),
        ),
      );
    case "any":
      return undefined;
    case "class":
      return wordsOfClass(node);
    case "sequence":
      return node.nodes.reduce<ReadonlySet<string> | undefined>(
        (words, part) => joined(words, wordsOf(part)),
        new Set([""]),
      );
    case "choice": {
      const words = new Set<string>();
      for (const branch of node.branches) {
        const more = wordsOf(branch);
        if (more === undefined) return undefined;
        for (const word of more) words.add(word);
        if (words.size > mostWords) return undefined;
      }
      return words;
    }
    case "repeat":
      return wordsOfRepeat(node);
    case "group":
      return wordsOf(node.node);
  }
}

function wordsOfClass(
  node: Extract<PatternNode, { kind: "class" }>,
): ReadonlySet<string> | undefined {
  if (node.negated) return undefined;
  const words = new Set<string>();
  for (const item of node.items) {
    if (item.kind === "unicode" || (item.kind === "ascii" && item.negated)) return undefined;
    const [low, high] = item.kind === "range" ? [item.low, item.high] : [0, 0x7f];
    if (high - low > mostWords) return undefined;
    for (let codePoint = low; codePoint <= high; codePoint += 1) {
      if (!itemHas(item, codePoint, false)) continue;
      for (const form of node.fold ? caseForms(codePoint) : [codePoint]) {
        words.add(String.fromCodePoint(form));
      }
    }
  }
  return words.size > mostWords ? undefined : words;
}

function wordsOfRepeat(
  node: Extract<PatternNode, { kind: "repeat" }>,
): ReadonlySet<string> | undefined {
  const once = wordsOf(node.node);
  if (once === undefined) return undefined;
  if (once.size === 0 || (once.size === 1 && once.has(""))) return new Set([""]);
  if (node.max === undefined) return undefined;
  const words = new Set<string>();
  let power: ReadonlySet<string> | undefined = new Set([""]);
  for (let times = 0; times <= node.max; times += 1) {
    if (power === undefined) return undefined;
    if (times >= node.min) for (const word of power) words.add(word);
    if (words.size > mostWords) return undefined;
    if (times < node.max) power = joined(power, once);
  }
  return words;
}

function joined(
  left: ReadonlySet<string> | undefined,
  right: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left.size * right.size > mostWords) return undefined;
  const words = new Set<string>();
  for (const before of left) for (const behind of right) words.add(before + behind);
  return words;
}

/** How a number that a group has captured goes on in the text: by what a longer reference would. */
export type CutRisk =
  /** What follows makes sure that the number ends there. */
  | "none"
  /** The pattern may end behind the group, whatever follows: `\b` mends that. */
  | "ends"
  /** What follows may itself be the rest of the reference. */
  | "goes on";

/** What a reference goes on with: more digits, or the number behind `9x`. */
const ofReference = [..."0123456789x"].map((character) => character.codePointAt(0) ?? 0);

/** Whether a group of digits with `after` behind it can stop inside a longer reference. */
export function cutRisk(after: readonly PatternNode[]): CutRisk {
  const first = firstOf(after);
  if (first.passes) return "ends";
  return first.takesMore ? "goes on" : "none";
}

interface First {
  /** The next character may be one that a reference goes on with. */
  readonly takesMore: boolean;
  /** It can be gone by without looking at the next character. */
  readonly passes: boolean;
}

function firstOf(nodes: readonly PatternNode[]): First {
  let takesMore = false;
  for (const node of nodes) {
    const first = firstOfNode(node);
    takesMore ||= first.takesMore;
    if (!first.passes) return { takesMore, passes: false };
  }
  return { takesMore, passes: true };
}

function firstOfNode(node: PatternNode): First {
  switch (node.kind) {
    case "empty":
      return { takesMore: false, passes: true };
    case "literal":
    case "any":
    case "class":
      return { takesMore: ofReference.some((character) => takes(node, character)), passes: false };
    case "assertion":
      // Behind a digit, all but this one rule out that a digit or letter follows.
      return { takesMore: false, passes: node.at === "no word boundary" };
    case "sequence":
      return firstOf(node.nodes);
    case "choice": {
      const firsts = node.branches.map(firstOfNode);
      return {
        takesMore: firsts.some((first) => first.takesMore),
        passes: firsts.some((first) => first.passes),
      };
    }
    case "repeat": {
      if (node.max === 0) return { takesMore: false, passes: true };
      const first = firstOfNode(node.node);
      return { takesMore: first.takesMore, passes: first.passes || node.min === 0 };
    }
    case "group":
      return firstOfNode(node.node);
  }
}
