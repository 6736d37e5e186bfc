import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { fixtureDifferences } from "./fixture.ts";

const folder = join(import.meta.dirname, "../fixtures");
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  // Those beside the folders are single files for the formatter, without what they import and receive.
  .filter((path) => path.endsWith(".mcrules") && path.includes(sep))
  .toSorted();

describe("each fixture has exactly the findings that its comments expect", () => {
  test.each(paths)("%s", (path) => {
    expect(fixtureDifferences(readFileSync(join(folder, path), "utf8"))).toEqual([]);
  });
});
