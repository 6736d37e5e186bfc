import { describe, expect, it } from "vitest";
import { textOfRtf } from "./rtf.ts";

const shown = (rtf: string) => textOfRtf(Buffer.from(rtf, "latin1"));

describe("the text of an RTF", () => {
  it.each([
    ["{\\rtf1\\ansi Hello\\par there}", "Hello\nthere"],
    ["{\\rtf1\\ansi\\ansicpg1252 caff\\'e8}", "caffè"],
    ["{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0}", "Пр"],
    ["{\\rtf1\\ansi\\uc1 \\u8364?}", "€"],
    ["{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}Hello}", "Hello"],
    ["{\\rtf1 a\\{b\\}\\\\c}", "a{b}\\c"],
    ["{\\rtf1 {\\b bold} and {\\i more}}", "bold and more"],
    // The zero that Outlook puts behind it, and whatever else stands there.
    ["{\\rtf1 Hello}\0", "Hello"],
    ["{\\rtf1 Hello}\r\nrubbish", "Hello"],
    ["} {\\rtf1 Hello}", " Hello"],
    ["{\\rtf1 never closed", "never closed"],
    ["", ""],
  ])("%j is %j", (rtf, text) => {
    expect(shown(rtf)).toBe(text);
  });
});
