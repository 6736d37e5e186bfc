import type { AssertionPlace, ClassItem, PatternNode } from "@mcrules/language";
import { asciiClasses, unicodeClass } from "@mcrules/language";
import { casedCharacters, foldedAlike } from "../text/folding.ts";
import type { Characters } from "./characters.ts";
import { foldedSet } from "./foldedSets.ts";
import { anyCharacter, charactersOf, complement, has, intersection, single } from "./characters.ts";

/** One step of a pattern; `next` and its like are places in the program. */
export type Instruction =
  | { readonly kind: "character"; readonly set: Characters; readonly next: number }
  | { readonly kind: "either"; readonly next: readonly number[] }
  | { readonly kind: "assertion"; readonly at: AssertionPlace; readonly next: number }
  | { readonly kind: "match" };

/** A pattern as a program for a machine that takes all ways at once (Thompson 1968). */
export interface PatternProgram {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

const plane = 0x1000;

/** All characters of a plane, in order. */
function charactersFrom(first: number): string {
  const beforeSurrogates = first === 0xd000;
  return textOf(first, beforeSurrogates ? 0xd7ff : first + plane - 1);
}

function textOf(low: number, high: number): string {
  return String.fromCodePoint(...Array.from({ length: high - low + 1 }, (_, at) => low + at));
}

/** Sets of characters that have a name, worked out once: there are a million characters to ask. */
export class NamedSets {
  readonly #unicode = new Map<string, Characters>();
  readonly #planes = new Map<number, string>();

  unicode(name: string): Characters {
    const known = this.#unicode.get(name);
    if (known !== undefined) return known;
    const ranges = this.#runs(unicodeClass(name)).map((run) => [run.low, run.high] as const);
    const set = intersection(charactersOf(ranges), anyCharacter);
    this.#unicode.set(name, set);
    return set;
  }

  /** Runs of characters are found faster than each is asked. */
  #runs(test: RegExp | undefined): readonly { readonly low: number; readonly high: number }[] {
    if (test === undefined) return [];
    const runs = new RegExp(`(?:${test.source.slice(1, -1)})+`, "gu");
    const found: { low: number; high: number }[] = [];
    for (let first = 0; first < 0x110000; first += plane) {
      for (const [run] of this.#plane(first).matchAll(runs)) {
        const low = run.codePointAt(0) ?? 0;
        const high = Array.from(run.slice(-2)).at(-1)?.codePointAt(0) ?? low;
        found.push({ low, high });
      }
    }
    return found;
  }

  #plane(first: number): string {
    const known = this.#planes.get(first);
    if (known !== undefined) return known;
    const text = charactersFrom(first);
    this.#planes.set(first, text);
    return text;
  }
}

/** The program of a pattern; undefined where it would have more than `most` instructions. */
export function patternProgram(
  tree: PatternNode,
  named: NamedSets,
  most: number,
): PatternProgram | undefined {
  const instructions: Instruction[] = [{ kind: "match" }];
  const add = (instruction: Instruction): number => {
    if (instructions.length >= most) throw new TooLarge();
    return instructions.push(instruction) - 1;
  };

  /** The program is built from its end: `next` is where it goes on behind the node. */
  const built = (node: PatternNode, next: number): number => {
    switch (node.kind) {
      case "empty":
        return next;
      case "literal":
      case "any":
      case "class":
        return add({ kind: "character", set: charactersOfNode(node, named), next });
      case "assertion":
        return add({ kind: "assertion", at: node.at, next });
      case "sequence":
        return node.nodes.reduceRight((behind, part) => built(part, behind), next);
      case "choice":
        return add({ kind: "either", next: node.branches.map((branch) => built(branch, next)) });
      case "repeat":
        return repeated(node, next);
      case "group":
        return built(node.node, next);
    }
  };

  const repeated = (node: Extract<PatternNode, { kind: "repeat" }>, next: number): number => {
    let behind = next;
    if (node.max === undefined) {
      // The loop is known before what it goes around.
      const loop = add({ kind: "either", next: [] });
      const around = built(node.node, loop);
      instructions[loop] = { kind: "either", next: [around, next] };
      behind = loop;
    } else {
      for (let times = node.min; times < node.max; times += 1) {
        behind = add({ kind: "either", next: [built(node.node, behind), next] });
      }
    }
    for (let times = 0; times < node.min; times += 1) behind = built(node.node, behind);
    return behind;
  };

  try {
    return { start: built(tree, 0), instructions };
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

class TooLarge extends Error {}

function charactersOfNode(
  node: Extract<PatternNode, { kind: "literal" | "any" | "class" }>,
  named: NamedSets,
): Characters {
  switch (node.kind) {
    case "literal":
      return node.fold ? foldedSet(node.codePoint) : single(node.codePoint);
    case "any":
      return node.newline ? anyCharacter : complement(single(0x0a));
    case "class": {
      const set = charactersOf(node.items.flatMap((item) => itemSet(item, node.fold, named)));
      return node.negated ? complement(set) : set;
    }
  }
}

/** Letter case is undone before a negation, as RE2 does it. */
function itemSet(item: ClassItem, fold: boolean, named: NamedSets): Characters {
  const set = plainSet(item, named);
  const whole = fold ? alike(set) : set;
  return item.kind !== "range" && item.negated ? complement(whole) : whole;
}

function plainSet(item: ClassItem, named: NamedSets): Characters {
  switch (item.kind) {
    case "range":
      return [[item.low, item.high]];
    case "ascii":
      return charactersOf(asciiClasses[item.name]);
    case "unicode":
      return named.unicode(item.name);
  }
}

/** With all that letter case makes the same. */
function alike(set: Characters): Characters {
  const more: [number, number][] = [];
  for (const codePoint of casedCharacters) {
    if (!has(set, codePoint)) continue;
    for (const form of foldedAlike(codePoint)) more.push([form, form]);
  }
  return more.length === 0 ? set : charactersOf([...set, ...more]);
}
