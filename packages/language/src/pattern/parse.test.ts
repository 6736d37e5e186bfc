import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { compiledSize } from "./compiled.ts";
import { hasUnnamedGroup, namedGroups } from "./groups.ts";
import { cutRisk, isOnlyDigits, wordsOf } from "./language.ts";
import { parsePattern, type PatternFlags } from "./parse.ts";
import { takes, type PatternNode } from "./tree.ts";

const plain: PatternFlags = { i: false, m: false, s: false };

function treeOf(source: string, flags: PatternFlags = plain): PatternNode {
  const parsed = parsePattern(source, flags);
  if (parsed.problem !== undefined) throw new Error(parsed.problem.what);
  return parsed.tree;
}

function problemOf(source: string) {
  const { problem } = parsePattern(source, plain);
  if (problem === undefined) return undefined;
  const { kind, span, what } = problem;
  return `${kind} at "${source.slice(span.start, span.end)}": ${what}`;
}

/** Signs in which a pattern's grammar shows. */
const pieces = [
  ..."ab09xX.*+?|()[]{}^$\\-,:/ _é\u{1F525}",
  "(?:",
  "(?<n>",
  "(?<m>",
  "(?i)",
  "(?s-i:",
  "(?U)",
  "(?-)",
  "(?P<n>",
  "(?=",
  "(?<!",
  "{2}",
  "{2,}",
  "{2,3}",
  "{3,2}",
  "{1001}",
  "{,2}",
  "[^",
  "[a-z]",
  "[z-a]",
  "[[:alpha:]]",
  "[[:^digit:]]",
  "[[:no:]]",
  "[]a]",
  "[^]a]",
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "\\s",
  "\\b",
  "\\B",
  "\\A",
  "\\z",
  "\\Z",
  "\\1",
  "\\12",
  "\\012",
  "\\Q",
  "\\E",
  "\\x41",
  "\\x{1F525}",
  "\\x{110000}",
  "\\x4",
  "\\u0041",
  "\\pL",
  "\\p{Lu}",
  "\\p{^Greek}",
  "\\P{Lu}",
  "\\p{Foo}",
  "\\/",
  "\\-",
  "\\é",
  "\\n",
  "\\v",
  "\\C",
  "\\q",
  "*?",
  "+?",
  "??",
  "**",
];
const patterns = fc
  .array(fc.constantFrom(...pieces), { maxLength: 8 })
  .map((parts) => parts.join(""));

