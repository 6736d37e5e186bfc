import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Every table of a store with its rows, in an order of their own. */
export type Content = Readonly<Record<string, readonly string[]>>;

type StoredRow = Readonly<Record<string, unknown>>;

interface Reference {
  readonly column: string;
  readonly table: string;
}

/**
 * All that is in a store, without what differs from one run to the next though nothing differs: ids,
 * random keys, and how often something was tried. What refers to a row has that row in its place.
 */
export function contentOf(path: string, root: string): Content {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.fromEntries(
      tablesOf(database).map((table) => {
        const told = new Teller(database, root);
        return [
          table,
          told
            .rows(table)
            .map((row) => told.tell(table, row))
            .toSorted(),
        ];
      }),
    );
  } finally {
    database.close();
  }
}

function tablesOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
    .map((row) => String(row["name"]));
}

class Teller {
  readonly #database: DatabaseSync;
  readonly #root: string;
  readonly #titles: ReadonlyMap<string, string>;

  constructor(database: DatabaseSync, root: string) {
    this.#database = database;
    this.#root = root;
    this.#titles = new Map(
      this.rows("ticket").map((row) => [String(row["id"]), String(row["title"])]),
    );
  }

  rows(table: string): readonly StoredRow[] {
    return this.#database.prepare(`SELECT * FROM "${table}"`).all();
  }

  /** A row in words that hold in any run. */
  tell(table: string, row: StoredRow): string {
    const references = this.#references(table);
    const told = Object.entries(row)
      .filter(([column]) => column !== "id" && column !== "attempts")
      .map(([column, value]): readonly [string, unknown] => {
        const reference = references.find((one) => one.column === column);
        return [
          column,
          reference === undefined || value === null
            ? this.#tellValue(table, value)
            : this.#tellReferred(reference.table, value),
        ];
      });
    return JSON.stringify(Object.fromEntries(told));
  }

  #references(table: string): readonly Reference[] {
    return this.#database
      .prepare(`PRAGMA foreign_key_list("${table}")`)
      .all()
      .map((row) => ({ column: String(row["from"]), table: String(row["table"]) }));
  }

  #tellReferred(table: string, value: unknown): unknown {
    if (typeof value !== "number") return this.#tellValue(table, value);
    const row = this.#database.prepare(`SELECT * FROM "${table}" WHERE id = ?`).get(value);
    if (row === undefined) throw new Error(`${table} has no row ${value}, though one refers to it`);
    const told = createHash("sha256").update(this.tell(table, row)).digest("hex");
    return `the row of ${table} with the hash ${told.slice(0, 12)}`;
  }

  #tellValue(table: string, value: unknown): unknown {
    if (value instanceof Uint8Array) {
      if (table === "secret_key") return "a key";
      return createHash("sha256").update(value).digest("hex");
    }
    if (typeof value !== "string") return value;
    return value
      .replaceAll(this.#root, "ROOT")
      .replace(/mcrules\.(?:t[0-9]+|none)\.[0-9a-z]+\.[0-9a-f]{32}@/g, "OURS@")
      .replace(/\b[0-9a-f]{32}\b/g, "RANDOM")
      .replace(/\b(9x|TT|ticket )([0-9]+)\b/gi, (_whole, before: string, id: string) => {
        return `${before}(${this.#titles.get(id) ?? "no ticket"})`;
      })
      .replace(/(\\*"(?:id|ticket)\\*":\\*"?)[0-9]+/g, "$1N");
  }
}

/** All files below a folder with a hash of what is in them. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path.slice(folder.length + 1)} ${hashOf(path)}`)
    .toSorted();
}

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
}
