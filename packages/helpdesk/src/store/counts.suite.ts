import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Helpdesk } from "../index.ts";
import type { OpenStore } from "./given.suite.ts";
import { doing, newTicket } from "./given.suite.ts";

/** How a store counts what senders do. */
export function countsSuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(() => desk.close());

  describe("misses", () => {
    test("are counted by address, in any spelling, since a moment", async () => {
      await doing(desk, async (t) => {
        for (const at of [1_000, 2_000, 2_000, 3_000]) await t.countMiss("Eve@X.it", at);
        await t.countMiss("bob@x.it", 2_000);
      });
      expect(await desk.misses("eve@x.IT", 2_000)).toBe(3);
      await doing(desk, (t) => t.removeCounts({ misses: 2_001, openedTickets: 0 }));
      expect(await desk.misses("eve@x.it", 0)).toBe(1);
      expect(await desk.misses("bob@x.it", 0)).toBe(0);
    });

    test("of one address do not grow without end: the newest stay", async () => {
      await doing(desk, async (t) => {
        for (let at = 1; at <= 250; at += 1) await t.countMiss("eve@x.it", at);
      });
      expect(await desk.misses("eve@x.it", 0)).toBe(100);
      expect(await desk.misses("eve@x.it", 151)).toBe(100);
    });
  });

  describe("opened tickets", () => {
    test("are counted by mailbox and requester; the flood ticket is told, not counted", async () => {
      const by = (requester: string, since: number) =>
        desk.openedTickets({ mailbox: "support", requester, since });
      await doing(desk, async (t) => {
        const opened = async (given: { mailbox?: string; at: number; flood?: boolean }) => {
          const { id } = await t.createTicket(newTicket());
          await t.countOpened({
            mailbox: "support",
            requester: "Eve@x.it",
            ticket: id,
            flood: false,
            ...given,
          });
        };
        await opened({ at: 1_000 });
        await opened({ at: 2_000 });
        await opened({ at: 2_000 });
        await opened({ at: 2_500, flood: true });
        await opened({ at: 2_000, mailbox: "billing" });
      });
      expect(await by("eve@X.it", 2_000)).toMatchObject({ count: 2, flood: { id: 4 } });
      expect(await by("eve@x.it", 2_501)).toEqual({ count: 0, flood: undefined });
      expect(await by("bob@x.it", 0)).toEqual({ count: 0, flood: undefined });
      await doing(desk, (t) => t.removeCounts({ misses: 0, openedTickets: 2_001 }));
      expect(await by("eve@x.it", 0)).toMatchObject({ count: 0, flood: { id: 4 } });
    });
  });
}
