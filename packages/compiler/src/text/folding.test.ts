import * as fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { canonical, composed, folded } from "./folding.ts";
import { foldingRanges } from "./foldingTable.ts";

const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;
const i = RE2JS.CASE_INSENSITIVE;
const contains = (text: string, literal: string): boolean =>
  canonical(text).includes(canonical(literal));
const matches = (text: string, literal: string): boolean =>
  RE2JS.compile(RE2JS.quote(literal.normalize("NFC")), i).test(composed(text));

/** Every code point that the table speaks of: those it changes, and what it changes them to. */
const inTable = foldingRanges.flatMap(([first, count, step, delta]) =>
  Array.from({ length: count }, (_, index) => first + index * step).flatMap((point) => [
    point,
    point + delta,
  ]),
);
const touched = [...new Set(inTable)];

describe("the folding table against RE2, over all of Unicode", () => {
  test("two code points fold alike exactly where RE2 takes one for the other", () => {
    const kin = new Map<number, number[]>();
    for (const point of touched) {
      const fold = folded(String.fromCodePoint(point)).codePointAt(0) ?? -1;
      kin.set(fold, [...(kin.get(fold) ?? []), point]);
    }
    const everything = touched.map((point) => String.fromCodePoint(point)).join("");
    for (const points of kin.values()) {
      for (const point of points) {
        const pattern = RE2JS.compile(`\\x{${point.toString(16)}}`, i);
        const found = [...pattern.matchAll(everything)].map((one) => one[0].codePointAt(0));
        expect(new Set(found)).toEqual(new Set(points));
      }
    }
  });

  test("what the table leaves alone RE2 takes for itself alone", () => {
    const left: string[] = [];
    const known = new Set(touched);
    for (let point = 0; point <= 0x10ffff; point += 1)
      if (!known.has(point) && !isSurrogate(point)) left.push(String.fromCodePoint(point));
    // A class of all of them matches, letter case apart, nothing that the table changes …
    const ranges = rangesOf(left.map((one) => one.codePointAt(0) ?? 0));
    const others = RE2JS.compile(`[${ranges}]`, i);
    for (const point of touched) expect(others.test(String.fromCodePoint(point))).toBe(false);
    // … and no two of them are kin: else lower or upper case would lead from one to the other.
    const changing = left.flatMap((one) =>
      [one.toLowerCase(), one.toUpperCase()]
        .filter((kin) => kin !== one && Array.from(kin).length === 1)
        .map((kin) => [one, kin] as const),
    );
    for (const [one, kin] of changing)
      expect(RE2JS.compile(RE2JS.quote(one), i).test(kin)).toBe(false);
  });
});

function rangesOf(points: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges.map(([low, high]) => `\\x{${low.toString(16)}}-\\x{${high.toString(16)}}`).join("");
}

const word = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
  fc
    .array(fc.constantFrom(...touched, 0x301, 0x307, 0x308, 0x345, 0x69, 0x73, 0x6b, 0x20), {
      maxLength: 6,
    })
    .map((points) => String.fromCodePoint(...points)),
);

describe("contains is matches /…/i", () => {
  test("of any text and literal", () => {
    fc.assert(
      fc.property(word, word, word, (before, literal, after) => {
        fc.pre(literal !== "");
        const text = before + literal + after;
        expect(contains(text, literal)).toBe(matches(text, literal));
        const shouted = before + literal.toUpperCase() + after;
        expect(contains(shouted, literal)).toBe(matches(shouted, literal));
        expect(contains(before, literal)).toBe(matches(before, literal));
      }),
      { numRuns: 3000 },
    );
  });

  test("of each code point that folds, alone and before a mark that could join it", () => {
    for (const point of touched) {
      const character = String.fromCodePoint(point);
      for (const text of [
        character,
        `${character}\u0301`,
        `${character}\u0345`,
        `${character}\u0308`,
      ])
        for (const literal of [character, text, folded(character), folded(text)])
          expect([text, literal, contains(text, literal)]).toEqual([
            text,
            literal,
            matches(text, literal),
          ]);
    }
  });
});

test.each([
  ["K", "\u212a", true],
  ["ſ", "S", true],
  ["ß", "ẞ", true],
  ["ß", "ss", false],
  ["Σ", "ς", true],
  ["é", "E\u0301", true],
  ["i", "İ", false],
])("%s and %s are the same: %s", (one, other, same) => {
  expect(canonical(one) === canonical(other)).toBe(same);
});
