import { expect, test } from "vitest";
import { resolvePath } from "./paths.ts";

test.each([
  ["support.mcrules", "./lists.mcrules", "lists.mcrules"],
  ["rules/support.mcrules", "lists.mcrules", "rules/lists.mcrules"],
  ["rules/support.mcrules", "../mail/a.eml", "mail/a.eml"],
  ["rules/support.mcrules", "../../a.eml", undefined],
  ["support.mcrules", "/etc/passwd", undefined],
  ["support.mcrules", "C:\\mail\\a.eml", undefined],
  ["support.mcrules", "a//b/./c", "a/b/c"],
])("from %s, %s is %s", (from, path, expected) => {
  expect(resolvePath(from, path)).toBe(expected);
});
