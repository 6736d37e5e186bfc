import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const named = `condition c1 = subject matches /a(?<x>[0-9])/
condition c2 = subject matches /b(?<x>[0-9])/
condition either = any {
  c2
  c1
}`;

function mail(subject: string, body = "y"): Uint8Array {
  return raw(
    `From: anna@cliente.example\nTo: a1@b.example, a2@b.example\nSubject: ${subject}\n\n${body}\n`,
  );
}

describe("which branch a capture is of", () => {
  test.each<readonly [condition: string, subject: string, said: string | undefined]>([
    ["any {\nc1\nc2\n}", "b2 a1", "1"],
    ["any {\nc2\nc1\n}", "b2 a1", "2"],
    ["any {\nc1\nc2\n}", "b2", "2"],
    ["either", "b2 a1", "2"],
    ["either", "a1", "1"],
    ["either", "c3", undefined],
    ['any {\nall {\nc1\nbody contains "z"\n}\nc2\n}', "a1 b2", "2"],
    ['any {\nall {\nc1\nbody contains "y"\n}\nc2\n}', "a1 b2", "1"],
    [
      'any {\nall {\nbody contains "y"\nc1\n}\nany {\nc2\nsubject matches /(?<x>.)/\n}\n}',
      "b2",
      "2",
    ],
    [
      'any {\nall {\nbody contains "y"\nc1\n}\nany {\nc2\nsubject matches /(?<x>.)/\n}\n}',
      "zz",
      "z",
    ],
    ["all {\nnot c2\nc1\n}", "a1", "1"],
    ["all {\nnot c2\nc1\n}", "a1 b2", undefined],
    ["some to { local matches /^a(?<x>[0-9])$/ }", "s", "1"],
    ['some to {\nlocal matches /^a(?<x>[0-9])$/\nnot address is "a1@b.example"\n}', "s", "2"],
    [
      'some to {\nany {\naddress is "none@b.example"\nalways\n}\nlocal matches /(?<x>[0-9])/\n}',
      "s",
      "1",
    ],
    ["all {\nnot no to { local matches /a3/ }\nc1\n}", "a1", undefined],
  ])("%j of %j", async (condition, subject, said) => {
    expect(await law.says(condition, '"${$x}"', mail(subject), { more: named })).toBe(said);
  });
});

describe("sure to be set, or told", () => {
  const use = (condition: string) =>
    told(project(condition, { more: named }, 'create ticket {\n  title "${$x}"\n}'));

  test.each([
    "c1",
    "either",
    "any {\nc1\nc2\n}",
    "any {\neither\nc1\n}",
    "all {\nnot c1\nc2\n}",
    'any {\nall {\nc1\nbody is "a"\n}\nall {\nbody is "b"\nc2\n}\n}',
    "some to { local matches /(?<x>[0-9])/ }",
  ])("%j is", (condition) => {
    expect(use(condition)).toEqual([]);
  });

  test.each<readonly [condition: string, said: RegExp]>([
    ['any {\nc1\nbody is "a"\n}', /\$x is not set.*any/],
    ["not c1", /\$x.*not/],
    ["every to { local matches /(?<x>[0-9])/ }", /\$x/],
    ["no to { local matches /(?<x>[0-9])/ }", /\$x/],
    ["all {\nc1\nc2\n}", /\$x is captured twice/],
    ["all {\nsubject matches /(?<x>a)/\nsubject matches /(?<x>b)/\n}", /\$x is captured twice/],
    ["all {\neither\nsubject matches /(?<x>b)/\n}", /\$x is captured twice/],
    ["always", /\$x/],
  ])("%j is not: one error", (condition, said) => {
    expect(use(condition)).toEqual([expect.stringMatching(said)]);
  });
});
