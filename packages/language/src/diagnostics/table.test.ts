import { describe, expect, test } from "vitest";
import type { Fix } from "../diagnostic.ts";
import { checkFixture, readFixture, type Fixture } from "../fixture.ts";
import { diagnosticTable } from "./table.ts";
import type { DiagnosticRow } from "./report.ts";

const rows: readonly (readonly [string, DiagnosticRow])[] = Object.entries(diagnosticTable);

function codesOf(text: string): readonly string[] {
  return checkFixture(readFixture(text)).diagnostics.map(
    ({ code, line, message }) => `${code} line ${line}: ${message}`,
  );
}

/** The files of a fixture with the edits of a fix. */
function mended(fixture: Fixture, { edits }: Fix): Fixture {
  const files = new Map(fixture.files);
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    const text = files.get(edit.file) ?? "";
    files.set(edit.file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  }
  return { ...fixture, files };
}

/** The formatter sees to blanks and indentation. */
function withoutBlanks({ files }: Fixture): string {
  return [...files]
    .map(([path, text]) => `${path}: ${text.replace(/\s+/g, " ").trim()}`)
    .join("\n");
}

/** What only a file of a million words could show. */
const tooLongToShow = ["MC1060"];

test("every finding has a wrong and a right example", () => {
  const without = rows.filter(([, { wrong, right }]) => wrong === "" || right === "");
  expect(without.map(([code]) => code)).toEqual(tooLongToShow);
});

/** What is proved of all mails is found by the compiler, and tested there. */
const isProved = (code: string) => code.startsWith("MC32");

describe.each(rows.filter(([code]) => !tooLongToShow.includes(code) && !isProved(code)))(
  "%s",
  (code, row) => {
    test("the wrong example raises it once or more, and nothing else", () => {
      const found = codesOf(row.wrong);
      expect(found).not.toEqual([]);
      expect(found.filter((one) => !one.startsWith(code))).toEqual([]);
    });

    test("the right example is clean", () => {
      expect(codesOf(row.right)).toEqual([]);
    });

    test("each fix takes its finding away and brings no other error", () => {
      const fixture = readFixture(row.wrong);
      const before = checkFixture(fixture).diagnostics;
      for (const fix of before.flatMap(({ fixes = [] }) => fixes)) {
        const after = checkFixture(mended(fixture, fix)).diagnostics;
        expect(after.length).toBeLessThan(before.length);
        expect(after.filter((one) => one.code !== code)).toEqual([]);
      }
    });

    test("where there is a fix, it makes the right example of the wrong one, but for blanks", () => {
      const fixture = readFixture(row.wrong);
      const fixes = checkFixture(fixture).diagnostics.flatMap((one) => one.fixes ?? []);
      if (fixes.length === 0) return;
      const made = fixes.map((fix) => withoutBlanks(mended(fixture, fix)));
      expect(made).toContain(withoutBlanks(readFixture(row.right)));
    });
  },
);

test("each finding has a name of its own", () => {
  const names = rows.map(([, { name }]) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("codes stand in their order of hundreds, four digits each", () => {
  expect(rows.map(([code]) => code).filter((code) => !/^MC[1-4]\d{3}$/.test(code))).toEqual([]);
});