describe("a pattern is read as RE2 reads it", () => {
  test("what one refuses the other refuses", () => {
    fc.assert(
      fc.property(patterns, (source) => {
        const { problem } = parsePattern(source, plain);
        if (problem?.kind === "python group") return;
        const compiled = compiledSize(source, plain);
        expect({ source, refused: problem !== undefined, why: problem?.what }).toMatchObject({
          refused: compiled.kind === "refused",
        });
      }),
      { numRuns: 20_000 },
    );
  });

  test("any text is read without a crash, and a problem lies inside it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (source) => {
        const { problem } = parsePattern(source, plain);
        if (problem === undefined) return;
        expect(problem.span.start).toBeGreaterThanOrEqual(0);
        expect(problem.span.end).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  test("groups nested without end are a problem, not a crash", () => {
    expect(problemOf("(".repeat(100_000))).toContain("nested more than 200 deep");
  });

  test("a class takes the characters that RE2 says it takes", () => {
    const classes = [
      "[a-z]",
      "[^a-z]",
      "\\d",
      "\\D",
      "\\w",
      "\\W",
      "\\s",
      "\\S",
      ".",
      "[\\d_-]",
      "[^\\W]",
      "[[:punct:]]",
      "[[:^alpha:]]",
      "[[:space:]]",
      "\\pL",
      "\\p{Lu}",
      "\\P{Lu}",
      "\\p{^Lu}",
      "\\p{Greek}",
      "[^\\p{L}\\d]",
      "k",
      "S",
      "ß",
      "é",
      "Σ",
      "[j-l]",
      "[^j-l]",
      "[[:upper:]]",
    ];
    const characters = [..."aAkKsSzZ09_- \t\n\v.éÉßẞσςΣαΩ\u{212a}\u{17f}\u{1F525}"];
    for (const source of classes) {
      for (const i of [false, true]) {
        const flags = { ...plain, i };
        const node = treeOf(source, flags);
        if (node.kind !== "class" && node.kind !== "literal" && node.kind !== "any")
          throw new Error(source);
        const re2 = RE2JS.compile(source, i ? RE2JS.CASE_INSENSITIVE : 0);
        for (const character of characters) {
          expect([source, i, character, takes(node, character.codePointAt(0) ?? 0)]).toEqual([
            source,
            i,
            character,
            re2.matches(character),
          ]);
        }
      }
    }
  });
});

describe("what is wrong is told where it stands", () => {
  test.each([
    ["a(?=b)", 'look-around at "(?=": a look-ahead'],
    ["(?<!a)b", 'look-around at "(?<!": a negative look-behind'],
    ["(a)\\1", 'back-reference at "\\1": \\1'],
    ["(?<a>x)\\k<a>", 'back-reference at "\\k": \\k'],
    ["\\u0041", 'escape at "\\u0041": \\u'],
    ["x\\Z", 'escape at "\\Z": \\Z'],
    ["(?P<id>x)", 'python group at "(?P<": a named group is written (?<name>…) here'],
    ["ab(c", 'syntax at "(": this group has no ")"'],
    ["ab)c", 'syntax at ")": this ")" closes no group'],
    ["[a-z", 'syntax at "[": this class has no "]"'],
    ["[z-a]", 'syntax at "z-a": the range z-a runs backwards'],
    ["*a", 'syntax at "*": "*" has nothing before it to repeat'],
    ["a**", 'syntax at "*": "*" repeats what is repeated already'],
    ["a++", 'syntax at "+": "+" repeats what is repeated already'],
    ["a{2000}", 'syntax at "{2000}": a repeat counts to 1000 at most'],
    ["(?<a>x)(?<a>y)", 'syntax at "a": two groups of this pattern are named "a"'],
    ["(?<a-b>x)", 'syntax at "a-b": "a-b" cannot name a group'],
    ["\\p{Grek}", 'syntax at "\\p{Grek}": Unicode has no class "Grek"'],
    ["(?x)a", 'syntax at "(?x)": there is no flag "x"'],
    ["a\\", 'syntax at "\\": it ends with a backslash'],
  ])("%s", (source, said) => {
    expect(problemOf(source)).toBe(said);
  });
});

describe("groups", () => {
  const sure = (source: string): Record<string, boolean> =>
    Object.fromEntries(namedGroups(treeOf(source)).map((group) => [group.name, group.sure]));

  test("those are sure that take part in every match", () => {
    expect(sure("(?<a>x)(?:(?<b>y))?((?<c>z))+(?<d>1)|2")).toEqual({
      a: false,
      b: false,
      c: false,
      d: false,
    });
    expect(sure("(?<a>x)(?:(?<b>y))?((?<c>z))+(?:(?<d>1)|2){0,3}")).toEqual({
      a: true,
      b: false,
      c: true,
      d: false,
    });
  });

  test("a group that is set in every match is never unset in RE2", () => {
    fc.assert(
      fc.property(patterns, fc.string({ unit: fc.constantFrom(..."ab09x ") }), (source, text) => {
        if (parsePattern(source, plain).problem !== undefined) return;
        const matcher = RE2JS.compile(source).matcher(text);
        if (!matcher.find()) return;
        for (const group of namedGroups(treeOf(source))) {
          if (group.sure) expect(matcher.group(group.name)).not.toBeNull();
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("a group without a name is found at any depth", () => {
    expect(hasUnnamedGroup(treeOf("(?<a>(b))"))).toBe(true);
    expect(hasUnnamedGroup(treeOf("(?<a>(?:b))"))).toBe(false);
  });
});

describe("the words of a pattern", () => {
  test("digits", () => {
    for (const yes of [
      "[0-9]+",
      "\\d{1,15}",
      "9[0-9]*",
      "(?:1|[2-5]{2})",
      "\\b\\d+\\b",
      "[[:digit:]]",
      "(?i)\\d",
    ]) {
      expect([yes, isOnlyDigits(treeOf(yes))]).toEqual([yes, true]);
    }
    for (const no of [
      "\\d*",
      "\\w+",
      ".+",
      "[^a]",
      "\\p{Nd}+",
      "[0-9a]",
      "9x\\d+",
      "(\\d+)?",
      "[0-9-]+",
    ]) {
      expect([no, isOnlyDigits(treeOf(no))]).toEqual([no, false]);
    }
  });

  test("few words are all found", () => {
    expect([...(wordsOf(treeOf("Low|High")) ?? [])]).toEqual(["Low", "High"]);
    expect([...(wordsOf(treeOf("(?:a|b){1,2}c?")) ?? [])].toSorted()).toEqual(
      ["a", "b", "ac", "bc", "aa", "ab", "ba", "bb", "aac", "abc", "bac", "bbc"].toSorted(),
    );
    expect(wordsOf(treeOf("(?i)ab"))?.size).toBe(4);
    expect(wordsOf(treeOf("a*"))).toBeUndefined();
    expect(wordsOf(treeOf("[a-z]{9}"))).toBeUndefined();
  });

  test("a text that the whole pattern matches is one of its words", () => {
    fc.assert(
      fc.property(
        patterns,
        fc.string({ unit: fc.constantFrom(..."ab09x"), maxLength: 4 }),
        (source, text) => {
          if (parsePattern(source, plain).problem !== undefined) return;
          if (!RE2JS.compile(source).matches(text)) return;
          const tree = treeOf(source);
          expect(wordsOf(tree)?.has(text) ?? true).toBe(true);
          if (isOnlyDigits(tree)) expect(text).toMatch(/^[0-9]+$/);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe("a reference that is cut short", () => {
  const risk = (source: string) =>
    namedGroups(treeOf(source, { ...plain, m: true })).map((group) => cutRisk(group.after))[0];

  test.each([
    ["Id: (?<id>[0-9]+)", "ends"],
    ["Id: (?<id>[0-9]+)( .*)?", "ends"],
    ["(?:Id: (?<id>[0-9]+))", "ends"],
    ["Id: (?<id>[0-9]+)\\B", "ends"],
    ["Id: (?<id>[0-9]+)\\b", "none"],
    ["^Id: (?<id>[0-9]+)$", "none"],
    ["Id: (?<id>[0-9]+)\\s", "none"],
    ["Id: (?<id>[0-9]+)(?:\\]|$)", "none"],
    ["Id: (?<id>[0-9]+)\\w", "goes on"],
    ["Id: (?<id>[0-9]+)[^0-9]", "goes on"],
    ["Id: (?<id>[0-9]+).*", "ends"],
  ])("%s", (source, expected) => {
    expect(risk(source)).toBe(expected);
  });
});
