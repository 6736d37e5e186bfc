import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FolderPosition, Helpdesk, MailEffectClaim } from "../index.ts";
import { headersOnlyKey } from "../index.ts";
import type { OpenStore } from "./given.suite.ts";
import { doing, newEntry } from "./given.suite.ts";

/** How far mailboxes were read, and what is still to be done to their mails. */
export function positionsSuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(async () => {
    await desk.close();
  });

  describe("how far a mailbox was read", () => {
    const position = (given: Partial<FolderPosition> = {}): FolderPosition => ({
      folder: "INBOX",
      uidValidity: "7",
      lastUid: 10,
      highestModseq: "99",
      ...given,
    });
    const reached = async (given: Partial<FolderPosition>) => {
      await doing(desk, (t) => t.setFolderPosition("support", position(given)));
      return (await desk.folderPositions("support")).find(({ folder }) => folder === "INBOX");
    };

    test("is known of each folder of each mailbox", async () => {
      expect(await desk.folderPositions("support")).toEqual([]);
      await doing(desk, async (t) => {
        await t.setFolderPosition("support", position());
        await t.setFolderPosition("support", position({ folder: "A/é", highestModseq: undefined }));
        await t.setFolderPosition("billing", position({ lastUid: 3 }));
      });
      expect(await desk.folderPositions("support")).toEqual([
        position({ folder: "A/é", highestModseq: undefined }),
        position(),
      ]);
    });

    test("goes on, never back, and begins anew where the server numbers its mails anew", async () => {
      expect(await reached({})).toMatchObject({ lastUid: 10 });
      expect(await reached({ lastUid: 12 })).toMatchObject({ lastUid: 12 });
      expect(await reached({ lastUid: 5 })).toMatchObject({ lastUid: 12 });
      expect(await reached({ lastUid: 12, highestModseq: "100" })).toMatchObject({
        highestModseq: "100",
      });
      expect(await reached({ lastUid: 1, uidValidity: "8" })).toMatchObject({
        lastUid: 1,
        uidValidity: "8",
      });
    });

    test("the first scan is remembered, and only the first", async () => {
      expect(await desk.firstScan("support")).toBeUndefined();
      await doing(desk, (t) => t.scanBegan("support", 1_000));
      await doing(desk, (t) => t.scanBegan("support", 2_000));
      expect(await desk.firstScan("support")).toBe(1_000);
      expect(await desk.firstScan("billing")).toBeUndefined();
    });
  });

  describe("a mail whose body was never fetched", () => {
    const headers = { messageId: "<a@x>", headerKey: "h" };
    const bare = { ...headers, contentKey: headersOnlyKey("h") };
    const whole = { ...headers, contentKey: "c" };

    test("is known again by its headers and Message-ID, fetched or not", async () => {
      await doing(desk, (t) => t.addJournalEntry(newEntry("a", { identity: bare })));
      expect(await desk.journaled(bare, "support")).toMatchObject({ identity: bare });
      expect(await desk.journaled(whole, "support")).toMatchObject({ identity: bare });
      expect(await desk.journaled({ ...whole, headerKey: "other" }, "support")).toBeUndefined();
      expect(await desk.journaled({ ...whole, messageId: "<b@x>" }, "support")).toBeUndefined();
      expect(await desk.journaled(whole, "billing")).toBeUndefined();
    });

    test("is not taken for one of the same headers whose body is known", async () => {
      await doing(desk, (t) => t.addJournalEntry(newEntry("a", { identity: whole })));
      expect(await desk.journaled(bare, "support")).toBeUndefined();
      expect(await desk.journaledWhole(headers, "support")).toBe(true);
      expect(await desk.journaledWhole(headers, undefined)).toBe(true);
      expect(await desk.journaledWhole(headers, "billing")).toBe(false);
      expect(await desk.journaledWhole({ ...headers, messageId: "<b@x>" }, "support")).toBe(false);
    });

    test("asks for no body where only its like was journaled", async () => {
      await doing(desk, (t) => t.addJournalEntry(newEntry("a", { identity: bare })));
      expect(await desk.journaledWhole(headers, "support")).toBe(false);
    });

    test("that failed goes on counting when its body is fetched", async () => {
      const failed = newEntry("a", { identity: bare, state: "failed" });
      const { id } = await doing(desk, (t) => t.addJournalEntry(failed));
      const earlier = await desk.failedTry(whole, "support");
      expect(earlier?.id).toBe(id);
      await doing(desk, (t) => t.replaceJournalEntry(id, newEntry("a", { identity: whole })));
      expect(await desk.journaled(whole, "support")).toMatchObject({ id, attempts: 2 });
    });

    test("the places of failed mails are known, of those set aside only when they are to be tried again", async () => {
      const [, aside] = await doing(desk, async (t) => [
        await t.addJournalEntry(newEntry("a", { state: "failed" })),
        await t.addJournalEntry(newEntry("b", { state: "set aside" })),
        await t.addJournalEntry(newEntry("c")),
        await t.addJournalEntry(newEntry("d", { state: "failed", mailbox: "billing" })),
      ]);
      expect(await desk.failedPlaces("support")).toEqual([{ folder: "INBOX", place: "1:a" }]);
      await doing(desk, (t) => t.forgetFailure(aside?.id ?? 0));
      expect(await desk.failedPlaces("support")).toHaveLength(2);
    });
  });

  describe("what is still to be done to a mail", () => {
    const claim = (given: Partial<MailEffectClaim> = {}): MailEffectClaim => ({
      holder: "one",
      now: 1_000,
      until: 5_000,
      note: "first",
      ...given,
    });
    const planned = async (): Promise<number> => {
      await doing(desk, async (t) => {
        const { id } = await t.addJournalEntry(newEntry("a"));
        const { id: other } = await t.addJournalEntry(newEntry("b"));
        for (const journal of [id, other]) {
          await t.addMailEffect({
            journal,
            mailbox: "support",
            folder: "INBOX",
            place: "1:1",
            effect: `{"kind":"copy","folder":"A"}`,
          });
        }
      });
      const [first] = await desk.pendingMailEffects("support");
      return first?.id ?? 0;
    };
    const claiming = (id: number, given: Partial<MailEffectClaim> = {}) =>
      doing(desk, (t) => t.claimMailEffect(id, claim(given)));

    test("is asked for of one mail, or of all", async () => {
      await planned();
      const all = await desk.pendingMailEffects("support");
      expect(all).toHaveLength(2);
      expect(await desk.pendingMailEffects("support", all[1]?.journal)).toEqual([all[1]]);
      expect(await desk.pendingMailEffects("billing", all[1]?.journal)).toEqual([]);
    });

    test("belongs to one at a time, and to others when that one died or gave it back", async () => {
      const id = await planned();
      expect(await claiming(id)).toEqual({ begun: undefined });
      expect(await claiming(id, { holder: "two", now: 4_999 })).toBeUndefined();
      expect((await desk.pendingMailEffects("support"))[0]?.claim).toEqual({
        by: "one",
        until: 5_000,
      });
      expect(await claiming(id, { holder: "two", now: 5_000, note: "second" })).toEqual({
        begun: "first",
      });
      expect(await claiming(id, { holder: "three", insteadOf: "two" })).toEqual({
        begun: "first",
      });
      await doing(desk, (t) => t.releaseMailEffect(id));
      expect(await claiming(id, { holder: "four" })).toEqual({ begun: "first" });
      await doing(desk, (t) => t.mailEffectDone(id));
      expect(await claiming(id, { holder: "four" })).toBeUndefined();
    });

    test("a mail that was moved is known at its new place, and still at its old one", async () => {
      const { id } = await doing(desk, (t) => t.addJournalEntry(newEntry("a", { place: "1:1" })));
      expect(await desk.whereabouts(id)).toBeUndefined();
      await doing(desk, (t) => t.mailMoved(id, "support", "Done", "4:9"));
      await doing(desk, (t) => t.mailMoved(id, "support", "Junk", "5:2"));
      expect(await desk.whereabouts(id)).toEqual({ folder: "Junk", place: "5:2" });
      for (const [folder, place] of [
        ["INBOX", "1:1"],
        ["Done", "4:9"],
        ["Junk", "5:2"],
      ] as const) {
        expect((await desk.journaledAt("support", folder, place))?.id).toBe(id);
      }
    });
  });
}
