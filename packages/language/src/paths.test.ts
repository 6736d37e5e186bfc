import { expect, test } from "vitest";
import { placeOf, resolvePath } from "./paths.ts";

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

test.each([
  ["desk/support.mcrules", "mail", "desk/mail"],
  ["support.mcrules", "../mail", "../mail"],
  ["a/b.mcrules", "../../../mail", "../../mail"],
  ["a/b.mcrules", "/srv/mail/", "/srv/mail/"],
  ["support.mcrules", ".", "."],
])("from %s, %s lies at %s", (from, path, expected) => {
  expect(placeOf(from, path)).toBe(expected);
});
