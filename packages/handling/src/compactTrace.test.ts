import fc from "fast-check";
import { expect, test } from "vitest";
import { compactTrace, readCompactTrace } from "./compactTrace.ts";

const position = fc.option(
  fc.record({
    file: fc.constantFrom("a.mcrules", "rules/b.mcrules"),
    line: fc.nat(),
    column: fc.nat(),
    endLine: fc.nat(),
    endColumn: fc.nat(),
  }),
);
const reason = fc.record({
  position,
  field: fc.constantFrom("subject", "from"),
  operator: fc.constantFrom("is", "contains"),
  expected: fc.string({ unit: "binary" }),
  actual: fc.string({ unit: "binary" }),
  result: fc.boolean(),
});
const entry = fc.record({
  rule: fc.string(),
  step: fc.boolean(),
  position,
  result: fc.boolean(),
  because: fc.array(reason, { maxLength: 5 }),
});

test("a trace is read back as it was, from JSON", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (trace) => {
      const { words, entries } = compactTrace(trace);
      const stored: unknown = JSON.parse(JSON.stringify({ words, entries }));
      const read =
        typeof stored === "object" && stored !== null && "words" in stored && "entries" in stored
          ? readCompactTrace(stored.words, stored.entries)
          : undefined;
      expect(read).toEqual(trace.map((one) => ({ ...one })));
    }),
  );
});

test("what another program wrote is no trace", () => {
  expect(readCompactTrace([], [])).toEqual([]);
  for (const entries of [0, [0], [[0, 0, 0, 0, []]], [["a", 0, 0, 0, []]], [[0, 2, 0, 0, []]]]) {
    expect(readCompactTrace([], entries)).toBeUndefined();
  }
  expect(readCompactTrace([7], [[0, 0, 0, 0, []]])).toBeUndefined();
  expect(readCompactTrace(["a"], [[0, 0, 0, 0, [[0, 0, 0, 0, 9, 1]]]])).toBeUndefined();
});
