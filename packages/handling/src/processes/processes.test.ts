import { afterEach, describe, expect, it } from "vitest";
import type { Program } from "@mcrules/compiler";
import { readSignedMessageId } from "@mcrules/mail";
import { closeTicket, commentTicket, openTicket, reopenTicket } from "../person/acts.ts";
import { markSpam, unmarkSpam } from "../person/spam.ts";
import type { SampleDesk } from "../samples/desk.ts";
import { monday, sampleDesk } from "../samples/desk.ts";
import {
  always,
  call,
  create,
  day,
  ignore,
  mailbox,
  process,
  program,
  requester,
  rule,
  sendMail,
  setStatus,
  subjectContains,
  subjectMatches,
  update,
  updateThread,
} from "../samples/program.ts";

const open: SampleDesk[] = [];
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
});

async function deskWith(given: Program): Promise<SampleDesk> {
  const desk = await sampleDesk(given);
  open.push(desk);
  return desk;
}

const rules = [
  rule("Ignored", subjectContains("newsletter"), ignore),
  rule(
    "Reply",
    subjectMatches("Ticket Id: 9x(?<id>[0-9]+)\\b"),
    update({ kind: "id", capture: "id" }),
  ),
  rule("Thread", always, updateThread),
  rule("Support", always, create()),
];

const opening = process("Opening notice", ["ticket created"], sendMail());

function withProcesses(
  processes: Program["processes"],
  helpdesk: Partial<Program["helpdesk"]> = {},
): Program {
  return program([mailbox("support", rules), mailbox("sales", rules)], { processes, helpdesk });
}

const printer = `
  From: Anna <anna@example.org>
  To: info@example.it
  Message-ID: <printer@example.org>
  References: <before@example.org>
  Subject: Printer broken

  It does not print.
`;

