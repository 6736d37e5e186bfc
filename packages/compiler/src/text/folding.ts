import { foldingRanges } from "./folding-table.ts";

const foldOf: ReadonlyMap<number, number> = new Map(
  foldingRanges.flatMap(([first, count, step, delta]) =>
    Array.from({ length: count }, (_, index): [number, number] => [
      first + index * step,
      first + index * step + delta,
    ]),
  ),
);

// Texts of a mail are ASCII for the most part, and there lower case is the fold. K and s have kin
// outside ASCII, which fold to these same letters.
const onlyAscii = /^[\0-\x7f]*$/;

/** Unicode normalization form C: the text that `matches` sees. */
export function composed(text: string): string {
  return onlyAscii.test(text) ? text : text.normalize("NFC");
}

/**
 * Simple case folding of each code point, one to one; nothing is composed. ſ and s are the same,
 * K and U+212A too, ß and ss are not.
 */
export function folded(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase();
  let result = "";
  for (const character of text) {
    const fold = foldOf.get(character.codePointAt(0) ?? 0);
    result += fold === undefined ? character : String.fromCodePoint(fold);
  }
  return result;
}

/**
 * The form in which texts are compared: NFC, then simple case folding. It is not composed a second
 * time: that could join a folded letter to the mark behind it, and `contains "x"` would no longer
 * find what `matches /x/i` finds in the composed text.
 */
export function canonical(text: string): string {
  return onlyAscii.test(text) ? text.toLowerCase() : folded(text.normalize("NFC"));
}
