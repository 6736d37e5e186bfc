import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readStoredDecision } from "@mcrules/handling";
import { Desk } from "./desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const anna =
  "From: Anna <anna@example.org>\nTo: info@example.it\nSubject: Printer\n\nIt is broken.\n";

describe("who a mail is from", () => {
  it("nobody, or the null sender: no address, no answer, counted all the same", async () => {
    for (const from of ["", "From: <>\n", "From:\n", "From: MAILER-DAEMON <>\n"]) {
      expect(await desk.outcome(`${from}Subject: x${from.length}\n\ntext\n`)).toBe(
        "ticket created, Nobody",
      );
    }
    expect(await desk.sent()).toEqual([]);
  });

  it("a participant's address, where DMARC failed: no update", async () => {
    const ticket = await desk.ticketOf(anna);
    const forged = (verdict: string) =>
      `Authentication-Results: mx.example.it; dmarc=${verdict}\nFrom: anna@example.org\nSubject: Re: Ticket Id: 9x${ticket.id}\n\n${verdict}\n`;
    expect(await desk.outcome(forged("fail"))).toBe("ticket created, Support");
    expect(await desk.outcome(forged("pass"))).toBe("ticket updated, Reply");
  });

  it("where DMARC failed, the ticket made instead says so to the helpdesk alone, and so does the mail's mark", async () => {
    const ticket = await desk.ticketOf(anna.replace("It is broken.", "my password is hunter2"));
    const handled = await desk.receive(
      `Authentication-Results: mx.example.it; dmarc=fail\nFrom: anna@example.org\nSubject: Ticket Id: 9x${ticket.id}\n\nx\n`,
    );
    if (handled.kind !== "handled") throw new Error(handled.kind);
    const message = `DMARC failed for example.org: the sender was not taken for a participant of ticket ${ticket.number}.`;
    expect(handled.decision.marks).toEqual([{ kind: "distrusted", message }]);
    expect(readStoredDecision(handled.journal)?.marks).toEqual(handled.decision.marks);
    const notes = await desk.helpdesk.comments(handled.ticket?.id ?? 0);
    expect(notes).toMatchObject([{ internal: true, by: "system", text: message }]);
    expect(handled.ticket?.comments).toBe(1);
    expect(JSON.stringify([notes, await desk.sent()])).not.toContain("hunter2");
    expect(JSON.stringify(await desk.sent())).not.toContain("DMARC");
  });

  it("a verdict that the sender wrote below the server's changes nothing", async () => {
    const ticket = await desk.ticketOf(anna);
    const mail = `Authentication-Results: mx.example.it; dmarc=fail\nReceived: from x by mx.example.it; Mon, 2 Nov 2026 09:00:00 +0000\nAuthentication-Results: mx.example.it; dmarc=pass\nFrom: anna@example.org\nSubject: Ticket Id: 9x${ticket.id}\n\nx\n`;
    expect(await desk.outcome(mail)).toBe("ticket created, Support");
  });

  it("two From fields, or two addresses in one: each of them has to take part", async () => {
    const ticket = await desk.ticketOf(anna);
    const rest = `Subject: Ticket Id: 9x${ticket.id}\n\nx`;
    const both = [
      "From: anna@example.org\nFrom: evil@example.net\n",
      "From: anna@example.org, evil@example.net\n",
      "From: team: anna@example.org, evil@example.net;\n",
    ];
    for (const [at, from] of both.entries()) {
      expect(await desk.outcome(`${from}${rest}${at}\n`)).toBe("ticket created, Support");
    }
    expect(await desk.outcome(`From: anna@example.org, info@example.it\n${rest}\n`)).not.toBe(
      "ticket updated, Reply",
    );
  });

  it.each([
    ["a number that was guessed", "From: mallory@example.net\nSubject: Ticket Id: 9x1\n\nx\n"],
    [
      "an address as display name",
      'From: "anna@example.org" <mallory@example.net>\nSubject: Ticket Id: 9x1\n\nx\n',
    ],
    [
      "an address in a quoted local part",
      'From: "anna@example.org x"@example.net\nSubject: Ticket Id: 9x1\n\nx\n',
    ],
    [
      "a NUL in the address",
      "From: anna@example.org\u0000@example.net\nSubject: Ticket Id: 9x1\n\nx\n",
    ],
    [
      "references that were seen elsewhere",
      "From: mallory@example.net\nReferences: <printer@example.org>\nSubject: Re: x\n\nx\n",
    ],
  ])("%s opens no door", async (_, mail) => {
    await desk.ticketOf(anna.replace("Subject", "Message-ID: <printer@example.org>\nSubject"));
    expect(await desk.outcome(mail)).toMatch(/^ticket created, (?:Support|Nobody)$/);
    expect(await desk.helpdesk.comments(1)).toEqual([]);
  });

  it("a From that is one encoded word names nobody: no address comes out of decoded text", async () => {
    await desk.ticketOf(anna);
    const from = "From: =?utf-8?Q?Anna_=3Canna=40example.org=3E?=";
    expect(await desk.outcome(`${from}\nSubject: Ticket Id: 9x1\n\nx\n`)).toBe(
      "ticket created, Nobody",
    );
  });

  it("a field with a space before its colon is that field", async () => {
    const ticket = await desk.ticketOf("From : bob@example.org\nSubject : b\n\nx\n");
    expect([ticket.requester?.address, ticket.title]).toEqual(["bob@example.org", "b"]);
  });

  it("a Reply-To at somebody else's, or at our own address: answers go to the requester", async () => {
    await desk.receive(anna.replace("Subject", "Reply-To: victim@example.com\nSubject"));
    await desk.receive(
      anna.replace("broken", "lost").replace("Subject", "Reply-To: info@example.it\nSubject"),
    );
    expect((await desk.sent()).flatMap((mail) => mail.to.map((one) => one.address))).toEqual([
      "anna@example.org",
      "anna@example.org",
    ]);
  });
});

