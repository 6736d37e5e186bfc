import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StoreError, helpdeskOn, openSqliteHelpdesk } from "../index.ts";
import { newEntry, newOutboxEntry, newTicket } from "../store/given.suite.ts";
import { openSqliteDatabase } from "./sqliteDatabase.ts";

const PROGRAM = fileURLToPath(new URL("./rival.suite.ts", import.meta.url));

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcrules-open-"));
  path = join(folder, "helpdesk.db");
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

async function withTicket(): Promise<void> {
  const desk = await openSqliteHelpdesk(path);
  await desk.transaction((t) => t.createTicket(newTicket()));
  await desk.close();
}

async function refusal(opening: Promise<unknown>): Promise<StoreError> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof StoreError) {
      return error;
    }
    throw error;
  }
  throw new Error("It was opened.");
}

describe("opening", () => {
  test("makes folders and file for this user alone, and finds everything again", async () => {
    path = join(folder, "a", "b", "helpdesk.db");
    await withTicket();
    const desk = await openSqliteHelpdesk(path);
    expect((await desk.ticket(1))?.title).toBe("Printer broken");
    await desk.close();
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "a")).mode & 0o077).toBe(0);
  });

  test("an empty file becomes a store", async () => {
    writeFileSync(path, "");
    await withTicket();
    const desk = await openSqliteHelpdesk(path);
    expect(await desk.tickets({})).toHaveLength(1);
    await desk.close();
  });

  test("stores in memory have nothing to do with each other", async () => {
    const [one, other] = [
      await openSqliteHelpdesk(":memory:"),
      await openSqliteHelpdesk(":memory:"),
    ];
    await one.transaction((t) => t.createTicket(newTicket()));
    expect(await other.tickets({})).toEqual([]);
    await one.close();
    await other.close();
  });

  test("a store of a newer version is left as it is", async () => {
    await withTicket();
    const file = new DatabaseSync(path);
    file.exec("INSERT INTO schema_version (version) VALUES (999)");
    file.close();
    for (const readOnly of [false, true]) {
      const error = await refusal(openSqliteHelpdesk(path, { readOnly }));
      expect(error.kind).toBe("newer version");
      expect(error.path).toBe(path);
      expect(error.message).toContain(path);
      expect(error.message).toContain("999");
    }
  });

  test("a store of an older version is brought up to date, but not by whoever only reads", async () => {
    await withTicket();
    const file = new DatabaseSync(path);
    file.exec("DELETE FROM schema_version");
    file.close();
    expect((await refusal(openSqliteHelpdesk(path, { readOnly: true }))).kind).toBe(
      "older version",
    );
  });

  test("a store of version 2 keeps what it has, and counts from now on", async () => {
    await withTicket();
    const before = await openSqliteHelpdesk(path);
    await before.transaction((t) => t.addOutboxEntry(newOutboxEntry({ ticket: 1 })));
    await before.close();
    const file = new DatabaseSync(path);
    file.exec(`
      DROP TABLE sender_miss;
      DROP TABLE opened_ticket;
      DROP INDEX alarm_age;
      DROP INDEX outbox_recipient_stranger;
      ALTER TABLE outbox_recipient DROP COLUMN stranger_domain;
      DELETE FROM schema_version WHERE version > 2;
    `);
    file.close();
    const desk = await openSqliteHelpdesk(path);
    expect((await desk.ticket(1))?.title).toBe("Printer broken");
    expect((await desk.sentTo("anna@example.it", 0)).count).toBe(1);
    expect(await desk.sentToStrangers("example.it", 0)).toBe(0);
    await desk.transaction(async (t) => {
      await t.addOutboxEntry(newOutboxEntry({ strangers: ["anna@example.it"] }));
      await t.countMiss("anna@example.it", 1);
    });
    expect(await desk.sentToStrangers("example.it", 0)).toBe(1);
    expect(await desk.misses("anna@example.it", 0)).toBe(1);
    await desk.close();
  });

  test.each([
    ["text", "this is no database, but long enough to have a header of a hundred bytes ".repeat(9)],
    ["binary", Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 37) % 256))],
  ])("a file of another kind (%s) is left as it is", async (_kind, content) => {
    writeFileSync(path, content);
    const before = readFileSync(path);
    for (const readOnly of [false, true]) {
      const error = await refusal(openSqliteHelpdesk(path, { readOnly }));
      expect(error.kind).toBe("not a store");
      expect(error.message).toContain(path);
    }
    expect(readFileSync(path)).toEqual(before);
  });

  test("the database of another program is left as it is", async () => {
    const file = new DatabaseSync(path);
    file.exec("CREATE TABLE bookmarks (url TEXT)");
    file.close();
    const before = readFileSync(path);
    expect((await refusal(openSqliteHelpdesk(path))).kind).toBe("not a store");
    expect(readFileSync(path)).toEqual(before);
  });

  test("a damaged store says so", async () => {
    const desk = await openSqliteHelpdesk(path);
    await desk.transaction(async (t) => {
      for (let mail = 0; mail < 300; mail += 1) {
        await t.addJournalEntry(newEntry(String(mail), { trace: "x".repeat(500) }));
      }
    });
    await desk.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, bytes.length / 2);
    writeFileSync(path, bytes);
    const again = await openSqliteHelpdesk(path, { readOnly: true });
    await expect(again.journal({})).rejects.toMatchObject({ kind: "damaged" });
    await again.close();
  });

  test("a folder is no store", async () => {
    mkdirSync(path);
    expect((await refusal(openSqliteHelpdesk(path))).kind).toBe("cannot open");
    expect((await refusal(openSqliteHelpdesk(path, { readOnly: true }))).kind).toBe("cannot open");
  });

  test("a path through a file cannot be made", async () => {
    writeFileSync(join(folder, "file"), "");
    const error = await refusal(openSqliteHelpdesk(join(folder, "file", "sub", "helpdesk.db")));
    expect(error.kind).toBe("cannot open");
  });
});

