import * as fc from "fast-check";
import { expect, it } from "vitest";
import { decodeTransfer } from "./transferEncoding.ts";

function encode(bytes: Uint8Array): string {
  const char = (bits: number): string => String.fromCharCode(bits === 0 ? 0x60 : bits + 0x20);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 45) {
    const piece = [...bytes.subarray(at, at + 45)];
    let line = char(piece.length);
    for (let from = 0; from < piece.length; from += 3) {
      const [a = 0, b = 0, c = 0] = piece.slice(from, from + 3);
      line +=
        char(a >> 2) +
        char(((a & 3) << 4) | (b >> 4)) +
        char(((b & 15) << 2) | (c >> 6)) +
        char(c & 63);
    }
    lines.push(line);
  }
  return `some words\r\nbegin 644 a.bin\r\n${[...lines, "`", "end", "more words"].join("\r\n")}`;
}

it("any bytes come back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([...decodeTransfer(Buffer.from(encode(bytes)), "x-uuencode")]).toEqual([...bytes]);
    }),
  );
});

it("what does not begin stays as it is", () => {
  expect(decodeTransfer(Buffer.from("plain words"), "uuencode").toString()).toBe("plain words");
});

it("what does not end is read as far as it goes", () => {
  const bytes = decodeTransfer(Buffer.from("begin 644 a\n#86)C\n#86"), "x-uue");
  expect(Buffer.from(bytes).toString()).toBe("abca`\u0000");
});
