import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StoreConflict } from "../index.ts";
import type { Helpdesk, NewJournalEntry } from "../index.ts";
import { doing, newEntry, newOutboxEntry, newTicket } from "./given.suite.ts";
import type { OpenStore } from "./given.suite.ts";

export function journalSuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(() => desk.close());

  const journaled = (content: string, given: Partial<NewJournalEntry> = {}) =>
    doing(desk, (t) => t.addJournalEntry(newEntry(content, given)));

  describe("the journal", () => {
    test("gives an entry back as it was written", async () => {
      await doing(desk, (t) => t.createTicket(newTicket()));
      const given = newEntry("a", { ticket: 1, error: "e", rules: ["Tag", "Support"] });
      const entry = await journaled("a", given);
      expect(entry).toEqual({ ...given, id: entry.id });
      expect(await desk.journalEntry(entry.id)).toEqual(entry);
      expect(await desk.journalOfTicket(1)).toEqual([entry]);
      expect(await desk.journalEntry(99)).toBeUndefined();
      expect(await desk.journalOfTicket(2)).toEqual([]);
    });

    test("the same mail is committed once in a mailbox; the loser can tell", async () => {
      await journaled("a");
      await expect(journaled("a", { folder: "Other", place: "2:1" })).rejects.toThrow(
        StoreConflict,
      );
      expect(await desk.journal({})).toHaveLength(1);
    });

    test("what the loser did beside the journal is undone", async () => {
      await journaled("a");
      await expect(
        doing(desk, async (t) => {
          await t.createTicket(newTicket());
          await t.addJournalEntry(newEntry("a"));
        }),
      ).rejects.toThrow(StoreConflict);
      expect(await desk.tickets({})).toEqual([]);
    });

    test("what is another mail: other content, another Message-ID, another mailbox", async () => {
      const { identity } = await journaled("a");
      await journaled("b", { identity: { ...identity, contentKey: "other" } });
      await journaled("c", { identity: { ...identity, messageId: "<other@x>" } });
      await journaled("d", { identity, mailbox: "billing" });
      expect(await desk.journal({})).toHaveLength(4);
    });

    test("within one scope the same mail of two mailboxes is committed once", async () => {
      await journaled("a", { scope: "" });
      await expect(journaled("a", { scope: "", mailbox: "billing" })).rejects.toThrow(
        StoreConflict,
      );
    });

    test("without a Message-ID the content alone counts", async () => {
      const identity = { messageId: undefined, headerKey: "h", contentKey: "c" };
      const entry = await journaled("a", { identity });
      await expect(journaled("b", { identity })).rejects.toThrow(StoreConflict);
      expect(await desk.journaled(identity, "support")).toEqual(entry);
      expect(await desk.journaled({ ...identity, contentKey: "d" }, "support")).toBeUndefined();
      expect(await desk.journaled({ ...identity, messageId: "<x>" }, "support")).toBeUndefined();
    });

    test("asks within a mailbox or the whole project", async () => {
      const entry = await journaled("a");
      expect(await desk.journaled(entry.identity, "support")).toEqual(entry);
      expect(await desk.journaled(entry.identity, "billing")).toBeUndefined();
      expect(await desk.journaled(entry.identity, undefined)).toEqual(entry);
    });

    test("a failed try does not count, is counted on, and is replaced by what became of the mail", async () => {
      const failed = await journaled("a", { state: "failed", outcome: "failed", error: "boom" });
      expect(await desk.journaled(failed.identity, "support")).toBeUndefined();
      expect(await desk.journaledAt("support", "INBOX", "1:a")).toBeUndefined();
      expect(await desk.failedTry(failed.identity, "support")).toEqual(failed);
      expect(await desk.failedTry(failed.identity, "billing")).toBeUndefined();

      const again = await doing(desk, (t) =>
        t.replaceJournalEntry(failed.id, newEntry("a", { state: "failed", attempts: 2 })),
      );
      expect(again).toMatchObject({ id: failed.id, attempts: 2, state: "failed" });

      const done = await doing(desk, (t) =>
        t.replaceJournalEntry(failed.id, newEntry("a", { attempts: 3 })),
      );
      expect(done).toMatchObject({ id: failed.id, attempts: 3, state: "done", error: undefined });
      expect(await desk.failedTry(failed.identity, "support")).toBeUndefined();
      expect(await desk.journaled(failed.identity, "support")).toEqual(done);
      await expect(
        doing(desk, (t) => t.replaceJournalEntry(failed.id, newEntry("a"))),
      ).rejects.toThrow(StoreConflict);
    });

    test("whoever did not know of a failed try replaces it all the same, and its attempts count", async () => {
      const failed = await journaled("a", { state: "failed" });
      const second = await journaled("a", { state: "failed" });
      expect(second).toMatchObject({ id: failed.id, attempts: 2 });
      expect(await journaled("a")).toMatchObject({ id: failed.id, attempts: 3, state: "done" });
    });

    test("what was set aside counts as seen until somebody wants it tried again", async () => {
      const aside = await journaled("a", { state: "set aside", attempts: 3 });
      expect(await desk.journaled(aside.identity, "support")).toEqual(aside);
      expect(await doing(desk, (t) => t.forgetFailure(aside.id))).toBe(true);
      expect(await desk.journaled(aside.identity, "support")).toBeUndefined();
      expect(await desk.failedTry(aside.identity, "support")).toMatchObject({ attempts: 0 });
      const done = await journaled("b");
      expect(await doing(desk, (t) => t.forgetFailure(done.id))).toBe(false);
      expect(await doing(desk, (t) => t.forgetFailure(99))).toBe(false);
    });

    test("a place leads to what was last journaled of it, a second place too", async () => {
      const first = await journaled("a");
      expect(await desk.journaledAt("support", "INBOX", "1:a")).toEqual(first);
      expect(await desk.journaledAt("support", "Other", "1:a")).toBeUndefined();
      expect(await desk.journaledAt("billing", "INBOX", "1:a")).toBeUndefined();
      const second = await journaled("b", { place: "1:a" });
      expect(await desk.journaledAt("support", "INBOX", "1:a")).toEqual(second);
      await doing(desk, async (t) => {
        await t.addJournalPlace(first.id, "support", "Copies", "7");
        await t.addJournalPlace(second.id, "support", "Copies", "7");
      });
      expect(await desk.journaledAt("support", "Copies", "7")).toEqual(second);
    });

    test("lists the newest first: all, the failed, the others", async () => {
      await journaled("a");
      await journaled("b", { state: "failed" });
      await journaled("c", { state: "set aside" });
      const subjects = async (filter: Parameters<Helpdesk["journal"]>[0]) =>
        (await desk.journal(filter)).map(({ place }) => place);
      expect(await subjects({})).toEqual(["1:c", "1:b", "1:a"]);
      expect(await subjects({ failed: true })).toEqual(["1:c", "1:b"]);
      expect(await subjects({ failed: false })).toEqual(["1:a"]);
      expect(await subjects({ limit: 1 })).toEqual(["1:c"]);
    });

    test("identities and places of a megabyte are told apart", async () => {
      const long = "x".repeat(1_000_000);
      const identity = (end: string) => ({
        messageId: `<${long}${end}>`,
        headerKey: "h",
        contentKey: "c",
      });
      const first = await journaled("a", { identity: identity("1"), place: `${long}1` });
      await journaled("b", { identity: identity("2"), place: `${long}2` });
      await expect(journaled("c", { identity: identity("1") })).rejects.toThrow(StoreConflict);
      expect((await desk.journaledAt("support", "INBOX", `${long}1`))?.id).toBe(first.id);
    });
  });

  describe("raw mails", () => {
    test("are kept until their time, the longest one; first come, first kept", async () => {
      await doing(desk, async (t) => {
        await t.putRawMail("a", Buffer.from("first"), 1_000);
        await t.putRawMail("a", Buffer.from("second"), 3_000);
        await t.putRawMail("a", Buffer.from("third"), 2_000);
        await t.putRawMail("b", Buffer.from("b"), undefined);
        await t.putRawMail("b", Buffer.from("b"), 1_000);
        await t.putRawMail("c", Buffer.from("c"), 1_000);
      });
      const held = async (key: string) => {
        const raw = await desk.rawMail(key);
        return raw === undefined ? undefined : Buffer.from(raw).toString();
      };
      expect(await held("a")).toBe("first");
      expect(await doing(desk, (t) => t.removeRawMails(2_500))).toBe(1);
      expect(await held("c")).toBeUndefined();
      expect(await held("a")).toBe("first");
      expect(await doing(desk, (t) => t.removeRawMails(9_000))).toBe(1);
      expect(await held("b")).toBe("b");
    });
  });

  describe("what is done to mails after the commit", () => {
    test("waits in order, per mailbox, until it is done; an id never comes back", async () => {
      const entry = await journaled("a");
      const effect = { journal: entry.id, mailbox: "support", folder: "INBOX", place: "1:a" };
      await doing(desk, async (t) => {
        await t.addMailEffect({ ...effect, effect: '{"kind":"mark read"}' });
        await t.addMailEffect({ ...effect, effect: '{"kind":"delete"}' });
        await t.addMailEffect({ ...effect, mailbox: "billing", effect: "{}" });
      });
      const pending = await desk.pendingMailEffects("support");
      expect(pending.map(({ effect: json }) => json)).toEqual([
        '{"kind":"mark read"}',
        '{"kind":"delete"}',
      ]);
      expect(pending[0]).toMatchObject(effect);
      for (const mailbox of ["support", "billing"]) {
        for (const { id } of await desk.pendingMailEffects(mailbox)) {
          await doing(desk, (t) => t.mailEffectDone(id));
        }
      }
      expect(await desk.pendingMailEffects("support")).toEqual([]);
      await doing(desk, (t) => t.addMailEffect({ ...effect, effect: "{}" }));
      expect((await desk.pendingMailEffects("support"))[0]?.id).toBe(4);
    });
  });

  describe("the outbox", () => {
    const put = (given: Parameters<typeof newOutboxEntry>[0] = {}) =>
      doing(desk, (t) => t.addOutboxEntry(newOutboxEntry(given)));

    test("gives entries back as they were put in, by state", async () => {
      const waiting = await put();
      expect(waiting).toEqual({ ...newOutboxEntry(), id: waiting.id, attempts: 0 });
      const withheld = await put({ state: "withheld", reason: "limit" });
      expect(await desk.outbox({})).toEqual([waiting, withheld]);
      expect(await desk.outbox({ state: "withheld" })).toEqual([withheld]);
    });

    test("counts what one address was sent, and with which subject", async () => {
      await put({ createdAt: 1_000 });
      await put({ createdAt: 2_000, recipients: ["ANNA@example.it", "anna@example.it", "b@x.it"] });
      await put({ createdAt: 3_000, subject: "__proto__" });
      await put({ createdAt: 3_000, state: "withheld" });
      await put({ createdAt: 3_000, kind: "call" });
      expect(await desk.sentTo("anna@Example.it", 2_000)).toEqual({
        count: 2,
        bySubject: Object.fromEntries([
          ["Opening TT1", 1],
          ["__proto__", 1],
        ]),
      });
      expect((await desk.sentTo("anna@example.it", 0)).count).toBe(3);
      expect(await desk.sentTo("c@x.it", 0)).toEqual({ count: 0, bySubject: {} });
    });

    test("counts the mails of processes about a ticket, and the strangers at a domain", async () => {
      await doing(desk, (t) => t.createTicket(newTicket({ id: 7 })));
      const to = (address: string) => ({ recipients: [address], strangers: [address] });
      await put({ ticket: 7, createdAt: 1_000, ...to("a@X.it") });
      await put({ ticket: 7, createdAt: 2_000, ...to("b@x.it") });
      await put({ ticket: 7, createdAt: 2_000, recipients: ["known@x.it"] });
      await put({ ticket: 7, createdAt: 2_000, process: undefined, recipients: ["c@y.it"] });
      await put({ ticket: 7, createdAt: 2_000, state: "withheld", ...to("d@x.it") });
      expect(await desk.sentAbout(7, 2_000)).toBe(2);
      expect(await desk.sentAbout(7, 0)).toBe(3);
      expect(await desk.sentAbout(8, 0)).toBe(0);
      expect(await desk.sentToStrangers("X.IT", 0)).toBe(2);
      expect(await desk.sentToStrangers("x.it", 2_000)).toBe(1);
      expect(await desk.sentToStrangers("y.it", 0)).toBe(0);
    });

    test("an entry is handed to one sender at a time, and again when that one died", async () => {
      const entry = await put();
      await put({ state: "withheld" });
      const claim = (now: number) =>
        doing(desk, (t) => t.claimOutbox({ now, until: now + 60_000, limit: 10 }));
      expect((await claim(1_000)).map(({ id }) => id)).toEqual([entry.id]);
      expect(await claim(2_000)).toEqual([]);
      expect((await claim(61_000)).map(({ id }) => id)).toEqual([entry.id]);
    });

    test("a try is counted; what is to be tried again waits for its time; what was sent is over", async () => {
      const { id } = await put();
      const claim = async (now: number) =>
        (await doing(desk, (t) => t.claimOutbox({ now, until: now + 1, limit: 10 }))).length;
      expect(
        await doing(desk, (t) =>
          t.outboxTried(id, { state: "waiting", reason: "451 later", notBefore: 9_000 }),
        ),
      ).toMatchObject({ attempts: 1, state: "waiting", reason: "451 later" });
      expect(await claim(8_999)).toBe(0);
      expect(await claim(9_000)).toBe(1);
      expect(await doing(desk, (t) => t.outboxTried(id, { state: "sent" }))).toMatchObject({
        attempts: 2,
        state: "sent",
        reason: undefined,
      });
      expect(await claim(99_000)).toBe(0);
      await expect(doing(desk, (t) => t.outboxTried(77, { state: "sent" }))).rejects.toThrow(
        "no entry 77",
      );
    });
  });

  describe("the house", () => {
    test("alarms, last scans, and one signing key for ever", async () => {
      expect(await desk.storedSigningKey()).toBeUndefined();
      const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
      await doing(desk, async (t) => {
        await t.addAlarm("send limit reached", 1_000);
        await t.scanEnded("support", 2_000);
        await t.scanEnded("support", 1_500);
        expect([...(await t.signingKey(first))]).toEqual([...first]);
        expect([...(await t.signingKey(second))]).toEqual([...first]);
      });
      expect(await desk.alarms()).toEqual([{ id: 1, at: 1_000, message: "send limit reached" }]);
      expect(await desk.lastScan("support")).toBe(2_000);
      expect(await desk.lastScan("billing")).toBeUndefined();
      expect([...((await desk.storedSigningKey()) ?? [])]).toEqual([...first]);
    });

    test("knows whether an alarm of these words was raised lately", async () => {
      await doing(desk, (t) => t.addAlarm("too many", 1_000));
      expect(await desk.alarmed("too many", 1_000)).toBe(true);
      expect(await desk.alarmed("too many", 1_001)).toBe(false);
      expect(await desk.alarmed("too", 0)).toBe(false);
    });

    test("a signing key that is too short is refused", async () => {
      await expect(doing(desk, (t) => t.signingKey(new Uint8Array(8)))).rejects.toThrow(RangeError);
    });
  });
}
