import { describe, expect, test } from "vitest";
import { createParser } from "../shape/parse.ts";
import { textTable } from "./text.ts";

const parser = createParser();
const codesOf = (text: string) =>
  parser.parse("a.mcrules", text).diagnostics.map(({ code }) => code);

/** A file that is too long cannot stand on a page. */
const rows = Object.entries(textTable).filter(([, row]) => row.wrong !== "");

describe("each finding about text", () => {
  test.each(rows)("%s is raised by its wrong example alone", (code, row) => {
    expect(codesOf(row.wrong)).toEqual([code]);
  });

  test.each(rows)("%s is not raised by its right example", (_code, row) => {
    expect(codesOf(row.right)).toEqual([]);
  });

  test.each(rows)("%s is mended by its fix, where it has one", (_code, row) => {
    const [finding] = parser.parse("a.mcrules", row.wrong).diagnostics;
    const [fix] = finding?.fixes ?? [];
    if (fix === undefined) return;
    const edits = fix.edits.toSorted((one, other) => other.span.start - one.span.start);
    const mended = edits.reduce<string>(
      (text, { span, text: inserted }) =>
        text.slice(0, span.start) + inserted + text.slice(span.end),
      row.wrong,
    );
    expect(codesOf(mended)).toEqual([]);
  });
});
