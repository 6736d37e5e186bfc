import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { readMaildirName, withFlag, writeMaildirName } from "./maildirName.ts";
import { decodeModifiedUtf7, encodeModifiedUtf7 } from "./modifiedUtf7.ts";

describe("the name of a file in a Maildir", () => {
  it("is a base and its flags", () => {
    expect(readMaildirName("1.M2P3.host,S=9:2,FS")).toEqual({
      base: "1.M2P3.host,S=9",
      flags: "FS",
    });
    expect(readMaildirName("1.M2P3.host")).toEqual({ base: "1.M2P3.host", flags: "" });
  });

  it("keeps all other flags, in their order, when one changes", () => {
    const name = readMaildirName("1.host:2,TRD");
    expect(writeMaildirName(withFlag(name, "S", true))).toBe("1.host:2,DRST");
    expect(writeMaildirName(withFlag(withFlag(name, "S", true), "S", false))).toBe("1.host:2,DRT");
  });
});

describe("modified UTF-7", () => {
  it("is that of RFC 3501", () => {
    expect(encodeModifiedUtf7("Posta è & co")).toBe("Posta &AOg- &- co");
    expect(decodeModifiedUtf7("~peter/mail/&U,BTFw-/&ZeVnLIqe-")).toBe("~peter/mail/台北/日本語");
  });

  it("comes back whatever the name", () => {
    assert(
      property(string({ unit: "binary" }), (name) => {
        expect(decodeModifiedUtf7(encodeModifiedUtf7(name))).toBe(name);
      }),
    );
  });
});
