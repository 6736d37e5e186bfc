import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "./decode.ts";

describe("decode", () => {
  test("agrees with the platform's decoder on any bytes", () => {
    const platform = new TextDecoder("utf-8");
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
      fc.constantFrom(
        [0xe2, 0x82],
        [0xf0, 0x9f, 0x94],
        [0xed, 0xa0, 0x80],
        [0xc0, 0xaf],
        [0xf4, 0x90],
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
        const marked = bytes[0] === 0xff || bytes[0] === 0xfe;
        fc.pre(!marked);
        expect(decode(bytes)).toBe(platform.decode(bytes));
      }),
    );
  });

  test("leaves the byte-order mark out", () => {
    expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("a");
  });

  test("reads UTF-16 where its byte-order mark says so", () => {
    expect(decode(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xe8, 0))).toBe("aè");
    expect(decode(Uint8Array.of(0xfe, 0xff, 0, 0x61, 0, 0xe8))).toBe("aè");
  });

  test("decodes long texts", () => {
    const text = "è🔥a".repeat(20_000);
    expect(decode(new TextEncoder().encode(text))).toBe(text);
  });
});
