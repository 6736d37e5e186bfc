import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, DatabaseTransaction, Dialect, Row, Value } from "../database.ts";
import { StoreError } from "../errors.ts";
import { inTurns } from "./turns.ts";
import { busyError, fromSqlite, isBusy, missingStore, notAStore } from "./sqliteErrors.ts";

const DIALECT: Dialect = {
  id: "INTEGER PRIMARY KEY",
  lastingId: "INTEGER PRIMARY KEY AUTOINCREMENT",
  integer: "INTEGER",
  bytes: "BLOB",
  tableEnd: " STRICT",
  // A transaction holds the one write lock from its beginning.
  rowLock: "",
  schemaLock: undefined,
  ticketIdsGoOn: undefined,
};

/** How long SQLite itself may wait for a lock: the whole process stands still meanwhile. */
const BLOCKING_WAIT = 20;
const PAUSE = 10;
const STATEMENTS_KEPT = 300;
/** "mcru": tells our files from other SQLite files, also to `file`. */
const APPLICATION = 0x6d637275;
const LARGEST_IDLE_LOG = 64 * 1024 * 1024;

/** How an SQLite file is opened. */
export interface SqliteOptions {
  readonly readOnly?: boolean;
  /** Of a file on a medium that nobody writes to: no lock is taken. */
  readonly immutable?: boolean;
  /** Milliseconds to wait for a lock of another program; 30 seconds where it is not given. */
  readonly patience?: number;
}

/** Opens an SQLite file, or `:memory:`. Throws `StoreError`. */
export async function openSqliteDatabase(
  path: string,
  options: SqliteOptions = {},
): Promise<Database> {
  const readOnly = options.readOnly === true;
  const patience = options.patience ?? 30_000;

  /** Tries again while another program holds the lock, without holding up this one. */
  async function patiently<T>(work: () => T): Promise<T> {
    const deadline = Date.now() + patience;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) {
          throw fromSqlite(error, path);
        }
        if (Date.now() >= deadline) {
          throw busyError(path, error);
        }
        await sleep(PAUSE);
      }
    }
  }

  const connection = await patiently(() => connect(path, readOnly, options.immutable === true));
  try {
    await patiently(() => {
      assertOurs(connection, path, readOnly);
      connection.exec(
        `PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;`,
      );
      if (!readOnly) {
        connection.exec(
          `PRAGMA application_id = ${APPLICATION}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = ${LARGEST_IDLE_LOG};`,
        );
      }
    });
  } catch (error) {
    connection.close();
    throw error;
  }

  const statements = new Map<string, StatementSync>();
  const turns = inTurns();
  let open = true;

  function prepared(text: string): StatementSync {
    const known = statements.get(text);
    if (known !== undefined) {
      return known;
    }
    if (statements.size >= STATEMENTS_KEPT) {
      statements.clear();
    }
    const statement = connection.prepare(text);
    statements.set(text, statement);
    return statement;
  }

  function run(text: string, values: readonly Value[]): readonly Row[] {
    return prepared(text).all(...values);
  }

  function assertOpen(): void {
    if (!open) {
      throw new StoreError("closed", path, `The store ${path} was closed already.`);
    }
  }

  const inside: DatabaseTransaction = {
    query: async (text, values = []) => {
      try {
        return run(text, values);
      } catch (error) {
        throw fromSqlite(error, path);
      }
    },
    script: async (text) => {
      try {
        connection.exec(text);
      } catch (error) {
        throw fromSqlite(error, path);
      }
    },
  };

  function undo(): void {
    // SQLite has undone everything by itself after some errors, such as a full disk.
    if (connection.isTransaction) {
      connection.exec("ROLLBACK");
    }
  }

  return {
    dialect: DIALECT,
    place: path,
    readOnly,

    query: (text, values = []) =>
      turns.take(() => {
        assertOpen();
        return patiently(() => run(text, values));
      }),

    transaction: (work) =>
      turns.take(async () => {
        assertOpen();
        if (readOnly) {
          throw new StoreError(
            "read only",
            path,
            `The store ${path} was opened for reading only; nothing can be changed in it.`,
          );
        }
        await patiently(() => connection.exec("BEGIN IMMEDIATE"));
        try {
          const result = await work(inside);
          connection.exec("COMMIT");
          return result;
        } catch (error) {
          undo();
          throw fromSqlite(error, path);
        }
      }),

    close: () =>
      turns.take(async () => {
        if (open) {
          open = false;
          statements.clear();
          connection.close();
        }
      }),
  };
}

/** Before anything is written: is this file ours, or empty? */
function assertOurs(connection: DatabaseSync, path: string, readOnly: boolean): void {
  const application = connection.prepare("PRAGMA application_id").get()?.["application_id"];
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((row) => row["name"]);
  if (application !== APPLICATION && tables.length > 0) {
    throw notAStore(path);
  }
  if (readOnly && !tables.includes("schema_version")) {
    throw missingStore(path);
  }
}

function connect(path: string, readOnly: boolean, immutable: boolean): DatabaseSync {
  if (!immutable) {
    return new DatabaseSync(path, { readOnly, timeout: BLOCKING_WAIT });
  }
  const address = pathToFileURL(path);
  address.searchParams.set("immutable", "1");
  return new DatabaseSync(address, { readOnly: true });
}
