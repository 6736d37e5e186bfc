import * as fc from "fast-check";
import { RE2JSException } from "re2js";
import { describe, expect, test } from "vitest";
import { readyPattern } from "../evaluate/patterns.ts";
import { canonical } from "../text/folding.ts";
import { literalFinder } from "../text/literalFinder.ts";
import { requiredLiterals } from "./requiredLiterals.ts";

describe("a finder", () => {
  test("finds the literals that the text holds, and no others", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "\u{1f525}") });
    fc.assert(
      fc.property(
        fc.uniqueArray(letters.filter((text) => text !== "")),
        letters,
        (literals, text) => {
          const found = new Set<string | undefined>();
          literalFinder(literals)?.find(text, (index) => found.add(literals[index]));
          expect(found).toEqual(new Set(literals.filter((literal) => text.includes(literal))));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("required literals", () => {
  test.each([
    ["^PROBLEM (Service|Host) Alert: (?<object>.+) is (?<state>[A-Z]+)", ["problem "]],
    ["Ticket Id: 9x(?<id>[0-9]+)\\b", ["ticket id: 9x"]],
    ["(?:invoice|bill) [0-9]", ["invoice", "bill"]],
    ["\\[Contact form\\]", ["[contact form]"]],
    ["colou?r", ["colo"]],
    ["ab{0,3}cd", ["cd"]],
    ["[^a]b", undefined],
    ["(?i)abc", undefined],
    ["abc|d*", undefined],
    ["a.b", undefined],
  ])("of /%s/ are %j", (source, literals) => {
    expect(requiredLiterals(source)).toEqual(literals);
  });

  test("are in each text that matches", () => {
    const leaf = fc.constantFrom(
      ...Array.from("aaabbbks.^$"),
      "[ab]",
      "[^a]",
      "[]a]",
      "\\b",
      "\\d",
      "\\.",
      "\\{",
      "a{",
      "\\n",
      "é",
      "e\u0301",
      "\\x{212A}".replace("\\x{212A}", "\u212a"),
      "\\pL",
      "\\p{Lu}",
      "[[:alpha:]]",
    );
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { weight: 3, arbitrary: fc.array(leaf, { maxLength: 5 }).map((parts) => parts.join("")) },
        fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `${a}|${b}`),
        fc
          .tuple(
            tie("pattern"),
            fc.constantFrom("(", "(?:", "(?<n>", "(?P<n>"),
            tie("pattern"),
            fc.constantFrom("", "*", "+", "?", "{0,2}", "{2}", "{1,}", "+?"),
            tie("pattern"),
          )
          .map(([a, open, b, times, c]) => `${a}${open}${b})${times}${c}`),
        fc
          .tuple(
            tie("pattern"),
            fc.constantFrom("x", "yz"),
            fc.constantFrom("*", "+", "?", "{2,3}"),
          )
          .map(([a, b, times]) => `${a}${b}${times}`),
      ),
    }));
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("aaabbbxxkKsSyz.{1é"), "\u212a", "\n", "E\u0301"),
      minLength: 8,
      maxLength: 40,
    });
    let told = 0;
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom("", "i", "im"),
        fc.array(text),
        (source, flags, texts) => {
          const literals = requiredLiterals(source);
          if (literals === undefined) return;
          const ready = accepted(source, flags);
          if (ready === undefined) return;
          for (const one of texts) {
            if (!ready.test(one.normalize("NFC"))) continue;
            told += 1;
            const within = canonical(one);
            expect([source, one, literals.some((literal) => within.includes(literal))]).toEqual([
              source,
              one,
              true,
            ]);
          }
        },
      ),
      { numRuns: 30_000 },
    );
    expect(told).toBeGreaterThan(1000);
  });
});

/** The pattern, or undefined where RE2 does not take it: one name twice, a repetition of nothing. */
function accepted(source: string, flags: string) {
  try {
    return readyPattern(source, flags);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
