import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copySqliteHelpdesk } from "./copy.ts";
import { openSqliteHelpdesk } from "./open.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcrules-store-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a copy has what the store has, and what is done to it reaches nobody", async () => {
  const path = join(folder, "helpdesk.db");
  const store = await openSqliteHelpdesk(path);
  await store.transaction((desk) => desk.block("spam@example.com", "test", 1));
  const copy = await copySqliteHelpdesk(path);
  expect(await copy.helpdesk.blocked(["spam@example.com"])).toBe("spam@example.com");
  await copy.helpdesk.transaction((desk) => desk.block("other@example.com", "test", 2));
  await copy.discard();
  expect(await store.blocked(["other@example.com"])).toBeUndefined();
  await store.close();
});

test("a file that is no store is told as such, and left", async () => {
  const path = join(folder, "notes.txt");
  writeFileSync(path, "these are notes, and no database at all");
  await expect(copySqliteHelpdesk(path)).rejects.toMatchObject({
    name: "StoreError",
    kind: "not a store",
  });
  expect(existsSync(path)).toBe(true);
});
