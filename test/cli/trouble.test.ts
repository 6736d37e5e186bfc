import { randomBytes } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentOf } from "../crash/storeContent.ts";
import { mcrules, Place, type Circumstances } from "./mcrules.ts";

let place: Place;

beforeAll(async () => {
  place = new Place();
  place.addProject();
  place.write("binary", randomBytes(3000));
  place.write("empty", "");
  mkdirSync(join(place.path, "folder"));
  await mcrules("scan", { in: place.path });
});

afterAll(() => {
  place.remove();
});

/** A command cannot run: it says so in one or two lines, exits 2, and answers nothing. */
async function expectTrouble(
  line: string,
  says: RegExp,
  circumstances: Circumstances = { in: place.path },
): Promise<void> {
  const { code, out, err } = await mcrules(line, circumstances);
  expect({ line, code, out }).toEqual({ line, code: 2, out: "" });
  expect(err).toMatch(says);
  expect(err).not.toMatch(/mistake in mcrules itself|\n +at /);
  expect(err).toMatch(/^[^\n]+\n(?:[^\n]+\n)?$/);
}

describe.concurrent("a path that is not what it should be", { timeout: 120_000 }, () => {
  test.each([
    ["check missing", /missing does not exist/],
    ["fmt missing", /missing does not exist/],
    ["test missing", /missing does not exist/],
    ["explain missing", /missing does not exist/],
    ["contacts import missing", /missing does not exist/],
    ["blocked import missing", /missing does not exist/],
    ["scan --project missing/deep", /does not exist/],
    ["ticket list --store sqlite:missing.db", /no store at missing.db/],
    ["ticket close 1 --store sqlite:missing.db", /no store at missing.db/],
    ["why 1 --store sqlite:missing.db", /no store at missing.db/],
    ["mails --store sqlite:missing.db", /no store at missing.db/],
    ["mails retry 1 --store sqlite:missing.db", /no store at missing.db/],
    ["contacts --store sqlite:missing.db", /no store at missing.db/],
    ["contacts remove a@b.example --store sqlite:missing.db", /no store at missing.db/],
    ["blocked remove a@b.example --store sqlite:missing.db", /no store at missing.db/],
    ["check folder", /no .mcrules file in folder/],
    ["fmt folder", /no .mcrules file/],
    ["explain folder", /folder is a folder/],
    ["accounts import folder", /folder is a folder/],
    ["scan --store sqlite:folder", /the path is a folder/],
    ["scan --dry-run --store sqlite:folder", /it is a folder/],
    ["ticket list --store sqlite:folder", /it is a folder/],
    ["init binary", /binary is a file/],
    ["check binary", /binary is no .mcrules file/],
    ["fmt binary", /binary is no .mcrules file/],
    ["leads import binary", /no text in UTF-8/],
    ["blocked import binary", /no text in UTF-8/],
    ["scan --store sqlite:binary", /binary is not a store/],
    ["status --store sqlite:binary", /binary is not a store/],
    ["ticket show 1 --store sqlite:binary", /binary is not a store/],
    ["explain empty", /empty is empty/],
    ["explain -", /standard input is empty/],
    ["vendors import empty", /no column "address"/],
    ["check mail/1.eml", /1.eml is no .mcrules file/],
  ] as const)("%s", async (line, says) => {
    await expectTrouble(line, says);
  });

  test("nothing was made, and nothing was changed", async () => {
    expect(existsSync(join(place.path, "missing.db"))).toBe(false);
    expect(readFileSync(join(place.path, "binary"))).toHaveLength(3000);
    expect(readdirSync(join(place.path, "folder"))).toEqual([]);
  });
});

