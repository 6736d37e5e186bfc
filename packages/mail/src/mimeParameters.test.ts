import { describe, expect, it } from "vitest";
import { readParameterised } from "./mimeParameters.ts";

describe("parameters of MIME fields", () => {
  it.each<[string, string, Record<string, string>]>([
    ["Text/Plain; Charset=UTF-8", "text/plain", { charset: "UTF-8" }],
    ['multipart/mixed; boundary="a;b=\\"c\\""', "multipart/mixed", { boundary: 'a;b="c"' }],
    ["text/plain (a comment); charset=us-ascii (plain)", "text/plain", { charset: "us-ascii" }],
    [
      "attachment; filename=my report.pdf; size=3",
      "attachment",
      { filename: "my report.pdf", size: "3" },
    ],
    ['attachment; filename="C:\\temp\\a.txt"', "attachment", { filename: "C:\\temp\\a.txt" }],
    ['attachment; filename="=?utf-8?Q?caff=C3=A8.txt?="', "attachment", { filename: "caffè.txt" }],
    ["attachment; filename*=utf-8''caff%C3%A8.txt", "attachment", { filename: "caffè.txt" }],
    ["attachment; filename*=iso-8859-1'it'caff%E8.txt", "attachment", { filename: "caffè.txt" }],
    [
      "attachment; filename=plain.txt; filename*=utf-8''real.txt",
      "attachment",
      { filename: "real.txt" },
    ],
    [
      "attachment; filename*=utf-8''real.txt; filename=plain.txt",
      "attachment",
      { filename: "real.txt" },
    ],
    ["a; n*1=b; n*0=a; n*2=c", "a", { n: "abc" }],
    ["a; n*0*=utf-8''%C3; n*1*=%A8; n*2=\"%41\"", "a", { n: "è%41" }],
    ['a; n*0="=?utf-8?Q?caff"; n*1="=C3=A8?="', "a", { n: "caffè" }],
    ["a; n=1; n=2", "a", { n: "1" }],
    ["a; n=", "a", { n: "" }],
    ['a; n="open', "a", { n: "open" }],
    ["a; ; x; n=1;", "a", { n: "1" }],
    ['multipart/mixed boundary="b"', "multipart/mixed", { boundary: "b" }],
    ["", "", {}],
    ["a; filename*=no-quotes%41", "a", { filename: "no-quotesA" }],
    ["a; filename*=utf-8''100%", "a", { filename: "100%" }],
    ["a; __proto__=1", "a", { ["__proto__"]: "1" }],
  ])("%s", (raw, value, parameters) => {
    const read = readParameterised(raw);
    expect(read.value).toBe(value);
    expect(Object.entries(read.parameters)).toEqual(Object.entries(parameters));
  });

  it("bounds the number of pieces", () => {
    const pieces = Array.from({ length: 20_000 }, (_, at) => `n*${at}=x`).join("; ");
    expect(readParameterised(`a; ${pieces}`).parameters["n"]).toBe("x".repeat(1000));
  });
});
