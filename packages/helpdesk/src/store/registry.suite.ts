import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RecordError } from "../index.ts";
import type { Helpdesk, NewRegistryEntry } from "../index.ts";
import { anna, doing, newEntry, newTicket } from "./given.suite.ts";
import type { OpenStore } from "./given.suite.ts";

export function registrySuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(() => desk.close());

  const entered = (entry: NewRegistryEntry) => doing(desk, (t) => t.addRegistryEntry(entry));
  const contact = (address: string, name = "", account?: string) =>
    entered({ kind: "contact", name, addresses: [address], account });

  describe("the registry", () => {
    test("finds an entry by any of its addresses, in any letter case and Unicode form", async () => {
      const made = await entered({
        kind: "contact",
        name: "Anna Rossi",
        addresses: ["Anna@Example.it", "rosé@example.it"],
      });
      expect(made).toMatchObject({
        kind: "contact",
        name: "Anna Rossi",
        addresses: ["Anna@Example.it", "rosé@example.it"],
        account: undefined,
      });
      expect(await desk.registryEntry("contact", " anna@EXAMPLE.IT")).toEqual(made);
      expect(await desk.registryEntry("contact", "ROSE\u0301@example.it")).toEqual(made);
      expect(await desk.registryEntry("lead", "anna@example.it")).toBeUndefined();
      expect(await desk.registryEntry("contact", "anna@example.it.evil.com")).toBeUndefined();
    });

    test("brings an entry of the same address up to date; what is empty changes nothing", async () => {
      const first = await contact("anna@example.it", "Anna", "Alfa");
      const second = await contact("ANNA@example.it", "Anna Rossi", "Beta");
      expect(second).toEqual({
        ...first,
        name: "Anna Rossi",
        addresses: ["ANNA@example.it"],
        account: "Beta",
      });
      expect(await contact("anna@example.it")).toMatchObject({
        name: "Anna Rossi",
        account: "Beta",
      });
      expect(await desk.registryEntries("contact")).toHaveLength(1);
    });

    test("an account that a contact names is entered, and found by its name however it is written", async () => {
      await contact("anna@example.it", "Anna", "Alfa  S.r.l.");
      await contact("bruno@example.it", "Bruno", "ALFA s.r.l.");
      expect(await desk.registryEntries("account")).toHaveLength(1);
      const account = await entered({
        kind: "account",
        name: "alfa S.R.L.",
        addresses: ["info@alfa.it"],
      });
      expect(await desk.accountByName("Alfa S.r.l.")).toEqual(account);
      expect((await desk.registryEntry("account", "INFO@alfa.it"))?.id).toBe(account.id);
      expect(await desk.accountByName("")).toBeUndefined();
      expect(await desk.accountByName("Beta")).toBeUndefined();
    });

    test("an account is renamed through its address", async () => {
      await entered({ kind: "account", name: "Alfa", addresses: ["info@alfa.it"] });
      await contact("anna@example.it", "Anna", "Alfa");
      await entered({ kind: "account", name: "Alfa Group", addresses: ["info@alfa.it"] });
      expect((await desk.registryEntry("contact", "anna@example.it"))?.account).toBe("Alfa Group");
      expect(await desk.registryEntries("account")).toHaveLength(1);
    });

    test("one person under two entries becomes one when both addresses are given to one", async () => {
      await contact("anna@example.it", "Anna");
      const second = await contact("a.rossi@example.it", "A. Rossi");
      const ticket = await doing(desk, (t) => t.createTicket(newTicket({ contactId: second.id })));
      const one = await entered({
        kind: "contact",
        name: "Anna Rossi",
        addresses: ["anna@example.it", "a.rossi@example.it"],
      });
      expect(await desk.registryEntries("contact")).toEqual([one]);
      expect((await desk.ticket(ticket.id))?.contact?.name).toBe("Anna Rossi");
    });

    test("an entry that nothing could find is refused", async () => {
      await expect(entered({ kind: "lead", name: "X", addresses: [" "] })).rejects.toThrow(
        "A lead needs an address",
      );
      await expect(entered({ kind: "account", name: " ", addresses: [] })).rejects.toThrow(
        RecordError,
      );
    });

    test("lists a kind by name, and removes by address or an account's name", async () => {
      await contact("b@example.it", "Bruno", "Alfa");
      await contact("a@example.it", "anna");
      expect((await desk.registryEntries("contact")).map(({ name }) => name)).toEqual([
        "anna",
        "Bruno",
      ]);
      expect(await doing(desk, (t) => t.removeRegistryEntry("account", "ALFA"))).toBe(true);
      expect((await desk.registryEntry("contact", "b@example.it"))?.account).toBeUndefined();
      expect(await doing(desk, (t) => t.removeRegistryEntry("contact", "B@example.it"))).toBe(true);
      expect(await doing(desk, (t) => t.removeRegistryEntry("contact", "B@example.it"))).toBe(
        false,
      );
      expect(await desk.registryEntries("contact")).toHaveLength(1);
    });

    test("a ticket outlives its contact, and a new entry is never taken for the old one", async () => {
      const first = await contact("anna@example.it", "Anna");
      const ticket = await doing(desk, (t) => t.createTicket(newTicket({ contactId: first.id })));
      await doing(desk, (t) => t.removeRegistryEntry("contact", "anna@example.it"));
      const second = await contact("bruno@example.it", "Bruno");
      expect(second.id).not.toBe(first.id);
      expect((await desk.ticket(ticket.id))?.contact).toBeUndefined();
    });

    test("a ticket shows its contact, else its account", async () => {
      const made = await contact("anna@example.it", "Anna", "Alfa");
      const account = await entered({ kind: "account", name: "Beta", addresses: ["b@beta.it"] });
      const [of, company] = await doing(desk, async (t) => [
        await t.createTicket(newTicket({ contactId: made.id })),
        await t.createTicket(newTicket({ accountId: account.id })),
      ]);
      expect(of).toMatchObject({
        contact: { address: "anna@example.it", name: "Anna" },
        account: "Alfa",
      });
      expect(company).toMatchObject({
        contact: { address: "b@beta.it", name: "Beta" },
        account: "Beta",
      });
      await expect(
        doing(desk, (t) => t.createTicket(newTicket({ contactId: 999 }))),
      ).rejects.toThrow(RecordError);
    });

    test("mails are filed under entries", async () => {
      const made = await contact("anna@example.it", "Anna");
      const journal = await doing(desk, async (t) => {
        const entry = await t.addJournalEntry(newEntry("a", { outcome: "filed" }));
        await t.fileMail(made.id, "contact", entry.id);
        await t.fileMail(made.id, "contact", entry.id);
        return entry;
      });
      expect(await desk.filedUnder(journal.id)).toEqual([made]);
      await expect(doing(desk, (t) => t.fileMail(made.id, "lead", journal.id))).rejects.toThrow(
        "There is no lead",
      );
    });
  });

  describe("who takes part", () => {
    test("the requester, the contact, the people of its account, and whom somebody added", async () => {
      await entered({ kind: "account", name: "Alfa", addresses: ["info@alfa.it"] });
      const bruno = await contact("bruno@alfa.it", "Bruno", "Alfa");
      await contact("carla@alfa.it", "Carla", "Alfa");
      await contact("dario@beta.it", "Dario", "Beta");
      await entered({ kind: "lead", name: "Lead", addresses: ["lead@alfa.it"], account: "Alfa" });
      await doing(desk, async (t) => {
        await t.createTicket(newTicket({ requester: anna, contactId: bruno.id }));
        await t.addParticipant(1, { address: "Eva@example.it", name: "Eva" }, "cc");
        await t.addParticipant(1, { address: "eva@example.it", name: "" }, "answered");
        await t.addParticipant(1, { address: "CARLA@alfa.it", name: "" }, "answered");
        await t.addParticipant(1, { address: "fabio@example.it", name: "" }, "answered");
        await t.createTicket(newTicket({ requester: { address: "x@y.it", name: "" } }));
      });
      const participants = await desk.participants(1);
      expect(participants.map(({ address, as }) => `${address} ${as}`).sort()).toEqual([
        "Eva@example.it cc",
        "anna@example.it requester",
        "bruno@alfa.it contact",
        "carla@alfa.it account",
        "fabio@example.it answered",
        "info@alfa.it account",
      ]);
      expect(participants[0]).toEqual({ ...anna, as: "requester" });
      expect((await desk.participants(2)).map(({ as }) => as)).toEqual(["requester"]);
    });

    test("the people of the ticket's own account", async () => {
      const account = await entered({ kind: "account", name: "Alfa", addresses: ["info@alfa.it"] });
      await contact("bruno@alfa.it", "Bruno", "Alfa");
      await doing(desk, (t) => t.createTicket(newTicket({ accountId: account.id })));
      expect((await desk.participants(1)).map(({ address }) => address).sort()).toEqual([
        "bruno@alfa.it",
        "info@alfa.it",
      ]);
    });
  });

  describe("blocking and muting", () => {
    test("the first blocked address is named as it was asked", async () => {
      await doing(desk, async (t) => {
        await t.block("Spam@evil.example", "marked as spam", 1_000);
        await t.block("spam@EVIL.example", "again", 2_000);
      });
      expect(await desk.blocked(["anna@example.it", "SPAM@evil.example"])).toBe(
        "SPAM@evil.example",
      );
      expect(await desk.blocked(["anna@example.it"])).toBeUndefined();
      expect(await desk.blocked([])).toBeUndefined();
      expect(await desk.blockedAddresses()).toEqual([
        { address: "Spam@evil.example", at: 1_000, reason: "marked as spam" },
      ]);
      expect(await doing(desk, (t) => t.unblock("spam@evil.example"))).toBe(true);
      expect(await doing(desk, (t) => t.unblock("spam@evil.example"))).toBe(false);
      expect(await desk.blocked(["spam@evil.example"])).toBeUndefined();
    });

    test("an address is muted until a moment, and never for less than before", async () => {
      await doing(desk, async (t) => {
        await t.mute("Anna@example.it", 5_000);
        await t.mute("anna@example.it", 3_000);
      });
      expect(await desk.mutedUntil("ANNA@example.it", 4_999)).toBe(5_000);
      expect(await desk.mutedUntil("anna@example.it", 5_000)).toBeUndefined();
      expect(await desk.mutedUntil("bruno@example.it", 0)).toBeUndefined();
    });
  });
}
