import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RecordError } from "../index.ts";
import type { Helpdesk } from "../index.ts";
import { anna, doing, marco, newTicket } from "./given.suite.ts";
import type { OpenStore } from "./given.suite.ts";

export function ticketSuite(open: OpenStore): void {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await open();
  });
  afterEach(() => desk.close());

  describe("a ticket", () => {
    test("comes back with all that it was made of", async () => {
      const mail = {
        from: [anna],
        to: [{ address: "info@example.it", name: "" }],
        cc: [marco],
        bcc: [],
        fromName: "Support",
        sender: "info@example.it",
        date: "2026-11-02T09:30:00+01:00",
      };
      const made = await doing(desk, (t) =>
        t.createTicket(
          newTicket({
            priority: "High",
            severity: "Minor",
            category: "Hardware",
            tags: ["printer", "floor 2", "printer"],
            code: "INC-7",
            assigned: { kind: "group", name: "First level" },
            fields: [
              { name: "due", value: 1_700_000_000_000 },
              { name: "__proto__", value: "x" },
            ],
            requester: anna,
            mailbox: "support",
            rule: "Support",
            mail,
          }),
        ),
      );
      expect(made).toEqual({
        id: 1,
        number: "TT1",
        ref: "9x1",
        title: "Printer broken",
        description: "It does not print.",
        status: "Open",
        priority: "High",
        severity: "Minor",
        category: "Hardware",
        tags: ["printer", "floor 2"],
        code: "INC-7",
        assigned: { kind: "group", name: "First level" },
        fields: Object.fromEntries([
          ["due", 1_700_000_000_000],
          ["__proto__", "x"],
        ]),
        requester: anna,
        contact: undefined,
        account: undefined,
        fromMail: true,
        mailbox: "support",
        rule: "Support",
        mail,
        linkedTo: undefined,
        spam: false,
        comments: 0,
        documents: 0,
        createdAt: 1_000,
        updatedAt: 1_000,
        closedAt: undefined,
      });
      expect(await desk.ticket(1)).toEqual(made);
    });

    test("that is made by hand has no mail", async () => {
      const made = await doing(desk, (t) => t.createTicket(newTicket()));
      expect(made.fromMail).toBe(false);
      expect(made.mail).toBeUndefined();
    });

    test("holds what PostgreSQL would refuse as replacement characters", async () => {
      const made = await doing(desk, (t) =>
        t.createTicket(newTicket({ title: "a\0b", description: "half \ud800", tags: ["\0"] })),
      );
      expect(made.title).toBe("a\u{FFFD}b");
      expect(made.description).toBe("half \u{FFFD}");
      expect(made.tags).toEqual(["\u{FFFD}"]);
    });

    test("cannot be made of statements in a mail", async () => {
      const title = "'); DROP TABLE ticket; -- ? $1 %s";
      const made = await doing(desk, (t) => t.createTicket(newTicket({ title })));
      expect((await desk.ticket(made.id))?.title).toBe(title);
      expect((await desk.ticketByTitleBase(title))?.id).toBe(made.id);
    });

    test("may be given its id; the next goes on from there; twice is refused", async () => {
      await doing(desk, (t) => t.createTicket(newTicket({ id: 42 })));
      const next = await doing(desk, (t) => t.createTicket(newTicket()));
      expect(next.id).toBe(43);
      await expect(doing(desk, (t) => t.createTicket(newTicket({ id: 42 })))).rejects.toMatchObject(
        { name: "RecordError", kind: "exists" },
      );
      const largest = await doing(desk, (t) =>
        t.createTicket(newTicket({ id: 999_999_999_999_999 })),
      );
      expect(await desk.ticket(largest.id)).toEqual(largest);
      for (const id of [0, -1, 1.5, 1e15, Number.NaN]) {
        await expect(doing(desk, (t) => t.createTicket(newTicket({ id })))).rejects.toThrow(
          RecordError,
        );
      }
    });

    test.each([0, -1, 1.5, 2 ** 60, Number.NaN, Number.POSITIVE_INFINITY, 7])(
      "is not there under the id %d",
      async (id) => {
        expect(await desk.ticket(id)).toBeUndefined();
        expect(await desk.comments(id)).toEqual([]);
        expect(await desk.documents(id)).toEqual([]);
        expect(await desk.participants(id)).toEqual([]);
      },
    );
  });

  describe("finding", () => {
    test("by number, in any letter case", async () => {
      await doing(desk, (t) =>
        t.createTicket(newTicket({ numberFormat: { before: "Req ", after: "/26" } })),
      );
      expect((await desk.ticketByNumber("req 1/26"))?.id).toBe(1);
      expect(await desk.ticketByNumber("1")).toBeUndefined();
    });

    test("by code and by title: the newest open one, else the newest; never spam, never by nothing", async () => {
      await doing(desk, async (t) => {
        const at = {
          code: "Inc-7",
          title: "Re: Stampante è rotta",
          titleBase: "Stampante è rotta",
        };
        await t.createTicket(newTicket({ ...at }));
        await t.createTicket(newTicket({ ...at }));
        await t.createTicket(newTicket({ ...at, closed: true, status: "Closed" }));
        await t.createTicket(newTicket({ ...at }));
        await t.changeTicket(4, { spam: true, at: 2_000 });
        await t.createTicket(newTicket({ code: "", title: "", titleBase: "" }));
      });
      expect((await desk.ticketByCode("INC-7"))?.id).toBe(2);
      expect((await desk.ticketByTitleBase("stampante E\u0300 rotta"))?.id).toBe(2);
      await doing(desk, async (t) => {
        const status = { name: "Closed", closed: true };
        await t.changeTicket(1, { status, at: 3_000 });
        await t.changeTicket(2, { status, at: 3_000 });
      });
      expect((await desk.ticketByCode("INC-7"))?.id).toBe(3);
      expect((await desk.ticketByTitleBase("STAMPANTE È ROTTA"))?.id).toBe(3);
      expect(await desk.ticketByCode("")).toBeUndefined();
      expect(await desk.ticketByTitleBase(" ")).toBeUndefined();
      expect(await desk.ticketByCode("INC-8")).toBeUndefined();
    });

    test("by title follows the title", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        await t.changeTicket(1, { title: "Re: Scanner", titleBase: "Scanner", at: 2_000 });
      });
      expect(await desk.ticketByTitleBase("Printer broken")).toBeUndefined();
      expect((await desk.ticketByTitleBase("scanner"))?.title).toBe("Re: Scanner");
    });

    test("a title of a megabyte is found again", async () => {
      const long = "x".repeat(1_000_000);
      await doing(desk, (t) => t.createTicket(newTicket({ title: long })));
      expect((await desk.ticketByTitleBase(long))?.title).toMatch(/^x{999}…$/u);
      expect(await desk.ticketByTitleBase(`${long}y`)).toBeUndefined();
    });

    test("lists are filtered and bounded, the newest first", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket({ mailbox: "support" }));
        await t.createTicket(newTicket({ mailbox: "billing", closed: true }));
        await t.createTicket(newTicket({ mailbox: "support" }));
        await t.changeTicket(3, { spam: true, at: 2_000 });
      });
      const ids = async (filter: Parameters<Helpdesk["tickets"]>[0]) =>
        (await desk.tickets(filter)).map(({ id }) => id);
      expect(await ids({})).toEqual([3, 2, 1]);
      expect(await ids({ spam: false })).toEqual([2, 1]);
      expect(await ids({ spam: true })).toEqual([3]);
      expect(await ids({ open: true, spam: false })).toEqual([1]);
      expect(await ids({ open: false })).toEqual([2]);
      expect(await ids({ mailbox: "support" })).toEqual([3, 1]);
      expect(await ids({ limit: 2 })).toEqual([3, 2]);
      expect(await ids({ limit: -1 })).toEqual([]);
    });
  });

  describe("changing", () => {
    test("what is not given stays; tags are added", async () => {
      const before = await doing(desk, (t) =>
        t.createTicket(newTicket({ tags: ["a"], priority: "Low", code: "C1", requester: anna })),
      );
      const after = await doing(desk, (t) =>
        t.changeTicket(1, {
          severity: "Major",
          addTags: ["b", "a"],
          assigned: { kind: "agent", name: "marco@example.it" },
          fields: [{ name: "floor", value: 2 }],
          at: 5_000,
        }),
      );
      expect(after).toEqual({
        ...before,
        severity: "Major",
        tags: ["a", "b"],
        assigned: { kind: "agent", name: "marco@example.it" },
        fields: { floor: 2 },
        updatedAt: 5_000,
      });
      expect(await desk.ticket(1)).toEqual(after);
    });

    test("a ticket is closed since it was closed first, and open again is open", async () => {
      const closed = { name: "Closed", closed: true };
      const at = async (now: number, status: { name: string; closed: boolean }) =>
        (await doing(desk, (t) => t.changeTicket(1, { status, at: now }))).closedAt;
      await doing(desk, (t) => t.createTicket(newTicket()));
      expect(await at(2_000, closed)).toBe(2_000);
      expect(await at(3_000, { name: "Solved", closed: true })).toBe(2_000);
      expect(await at(4_000, { name: "Open", closed: false })).toBeUndefined();
      expect(await at(5_000, closed)).toBe(5_000);
    });

    test("a ticket that is not there is named", async () => {
      await expect(doing(desk, (t) => t.changeTicket(7, { at: 1 }))).rejects.toThrow(
        "There is no ticket 7 in the store.",
      );
      await expect(doing(desk, (t) => t.changeTicket(2 ** 60, { at: 1 }))).rejects.toThrow(
        RecordError,
      );
    });
  });

  describe("comments and documents", () => {
    test("comments stand in their order and touch the ticket", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        await t.addComment(1, {
          author: anna,
          by: "customer",
          internal: false,
          text: "It works again",
          quoted: "> old",
          at: 7_000,
        });
        await t.addComment(1, {
          author: undefined,
          by: "system",
          internal: true,
          text: "Bounced",
          quoted: "",
          at: 6_000,
        });
      });
      expect(await desk.comments(1)).toEqual([
        {
          id: 1,
          author: anna,
          by: "customer",
          internal: false,
          text: "It works again",
          quoted: "> old",
          at: 7_000,
        },
        {
          id: 2,
          author: undefined,
          by: "system",
          internal: true,
          text: "Bounced",
          quoted: "",
          at: 6_000,
        },
      ]);
      expect(await desk.ticket(1)).toMatchObject({ comments: 2, updatedAt: 7_000 });
    });

    test("a comment on no ticket is refused", async () => {
      const comment = {
        author: anna,
        by: "customer",
        internal: false,
        text: "",
        quoted: "",
        at: 1,
      } as const;
      await expect(doing(desk, (t) => t.addComment(9, comment))).rejects.toThrow("no ticket 9");
    });

    test("documents are named safely and apart; equal contents are stored once", async () => {
      const content = Buffer.from("the same");
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        await t.createTicket(newTicket());
        for (const name of ["../scan.pdf", "Scan.PDF", "scan.pdf", "scan (2).pdf", undefined]) {
          await t.addDocument(1, { name, type: "application/pdf", content });
        }
        await t.addDocument(2, { name: "scan.pdf", type: "application/pdf", content });
      });
      const documents = await desk.documents(1);
      expect(documents.map(({ name }) => name)).toEqual([
        "scan.pdf",
        "Scan (2).PDF",
        "scan (3).pdf",
        "scan (2) (2).pdf",
        "attachment",
      ]);
      expect((await desk.documents(2)).map(({ name }) => name)).toEqual(["scan.pdf"]);
      expect(new Set(documents.map(({ hash }) => hash)).size).toBe(1);
      expect(documents[0]).toMatchObject({
        size: 8,
        type: "application/pdf",
        commentId: undefined,
      });
      const stored = await desk.documentContent(documents[0]?.hash ?? "");
      expect(stored === undefined ? undefined : Buffer.from(stored).toString()).toBe("the same");
      expect(await desk.documentContent("none")).toBeUndefined();
      expect((await desk.ticket(1))?.documents).toBe(5);
    });

    test("hundreds of documents of one name each get a name", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        for (let index = 0; index < 300; index += 1) {
          await t.addDocument(1, {
            name: "logo.png",
            type: "image/png",
            content: new Uint8Array(),
          });
        }
      });
      const names = (await desk.documents(1)).map(({ name }) => name);
      expect(new Set(names).size).toBe(300);
      expect(names.at(-1)).toBe("logo (300).png");
    });

    test("a document belongs to a comment and a ticket that are there", async () => {
      const document = { name: "a", type: "text/plain", content: new Uint8Array(1) };
      await expect(doing(desk, (t) => t.addDocument(1, document))).rejects.toThrow(RecordError);
      await doing(desk, (t) => t.createTicket(newTicket()));
      await expect(
        doing(desk, (t) => t.addDocument(1, { ...document, commentId: 5 })),
      ).rejects.toThrow(RecordError);
    });
  });

  describe("threads", () => {
    test("the first id of the list that a ticket knows decides, with or without its brackets", async () => {
      await doing(desk, async (t) => {
        await t.createTicket(newTicket());
        await t.createTicket(newTicket());
        await t.addMessageId(1, "<one@x>", "received");
        await t.addMessageId(2, "<two@x>", "sent");
      });
      expect((await desk.ticketByMessageId(["<none@x>", "<one@x>", "<two@x>"]))?.id).toBe(1);
      expect((await desk.ticketByMessageId(["two@x", "<one@x>"]))?.id).toBe(2);
      expect(await desk.ticketByMessageId(["<ONE@x>"])).toBeUndefined();
      expect(await desk.ticketByMessageId([])).toBeUndefined();
      const many = Array.from({ length: 250 }, (_, index) => `<${index}@none>`);
      expect((await desk.ticketByMessageId([...many, "<two@x>"]))?.id).toBe(2);
    });

    test("who sent an id comes before who received it, before who only names it; then the newest open one", async () => {
      const asked = async () => (await desk.ticketByMessageId(["<m@x>"]))?.id;
      await doing(desk, async (t) => {
        for (let index = 0; index < 4; index += 1) {
          await t.createTicket(newTicket());
        }
        await t.addMessageId(1, "<m@x>", "named");
        await t.addMessageId(2, "<m@x>", "named");
      });
      expect(await asked()).toBe(2);
      await doing(desk, (t) =>
        t.changeTicket(2, { status: { name: "Closed", closed: true }, at: 2_000 }),
      );
      expect(await asked()).toBe(1);
      await doing(desk, (t) => t.addMessageId(3, "<m@x>", "received"));
      expect(await asked()).toBe(3);
      await doing(desk, (t) => t.addMessageId(2, "<m@x>", "sent"));
      expect(await asked()).toBe(2);
      // To name an id again takes nothing from who has sent it.
      await doing(desk, (t) => t.addMessageId(2, "<m@x>", "named"));
      expect(await asked()).toBe(2);
      await doing(desk, (t) => t.changeTicket(2, { spam: true, at: 3_000 }));
      expect(await asked()).toBe(3);
    });
  });
}
