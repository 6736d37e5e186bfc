import { parsePattern } from "@mcrules/language";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readyPattern } from "../evaluate/patterns.ts";
import { canonical } from "../text/folding.ts";
import { alphabetOf } from "./alphabet.ts";
import type { Automaton } from "./automaton.ts";
import { holds } from "./automaton.ts";
import { complement, has, intersection, without } from "./characters.ts";
import { charactersOf } from "./characters.ts";
import { patternAutomaton } from "./pattern.ts";
import { NamedSets } from "./patternProgram.ts";
import { shortestText } from "./search.ts";
import type { WordTest } from "./words.ts";
import { wordAutomaton } from "./words.ts";

const named = new NamedSets();

function automatonOf(source: string, flags: string, whole = false): Automaton {
  const parsed = parsePattern(source, {
    i: flags.includes("i"),
    m: flags.includes("m"),
    s: flags.includes("s"),
  });
  if (parsed.tree === undefined) throw new Error(`${source} cannot be read`);
  const automaton = patternAutomaton(parsed.tree, named, { whole, mostInstructions: 10_000 });
  if (automaton === undefined) throw new Error(`${source} is too large`);
  return automaton;
}

/** Patterns of what RE2 knows, over few characters. */
const { pattern: patterns } = fc.letrec<{
  pattern: string;
  branch: string;
  piece: string;
  atom: string;
}>((tie) => ({
  pattern: fc.array(tie("branch"), { minLength: 1, maxLength: 3 }).map((all) => all.join("|")),
  branch: fc.array(tie("piece"), { maxLength: 4 }).map((all) => all.join("")),
  piece: fc
    .tuple(tie("atom"), fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,1}", "*?"))
    .map(([atom, repeat]) => `${atom}${repeat}`),
  atom: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(
      "a",
      "b",
      "K",
      "s",
      "1",
      " ",
      "\\n",
      "é",
      ".",
      "[ab]",
      "[^a]",
      "[^\\n]",
      "\\d",
      "\\w",
      "\\W",
      "\\s",
      "\\pL",
      "\\p{Lu}",
      "\\PL",
      "[[:alpha:]]",
    ),
    fc.constantFrom("(?:^)", "(?:$)", "(?:\\b)", "(?:\\B)", "(?:\\A)", "(?:\\z)"),
    tie("pattern").map((inner) => `(?:${inner})`),
    tie("pattern").map((inner) => `(?i:${inner})`),
  ),
}));
const flags = fc.subarray(["i", "m", "s"]).map((some) => some.join(""));
const texts = fc.string({
  unit: fc.constantFrom(
    "a",
    "A",
    "b",
    "k",
    "\u212a",
    "s",
    "ſ",
    "1",
    " ",
    "\n",
    "é",
    "É",
    "_",
    "-",
    "😀",
  ),
  maxLength: 7,
});