describe("a mail that a process sends", () => {
  it("goes from the mailbox's address, in the thread, marked as automatic, with an id of ours", async () => {
    const desk = await deskWith(withProcesses([opening]));
    const handled = await desk.receive(printer);
    if (handled.kind !== "handled") throw new Error("not handled");
    const [entry] = handled.outbox;
    expect(entry).toMatchObject({
      kind: "mail",
      state: "waiting",
      process: "Opening notice",
      ticket: 1,
      mailbox: "support",
      recipients: ["anna@example.org"],
      subject: "Opening TT1 - Printer broken - Ticket Id: 9x1",
    });
    const [mail] = await desk.sent();
    expect(mail).toMatchObject({
      from: { name: "Support", address: "info@example.it" },
      to: [{ address: "anna@example.org" }],
      text: "Dear Anna,\nit is open.\n",
      inReplyTo: "<printer@example.org>",
      references: ["<before@example.org>", "<printer@example.org>"],
      headers: [
        { name: "Auto-Submitted", value: "auto-replied" },
        { name: "X-Auto-Response-Suppress", value: "All" },
      ],
    });
    const key = await desk.helpdesk.storedSigningKey();
    expect(readSignedMessageId(mail?.messageId ?? "", key ?? "")).toEqual({ ticket: 1 });
    expect(await desk.helpdesk.ticketByMessageId([mail?.messageId ?? ""])).toMatchObject({ id: 1 });
  });

  it("brings whoever answers it into the ticket, though nobody else there knows them", async () => {
    const desk = await deskWith(withProcesses([opening]));
    await desk.receive(printer);
    const [mail] = await desk.sent();
    const handled = await desk.receive(`
      From: colleague@elsewhere.example
      To: info@example.it
      In-Reply-To: ${mail?.messageId}
      Subject: Re: your mail

      I answer for Anna.
    `);
    expect(handled).toMatchObject({ decision: { rule: "Thread" }, ticket: { id: 1 } });
    expect(await desk.helpdesk.participants(1)).toContainEqual({
      address: "colleague@elsewhere.example",
      name: "",
      as: "answered",
    });
  });

  it("is known when it comes back to us", async () => {
    const desk = await deskWith(withProcesses([opening]));
    await desk.receive(printer);
    const [mail] = await desk.sent();
    const handled = await desk.receive(`
      From: info@example.it
      To: anna@example.org
      Message-ID: ${mail?.messageId}
      Subject: Opening

      Dear Anna
    `);
    expect(handled).toMatchObject({ decision: { outcome: "own mail" }, ticket: undefined });
  });

  it("that bounces becomes a note on its ticket, starts nothing, and mutes the address", async () => {
    const desk = await deskWith(
      withProcesses([opening, process("Again", ["ticket updated"], sendMail())]),
    );
    await desk.receive(printer);
    const [mail] = await desk.sent();
    const bounced = await desk.receive(`
      From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
      To: info@example.it
      Return-Path: <>
      Subject: Undelivered Mail Returned to Sender
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: text/plain

      <anna@example.org>: mailbox unavailable

      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.org

      Final-Recipient: rfc822; anna@example.org
      Action: failed
      Status: 5.1.1

      Final-Recipient: rfc822; boss@example.org
      Action: failed
      Status: 5.1.1

      --b
      Content-Type: text/rfc822-headers

      From: info@example.it
      To: anna@example.org
      Message-ID: ${mail?.messageId}
      Subject: Opening

      --b--
    `);
    expect(bounced).toMatchObject({
      decision: { outcome: "bounce" },
      ticket: { id: 1 },
      outbox: [],
    });
    expect(await desk.helpdesk.comments(1)).toMatchObject([
      {
        by: "system",
        internal: true,
        text: "A mail about this ticket did not reach anna@example.org, boss@example.org (5.1.1).",
      },
    ]);
    expect(await desk.helpdesk.mutedUntil("anna@example.org", monday)).toBe(monday + 7 * day);
    // We never wrote to the other one, so the report proves nothing about it.
    expect(await desk.helpdesk.mutedUntil("boss@example.org", monday)).toBeUndefined();
    const next = await desk.receive(printer.replace("Printer broken", "Screen broken"));
    expect(next).toMatchObject({
      outbox: [{ state: "withheld", reason: expect.stringContaining("muted") }],
    });
    desk.wait(8 * day);
    const later = await desk.receive(printer.replace("Printer broken", "Mouse broken"));
    expect(later).toMatchObject({ outbox: [{ state: "waiting" }] });
  });

  it("has one line for a subject and an address, whatever a mail holds", async () => {
    const evil = process(
      "Evil",
      ["ticket created"],
      sendMail({
        to: [["anna@example.org\r\nBcc: all@example.org"], requester],
        subject: ["one\r\nBcc: all@example.org"],
      }),
    );
    const desk = await deskWith(withProcesses([evil]));
    await desk.receive(printer);
    const [mail] = await desk.sent();
    expect(mail?.subject).toBe("one Bcc: all@example.org");
    for (const { address, name } of mail?.to ?? [])
      expect(`${address}${name}`).not.toMatch(/[\r\n]/);
    expect(mail?.bcc).toEqual([]);
  });

  it("takes the documents and the original with it", async () => {
    const forward = process(
      "Forward",
      ["ticket created"],
      sendMail({ to: [["boss@example.org"]], attach: ["documents", "mail"] }),
    );
    const desk = await deskWith(withProcesses([forward], { keep: { kind: "nothing" } }));
    await desk.receive(`
      From: anna@example.org
      To: info@example.it
      Subject: with a file
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      see the file
      --b
      Content-Type: application/pdf; name="a.pdf"
      Content-Disposition: attachment; filename="a.pdf"

      %PDF
      --b--
    `);
    const [mail] = await desk.sent();
    const [document, original] = mail?.attachments ?? [];
    expect(document).toMatchObject({ kind: "document", name: "a.pdf", type: "application/pdf" });
    if (original?.kind !== "original") throw new Error("no original");
    const raw = await desk.helpdesk.rawMail(original.contentKey);
    expect(Buffer.from(raw ?? []).toString()).toContain("see the file");
  });
});

const another = (number: number) =>
  printer
    .replace(/ {2}References:.*\n/, "")
    .replace("printer@", `${number}@`)
    .replace("broken", `broken ${number}`);

