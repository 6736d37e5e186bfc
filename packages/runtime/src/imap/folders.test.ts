import { describe, expect, it } from "vitest";
import { selectFolders } from "../folderPatterns.ts";
import { Folders, pathOfNew, readableName, writtenName } from "./folders.ts";
import { numberingOf, readPlace, writePlace } from "./place.ts";

describe("names of folders", () => {
  it.each([
    ["INBOX", "/", "INBOX"],
    ["inbox", "/", "INBOX"],
    ["Requests/New", "/", "Requests/New"],
    ["INBOX.Requests.New", ".", "INBOX/Requests/New"],
    ["Requests.New", "/", "Requests.New"],
    ["Requests\\New", "\\", "Requests/New"],
    ["Cafe\u0301", "/", "Café"],
    ["a/b", undefined, "a/b"],
    ["__proto__", "/", "__proto__"],
  ])("%s on a server that parts by %s is read as %s", (path, delimiter, name) => {
    expect(readableName(path, delimiter)).toBe(name);
  });

  it.each([
    ["Requests", "INBOX/Requests"],
    ["Requests/New", "INBOX/Requests/New"],
    ["Requests.New", "INBOX/Requests/New"],
    ["INBOX.Requests", "INBOX/Requests"],
    ["inbox/Requests", "inbox/Requests"],
    ["INBOX", "INBOX"],
    ["*", "*"],
    ["Requests/*", "INBOX/Requests/*"],
  ])("%s means %s on a server that puts INBOX. before all", (written, name) => {
    expect(writtenName(written, { delimiter: ".", prefix: "INBOX." })).toBe(name);
  });

  it("that are to be made are parted as the server parts them", () => {
    expect(pathOfNew("Done/Now", ".")).toBe("Done.Now");
    expect(pathOfNew("Done/Now", "/")).toBe("Done/Now");
    expect(pathOfNew("Done", undefined)).toBe("Done");
  });

  it("leave out what holds no mails, and the second of two that are read alike", () => {
    const folders = new Folders({ delimiter: "/", prefix: "" }, [
      { path: "INBOX", noMails: false },
      { path: "Only", noMails: true },
      { path: "Only/Inside", noMails: false },
      { path: "Café", noMails: false },
      { path: "Cafe\u0301", noMails: false },
    ]);
    expect(folders.names).toEqual(["INBOX", "Only/Inside", "Café"]);
    expect(folders.notices).toEqual([
      'Two folders of the server are read as "Café"; the second is left out.',
    ]);
    expect([folders.path("Café"), folders.path("Only"), folders.holdsNoMails("Only")]).toEqual([
      "Café",
      undefined,
      true,
    ]);
    const setting = { names: [{ value: "Only*" }], except: [] };
    expect(selectFolders(folders.names, setting).selected).toEqual(["Only/Inside"]);
  });
});

describe("places", () => {
  it("are read as they are written, and nothing else is taken for one", () => {
    const account = { user: "anna", host: "imap.example.it" };
    const uidValidity = numberingOf(account, 1_795_580_259n);
    const place = { uidValidity, uid: 4_294_967_295 };
    expect(readPlace(writePlace(place))).toEqual(place);
    const numbers = `${uidValidity}:`;
    for (const other of [
      "",
      "1:1",
      numbers,
      `${numbers}0`,
      `${numbers}-1`,
      `${numbers}1\n`,
      ":1",
    ]) {
      expect(readPlace(other)).toBeUndefined();
    }
  });

  it("are others on another server, and for another user, with the same UIDVALIDITY", () => {
    const of = (user: string, host: string) => numberingOf({ user, host }, 1n);
    expect(of("anna", "imap.example.it")).toBe(of("anna", "IMAP.example.it"));
    expect(of("anna", "mail.example.it")).not.toBe(of("anna", "imap.example.it"));
    expect(of("bob", "imap.example.it")).not.toBe(of("anna", "imap.example.it"));
  });
});
