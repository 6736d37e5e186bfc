import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKey, bounded, exactKey, fold, messageIdKey, nameKey, storable } from "./text.ts";

describe("fold", () => {
  test("is Unicode's simple case folding: the engine of /…/iu agrees on every character", () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x1ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) {
        continue;
      }
      const character = String.fromCodePoint(code).normalize("NFC");
      const folded = fold(character);
      if (folded !== character) {
        const escaped = Array.from(folded, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`).join(
          "",
        );
        if (!new RegExp(`^${escaped}$`, "iu").test(character)) {
          wrong.push(code.toString(16));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["ANNA@Example.IT", "anna@example.it"],
    ["STRASSE", "strasse"],
    ["Σίσυφος", "ΣΊΣΥΦΟΣ"],
    ["e\u0301", "\u00c9"],
    ["\u212A", "k"],
    ["ẞ", "ß"],
    ["𐐀", "𐐨"],
  ])("%s and %s are the same", (a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  test.each([
    ["ß", "ss"],
    ["ı", "i"],
    ["İ", "i"],
  ])("%s and %s are different", (a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  test("folding twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

test("text that a database refuses is replaced, the rest stays", () => {
  expect(storable("a\0b\ud800c\u{1F600}")).toBe("a\u{FFFD}b\u{FFFD}c\u{1F600}");
  expect(storable("plain è")).toBe("plain è");
});

test("a long text is cut at a character and marked", () => {
  expect(bounded("abcdef", 6)).toBe("abcdef");
  expect(bounded("abcdefg", 6)).toBe("abcde…");
  expect(bounded(`abcd\u{1F600}fgh`, 6)).toBe("abcd…");
});

test("keys stay short, and long texts that differ only at their end keep apart", () => {
  const long = "x".repeat(5_000);
  expect(exactKey(long).length).toBeLessThanOrEqual(300);
  expect(exactKey(`${long}a`)).not.toBe(exactKey(`${long}b`));
  expect(exactKey(long)).toBe(exactKey(long));
});

test("what does not matter to a key", () => {
  expect(nameKey("  Alfa   S.r.l.\u00a0 ")).toBe(nameKey("alfa s.r.l."));
  expect(addressKey(" Anna@EXAMPLE.it ")).toBe("anna@example.it");
  expect(messageIdKey("<a.B@example.it>")).toBe(messageIdKey("a.B@example.it"));
  expect(messageIdKey("<a.B@example.it>")).not.toBe(messageIdKey("<a.b@example.it>"));
});