describe("no mail is sent", () => {
  const withheld = async (given: Program, text: string, received?: number): Promise<string> => {
    const desk = await deskWith(given);
    await desk.helpdesk.transaction((store) => store.block("BLOCKED@example.org", "test", monday));
    const handled = await desk.receive(text, received === undefined ? {} : { received });
    if (handled.kind !== "handled" || (await desk.sent()).length > 0) throw new Error("it is sent");
    return handled.outbox.map(({ state, reason }) => `${state}: ${reason}`).join();
  };

  it("in answer to automatic mail", async () => {
    const automatic = printer.replace("Message-ID", "Auto-Submitted: auto-replied\n  Message-ID");
    expect(await withheld(withProcesses([opening]), automatic)).toMatch(/^withheld: .*automatic/);
  });

  it("to an address of any mailbox of the project", async () => {
    const ours = printer.replace("anna@example.org", "Sales@example.it");
    expect(await withheld(withProcesses([opening]), ours)).toMatch(/^withheld: .*this project/);
  });

  it("in answer to a mail received longer ago than the setting says", async () => {
    const old = monday - 3 * day - 1;
    expect(await withheld(withProcesses([opening]), printer, old)).toMatch(
      /^withheld: .*longer ago/,
    );
  });

  it("to a blocked address", async () => {
    const given = process(
      "Blocked",
      ["ticket created"],
      sendMail({ to: [["blocked@example.org"]] }),
    );
    expect(await withheld(withProcesses([given]), printer)).toMatch(/^withheld: .*is blocked/);
  });

  it("to what is no address", async () => {
    const given = process("Nobody", ["ticket created"], sendMail({ to: [["nobody at all"]] }));
    expect(await withheld(withProcesses([given]), printer)).toMatch(/^withheld: .*no address/);
  });

  it("beyond the send limit, and one alarm says so", async () => {
    const fresh = process("Fresh", ["ticket created"], sendMail());
    const desk = await deskWith(
      withProcesses([fresh], { sendLimit: { count: 4, within: { milliseconds: 3_600_000 } } }),
    );
    for (let number = 1; number <= 7; number++) {
      await desk.receive(another(number));
      desk.wait(60_000);
    }
    expect(await desk.sent()).toHaveLength(4);
    expect(await desk.helpdesk.alarms()).toHaveLength(1);
    desk.wait(3_600_000);
    await desk.receive(another(8));
    expect(await desk.sent()).toHaveLength(5);
  });

  it("more than three times with one subject", async () => {
    const same = process("Same", ["ticket created"], sendMail({ subject: ["Thank you"] }));
    const desk = await deskWith(withProcesses([same]));
    for (let number = 1; number <= 5; number++) {
      await desk.receive(another(number));
    }
    expect(await desk.sent()).toHaveLength(3);
    expect(await desk.helpdesk.alarms()).toHaveLength(1);
  });
});

describe("mail is sent all the same", () => {
  it("for an automatic mail that was taken on behalf of a person", async () => {
    const form = [rule("Form", always, create({ onBehalfOf: { kind: "reply-to" } }))];
    const desk = await deskWith(program([mailbox("support", form)], { processes: [opening] }));
    await desk.receive(`
      From: www@example.it
      Reply-To: Anna <anna@example.org>
      To: info@example.it
      Auto-Submitted: auto-generated
      Subject: Contact form

      Please call me.
    `);
    expect(await desk.sent()).toMatchObject([{ to: [{ address: "anna@example.org" }] }]);
  });

  it("as a notice to others about an automatic mail, since that answers nobody", async () => {
    const notice = process(
      "Notice",
      ["ticket created"],
      sendMail({ to: [requester, ["oncall@example.org"]] }),
    );
    const desk = await deskWith(withProcesses([notice]));
    await desk.receive(`
      From: nagios@example.org
      To: info@example.it
      Auto-Submitted: auto-generated
      Subject: PROBLEM disk full

      The disk is full.
    `);
    expect(await desk.sent()).toMatchObject([
      {
        to: [{ address: "oncall@example.org" }],
        headers: [{ name: "Auto-Submitted", value: "auto-generated" }, {}],
      },
    ]);
  });
});

describe("what else a process does", () => {
  it("sets properties of the ticket, and starts no process by it", async () => {
    const desk = await deskWith(
      withProcesses([
        process("Start", ["ticket created"], setStatus("Closed")),
        process("Closed", ["ticket closed", "ticket updated"], sendMail()),
      ]),
    );
    const handled = await desk.receive(printer);
    expect(handled).toMatchObject({ ticket: { status: "Closed" }, outbox: [] });
  });

  it("calls with the event, and keeps the place of a secret, never the secret", async () => {
    const desk = await deskWith(
      withProcesses([
        process("Hook", ["ticket created", "mail ignored"], call("https://hook.example/x")),
      ]),
    );
    const handled = await desk.receive(printer);
    if (handled.kind !== "handled") throw new Error("not handled");
    const payload = JSON.parse(handled.outbox[0]?.payload ?? "");
    expect(payload).toMatchObject({
      url: "https://hook.example/x",
      headers: [{ name: "Authorization", value: { secret: { kind: "env", name: "HOOK" } } }],
    });
    expect(JSON.parse(payload.body)).toMatchObject({
      id: handled.outbox[0]?.key,
      process: "Hook",
      events: ["ticket created"],
      ticket: { number: "TT1", ref: "9x1" },
      mail: { messageId: "<printer@example.org>", subject: "Printer broken" },
    });
    const ignored = await desk.receive(printer.replace("Printer broken", "newsletter"));
    expect(ignored).toMatchObject({ outbox: [{ kind: "call", ticket: undefined }] });
  });
});

