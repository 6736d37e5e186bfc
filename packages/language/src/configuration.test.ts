import { describe, expect, test } from "vitest";
import {
  configurationSchema,
  defaultConfiguration,
  includes,
  readConfiguration,
} from "./configuration.ts";

function found(text: string): readonly string[] {
  return readConfiguration(text).diagnostics.map(
    ({ code, line, column, message }) => `${line}:${column} ${code} ${message}`,
  );
}

describe("mcrules.json", () => {
  test("each key is read", () => {
    const { configuration, diagnostics } = readConfiguration(
      '{ "language": 1, "include": ["rules/**/*.mcrules"], "diagnostics": { "MC2110": "off", "MC4201": "info" } }',
    );
    expect(diagnostics).toEqual([]);
    expect(configuration).toEqual({
      language: 1,
      include: ["rules/**/*.mcrules"],
      diagnostics: new Map([
        ["MC2110", "off"],
        ["MC4201", "info"],
      ]),
    });
  });

  test("each key may be left out", () => {
    expect(readConfiguration("{}")).toEqual({
      configuration: defaultConfiguration,
      diagnostics: [],
    });
  });

  test.each([
    ["", "1:1 MC4001 mcrules.json is no JSON: it ends too early"],
    [
      '{\n  "language": 1,\n}',
      "3:1 MC4001 mcrules.json is no JSON: no comma is expected before the brace",
    ],
    ['{ "language" 1 }', "1:14 MC4001 mcrules.json is no JSON: a colon is expected here"],
    ["[]", '1:1 MC4003 "mcrules.json" wants an object'],
    ['{ "langage": 1 }', '1:3 MC4002 mcrules.json has no "langage"'],
    ['{ "language": 2 }', "1:15 MC4004 this mcrules speaks version 1 of the language, not 2"],
    ['{ "language": "1" }', '1:15 MC4003 "language" wants the number 1'],
    [
      '{ "include": ["a", 5] }',
      '1:20 MC4003 "include" wants a list of globs, such as **/*.mcrules',
    ],
    ['{ "diagnostics": [] }', '1:18 MC4003 "diagnostics" wants an object of codes and severities'],
    ['{ "diagnostics": { "MC211": "off" } }', '1:20 MC4005 "MC211" is the code of no finding'],
    [
      '{ "diagnostics": { "MC2110": "loud" } }',
      '1:30 MC4003 "MC2110" wants off, info, warning or error',
    ],
    ['{ "diagnostics": { "MC2111": "off" } }', "1:20 MC4006 MC2111 is an error and stays one"],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test("the schema knows the keys that are read", () => {
    expect(Object.keys(configurationSchema.properties)).toEqual([
      "$schema",
      "language",
      "include",
      "diagnostics",
    ]);
  });
});

describe("include", () => {
  const matches = (glob: string, path: string) =>
    includes({ ...defaultConfiguration, include: [glob] }, path);

  test.each([
    ["**/*.mcrules", "support.mcrules", true],
    ["**/*.mcrules", "a/b/support.mcrules", true],
    ["**/*.mcrules", "support.mcrules.txt", false],
    ["*.mcrules", "a/support.mcrules", false],
    ["./*.mcrules", "support.mcrules", true],
    ["rules/**", "rules/a/b.mcrules", true],
    ["rules/**", "rule/a.mcrules", false],
    ["**/rules/*.mcrules", "rules/a.mcrules", true],
    ["**/rules/*.mcrules", "x/y/rules/a.mcrules", true],
    ["a?c.mcrules", "abc.mcrules", true],
    ["a?c.mcrules", "ac.mcrules", false],
    ["{a,b}/*.mcrules", "b/x.mcrules", true],
    ["{a,b}/*.mcrules", "c/x.mcrules", false],
    ["*a*b*.mcrules", "xxaxxbxx.mcrules", true],
    ["*a*b*.mcrules", "xxbxxaxx.mcrules", false],
    ["a.mcrules", "aXmcrules", false],
  ])("%s and %s: %s", (glob, path, expected) => {
    expect(matches(glob, path)).toBe(expected);
  });
});
