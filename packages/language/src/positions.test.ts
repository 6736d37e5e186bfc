import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineIndex, offsetOf, positionOf } from "./positions.ts";

const at = (start: number, end: number) => ({ file: "a.mcrules", start, end });

describe("positions", () => {
  test("count lines of every kind and columns in UTF-16 units", () => {
    const text = "a\r\n🔥b\rc\nd";
    expect(positionOf(at(0, 1), text)).toEqual({
      file: "a.mcrules",
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
    });
    expect(positionOf(at(5, 9), text)).toMatchObject({
      line: 2,
      column: 3,
      endLine: 4,
      endColumn: 1,
    });
  });

  test("outside of the text are taken to its end", () => {
    expect(positionOf(at(90, 99), "ab\n")).toMatchObject({
      line: 2,
      column: 1,
      endLine: 2,
      endColumn: 1,
    });
    expect(offsetOf({ line: 9, column: 1 }, "ab\n")).toBe(3);
    expect(offsetOf({ line: 0, column: 5 }, "ab\n")).toBe(0);
  });

  test("lead back to the offset they came from", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "\n", "\r\n", "\r", "🔥", "\t") });
    fc.assert(
      fc.property(texts, fc.nat(), (text, number) => {
        const offset = text.length === 0 ? 0 : number % (text.length + 1);
        const index = lineIndex(text);
        expect(offsetOf(positionOf(at(offset, offset), index), index)).toBe(offset);
      }),
    );
  });
});
