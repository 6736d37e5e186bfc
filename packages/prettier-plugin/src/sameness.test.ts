import { createParser, entriesOfFile } from "@mcrules/language";
import { describe, expect, test } from "vitest";
import { difference } from "./sameness.ts";

const parser = createParser();

function compare(before: string, after: string): string | undefined {
  const one = parser.parse("a.mcrules", before);
  const other = parser.parse("a.mcrules", after);
  return difference(one, entriesOfFile(one), other, entriesOfFile(other));
}

describe("what a formatter may change", () => {
  test.each([
    ["blanks and lines", 'list a=["x","y"]', 'list a = [\n  "x",\n  "y",\n]\n'],
    [
      "entries that share a line",
      'mailbox a { files "x" find all }',
      'mailbox a {\n  files "x"\n  find all\n}',
    ],
    ["the indentation of text blocks", 'a """\n  x\n  """', 'a """\n      x\n      """'],
    ["blanks behind a comment", "# x  \n", "# x\n"],
  ])("%s", (_name, before, after) => {
    expect(compare(before, after)).toBeUndefined();
  });
});

describe("what it may not change", () => {
  test.each([
    ["a text", 'list a = "x"', 'list a = "x "'],
    ["a hole that becomes text", 'a "${b}"', String.raw`a "\${b}"`],
    ["a text block", 'a """\n  x\n  """', 'a """\n    x\n  """'],
    ["a pattern", "a matches /x/i", "a matches /x/"],
    ["a number", "size > 10 MB", "size > 1 MB"],
    ["a date", "closed 2026-01-01", "closed 2026-01-02"],
    ["a time", "open 09:00", "open 09:01"],
    ["a capture", "a $id.name", "a $id"],
    ["where a block ends", "a { b { c }\nd\n}", "a { b { c\nd }\n}"],
    [
      "where an entry ends",
      'mailbox a {\n  files "x"\n  find all\n}',
      'mailbox a {\n  files "x" find\n  all\n}',
    ],
    ["a declaration that is lost", 'list a = "x"\nlist b = "y"', 'list a = "x"'],
    ["a declaration that appears", 'list a = "x"', 'list a = "x"\nlist b = "y"'],
    ["a comment that is lost", "# x\n", "\n"],
    ["two comments that become one", "# x\n# y\n", "# x # y\n"],
    ["comments in another order", "# x\n# y\n", "# y\n# x\n"],
    ["a comment that appears", "", "# x\n"],
  ])("%s", (_name, before, after) => {
    expect(compare(before, after)).toMatch(/would/);
  });
});
