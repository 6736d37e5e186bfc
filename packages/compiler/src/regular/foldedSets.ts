import { foldedAlike } from "../text/folding.ts";
import type { Characters } from "./characters.ts";
import { charactersOf } from "./characters.ts";

/** The characters that letter case makes the same as one. */
export function foldedSet(codePoint: number): Characters {
  return charactersOf(foldedAlike(codePoint).map((form) => [form, form] as const));
}

/** For each character of canonical words the set of those that fold to it. */
export function foldedSets(words: Iterable<string>): readonly Characters[] {
  const letters = new Set<string>();
  for (const word of words) for (const letter of word) letters.add(letter);
  return [...letters].map((letter) => foldedSet(letter.codePointAt(0) ?? 0));
}
