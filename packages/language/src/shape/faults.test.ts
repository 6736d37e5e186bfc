import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Lexer } from "chevrotain";
import { describe, expect, test } from "vitest";
import { lineIndex, positionOf } from "../positions.ts";
import { createParser } from "./parse.ts";
import { tokenTypes } from "./tokens.ts";
import type { Item, Line, SourceFile } from "./shape.ts";

const parser = createParser();
const read = (text: string) => parser.parse("a.mcrules", text);

const whole = ["whole-project", "alarms", "properties"].map((name) =>
  readFileSync(new URL(`../../fixtures/${name}.mcrules`, import.meta.url), "utf8"),
);

/** Findings in brief: line, column and code. */
function found(text: string): string[] {
  const file = read(text);
  const index = lineIndex(file.text);
  return file.diagnostics.map(({ code, span }) => {
    const { line, column } = positionOf(span, index);
    return `${line}:${column} ${code}`;
  });
}

const names = (file: SourceFile) =>
  file.lines.map((line) =>
    line.items.map((item) => (item.kind === "word" ? item.text : item.kind)).join(" "),
  );

describe("one mistake, one message, and the rest is understood", () => {
  test.each<[string, string, string[], string[]]>([
    ["a text without its end", 'a "x\nb "y"', ["1:3 MC1001"], ["a text", "b text"]],
    [
      "a text that swallows the brace behind it",
      'a {\n  b { c "x }\n  d\n}\ne',
      ["2:9 MC1001"],
      ["a block", "e"],
    ],
    [
      "a text that swallows the opening brace",
      'a "x {\n  b\n}\nc',
      ["1:3 MC1001"],
      ["a text block", "c"],
    ],
    [
      "a text without its beginning",
      'import ./lists.mcrules"\nb',
      ["1:23 MC1001"],
      ["import unknown unknown lists.mcrules text", "b"],
    ],
    [
      "a list that is not opened",
      'a "x", 10 MB, "y"] b\nc env "X")',
      ["1:18 MC1012", "2:10 MC1012"],
      ["a list b", "c env group"],
    ],
    ["a block far below", "a\n\n{\n  b\n}", [], ["a", "block"]],
    [
      "a text block on one line",
      'a """x"""\nb """""" c',
      ["1:3 MC1003", "2:3 MC1003"],
      ["a text", "b text c"],
    ],
    [
      "a text block without its end",
      'a {\n  b """\n    x\n    y\n}\nc',
      ["2:5 MC1002"],
      ["a block", "c"],
    ],
    [
      "a text block without its end, and one behind it",
      'a {\n  b """\n    x\n  c """\n    y\n    """\n}\nd',
      ["2:5 MC1002"],
      ["a block", "d"],
    ],
    [
      "a brace that is not closed",
      "a {\n  b {\n    c\n  d\n}\ne {\n  f\n}",
      ["2:5 MC1010"],
      ["a block", "e block"],
    ],
    [
      "a declaration that is not closed",
      "a {\n  b\n\nc {\n  d\n}",
      ["1:3 MC1010"],
      ["a block", "c block"],
    ],
    [
      "a brace that is not opened",
      "a {\n  b\n    c\n  }\n  d\n}\ne",
      ["2:3 MC1011"],
      ["a block", "e"],
    ],
    ["a declaration that is not opened", "a b\n  c\n  d\n}\ne", ["1:3 MC1011"], ["a b block", "e"]],
    ["a brace too many", "a {\n  b\n}\n}\nc", ["4:1 MC1012"], ["a block", "c"]],
    ["a brace too many inside", "a {\n  b\n    }\n  c\n}\nd", ["3:5 MC1012"], ["a block", "d"]],
    ["a bracket too many", 'a "x"]\nb', ["1:6 MC1012"], ["a text", "b"]],
    [
      "a list that is not closed",
      'a {\n  b ["x", "y" except "z"\n  c\n}\nd',
      ["2:5 MC1013"],
      ["a block", "d"],
    ],
    [
      "a list over lines that is not closed",
      'a {\n  b [\n    "x",\n    "y",\n  c\n}\nd',
      ["2:5 MC1013"],
      ["a block", "d"],
    ],
    [
      "a parenthesis that is not closed",
      'a {\n  b env("X"\n  c\n}\nd',
      ["2:8 MC1014"],
      ["a block", "d"],
    ],
    [
      "a parenthesis that is closed by a brace",
      'a { b env("X" }\nc',
      ["1:10 MC1014"],
      ["a block", "c"],
    ],
    ["a brace on the next line", "a\n{\n  b\n}\nc", ["2:1 MC1016"], ["a block", "c"]],
    ["a comma that is missing", 'a ["x" "y" "z"]', ["1:8 MC1017"], ["a list"]],
    ["two commas", 'a ["x",, "y"]', ["1:8 MC1018"], ["a list"]],
    [
      "a comma at a line's end",
      'a {\n  b "x",\n  c "y",\n}',
      ["2:8 MC1018", "3:8 MC1018"],
      ["a block"],
    ],
    ["a comma before a line that goes on", "a x,\n  y\nb", ["1:4 MC1018"], ["a x y", "b"]],
    ["a deeper line", "a {\n  b\n    c\n    d\n  e\n}", ["3:5 MC1019"], ["a block"]],
    ["a separator", 'a: "x"; b = c => d', ["1:2 MC1051"], ["a text b symbol c d"]],
    ["an operator", 'a == "x"', ["1:3 MC1052"], ["a unknown text"]],
    ["a pattern elsewhere", "a contains /x y/i\nb", ["1:12 MC1040"], ["a contains unknown", "b"]],
    ["a lone slash", "a / b", ["1:3 MC1040"], ["a unknown b"]],
    [
      "a pattern without its end",
      "a {\n  b matches /x {\n  c\n}\nd",
      ["2:13 MC1041"],
      ["a block", "d"],
    ],
    ["a flag", "a matches /x/gi", ["1:14 MC1042"], ["a matches pattern"]],
    ["an escape", String.raw`a "\q" "\u{D800}"`, ["1:4 MC1006", "1:9 MC1006"], ["a text text"]],
    ["an empty hole", 'a "x ${} y"', ["1:6 MC1007"], ["a text"]],
    ["a hole without its end", 'a "x ${b y"', ["1:6 MC1008"], ["a text"]],
    ["other quotes", "a “x” 'y'", ["1:3 MC1009"], ["a text text"]],
    ["a day that is not there", "a 2025-02-29", ["1:3 MC1030"], ["a date"]],
    ["a date in another order", "a 31/01/2026", ["1:3 MC1030"], ["a date"]],
    ["a moment without its zone", "a 2026-01-31T09:30", ["1:3 MC1030"], ["a date"]],
    ["a time", "a 9:00 to 25:00", ["1:3 MC1031", "1:11 MC1031"], ["a time to time"]],
    ["a number", "a 1.000.000\nb -5", ["1:3 MC1032", "2:3 MC1032"], ["a number", "b number"]],
    ["signs", "a @ % ^\nb", ["1:3 MC1050"], ["a unknown unknown unknown", "b"]],
    ["an encoding", 'a "\ufffd\ufffd"', ["1:4 MC1053"], ["a text"]],
    ["a character that cannot be seen", 'a "x\u202e" # \u0007', ["1:5 MC1054"], ["a text"]],
    ["carriage returns alone", "a\rb\rc", ["1:2 MC1055"], ["a", "b", "c"]],
  ])("%s", (_name, text, findings, lines) => {
    expect(found(text)).toEqual(findings);
    expect(names(read(text))).toEqual(lines);
  });

  test("a deeper line is marked, so that nobody complains of it twice", () => {
    const block = read("a {\n  b\n    c\n}").lines[0]?.items[1];
    expect(block?.kind === "block" ? block.lines.map((line) => line.misplaced) : block).toEqual([
      undefined,
      true,
    ]);
  });

  test("invalid UTF-8 is told once", () => {
    const bytes = Uint8Array.of(0x61, 0x20, 0x22, 0xe8, 0xe9, 0x22, 0x0a);
    expect(parser.parse("a", bytes).diagnostics.map(({ code }) => code)).toEqual(["MC1053"]);
  });
});

