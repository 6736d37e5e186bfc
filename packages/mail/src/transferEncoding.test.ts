import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTransfer } from "./transferEncoding.ts";

function decode(text: string, encoding: string): string {
  return Buffer.from(decodeTransfer(Buffer.from(text, "latin1"), encoding)).toString("latin1");
}

describe("quoted-printable", () => {
  it.each([
    ["caff=C3=A8", "caff\xc3\xa8"],
    ["caff=c3=a8", "caff\xc3\xa8"],
    ["one=\r\ntwo", "onetwo"],
    ["one=\ntwo", "onetwo"],
    ["one= \t\r\ntwo", "onetwo"],
    ["trailing  \t\r\nnext=20\r\n", "trailing\r\nnext \r\n"],
    ["trailing \t\r\nand no sign at all ", "trailing\r\nand no sign at all "],
    ["1=2 = three =Z9", "1=2 = three =Z9"],
    ["end=", "end"],
    ["=", ""],
    ["", ""],
    ["a=3D=3Db", "a==b"],
  ])("%j", (text, expected) => {
    expect(decode(text, "quoted-printable")).toBe(expected);
  });

  it("takes a megabyte of spaces and of broken signs", () => {
    expect(decode(`=${" ".repeat(1_000_000)}x`, "quoted-printable")).toHaveLength(1_000_002);
    expect(decode("= ".repeat(500_000), "quoted-printable").length).toBeGreaterThan(0);
  });
});

describe("base64", () => {
  it.each([
    ["YWJj", "abc"],
    ["YW\r\nJj", "abc"],
    ["YWI", "ab"],
    ["YWI=", "ab"],
    ["Y*W!J-j_", "abc"],
    ["YWI=YWI=", "abab"],
    ["YWI=\r\nYWI=\r\n", "abab"],
    ["YWI=\r\n\r\nA footer of the list\r\n", "ab"],
    ["", ""],
    ["====", ""],
  ])("%j", (text, expected) => {
    expect(decode(text, "base64")).toBe(expected);
  });

  it("gives back any bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 76 }),
        (bytes, width) => {
          const text = Buffer.from(bytes)
            .toString("base64")
            .replace(new RegExp(`.{${width}}`, "g"), "$&\r\n");
          expect([...decodeTransfer(Buffer.from(text), "base64")]).toEqual([...bytes]);
        },
      ),
    );
  });
});

it("an encoding that nobody knows leaves the bytes alone", () => {
  expect(decode("=41", "8bit")).toBe("=41");
  expect(decode("=41", "x-own")).toBe("=41");
});