describe("the texts of a pattern", () => {
  test("are those in which RE2 finds it", () => {
    fc.assert(
      fc.property(
        patterns,
        flags,
        fc.array(texts, { minLength: 6, maxLength: 6 }),
        (source, flag, some) => {
          const automaton = automatonOf(source, flag);
          const oracle = readyPattern(source, flag);
          for (const text of some)
            expect([text, holds(automaton, text)]).toEqual([text, oracle.test(text)]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("as a whole are those that RE2 matches from end to end", () => {
    fc.assert(
      fc.property(patterns, flags, texts, (source, flag, text) => {
        const oracle = readyPattern(`\\A(?:${source})\\z`, flag);
        expect(holds(automatonOf(source, flag, true), text)).toBe(oracle.test(text));
      }),
      { numRuns: 300 },
    );
  });

  test("with letter case undone are RE2's for every character", () => {
    const everyCased = [..."kKſsSßẞİıΣσςÅåΩωΘθϴ"];
    for (const character of everyCased) {
      const automaton = automatonOf(character, "i");
      const oracle = readyPattern(character, "i");
      for (const other of everyCased) {
        expect([character, other, holds(automaton, other)]).toEqual([
          character,
          other,
          oracle.test(other),
        ]);
      }
    }
  });
});

const compared: Readonly<Record<WordTest, (text: string, word: string) => boolean>> = {
  is: (text, word) => text === word,
  contains: (text, word) => text.includes(word),
  "starts with": (text, word) => text.startsWith(word),
  "ends with": (text, word) => text.endsWith(word),
  under: (text, word) => text === word || text.endsWith(`.${word}`),
};

test("words are compared as rules compare them", () => {
  const short = fc.string({
    unit: fc.constantFrom("a", "B", "b", ".", "K", "\u212a", "é"),
    maxLength: 4,
  });
  fc.assert(
    fc.property(
      fc.constantFrom<WordTest>("is", "contains", "starts with", "ends with", "under"),
      fc.array(short, { maxLength: 5 }),
      fc.array(short, { minLength: 8, maxLength: 8 }),
      (kind, words, some) => {
        const wanted = words.map(canonical);
        const automaton = wordAutomaton(kind, wanted);
        for (const text of some.map((one) => one.normalize("NFC"))) {
          const expected = wanted.some((word) => compared[kind](canonical(text), word));
          expect([text, holds(automaton, text)]).toEqual([text, expected]);
        }
      },
    ),
    { numRuns: 400 },
  );
});

/** All texts of a few characters up to a length. */
function* allTexts(letters: readonly string[], longest: number): Generator<string> {
  let level = [""];
  for (let length = 0; length <= longest; length += 1) {
    yield* level;
    level = level.flatMap((text) => letters.map((letter) => text + letter));
  }
}

describe("the shortest text", () => {
  const few = ["a", "b", "A", " "];
  const someTests = fc.oneof(
    patterns.map((source) => automatonOf(source, "i")),
    fc
      .tuple(
        fc.constantFrom<WordTest>("is", "contains", "starts with", "ends with"),
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 3 }), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(([kind, words]) => wordAutomaton(kind, words)),
  );

  test("is in all that it has to be in, in none of the others, and no shorter one is", () => {
    const everything = [...allTexts(few, 4)];
    let shown = 0;
    let none = 0;
    fc.assert(
      fc.property(
        fc.array(someTests, { maxLength: 2 }),
        fc.array(someTests, { maxLength: 2 }),
        (within, outside) => {
          const fits = (text: string) =>
            within.every((one) => holds(one, text)) && !outside.some((one) => holds(one, text));
          const found = shortestText(within, outside, { steps: 60_000 });
          if (found.kind === "not decided") return;
          const shortest = everything.find(fits);
          if (found.kind === "text") {
            shown += 1;
            expect(fits(found.text)).toBe(true);
            if (shortest !== undefined) {
              expect(Array.from(found.text).length).toBeLessThanOrEqual(shortest.length);
            }
          } else {
            none += 1;
            expect(found.kind).toBe("none");
            expect(shortest).toBeUndefined();
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(shown, none)).toBeGreaterThan(30);
  });

  test("is one that people can read", () => {
    const text = (within: Automaton[], outside: Automaton[] = []) =>
      shortestText(within, outside, { steps: 2_000_000 });
    expect(text([automatonOf("^[^0-9]{3}$", "")])).toEqual({ kind: "text", text: "xxx" });
    expect(
      text([wordAutomaton("contains", ["invoice"])], [wordAutomaton("is", ["invoice"])]),
    ).toEqual({
      kind: "text",
      text: "xinvoice",
    });
    expect(
      text(
        [automatonOf("\\bticket (\\d+)\\b", "i"), wordAutomaton("ends with", ["!"])],
        [wordAutomaton("starts with", ["t"])],
      ),
    ).toMatchObject({ kind: "text", text: expect.stringMatching(/^\Wticket \d!$/) });
  });

  test("is not decided where the budget runs out", () => {
    const within = [wordAutomaton("contains", ["a long word that takes many steps"])];
    expect(shortestText(within, [], { steps: 30 })).toEqual({ kind: "not decided" });
  });

  test("says what no text can be", () => {
    const none = { kind: "none" };
    const budget = () => ({ steps: 2_000_000 });
    const invoice = wordAutomaton("contains", ["invoice"]);
    expect(shortestText([invoice], [automatonOf("voice", "i")], budget())).toEqual(none);
    expect(shortestText([automatonOf("a\\bb", "")], [], budget())).toEqual(none);
    expect(
      shortestText([automatonOf("^\\d{3}$", ""), automatonOf("[a-z]", "")], [], budget()),
    ).toEqual(none);
  });
});

describe("characters", () => {
  const sets = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 6 })), {
      maxLength: 6,
    })
    .map((ranges) => charactersOf(ranges.map(([low, more]) => [low, low + more] as const)));

  test("are joined, met and taken away as sets are", () => {
    fc.assert(
      fc.property(sets, sets, (one, other) => {
        for (let point = 0; point < 70; point += 1) {
          const [inOne, inOther] = [has(one, point), has(other, point)];
          expect(has(intersection(one, other), point)).toBe(inOne && inOther);
          expect(has(without(one, other), point)).toBe(inOne && !inOther);
          expect(has(complement(one), point)).toBe(!inOne);
          expect(has(charactersOf([...one, ...other]), point)).toBe(inOne || inOther);
        }
      }),
    );
  });

  test("that no set tells apart are one letter", () => {
    fc.assert(
      fc.property(fc.array(sets, { maxLength: 4 }), (some) => {
        const signatures = new Set(
          Array.from({ length: 200 }, (_, point) => some.map((set) => has(set, point)).join()),
        );
        const letters = alphabetOf(some);
        expect(
          new Set(letters.map(({ codePoint }) => some.map((set) => has(set, codePoint)).join())),
        ).toEqual(signatures);
        expect(letters).toHaveLength(signatures.size);
      }),
    );
  });
});
