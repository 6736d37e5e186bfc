import { afterEach, describe, expect, it } from "vitest";
import type { Program } from "@mcrules/compiler";
import { headersOnlyKey } from "@mcrules/helpdesk";
import { handleMail } from "./handleMail.ts";
import type { IncomingMail } from "./handling.ts";
import type { SampleDesk } from "./samples/desk.ts";
import { mailBytes, sampleDesk, sampleMail } from "./samples/desk.ts";
import {
  always,
  create,
  ignore,
  mailbox,
  program,
  rule,
  subjectContains,
} from "./samples/program.ts";

const open: SampleDesk[] = [];
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
});

async function deskWith(given: Program): Promise<SampleDesk> {
  const desk = await sampleDesk(given);
  open.push(desk);
  return desk;
}

/** A mail on a server, and how often its body was fetched. */
function distant(text: string, place: string, meanwhile?: () => Promise<unknown>) {
  const bytes = mailBytes(text);
  let fetched = 0;
  const header = Buffer.from(bytes).subarray(0, Buffer.from(bytes).indexOf("\r\n\r\n") + 4);
  const mail: IncomingMail = {
    ...sampleMail(text, { place }),
    arrival: { ...sampleMail(text).arrival, size: undefined },
    bodyLater: true,
    header: async () => {
      await meanwhile?.();
      return header;
    },
    whole: async () => {
      fetched += 1;
      return bytes;
    },
  };
  return { mail, fetched: () => fetched };
}

const text = (body: string, id = "Message-ID: <news@example.org>\n  ") => `
  From: Anna <anna@example.org>
  ${id}Subject: News
  
  ${body}
  `;

const rules = [rule("News", subjectContains("News"), ignore), rule("Support", always, create())];
const ignoring = program([mailbox("support", rules)]);
const creating = program([mailbox("support", rules.slice(1))]);

describe("a mail whose body is fetched only where something needs it", () => {
  it("is decided and journaled by its headers alone, and its headers are what is kept", async () => {
    const desk = await deskWith(ignoring);
    const { mail, fetched } = distant(text("one"), "1:1");
    const handled = await handleMail(desk.context, mail);
    expect(handled).toMatchObject({ kind: "handled", decision: { outcome: "ignored" } });
    expect(fetched()).toBe(0);
    const { headerKey, contentKey } = handled.journal.identity;
    expect(contentKey).toBe(headersOnlyKey(headerKey));
    const kept = await desk.helpdesk.rawMail(contentKey);
    expect(Buffer.from(kept ?? []).toString()).toBe(Buffer.from(await mail.header()).toString());
  });

  it("is the same mail again at another place, body unseen, also for a source that has it whole", async () => {
    const desk = await deskWith(ignoring);
    await handleMail(desk.context, distant(text("one"), "1:1").mail);
    const again = distant(text("one"), "1:2");
    expect(await handleMail(desk.context, again.mail)).toMatchObject({ kind: "already seen" });
    expect(again.fetched()).toBe(0);
    expect(await desk.receive(text("one"))).toMatchObject({ kind: "already seen" });
  });

  it("is compared by its body where one of the same headers was journaled with its body", async () => {
    const desk = await deskWith(creating);
    const first = distant(text("one"), "1:1");
    expect(await handleMail(desk.context, first.mail)).toMatchObject({ kind: "handled" });
    expect(first.fetched()).toBe(1);
    const same = distant(text("one"), "1:2");
    expect(await handleMail(desk.context, same.mail)).toMatchObject({ kind: "already seen" });
    const other = distant(text("two"), "1:3");
    expect(await handleMail(desk.context, other.mail)).toMatchObject({
      kind: "handled",
      ticket: { number: "TT2" },
    });
    expect([same.fetched(), other.fetched()]).toEqual([1, 1]);
  });

  it("is compared by its body also where it would be decided by its headers alone", async () => {
    const desk = await deskWith(ignoring);
    await handleMail(
      { ...desk.context, judge: (await deskWith(creating)).context.judge },
      {
        ...distant(text("one"), "1:1").mail,
      },
    );
    const same = distant(text("one"), "1:2");
    expect(await handleMail(desk.context, same.mail)).toMatchObject({ kind: "already seen" });
    const other = distant(text("two"), "1:3");
    expect(await handleMail(desk.context, other.mail)).toMatchObject({
      kind: "handled",
      decision: { outcome: "ignored" },
    });
  });

  it("is fetched where it has no Message-ID to be known by", async () => {
    const desk = await deskWith(ignoring);
    const { mail, fetched } = distant(text("one", ""), "1:1");
    await handleMail(desk.context, mail);
    expect(fetched()).toBe(1);
    expect(await handleMail(desk.context, distant(text("one", ""), "1:2").mail)).toMatchObject({
      kind: "already seen",
    });
    expect(await handleMail(desk.context, distant(text("two", ""), "1:3").mail)).toMatchObject({
      kind: "handled",
    });
  });

  it("is done once where another process journals it whole between the look and the commit", async () => {
    const desk = await deskWith(ignoring);
    const rival = (await deskWith(creating)).context.judge;
    let done = false;
    const helpdesk: typeof desk.helpdesk = {
      ...desk.helpdesk,
      transaction: async (work) => {
        if (!done) {
          done = true;
          await handleMail({ ...desk.context, judge: rival }, sampleMail(text("one")));
        }
        return desk.helpdesk.transaction(work);
      },
    };
    const { mail } = distant(text("one"), "1:1");
    expect(await handleMail({ ...desk.context, helpdesk }, mail)).toMatchObject({
      kind: "already seen",
    });
    expect(await desk.helpdesk.journal({})).toHaveLength(1);
  });

  it("is done once where another process journals it by its headers between the look and the commit", async () => {
    const desk = await deskWith(creating);
    const rival = (await deskWith(ignoring)).context.judge;
    let done = false;
    const helpdesk: typeof desk.helpdesk = {
      ...desk.helpdesk,
      transaction: async (work) => {
        if (!done) {
          done = true;
          await handleMail({ ...desk.context, judge: rival }, distant(text("one"), "1:1").mail);
        }
        return desk.helpdesk.transaction(work);
      },
    };
    expect(
      await handleMail({ ...desk.context, helpdesk }, distant(text("one"), "1:1").mail),
    ).toMatchObject({ kind: "already seen" });
    expect(await desk.helpdesk.tickets({})).toEqual([]);
  });

  it("is fetched before it is deleted on the server, so that `keep` keeps it", async () => {
    const desk = await deskWith(
      program([mailbox("support", rules, { after: { kind: "delete" } })]),
    );
    const { mail, fetched } = distant(text("one"), "1:1");
    const handled = await handleMail(desk.context, mail);
    expect(fetched()).toBe(1);
    const kept = await desk.helpdesk.rawMail(handled.journal.identity.contentKey);
    expect(Buffer.from(kept ?? []).toString()).toContain("one");
  });
});
