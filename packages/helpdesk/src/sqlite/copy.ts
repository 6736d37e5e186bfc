import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import type { Helpdesk } from "../helpdesk.ts";
import { openSqliteHelpdesk } from "./open.ts";
import { fromSystem } from "./sqliteErrors.ts";

/** A copy of a store, and how it is thrown away. */
export interface StoreCopy {
  readonly helpdesk: Helpdesk;
  /** Closes the copy and removes its files. */
  discard(): Promise<void>;
}

/**
 * Copies the store in an SQLite file into a temporary folder, as it stands at this moment, while
 * others may be writing to it. What is done to the copy reaches nobody.
 *
 * Throws `StoreError` where the store cannot be read or the copy cannot be written.
 */
export async function copySqliteHelpdesk(path: string): Promise<StoreCopy> {
  // Opened first as a store, so that what is none is told in the words of stores.
  const original = await openSqliteHelpdesk(path, { readOnly: true });
  await original.close();
  const folder = mkdtempSync(join(tmpdir(), "mcrules-copy-"));
  const copy = join(folder, "helpdesk.db");
  try {
    const source = new DatabaseSync(resolve(path), { readOnly: true });
    try {
      await backup(source, copy);
    } finally {
      source.close();
    }
    const helpdesk = await openSqliteHelpdesk(copy);
    return {
      helpdesk,
      async discard() {
        await helpdesk.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error instanceof Error && "code" in error ? fromSystem(error, copy) : error;
  }
}
