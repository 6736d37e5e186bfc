import { foldingRanges } from "./foldingTable.ts";

const pairs = foldingRanges.flatMap(([first, count, step, delta]) =>
  Array.from({ length: count }, (_, index): readonly [number, number] => [
    first + index * step,
    first + index * step + delta,
  ]),
);

/** Of the code points that are one UTF-16 unit: they fold to one unit. */
const foldOfUnit: Uint16Array = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
/** Of those that are two: they fold to two. */
const foldOfPair = new Map<number, number>();
for (const [point, fold] of pairs) {
  if (point < 0x10000) foldOfUnit[point] = fold;
  else foldOfPair.set(point, fold);
}

/** By the character that they fold to, the others that do. */
const foldedTo = Map.groupBy(pairs, ([, fold]) => fold);

/** All characters that have others of their kind in another letter case. */
export const casedCharacters: readonly number[] = [
  ...new Set(pairs.flatMap(([point, fold]) => [point, fold])),
];

/** All characters that simple case folding makes the same as this one, itself among them. */
export function foldedAlike(codePoint: number): readonly number[] {
  const unit = codePoint < 0x10000 ? foldOfUnit[codePoint] : foldOfPair.get(codePoint);
  const fold = unit ?? codePoint;
  return [fold, ...(foldedTo.get(fold) ?? []).map(([point]) => point)];
}

// Texts of a mail are ASCII for the most part, and there lower case is the fold. K and s have kin
// outside ASCII, which fold to these same letters.
const onlyAscii = /^[\0-\x7f]*$/;

/** Arguments that a call takes without harm. */
const longestCall = 4096;

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
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    units[index] = foldOfUnit[unit] ?? unit;
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const point = text.codePointAt(index) ?? unit;
    if (point < 0x10000) continue;
    const fold = String.fromCodePoint(foldOfPair.get(point) ?? point);
    units[index] = fold.charCodeAt(0);
    units[index + 1] = fold.charCodeAt(1);
    index += 1;
  }
  let result = "";
  for (let start = 0; start < units.length; start += longestCall)
    result += String.fromCharCode(...units.subarray(start, start + longestCall));
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