describe("mail that is no person's", () => {
  it("an autoresponder with its marks: on its ticket, not answered", async () => {
    await desk.receive(anna.replace("Subject", "Auto-Submitted: auto-replied\nSubject"));
    expect(await desk.sent()).toEqual([]);
  });

  it("an autoresponder without marks, from new addresses or one: silence after the limit, and an alarm", async () => {
    for (let at = 0; at < 20; at += 1) {
      await desk.receive(anna.replace("broken", `broken ${at}`).replace("Printer", `Away ${at}`));
    }
    expect(await desk.sent()).toHaveLength(4);
    expect((await desk.helpdesk.alarms()).length).toBeGreaterThan(0);
  });

  it("a list's mail and a newsletter: ignored, not answered", async () => {
    for (const mark of [
      "List-Id: <l.example.org>",
      "Precedence: bulk",
      "List-Unsubscribe: <mailto:u@example.org>",
    ]) {
      expect(
        await desk.outcome(anna.replace("broken", mark).replace("Subject", `${mark}\nSubject`)),
      ).toBe("ignored, Newsletter");
    }
    expect(await desk.sent()).toEqual([]);
  });

  it("our own notice that comes back, from wherever: ignored", async () => {
    await desk.receive(anna);
    const [notice] = await desk.sent();
    const id = notice?.messageId ?? "";
    expect(id).not.toBe("");
    expect(
      await desk.outcome(`From: info@example.it\nMessage-ID: ${id}\nSubject: Opening\n\nx\n`),
    ).toBe("own mail");
  });

  const bounceOf = (id: string) =>
    `From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt could not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nMessage-ID: ${id}\nSubject: Opening\n\nx\n--b--\n`;

  it("a bounce of our notice: a note on its ticket, that address is muted", async () => {
    const ticket = await desk.ticketOf(anna);
    const [notice] = await desk.sent();
    expect(await desk.outcome(bounceOf(notice?.messageId ?? ""))).toBe("bounce");
    expect(await desk.helpdesk.comments(ticket.id)).toHaveLength(1);
    expect(
      await desk.helpdesk.mutedUntil("anna@example.org", Date.UTC(2026, 10, 2, 9)),
    ).toBeDefined();
  });

  it("a forged bounce: quotes no id that we signed, mutes and notes nothing", async () => {
    const ticket = await desk.ticketOf(anna);
    expect(await desk.outcome(bounceOf("<1.forged@example.it>"))).not.toBe("bounce");
    expect(await desk.helpdesk.comments(ticket.id)).toEqual([]);
    expect(
      await desk.helpdesk.mutedUntil("anna@example.org", Date.UTC(2026, 10, 2, 9)),
    ).toBeUndefined();
  });
});

describe("a ticket number in a mail", () => {
  it("of two the leftmost counts, and only where its sender takes part in it", async () => {
    const one = await desk.ticketOf(anna);
    const two = await desk.ticketOf(anna.replace("anna@", "bob@").replace("Printer", "Screen"));
    const subject = `Subject: Ticket Id: 9x${two.id} and Ticket Id: 9x${one.id}\n\nx\n`;
    expect(await desk.outcome(`From: anna@example.org\n${subject}`)).toBe(
      "ticket created, Support",
    );
    expect(await desk.outcome(`From: bob@example.org\n${subject}`)).toBe("ticket updated, Reply");
  });

  it("in the body or the quoted history is none where the rule reads the subject", async () => {
    await desk.ticketOf(anna);
    const mail = `From: anna@example.org\nSubject: again\n\nnew\n> Ticket Id: 9x1\n`;
    expect(await desk.outcome(mail)).toBe("ticket created, Support");
  });

  it("that does not exist, or is no number of a ticket, is nobody's", async () => {
    for (const id of ["999", "0001", "99999999999999999999"]) {
      const mail = `From: anna@example.org\nSubject: Ticket Id: 9x${id}\n\nx\n`;
      expect(await desk.outcome(mail)).toBe("ticket created, Support");
    }
  });

  it("an answer to a stranger tells nothing of the ticket whose number he guessed", async () => {
    await desk.ticketOf(anna.replace("It is broken.", "my password is hunter2"));
    await desk.receive("From: mallory@example.net\nSubject: Ticket Id: 9x1\n\nx\n");
    const told = (await desk.sent()).filter((mail) =>
      mail.to.some((one) => one.address === "mallory@example.net"),
    );
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain("hunter2");
  });
});