describe("reading only", () => {
  test("a file that is not there is missing, and is not made", async () => {
    const error = await refusal(openSqliteHelpdesk(path, { readOnly: true }));
    expect(error.kind).toBe("missing");
    expect(error.message).toContain(path);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, "");
    expect((await refusal(openSqliteHelpdesk(path, { readOnly: true }))).kind).toBe("missing");
  });

  test("reads what others write, and writes nothing", async () => {
    const writing = await openSqliteHelpdesk(path);
    const reading = await openSqliteHelpdesk(path, { readOnly: true });
    await writing.transaction((t) => t.createTicket(newTicket()));
    expect(await reading.tickets({})).toHaveLength(1);
    await expect(reading.transaction((t) => t.createTicket(newTicket()))).rejects.toMatchObject({
      kind: "read only",
    });
    await reading.close();
    await writing.close();
  });
});

describe("a place that cannot be written", () => {
  const outcome = (what: "open" | "read"): string => {
    const asNobody = process.getuid?.() === 0 ? "1" : "0";
    return execFileSync(process.execPath, [PROGRAM, path, what, asNobody], {
      encoding: "utf8",
    }).trim();
  };

  test("is named as such, and can still be read", async () => {
    await withTicket();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    expect(outcome("open")).toBe("refused read only");
    expect(outcome("read")).toBe("opened 1");
  });

  test("takes no new store", () => {
    chmodSync(folder, 0o555);
    expect(outcome("open")).toBe("refused read only");
    expect(existsSync(path)).toBe(false);
  });
});

describe("a full disk", () => {
  test("undoes the transaction that had no room; smaller ones go on", async () => {
    const database = await openSqliteDatabase(path);
    const desk = await helpdeskOn(database);
    const ticket = await desk.transaction((t) => t.createTicket(newTicket()));
    await database.query("PRAGMA max_page_count = 200");
    const full = desk.transaction(async (t) => {
      await t.addJournalEntry(newEntry("a"));
      await t.addDocument(ticket.id, {
        name: "large.bin",
        type: "application/octet-stream",
        content: new Uint8Array(4_000_000),
      });
    });
    await expect(full).rejects.toMatchObject({ kind: "disk full", path });
    expect(await desk.journal({})).toEqual([]);
    expect(await desk.documents(ticket.id)).toEqual([]);
    await desk.transaction((t) => t.addJournalEntry(newEntry("a")));
    expect(await desk.journal({})).toHaveLength(1);
    await desk.close();
  });

  test("that is really full says so, and nothing is lost", async (context) => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], { stdio: "ignore" });
    } catch (error) {
      context.skip(`a small disk cannot be mounted here: ${String(error)}`);
    }
    try {
      path = join(disk, "helpdesk.db");
      const desk = await openSqliteHelpdesk(path);
      let committed = 0;
      const filling = async (): Promise<void> => {
        for (;;) {
          await desk.transaction((t) =>
            t.addJournalEntry(newEntry(String(committed), { trace: "x".repeat(20_000) })),
          );
          committed += 1;
        }
      };
      await expect(filling()).rejects.toMatchObject({ kind: "disk full" });
      expect(await desk.journal({})).toHaveLength(committed);
      await desk.close();
      const again = await openSqliteHelpdesk(path, { readOnly: true });
      expect(await again.journal({})).toHaveLength(committed);
      await again.close();
      const fresh = await refusal(openSqliteHelpdesk(join(disk, "second.db")));
      expect(fresh.kind).toBe("disk full");
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});

describe("a lock of another program", () => {
  test("is waited for", async () => {
    await withTicket();
    const other = new DatabaseSync(path);
    const desk = await openSqliteHelpdesk(path);
    other.exec("BEGIN IMMEDIATE");
    const writing = desk.transaction((t) => t.createTicket(newTicket()));
    await new Promise((resolve) => setTimeout(resolve, 100));
    other.exec("COMMIT");
    expect((await writing).id).toBe(2);
    other.close();
    await desk.close();
  });

  test("that is never given back is named", async () => {
    await withTicket();
    const database = await openSqliteDatabase(path, { patience: 50 });
    const desk = await helpdeskOn(database);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(desk.transaction((t) => t.createTicket(newTicket()))).rejects.toMatchObject({
      kind: "busy",
      path,
    });
    expect(await desk.tickets({})).toHaveLength(1);
    other.exec("ROLLBACK");
    other.close();
    expect((await desk.transaction((t) => t.createTicket(newTicket()))).id).toBe(2);
    await desk.close();
  });
});
