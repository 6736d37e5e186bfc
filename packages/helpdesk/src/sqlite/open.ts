import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StoreError } from "../errors.ts";
import type { Database } from "../database.ts";
import type { Helpdesk } from "../helpdesk.ts";
import { helpdeskOn } from "../store/store.ts";
import { openSqliteDatabase } from "./sqliteDatabase.ts";
import { fromSystem, missingStore } from "./sqliteErrors.ts";

const IN_MEMORY = ":memory:";
/** The mails of customers, and the key that signs Message-IDs, are nobody else's. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** How a store in a file is opened. */
export interface OpenOptions {
  /** For commands that only read: nothing is made, and a file that is not there is an error. */
  readonly readOnly?: boolean;
}

/**
 * Opens the store in an SQLite file and brings it up to date; `:memory:` is a fresh one that is
 * gone when it is closed. The file and its folders are made where they are missing.
 *
 * Throws `StoreError`, whose message says in plain words what is wrong with which path.
 */
export async function openSqliteHelpdesk(
  path: string,
  options: OpenOptions = {},
): Promise<Helpdesk> {
  const database =
    path === IN_MEMORY
      ? await openSqliteDatabase(path)
      : options.readOnly === true
        ? await openForReading(resolve(path))
        : await openForWriting(resolve(path));
  try {
    return await helpdeskOn(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openForWriting(path: string): Promise<Database> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
    closeSync(openSync(path, "a", FILE_MODE));
  } catch (error) {
    throw fromSystem(error, path);
  }
  return openSqliteDatabase(path);
}

async function openForReading(path: string): Promise<Database> {
  if (!existsSync(path)) {
    throw missingStore(path);
  }
  try {
    return await openSqliteDatabase(path, { readOnly: true });
  } catch (error) {
    if (error instanceof StoreError && isOfClosedMedium(error, path)) {
      return openSqliteDatabase(path, { readOnly: true, immutable: true });
    }
    throw error;
  }
}

/**
 * SQLite needs to write beside a file in WAL mode even to read it. Where it may not, and nobody
 * has the file open for writing (there is no log), the file is read as it lies.
 */
function isOfClosedMedium(error: StoreError, path: string): boolean {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  return (
    (error.kind === "cannot open" || error.kind === "read only") &&
    statSync(path).isFile() &&
    (log === undefined || log.size === 0)
  );
}
