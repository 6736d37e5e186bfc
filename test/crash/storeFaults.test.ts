import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { helpdeskOn, StoreError } from "@mcrules/helpdesk";
import { openMailReader } from "@mcrules/mail";
import { openSqliteDatabase } from "../../packages/helpdesk/src/sqlite/sqliteDatabase.ts";
import { breakingDatabase } from "./breakingDatabase.ts";
import { sample } from "./sampling.ts";
import { machine, scan, type World } from "./scanning.ts";
import { disturbed, makeStages, type Stages } from "./stages.ts";
import { noStrike, Strike } from "./strike.ts";

const reader = openMailReader();
const scanning = machine(reader);
let stages: Stages;

beforeAll(async () => {
  stages = await makeStages(scanning);
});

afterAll(async () => {
  for (const { before } of Object.values(stages)) before.remove();
  await reader.close();
});

test("an undisturbed run does all that these tests are about", () => {
  const rows = (table: string) =>
    [stages.first, stages.later, stages.conversation].map(
      ({ undisturbed }) => undisturbed.store[table]?.length,
    );
  expect({
    tickets: rows("ticket"),
    comments: rows("ticket_comment"),
    documents: rows("document"),
    contents: rows("content"),
    outbox: rows("outbox"),
    blocked: rows("blocked_address"),
    filed: rows("filed_mail"),
    journal: rows("journal"),
    pending: rows("mail_effect"),
  }).toEqual({
    tickets: [8, 9, 11],
    comments: [0, 5, 7],
    documents: [4, 4, 4],
    contents: [3, 3, 3],
    outbox: [15, 22, 27],
    blocked: [1, 1, 2],
    filed: [2, 2, 2],
    journal: [17, 24, 30],
    pending: [0, 0, 0],
  });
  expect(
    stages.conversation.undisturbed.files.map((file) => file.replace(/ [0-9a-f]+$/, "")),
  ).toEqual([
    "Maildir/.Accounts/cur/11.host.copy-83ecb521:2,F",
    "Maildir/.Accounts/cur/3.host.copy-83ecb521:2,FS",
    "Maildir/.Accounts/cur/52.host.copy-83ecb521:2,FS",
    "Maildir/.Filed.Reports/cur/11.host:2,F",
    "Maildir/.Filed.Reports/new/6.host",
    "Maildir/.Junk/new/4.host",
    "Maildir/.Junk/new/55.host",
    "Maildir/.Junk/new/74.host",
    "Maildir/.Junk/new/75.host",
    "Maildir/.Unmatched/new/9.host",
    "Maildir/.Urgent/new/2.host",
    "Maildir/cur/1.host:2,S",
    "Maildir/cur/10.host:2,S",
    "Maildir/cur/3.host:2,FS",
    "Maildir/cur/5.host:2,S",
    "Maildir/cur/50.host:2,S",
    "Maildir/cur/51.host:2,S",
    "Maildir/cur/52.host:2,FS",
    "Maildir/cur/53.host:2,S",
    "Maildir/cur/54.host:2,S",
    "Maildir/cur/70.host:2,S",
    "Maildir/cur/71.host:2,S",
    "Maildir/cur/72.host:2,S",
    "Maildir/cur/73.host:2,S",
    "Maildir/cur/8.host:2,S",
    "Maildir/new/56.host",
    "mail/Letters/again.eml",
    "mail/Letters/c.eml",
    "mail/Letters/d.eml",
    "mail/Letters/e.eml",
    "mail/a.eml",
    "mail/b.eml",
    "mail/e.eml",
  ]);
});

describe(
  "each mail is handled once where the store breaks at any call,",
  { timeout: 3_600_000 },
  () => {
    const outage = (what: string): never => {
      throw new StoreError("disk full", "helpdesk.db", what);
    };
    const unknown = (what: string): never => {
      throw new Error(`The database says something that nobody knows: ${what}`);
    };

    const breakStore = async (world: World, strike: Strike): Promise<string | undefined> => {
      await errorAtMost(scan(scanning, world, (database) => breakingDatabase(database, strike)));
      return strike.struckAt;
    };

    test.each([
      ["by an outage of one moment", "first", outage, false, 40],
      ["by an outage of one moment", "later", outage, false, 40],
      ["by an outage of one moment", "conversation", outage, false, 30],
      ["by an outage for the rest of the scan", "first", outage, true, 12],
      ["by an outage for the rest of the scan", "later", outage, true, 12],
      ["by an outage for the rest of the scan", "conversation", outage, true, 12],
      ["by an error that nobody knows", "first", unknown, false, 25],
      ["by an error that nobody knows", "later", unknown, false, 25],
    ] as const)("%s, %s", async (how, name, breaks, lasting, most) => {
      const stage = stages[name];
      const counting = noStrike();
      const world = stage.before.copy();
      await breakStore(world, counting);
      world.remove();
      const places = sample(`${name}, ${how}`, counting.places, most);
      expect(
        await disturbed(scanning, stage, places, (world, place) =>
          breakStore(world, new Strike(place, breaks, lasting)),
        ),
      ).toEqual([]);
    });

    test("also where it is only being made", async () => {
      const folder = mkdtempSync(join(tmpdir(), "mcrules-crash-"));
      const tables = async (name: string, strike: Strike) => {
        const database = await openSqliteDatabase(join(folder, name));
        await errorAtMost(helpdeskOn(breakingDatabase(database, strike)));
        await helpdeskOn(database);
        const rows = await database.query("SELECT name, sql FROM sqlite_schema ORDER BY name");
        await database.close();
        return rows;
      };
      const counting = noStrike();
      const whole = await tables("whole.db", counting);
      expect(counting.places).toBeGreaterThan(8);
      for (let place = 1; place <= counting.places; place++) {
        expect(await tables(`${place}.db`, new Strike(place, outage))).toEqual(whole);
      }
      rmSync(folder, { recursive: true });
    });
  },
);

/** Waits for work that may be broken: what the strike throws is no failure of the test. */
async function errorAtMost(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
