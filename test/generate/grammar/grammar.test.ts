import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFixture } from "../../../packages/language/src/fixture.ts";
import { diagnosticTable, type DiagnosticRow } from "../../../packages/language/src/index.ts";
import { accepts } from "./accepts.ts";
import { grammarParts } from "./grammar.ts";
import type { Rule } from "./rule.ts";

const root = join(import.meta.dirname, "../../..");
const parts = grammarParts();

/** Where reading stops, for a person; nothing where the whole text is read. */
function unread(text: string): string {
  const { accepted, readUpTo } = accepts(parts, "file", text);
  if (accepted) return "";
  const lines = text.slice(0, readUpTo).split("\n");
  return `line ${lines.length}: ${text.slice(readUpTo).split("\n")[0]}`;
}

const mcrulesFiles = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".mcrules") && !path.includes(".mcrules-data"))
  .toSorted();

describe("the grammar reads what the checker takes", () => {
  test.each(mcrulesFiles)("examples/%s", (path) => {
    expect(unread(readFileSync(join(root, "examples", path), "utf8"))).toBe("");
  });

  test("the right example of each diagnostic", () => {
    const rows: readonly (readonly [string, DiagnosticRow])[] = Object.entries(diagnosticTable);
    const wrong = rows.flatMap(([code, { right }]) =>
      [...readFixture(right).files]
        .filter(([path]) => path.endsWith(".mcrules"))
        .map(([, text]) => unread(text))
        .filter((place) => place !== "")
        .map((place) => `${code} ${place}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the grammar does not read what the checker refuses", () => {
  const codes = [
    "MC1101",
    "MC1104",
    "MC1106",
    "MC1116",
    "MC1117",
    "MC1401",
    "MC1406",
    "MC1416",
    "MC1420",
    "MC1601",
    "MC1602",
    "MC1620",
    "MC2001",
    "MC2101",
    "MC2106",
    "MC2113",
    "MC2201",
    "MC2202",
  ] as const;
  test.each(codes)("%s", (code) => {
    expect(unread(diagnosticTable[code].wrong)).not.toBe("");
  });
});

test("each part is used, and each part that is used is there", () => {
  const used = new Set(["file", ...[...parts.values()].flatMap(namesIn)]);
  expect([...parts.keys()].filter((name) => !used.has(name))).toEqual([]);
  expect([...used].filter((name) => !parts.has(name))).toEqual([]);
});

function namesIn(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case "part":
      return [rule.name];
    case "sequence":
    case "choice":
      return rule.rules.flatMap(namesIn);
    case "optional":
    case "repeat":
      return namesIn(rule.rule);
    case "words":
    case "sign":
    case "token":
      return [];
  }
}
