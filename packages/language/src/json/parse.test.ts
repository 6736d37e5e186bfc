import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson, type JsonNode } from "./parse.ts";

function valueOf(node: JsonNode): unknown {
  switch (node.kind) {
    case "array":
      return node.items.map(valueOf);
    case "object":
      return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]));
    case "null":
      return null;
    default:
      return node.value;
  }
}

test("what JSON.stringify writes is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5 }),
      fc.constantFrom(undefined, 2, "\t"),
      (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const result = parseJson(text);
        expect(result.kind).toBe("value");
        if (result.kind === "value") expect(valueOf(result.value)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test("text that JSON.parse refuses is refused, and other text is not", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.string({ maxLength: 2 }), (value, at, instead) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + instead + text.slice(place + 1);
      let valid = true;
      try {
        JSON.parse(changed);
      } catch {
        valid = false;
      }
      expect(parseJson(changed).kind === "value").toBe(valid);
    }),
  );
});

test("parts know where they stand", () => {
  const text = '{ "a": [1, "b"] }';
  const result = parseJson(text);
  const member =
    result.kind === "value" && result.value.kind === "object" && result.value.members[0];
  if (member === false || member === undefined) throw new Error("no member");
  expect(text.slice(member.keyStart, member.keyEnd)).toBe('"a"');
  expect(text.slice(member.value.start, member.value.end)).toBe('[1, "b"]');
});

test("depth is bounded", () => {
  expect(parseJson("[".repeat(10_000))).toMatchObject({ problem: "it is nested too deeply" });
});
