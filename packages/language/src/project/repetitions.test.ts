import { expect, test } from "vitest";
import { checkFixture, readFixture } from "../fixture.ts";
import { positionOf, lineIndex } from "../positions.ts";

const rules = (...priorities: readonly string[]): string =>
  `rules incoming {\n${priorities
    .map(
      (priority, at) =>
        `  rule "${at}" {\n    when subject is "${at}"\n    then create ticket {\n      priority "${priority}"\n    }\n  }\n`,
    )
    .join("")}}\n`;
const check = (text: string) => checkFixture(readFixture(text));
const mailbox = 'mailbox support {\n  files "mail"\n  apply incoming\n}\n';

test("a word that is declared nowhere is told once, with each place and where words are declared", () => {
  const text = `helpdesk {\n  priority ["Low", "High"]\n}\n${mailbox}${rules("Burning", "Low", "Burning", "Burning")}`;
  const { diagnostics } = check(text);
  expect(diagnostics.map(({ line, message }) => [line, message])).toEqual([
    [12, 'there is no priority "Burning"'],
  ]);
  expect(diagnostics[0]?.related?.map(({ line, message }) => [line, message])).toEqual([
    [2, "these are declared"],
    [24, "and here"],
    [30, "and here"],
  ]);
});

test("the fix of a word that is misspelt twice mends both places", () => {
  const text = mailbox + rules("Hihg", "Hihg");
  const { diagnostics } = check(text);
  expect(diagnostics).toHaveLength(1);
  const index = lineIndex(text);
  const edits = diagnostics[0]?.fixes?.[0]?.edits ?? [];
  expect(edits.map((edit) => [positionOf(edit, index).line, edit.text])).toEqual([
    [9, '"High"'],
    [15, '"High"'],
  ]);
});

test("two words that are misspelt are two mistakes", () => {
  const { diagnostics } = check(mailbox + rules("Hihg", "Lwo"));
  expect(diagnostics.map(({ line }) => line)).toEqual([9, 15]);
});

test("many places are counted", () => {
  const many = Array.from({ length: 20 }, () => "Burning");
  const { diagnostics } = check(mailbox + rules(...many));
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.related).toHaveLength(8);
  expect(diagnostics[0]?.related?.at(-1)?.message).toBe("and here, and at 11 more places");
});

test("captures that a rule's condition lacks are one mistake", () => {
  const rule =
    '  rule "A" {\n    when subject contains "a"\n    then create ticket {\n      title "${$unit} ${$machine}"\n      tag "${$machine}"\n    }\n  }\n';
  const { diagnostics } = check(`${mailbox}rules incoming {\n${rule}}\n`);
  expect(diagnostics.map(({ message }) => message)).toEqual(["nothing captures $unit"]);
  expect(diagnostics[0]?.related?.map(({ message }) => message)).toEqual([
    "it was looked for here",
    "nothing captures $machine",
    "nothing captures $machine",
  ]);
});