describe("what a person does", () => {
  it("starts the processes too, without a mail", async () => {
    const events = ["ticket created", "ticket updated", "ticket closed"] as const;
    const desk = await deskWith(
      withProcesses(events.map((event) => process(event, [event], sendMail({ subject: [event] })))),
    );
    const opened = await openTicket(desk.context, {
      title: "By phone",
      requester: { name: "Anna", address: "anna@example.org" },
      mailbox: "support",
    });
    expect(opened.ticket).toMatchObject({ number: "TT1", fromMail: false, status: "Open" });
    await commentTicket(desk.context, 1, { text: "called back", internal: true });
    const closed = await closeTicket(desk.context, 1);
    expect(closed.ticket.status).toBe("Closed");
    expect((await closeTicket(desk.context, 1)).outbox).toEqual([]);
    const reopened = await reopenTicket(desk.context, 1);
    expect(reopened.ticket).toMatchObject({ status: "Open", closedAt: undefined });
    const sent = await desk.sent();
    expect(sent.map(({ subject }) => subject)).toEqual([
      "ticket created",
      "ticket updated",
      "ticket updated",
      "ticket closed",
      "ticket updated",
    ]);
    expect(sent[0]?.headers[0]).toEqual({ name: "Auto-Submitted", value: "auto-generated" });
    await expect(closeTicket(desk.context, 9)).rejects.toThrow("There is no ticket 9.");
  });

  it("marking spam hides the tickets, blocks who wrote, and sends the mails to the spam folder", async () => {
    const desk = await deskWith(
      program([mailbox("support", rules, { spamFolder: "Junk" })], { processes: [] }),
    );
    await desk.receive(printer);
    await expect(markSpam(desk.context, [1, 7])).rejects.toThrow("There is no ticket 7.");
    expect(await desk.helpdesk.blockedAddresses()).toEqual([]);
    expect(await markSpam(desk.context, [1])).toMatchObject({ blocked: ["anna@example.org"] });
    expect(await desk.helpdesk.ticket(1)).toMatchObject({ spam: true });
    const pending = await desk.helpdesk.pendingMailEffects("support");
    expect(pending.map(({ effect }) => JSON.parse(effect))).toEqual([
      { kind: "move", folder: "Junk" },
    ]);
    await expect(closeTicket(desk.context, 1)).rejects.toThrow(/spam/);
    const blocked = await desk.receive(printer.replace("Printer broken", "Ticket Id: 9x1"));
    expect(blocked).toMatchObject({ decision: { outcome: "blocked" } });
    await unmarkSpam(desk.context, [1]);
    const taken = await desk.receive(printer.replace("Printer broken", "again, Ticket Id: 9x1"));
    expect(taken).toMatchObject({ decision: { rule: "Reply" }, ticket: { id: 1 } });
  });
});

describe("a mailbox without an address", () => {
  const smtp = {
    span: { file: "sample.mcrules", start: 0, end: 0 },
    host: { value: "smtp.example.it", span: { file: "sample.mcrules", start: 0, end: 0 } },
    port: undefined,
    security: undefined,
    login: undefined,
  };
  const nameless = (settings: Parameters<typeof mailbox>[2]) =>
    program([{ ...mailbox("support", rules, { addresses: [], ...settings }), ownAddresses: [] }], {
      processes: [opening],
    });

  it("can be tried out: its mails wait, from the address that was written to", async () => {
    const desk = await deskWith(nameless({}));
    await desk.receive(printer);
    expect(await desk.sent()).toMatchObject([{ from: { address: "info@example.it" } }]);
  });

  it("that could send writes in nobody's name", async () => {
    const desk = await deskWith(nameless({ smtp }));
    expect(await desk.receive(printer)).toMatchObject({
      outbox: [{ state: "withheld", reason: expect.stringContaining("no address to send from") }],
    });
  });

  it("sends from its login, where that is an address", async () => {
    const span = { file: "sample.mcrules", start: 0, end: 0 };
    const server = {
      kind: "server",
      span,
      host: "imap.example.it",
      port: 993,
      protocol: "imap4",
      security: undefined,
      login: {
        span,
        user: { value: "login@example.it", span },
        by: { kind: "password", secret: { kind: "env", span, name: "PASSWORD" } },
      },
      parameters: [],
    } as const;
    const desk = await deskWith(nameless({ smtp, source: server }));
    await desk.receive(printer);
    expect(await desk.sent()).toMatchObject([{ from: { address: "login@example.it" } }]);
  });
});

describe("a crowd", () => {
  it("gets no mail because somebody names it", async () => {
    const everyone = process(
      "Everyone",
      ["ticket created"],
      sendMail({ to: [[{ kind: "mail field", field: "cc" }]] }),
    );
    const desk = await deskWith(withProcesses([everyone]));
    const crowd = Array.from({ length: 200 }, (_, number) => `p${number}@example.org`).join(", ");
    const handled = await desk.receive(printer.replace("Message-ID", `Cc: ${crowd}\n  Message-ID`));
    expect(handled).toMatchObject({
      outbox: [{ state: "waiting", reason: expect.stringContaining("more than 50 people") }],
    });
    expect((await desk.sent())[0]?.to).toHaveLength(50);
  });
});
