import { expect, it } from "vitest";
import { unflow } from "./flowedText.ts";

it.each([
  ["one \ntwo\nthree", false, "one two\nthree"],
  ["one \ntwo", true, "onetwo"],
  [" stuffed\n >no quote", false, "stuffed\n>no quote"],
  ["> one \n> two\nthree", false, "> one two\nthree"],
  ["> one \n>> two", false, "> one \n>> two"],
  ["text \n-- \nAnna", false, "text \n-- \nAnna"],
  ["one \n\ntwo", false, "one \n\ntwo"],
  ["", false, ""],
  ["last ", false, "last "],
])("%j", (text, deleteSpace, expected) => {
  expect(unflow(text, deleteSpace)).toBe(expected);
});

it("takes 2 MB", () => {
  expect(unflow(`${"word \n".repeat(400_000)}x`, false)).toHaveLength(2_000_001);
});
