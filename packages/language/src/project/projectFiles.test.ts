import { expect, it } from "vitest";
import type { ProjectFiles } from "../files.ts";
import { NamedFiles } from "./projectFiles.ts";

const names: Readonly<Record<string, readonly string[]>> = {
  "": ["vip.txt"],
  lists: ["carriers.txt", "suppliers.txt"],
};
const bare: ProjectFiles = {
  sources: [],
  read: () => ({ missing: true }),
  exists: () => false,
};
const files: ProjectFiles = { ...bare, list: (folder) => names[folder] ?? [] };

it.each([
  ["rules/a.mcrules", "../lists/carrier.txt", "../lists/carriers.txt"],
  ["a.mcrules", "lists/suplier.txt", "lists/suppliers.txt"],
  ["a.mcrules", "vips.txt", "vip.txt"],
  ["a.mcrules", "lists/holidays.txt", undefined],
  ["a.mcrules", "list/carriers.txt", undefined],
])("from %s, %s is nearly %s", (from, path, near) => {
  expect(new NamedFiles(files).resolve(from, path)).toMatchObject({ kind: "missing", near });
});

it("suggests nothing where nothing can be listed", () => {
  expect(new NamedFiles(bare).resolve("a.mcrules", "vips.txt")).toMatchObject({ near: undefined });
});
