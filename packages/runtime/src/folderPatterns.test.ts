import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { folderPattern, selectFolders } from "./folderPatterns.ts";

const named = (...names: readonly string[]) => names.map((value) => ({ value }));

describe("the folders of a mailbox", () => {
  const folders = ["INBOX", "Requests", "Requests/New", "Requests/Old", "Spam"];

  it("are all where none is named", () => {
    expect(selectFolders(folders, undefined)).toEqual({
      selected: folders,
      missing: [],
      unmatched: [],
    });
  });

  it("are those that a name or pattern fits, without the excepted", () => {
    const setting = { names: named("inbox", "Requests/*"), except: named("Requests/Old") };
    expect(selectFolders(folders, setting)).toEqual({
      selected: ["INBOX", "Requests/New"],
      missing: [],
      unmatched: [],
    });
  });

  it("are told as missing where a plain name fits none; a pattern may fit none", () => {
    const setting = { names: named("INBOX", "requests", "Nothing/*"), except: [] };
    expect(selectFolders(folders, setting)).toEqual({
      selected: ["INBOX"],
      missing: ["requests"],
      unmatched: ["Nothing/*"],
    });
  });
});

describe("a folder pattern", () => {
  it("compares in NFC, and INBOX in any letter case", () => {
    expect(folderPattern("Perch\u00e9")("Perche\u0301")).toBe(true);
    expect(folderPattern("inbox/*")("Inbox/Sub")).toBe(true);
    expect(folderPattern("Inboxes")("INBOXes")).toBe(false);
  });

  it("agrees with a regular expression", () => {
    const name = string({ unit: constantFrom("a", "b", "/", "*"), maxLength: 8 });
    assert(
      property(name, name, (pattern, folder) => {
        const oracle = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "s");
        expect(folderPattern(pattern)(folder)).toBe(oracle.test(folder));
      }),
    );
  });
});
