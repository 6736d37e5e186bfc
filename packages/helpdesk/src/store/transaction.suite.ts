import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Helpdesk, HelpdeskTransaction } from "../index.ts";
import { doing, newEntry, newTicket } from "./given.suite.ts";
import type { OpenStore } from "./given.suite.ts";

export function transactionSuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(() => desk.close());

  describe("a transaction", () => {
    test("that fails leaves nothing, and hands on what was thrown", async () => {
      await expect(
        doing(desk, async (t) => {
          await t.createTicket(newTicket());
          await t.addJournalEntry(newEntry("a", { ticket: 1 }));
          throw new RangeError("the mail is odd");
        }),
      ).rejects.toThrow(RangeError);
      expect(await desk.tickets({})).toEqual([]);
      expect(await desk.journal({})).toEqual([]);
      await doing(desk, (t) => t.createTicket(newTicket()));
      expect(await desk.tickets({})).toHaveLength(1);
    });

    test("runs after the one before it, in the order in which they were given", async () => {
      const steps: string[] = [];
      await Promise.all(
        ["a", "b", "c"].map((name) =>
          doing(desk, async (t) => {
            steps.push(`${name} begins`);
            await t.createTicket(newTicket({ title: name }));
            await new Promise((resolve) => setTimeout(resolve, 2));
            steps.push(`${name} ends`);
          }),
        ),
      );
      expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
    });

    test("shows nobody else what is not committed", async () => {
      let done = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        done = resolve;
      });
      const writing = doing(desk, async (t) => {
        await t.createTicket(newTicket());
        await held;
        throw new Error("undone");
      });
      const reading = desk.tickets({});
      done();
      await expect(writing).rejects.toThrow("undone");
      expect(await reading).toEqual([]);
    });

    test("is seen by what its own work asks of the helpdesk", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        expect(await desk.tickets({})).toHaveLength(1);
      });
    });

    test("within another one is refused, instead of waiting for ever", async () => {
      await expect(doing(desk, () => desk.transaction(async () => undefined))).rejects.toThrow(
        "within another one",
      );
    });

    test("together with others is undone by itself where it fails", async () => {
      const told = await desk.together(async (all) => {
        await all.transaction((t) => t.createTicket(newTicket({ title: "first" })));
        const failing = all.transaction(async (t) => {
          await t.createTicket(newTicket({ title: "second" }));
          throw new RangeError("the mail is odd");
        });
        await expect(failing).rejects.toThrow(RangeError);
        await all.transaction((t) => t.createTicket(newTicket({ title: "third" })));
        return (await all.tickets({})).map(({ title }) => title);
      });
      expect(told).toEqual(["third", "first"]);
      expect((await desk.tickets({})).map(({ title }) => title)).toEqual(["third", "first"]);
    });

    test("together with others leaves nothing where all of them fail", async () => {
      const failing = desk.together(async (all) => {
        await all.transaction((t) => t.createTicket(newTicket()));
        throw new RangeError("stop");
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await desk.tickets({})).toEqual([]);
    });

    test("together with others is refused within one of them, and after the end", async () => {
      let kept: Pick<Helpdesk, "transaction"> | undefined;
      await desk.together(async (all) => {
        kept = all;
        const nested = all.transaction(() => all.transaction(async () => undefined));
        await expect(nested).rejects.toThrow("within another one");
        await expect(desk.transaction(async () => undefined)).rejects.toThrow("within another one");
      });
      await expect(kept?.transaction((t) => t.createTicket(newTicket()))).rejects.toThrow("over");
      expect(await desk.tickets({})).toEqual([]);
    });

    test("that is over does nothing more", async () => {
      const kept: HelpdeskTransaction[] = [];
      await doing(desk, async (t) => {
        kept.push(t);
      });
      await expect(kept[0]?.createTicket(newTicket())).rejects.toThrow("is over");
    });

    test("of a closed store is refused", async () => {
      const closed = await open();
      await closed.close();
      await closed.close();
      await expect(closed.transaction(async () => undefined)).rejects.toMatchObject({
        kind: "closed",
      });
      await expect(closed.tickets({})).rejects.toMatchObject({ kind: "closed" });
    });
  });
}
