import { expect, test } from "vitest";
import { fixtureDifferences, readFixture } from "./fixture.ts";

test("expectations are taken out, and say where the finding stands", () => {
  const { files, expectations } = readFixture(
    [
      "list vip = []",
      "#        ^ MC2111 it holds",
      "# kept",
      "#<^^^ MC2001",
      "#< MC2002",
      "#  | MC2006",
    ].join("\n"),
  );
  expect(files.get("main.mcrules")).toBe("list vip = []\n# kept");
  expect(expectations).toEqual([
    {
      file: "main.mcrules",
      line: 1,
      column: 10,
      endColumn: 11,
      code: "MC2111",
      message: "it holds",
    },
    { file: "main.mcrules", line: 2, column: 1, endColumn: 6, code: "MC2001", message: "" },
    { file: "main.mcrules", line: 2, column: 1, endColumn: 2, code: "MC2002", message: "" },
    { file: "main.mcrules", line: 2, column: 4, endColumn: 4, code: "MC2006", message: "" },
  ]);
});

test("a mark begins the next file, and the cursor is taken out", () => {
  const { files, cursor, unreadable } = readFixture(
    "# main\n#- folder/a.mcrules\nlist v$0ip\n#- b.txt (unreadable)\nx\n",
  );
  expect([...files]).toEqual([
    ["main.mcrules", "# main\n"],
    ["folder/a.mcrules", "list vip\n"],
    ["b.txt", "x\n"],
  ]);
  expect(cursor).toEqual({ file: "folder/a.mcrules", offset: 6 });
  expect([...unreadable]).toEqual(["b.txt"]);
});

test("a finding that was not expected is a difference, and so is one that did not come", () => {
  expect(fixtureDifferences("list vip = []\n")).toEqual([
    'found: main.mcrules:1:10-11 MC2111 list "vip" holds no value',
  ]);
  expect(fixtureDifferences('list vip = ["a"]\n#        ^ MC2111\n')).toEqual([
    "missing: main.mcrules:1:10-11 MC2111",
  ]);
});
