import { expect, test } from "vitest";
import { helpdeskOn } from "../index.ts";
import type { Database, Helpdesk, Queries } from "../index.ts";
import { doing, newEntry, newOutboxEntry, newTicket } from "../store/given.suite.ts";
import { openSqliteDatabase } from "./sqliteDatabase.ts";

/** The database, and each statement that it was asked. */
async function watched(): Promise<{ database: Database; statements: Map<string, number> }> {
  const inner = await openSqliteDatabase(":memory:");
  const statements = new Map<string, number>();
  const watching = (queries: Queries): Queries => ({
    query: (text, values = []) => {
      statements.set(text, values.length);
      return queries.query(text, values);
    },
  });
  const database: Database = {
    ...inner,
    ...watching(inner),
    transaction: (work) =>
      inner.transaction((queries) => work({ ...queries, ...watching(queries) })),
  };
  return { database, statements };
}

const identity = { messageId: "<a@x>", headerKey: "h", contentKey: "c" };

async function lookUpEverything(desk: Helpdesk): Promise<void> {
  await desk.ticket(1);
  await desk.ticketByNumber("TT1");
  await desk.ticketByCode("c");
  await desk.ticketByTitleBase("t");
  await desk.ticketByMessageId(["<a@x>", "<b@x>"]);
  await desk.tickets({ mailbox: "support" });
  await desk.comments(1);
  await desk.documents(1);
  await desk.documentContent("h");
  await desk.participants(1);
  await desk.registryEntry("contact", "a@x.it");
  await desk.registryEntries("contact");
  await desk.accountByName("Alfa");
  await desk.filedUnder(1);
  await desk.blocked(["a@x.it"]);
  await desk.mutedUntil("a@x.it", 0);
  await desk.journaled(identity, "support");
  await desk.journaled({ ...identity, messageId: undefined }, undefined);
  await desk.failedTry(identity, "support");
  await desk.journaledAt("support", "INBOX", "1");
  await desk.journaledWhole(identity, "support");
  await desk.journaledWhole(identity, undefined);
  await desk.failedPlaces("support");
  await desk.journalEntry(1);
  await desk.journalOfTicket(1);
  await desk.journal({ failed: true });
  await desk.rawMail("c");
  await desk.pendingMailEffects("support");
  await desk.pendingMailEffects("support", 1);
  await desk.whereabouts(1);
  await desk.folderPositions("support");
  await desk.firstScan("support");
  await desk.outbox({ state: "waiting" });
  await desk.sentTo("a@x.it", 0);
  await desk.sentAbout(1, 0);
  await desk.sentToStrangers("x.it", 0);
  await desk.isRegistered("a@x.it");
  await desk.misses("a@x.it", 0);
  await desk.openedTickets({ mailbox: "support", requester: "a@x.it", since: 0 });
  await desk.alarmed("x", 0);
  await desk.lastScan("support");
  await desk.storedSigningKey();
}

async function doEverything(desk: Helpdesk): Promise<void> {
  await doing(desk, async (t) => {
    const alfa = { name: "Alfa", account: "Alfa" };
    await t.addRegistryEntry({ ...alfa, kind: "contact", addresses: ["a@x.it"] });
    await t.addRegistryEntry({ ...alfa, kind: "contact", addresses: ["b@x.it"] });
    await t.addRegistryEntry({ ...alfa, kind: "contact", addresses: ["b@x.it", "a@x.it"] });
    await t.createTicket(newTicket({ code: "c" }));
    await t.changeTicket(1, { at: 1, spam: false });
    await t.addComment(1, {
      author: undefined,
      by: "system",
      internal: false,
      text: "",
      quoted: "",
      at: 1,
    });
    for (let copy = 0; copy < 2; copy += 1) {
      await t.addDocument(1, { name: "a", type: "text/plain", content: new Uint8Array(1) });
    }
    const failed = await t.addJournalEntry(newEntry("a", { state: "failed" }));
    await t.forgetFailure(failed.id);
    await t.replaceJournalEntry(failed.id, newEntry("a", { ticket: 1 }));
    await t.addMailEffect({ ...failed, journal: failed.id, effect: "{}" });
    await t.claimMailEffect(1, { holder: "h", now: 1, until: 2, note: "" });
    await t.releaseMailEffect(1);
    await t.mailEffectDone(1);
    await t.mailMoved(failed.id, "support", "Done", "1:2");
    await t.scanBegan("support", 1);
    await t.setFolderPosition("support", {
      folder: "INBOX",
      uidValidity: "1",
      lastUid: 1,
      highestModseq: undefined,
    });
    await t.putRawMail("c", new Uint8Array(1), 1);
    await t.removeRawMails(2);
    await t.countMiss("a@x.it", 1);
    await t.countOpened({
      mailbox: "support",
      requester: "a@x.it",
      ticket: 1,
      flood: true,
      at: 1,
    });
    const { id } = await t.addOutboxEntry(newOutboxEntry({ ticket: 1 }));
    await t.claimOutbox({ now: 2_000, until: 3_000, limit: 1 });
    await t.outboxTried(id, { state: "sent" });
    await t.removeCounts({ misses: 0, openedTickets: 0 });
    await t.removeRegistryEntry("contact", "b@x.it");
    await t.unblock("a@x.it");
  });
}

test("no look-up and no change walks through a whole table", async () => {
  const { database, statements } = await watched();
  const desk = await helpdeskOn(database);
  statements.clear();
  await doEverything(desk);
  await lookUpEverything(desk);
  const walks: string[] = [];
  for (const [text, values] of Array.from(statements)) {
    // Of an INSERT the plan shows how children would be found that wait for this parent: ours never do.
    if (text.startsWith("INSERT")) {
      continue;
    }
    const plan = await database.query(
      `EXPLAIN QUERY PLAN ${text}`,
      Array.from({ length: values }, () => null),
    );
    for (const row of plan) {
      const detail = String(row["detail"]);
      // `given` and sub-selects are single rows; an index that holds just the wanted rows may be walked.
      if (
        /^SCAN (?!given\b|\d|CONSTANT)/u.test(detail) &&
        !/USING INDEX journal_undone/u.test(detail)
      ) {
        walks.push(`${detail}: ${text}`);
      }
    }
  }
  expect(walks).toEqual([]);
  expect(statements.size).toBeGreaterThan(60);
  await desk.close();
});