describe.concurrent("wrong use", { timeout: 120_000 }, () => {
  test.each([
    ["chek", /unknown command 'chek'\n\(Did you mean check\?\)/],
    ["check --format yaml", /Allowed choices are text, json/],
    ["scan nobody", /no mailbox nobody\nThe project has: support/],
    ["explain mail/1.eml --mailbox nobody", /no mailbox nobody/],
    ["explain MC9999", /no diagnostic MC9999/],
    ["test --filter nothing-bears-this", /no test's name holds/],
    ["ticket show TT99", /no ticket TT99/],
    ["ticket close 0", /no ticket 0/],
    ["why 99", /no ticket 99/],
    ["mails show 99", /no mail 99/],
    ["mails retry 1", /mail 1 did not fail/],
    ["mails --limit 0", /whole number from 1/],
    ["contacts add nonsense", /"nonsense" is no address/],
    ["blocked add @", /"@" is no address/],
    ["blocked remove a@b.example", /a@b.example is not blocked/],
    ["ticket list --store nonsense", /nonsense is no address of a store/],
    ["fmt - support.mcrules", /`-` stands alone/],
    ["init", /is there already\nNothing was written/],
  ] as const)("%s", async (line, says) => {
    await expectTrouble(line, says);
  });
});

test.each(["check", "fmt", "test", "scan", "status", "ticket list", "mails", "explain 1.eml"])(
  "in a folder without rules, %s says so",
  async (line) => {
    const bare = new Place();
    await expectTrouble(line, /no .mcrules file/, { in: bare.path });
    bare.remove();
  },
);

describe("a store that cannot be used is left as it is:", { timeout: 120_000 }, () => {
  const commands = ["scan", "scan --dry-run", "status", "ticket list", "ticket close 1", "why 1"];

  test.each([
    ["of a newer version", newer, /written by a newer mcrules/],
    ["that is damaged", damaged, /is damaged/],
    ["that is cut off", cutOff, /is damaged/],
  ] as const)("one %s", async (name, spoil, says) => {
    const folder = join(place.path, `store ${name}`.replaceAll(" ", "-"));
    cpSync(join(place.path, ".mcrules-data"), folder, { recursive: true });
    const store = join(folder, "helpdesk.db");
    spoil(store);
    const before = held(store);
    for (const command of commands) await expectTrouble(`${command} --store sqlite:${store}`, says);
    expect(held(store)).toEqual(before);
  });

  /** What is in a store; of one that cannot be read its bytes. */
  function held(store: string): unknown {
    try {
      return contentOf(store, place.path);
    } catch {
      return readFileSync(store).toString("base64");
    }
  }

  function newer(store: string): void {
    const database = new DatabaseSync(store);
    database.exec(
      "INSERT INTO schema_version (version) VALUES (999); PRAGMA wal_checkpoint(TRUNCATE)",
    );
    database.close();
  }

  function damaged(store: string): void {
    const database = new DatabaseSync(store);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    truncateSync(store, 4096);
    truncateSync(store, 200_000);
  }

  function cutOff(store: string): void {
    const database = new DatabaseSync(store);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    truncateSync(store, 50_000);
  }
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log("Not root: what another user may not read or write is not tried.");

describe.skipIf(!isRoot)("of another user,", { timeout: 120_000 }, () => {
  let theirs: Place;
  let as: Circumstances;

  beforeAll(async () => {
    theirs = new Place();
    theirs.addProject();
    chmodSync(theirs.path, 0o755);
    await mcrules("scan", { in: theirs.path });
    as = { in: theirs.path, user: "nobody" };
  });

  afterAll(() => {
    theirs.remove();
  });

  /** Takes the rights of a path away for the time of some work. */
  async function without(path: string, work: () => Promise<void>): Promise<void> {
    const whole = join(theirs.path, path);
    chmodSync(whole, 0);
    try {
      await work();
    } finally {
      chmodSync(whole, 0o755);
    }
  }

  test("a store and a folder that may not be written are named", async () => {
    await expectTrouble("scan", /cannot be written/, as);
    await expectTrouble("contacts add a@b.example", /cannot be written/, as);
    await expectTrouble("init new", /new may not be read or written/, as);
    expect(existsSync(join(theirs.path, "new"))).toBe(false);
  });

  test("a file and a folder that may not be read are named", async () => {
    await without("mail/1.eml", () => expectTrouble("explain mail/1.eml", /may not be read/, as));
    await without("mcrules.json", () => expectTrouble("check", /mcrules.json may not be read/, as));
    await without("mail", () => expectTrouble("test", /mail may not be read/, as));
    await without("support.mcrules", () => expectTrouble("fmt", /support.mcrules may not be/, as));
    await without("support.mcrules", async () => {
      const { code, out } = await mcrules("check", as);
      expect(code).toBe(2);
      expect(out).toContain('"support.mcrules" cannot be read: its permissions do not allow it');
    });
  });

  test("a store that may be read alone can be looked at", async () => {
    chmodSync(join(theirs.path, ".mcrules-data"), 0o755);
    for (const file of readdirSync(join(theirs.path, ".mcrules-data"))) {
      chmodSync(join(theirs.path, ".mcrules-data", file), 0o644);
    }
    for (const command of ["ticket list", "status", "why 1", "mails"]) {
      expect(await mcrules(command, as)).toMatchObject({ code: 0, err: "" });
    }
    await expectTrouble("ticket close 1", /cannot be written/, as);
  });
});
