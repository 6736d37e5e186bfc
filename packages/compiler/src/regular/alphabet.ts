import type { Characters } from "./characters.ts";
import { anyCharacter, has, intersection, without } from "./characters.ts";

/** Characters that no test of a question tells apart. */
export interface Letter {
  /** The one that is shown of them. */
  readonly codePoint: number;
}

/**
 * Divides all characters into the fewest letters such that each of the sets is made of whole letters. A few letters
 * stand for all of Unicode, in the order in which people would rather read them.
 */
export function alphabetOf(sets: Iterable<Characters>): readonly Letter[] {
  let parts: Characters[] = [anyCharacter];
  const seen = new Set<string>();
  for (const set of sets) {
    const key = set.join(";");
    if (seen.has(key)) continue;
    seen.add(key);
    const next: Characters[] = [];
    for (const part of parts) {
      const inside = intersection(part, set);
      if (inside.length === 0) {
        next.push(part);
        continue;
      }
      next.push(inside);
      const outside = without(part, set);
      if (outside.length > 0) next.push(outside);
    }
    parts = next;
  }
  return parts
    .map((characters) => ({ codePoint: mostReadable(characters) }))
    .toSorted((one, other) => legibility(one.codePoint) - legibility(other.codePoint));
}

const readable = Array.from(
  "xabcdefghijklmnopqrstuvwyz1234567890 XABCDEFGHIJKLMNOPQRSTUVWYZ.-_@/:,;!?()[]{}#%&'\"*+<=>$^`|~\\\n\t",
  (character) => character.codePointAt(0) ?? 0,
);
const places: ReadonlyMap<number, number> = new Map(
  readable.map((codePoint, place) => [codePoint, place]),
);

function mostReadable(characters: Characters): number {
  return (
    readable.find((codePoint) => has(characters, codePoint)) ??
    firstFrom(characters, 0xe9) ??
    firstFrom(characters, 0xa1) ??
    characters[0]?.[0] ??
    0
  );
}

function firstFrom(characters: Characters, lowest: number): number | undefined {
  for (const [low, high] of characters) if (high >= lowest) return Math.max(low, lowest);
  return undefined;
}

/** Letters and digits before all else, control characters last. */
function legibility(codePoint: number): number {
  const place = places.get(codePoint);
  if (place !== undefined) return place;
  return codePoint < 0xa1 ? 0x200000 + codePoint : 0x1000 + codePoint;
}