describe("any text is read", () => {
  const lexer = new Lexer(tokenTypes);

  test("the tokens are well defined", () => {
    expect(lexer.lexerDefinitionErrors).toEqual([]);
  });

  test("without any one of its tokens a file has at most one finding", () => {
    for (const text of whole) {
      for (const token of lexer.tokenize(text).tokens) {
        const end = token.startOffset + token.image.length;
        const broken = text.slice(0, token.startOffset) + text.slice(end);
        expect(found(broken).slice(1), `without ${token.image} of line ${token.startLine}`).toEqual(
          [],
        );
      }
    }
  });

  const pieces = fc.constantFrom(
    ...'{ } [ ] ( ) , = " """ ${ } / # \\ ; : => . - $ $x \n \r\n \r \t matches x 1 2026-01-01 09:00 \u0000 \ufffd 🔥'.split(
      " ",
    ),
    " ",
    "  ",
  );
  const garbage = fc
    .array(fc.oneof(pieces, fc.string({ unit: "binary" })))
    .map((parts) => parts.join(""));
  const mutated = fc
    .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat({ max: 40 }), garbage)
    .map(([text, at, length, inserted]) => {
      const from = at % text.length;
      return text.slice(0, from) + inserted + text.slice(from + length);
    });
  const truncated = fc
    .tuple(fc.constantFrom(...whole), fc.nat())
    .map(([text, at]) => text.slice(0, at % text.length));

  test("and its shape stays inside of it", () => {
    fc.assert(
      fc.property(fc.oneof(garbage, mutated, truncated), (text) => {
        const file = read(text);
        expect(file.diagnostics.length).toBeLessThanOrEqual(100);
        checkLines(file.lines, 0, file.text.length);
        for (const { span } of [...file.comments, ...file.diagnostics])
          checkSpan(span, 0, file.text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("bytes too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const file = parser.parse("a", bytes);
        checkLines(file.lines, 0, file.text.length);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["braces", "{".repeat(100_000)],
    ["closing braces", "}".repeat(100_000)],
    ["lists", "[".repeat(100_000)],
    ["lists a line", "x [ a b\n".repeat(20_000)],
    ["holes", '"${'.repeat(50_000)],
    ["nested blocks", "a {\n".repeat(20_000)],
    ["deeper lines", "a\n b\n".repeat(20_000)],
    ["text blocks", ' a """\n'.repeat(20_000)],
  ])("endless %s end", (_name, text) => {
    const file = read(text);
    expect(file.diagnostics.length).toBeGreaterThan(0);
    expect(file.diagnostics.length).toBeLessThanOrEqual(100);
  });

  test("the depth of brackets is bounded", () => {
    expect(found(`a ${"{ ".repeat(300)}${"} ".repeat(300)}\nb`)).toEqual(["1:403 MC1020"]);
  });
});

function checkSpan(span: { start: number; end: number }, from: number, to: number): void {
  expect(span.start).toBeGreaterThanOrEqual(from);
  expect(span.end).toBeGreaterThanOrEqual(span.start);
  expect(span.end).toBeLessThanOrEqual(to);
}

/** Lines and items stand in order inside of what holds them. */
function checkLines(lines: readonly Line[], from: number, to: number): void {
  let last = from;
  for (const line of lines) {
    checkSpan(line.span, last, to);
    checkItems(line.items, line.span.start, line.span.end);
    last = line.span.end;
  }
}

function checkItems(items: readonly Item[], from: number, to: number): void {
  let last = from;
  for (const item of items) {
    checkSpan(item.span, last, to);
    last = item.span.end;
    const { start, end } = item.span;
    if (item.kind === "block") checkLines(item.lines, start, end);
    if (item.kind === "list" || item.kind === "group") checkItems(item.items, start, end);
    if (item.kind !== "text") continue;
    for (const part of item.parts) {
      checkSpan(part.span, start, end);
      if (part.kind === "hole") checkItems(part.items, part.span.start, part.span.end);
    }
  }
}
