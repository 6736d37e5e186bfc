import { describe, expect, test } from "vitest";
import { nearest } from "./suggest.ts";

const words = ["contains", "starts with", "ends with", "is", "in", "matches"];

describe("nearest", () => {
  test.each([
    ["contians", "contains"],
    ["Contains", "contains"],
    ["matchs", "matches"],
    ["start with", "starts with"],
    ["si", "is"],
    ["iz", "is"],
  ])("%s is %s", (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  test.each(["size", "banana", "x", "qq", ""])("%s is none of them", (word) => {
    expect(nearest(word, words)).toBeUndefined();
  });

  test("of equally near ones the first counts", () => {
    expect(nearest("cat", ["car", "bat"])).toBe("car");
    expect(nearest("cat", ["bat", "car"])).toBe("bat");
  });
});
