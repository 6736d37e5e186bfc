import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

function testsBelow(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        /\.(?:test|suite)\.ts$/.test(entry.name) &&
        !/node_modules|dist/.test(entry.parentPath) &&
        entry.name !== "page.test.ts",
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

it("the page on hostile mail has a row for each of the 71 cases, each with a test that is there", () => {
  const page = readFileSync(join(root, "docs/hostile-mail.md"), "utf8");
  const rows = [...page.matchAll(/^\| (\d+) +\|.*\| `([^`]+)` +\|$/gm)];
  const cases = rows.slice(0, 71).map(([, number]) => Number(number));
  expect(cases).toEqual(Array.from({ length: 71 }, (_, at) => at + 1));
  const tests = testsBelow("packages") + testsBelow("test");
  const missing = rows.map(([, , name = ""]) => name).filter((name) => !tests.includes(name));
  expect(missing).toEqual([]);
});
