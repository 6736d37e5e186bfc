import { afterEach, describe, expect, it } from "vitest";
import type { SampleDesk } from "../samples/desk.ts";
import { sampleDesk } from "../samples/desk.ts";
import {
  always,
  create,
  mailbox,
  process,
  program,
  rule,
  sendMail,
  updateThread,
} from "../samples/program.ts";
import { openTicket } from "./acts.ts";
import { replyTicket } from "./reply.ts";

let desk: SampleDesk | undefined;
afterEach(async () => {
  await desk?.close();
});

async function withTicket(): Promise<SampleDesk> {
  desk = await sampleDesk(
    program(
      [
        mailbox("support", [
          rule("Thread", always, updateThread),
          rule("Support", always, create()),
        ]),
      ],
      {
        agents: [{ address: "marco@example.it", name: "Marco", signature: ["Marco, Support\n"] }],
        processes: [process("Opened", ["ticket created"], sendMail())],
      },
    ),
  );
  await desk.receive(`
    From: Anna <anna@example.org>
    To: info@example.it
    Message-ID: <printer@example.org>
    Subject: Printer broken

    It does not print.
  `);
  return desk;
}

const writtenBack = (id: string | undefined) => `
  From: anna@example.org
  To: info@example.it
  In-Reply-To: ${id}
  Subject: Re: Printer broken

  Thank you.
`;

describe("a reply from the mailbox's address", () => {
  it("is a person's mail in the thread, a comment, and the ticket waits for the answer", async () => {
    const { context, helpdesk, receive, sent } = await withTicket();
    const { ticket } = await replyTicket(context, 1, {
      text: "Is it switched on?",
      as: { kind: "mailbox" },
      author: { name: "Marco", address: "marco@example.it" },
    });
    expect(ticket).toMatchObject({ status: "Wait For Response", comments: 1 });
    const mail = (await sent()).at(-1);
    expect(mail).toMatchObject({
      from: { address: "info@example.it" },
      to: [{ address: "anna@example.org", name: "Anna" }],
      subject: "Re: Printer broken - Ticket Id: 9x1",
      text: "Is it switched on?",
      inReplyTo: "<printer@example.org>",
      headers: [],
    });
    expect(await helpdesk.comments(1)).toMatchObject([
      { by: "agent", author: { name: "Marco" }, text: "Is it switched on?" },
    ]);
    const answered = await receive(writtenBack(mail?.messageId));
    expect(answered).toMatchObject({ ticket: { id: 1, status: "Answered By Customer" } });
  });
});

describe("a reply from an agent's own address", () => {
  it("bears the agent's signature and leaves the ticket: it waits for nothing", async () => {
    const { context, helpdesk, sent } = await withTicket();
    const { ticket } = await replyTicket(context, 1, {
      text: "I call you.",
      as: { kind: "agent", address: "Marco@example.it" },
    });
    expect(ticket).toMatchObject({ status: "Open", comments: 1 });
    const mail = (await sent()).at(-1);
    expect(mail).toMatchObject({
      from: { address: "marco@example.it", name: "Marco" },
      subject: "Re: Printer broken",
      text: "I call you.\n\n-- \nMarco, Support\n",
    });
    expect(await helpdesk.ticketByMessageId([mail?.messageId ?? ""])).toBeUndefined();
  });
});

describe("no reply", () => {
  it("goes out as somebody who is no agent, to nobody, or to an address of ours", async () => {
    const { context, helpdesk } = await withTicket();
    const text = "x";
    await expect(
      replyTicket(context, 1, { text, as: { kind: "agent", address: "eve@example.it" } }),
    ).rejects.toThrow(/no agent of this project/);
    await openTicket(context, { title: "By phone" });
    await expect(replyTicket(context, 2, { text, as: { kind: "mailbox" } })).rejects.toThrow(
      "Ticket TT2 has no requester to write to.",
    );
    await openTicket(context, {
      title: "Ours",
      requester: { name: "", address: "INFO@example.it" },
    });
    await expect(replyTicket(context, 3, { text, as: { kind: "mailbox" } })).rejects.toThrow(
      /an address of ours/,
    );
    expect(await helpdesk.comments(1)).toEqual([]);
  });
});
