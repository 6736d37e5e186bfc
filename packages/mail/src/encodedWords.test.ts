import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHeaderText } from "./encodedWords.ts";

function word(bytes: Uint8Array, charset: string): string {
  return `=?${charset}?B?${Buffer.from(bytes).toString("base64")}?=`;
}

describe("encoded words", () => {
  it.each([
    ["plain text", "plain text"],
    ["=?utf-8?Q?=C3=A8?=", "è"],
    ["=?UTF-8?b?w6g=?=", "è"],
    ["=?iso-8859-1?Q?caff=E8_nero?=", "caffè nero"],
    ["=?utf-8*it?Q?=C3=A8?=", "è"],
    ["=?us-ascii?Q?a?= =?us-ascii?Q?b?=", "ab"],
    ["=?us-ascii?Q?a?=\r\n =?us-ascii?B?Yg==?=", "ab"],
    ["=?us-ascii?Q?a?= b", "a b"],
    ["(=?us-ascii?Q?a?=)b=?us-ascii?Q?c?=d", "(a)bcd"],
    ["=?utf-8?Q?=C3?= =?utf-8?Q?=A8?=", "è"],
    ["=?utf-8?B?ww==?= =?utf-8?B?qA==?=", "è"],
    ["=?utf-8?B?w6?= =?utf-8?B?g=?=", "è"],
    ["=?utf-8?Q?what??=", "what?"],
    ["=?utf-8?Q?two words?=", "two words"],
    ["=?windows-1252?Q?=80?=", "€"],
    ["=?koi8-r?B?8NLJ18XU?=", "Привет"],
    ["=?iso-2022-jp?B?GyRCJUYbKEI=?= =?iso-2022-jp?B?GyRCJTklSBsoQg==?=", "テスト"],
    ["=?cp437?Q?=82?=", "é"],
    ["=?no-such-charset?Q?=C3=A8?=", "è"],
    ["=?no-such-charset?Q?=E8?=", "è"],
    ["=?utf-8?Q?=E8?=", "\ufffd"],
    ["=?utf-8?X?abc?=", "=?X?abc?=".replace("=?", "=?utf-8?")],
    ["=?utf-8?Q?abc", "=?utf-8?Q?abc"],
    ["=?utf-8?Q?abc =?utf-8?Q?def?=", "=?utf-8?Q?abc def"],
    ["=?utf-8?Q?=ZZ=4?=", "=ZZ=4"],
    ["=?utf-8?Q??=", ""],
    ["=?iso-8859-1?Q?Frösche_=E8?=", "Frösche è"],
    ["1 =?= 2", "1 =?= 2"],
  ])("%s", (text, expected) => {
    expect(decodeHeaderText(text)).toBe(expected);
  });

  it("makes each run of white space and control characters one space", () => {
    expect(decodeHeaderText(" a \t\r\n b\u00a0\u2003\u0000c\u0085 ")).toBe("a b c");
    expect(decodeHeaderText("=?utf-8?Q?one=0D=0ABcc:_x@example.org?=")).toBe(
      "one Bcc: x@example.org",
    );
  });

  it("reads text cut anywhere into words", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (text, size) => {
          const bytes = Buffer.from(text.toWellFormed());
          const words: string[] = [];
          for (let at = 0; at < bytes.length; at += size) {
            words.push(word(bytes.subarray(at, at + size), "utf-8"));
          }
          const expected = text
            .toWellFormed()
            .replace(/[\p{White_Space}\p{Cc}]+/gu, " ")
            .trim();
          expect(decodeHeaderText(words.join(" "))).toBe(expected);
        },
      ),
    );
  });

  it("takes 20,000 words and as many that never end", () => {
    expect(decodeHeaderText("=?utf-8?Q?a?= ".repeat(20_000))).toBe("a".repeat(20_000));
    const unfinished = "=?utf-8?Q?a".repeat(20_000);
    expect(decodeHeaderText(unfinished)).toBe(unfinished);
  });
});
