import { afterEach, describe, expect, test } from "vitest";
import { days, Desks, hours, mail, project, rule } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const create = rule("always", "create ticket", "New");
const notice = `
process "Opening" {
  on ticket created
  when always
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.number}"
    body "Dear \${ticket.requester.name}."
  }
}
`;

describe("a mail already in the journal", () => {
  test("is not done again: same content and same Message-ID", async () => {
    const desk = await desks.of(create);
    const one = mail();
    expect(await desk.outcome(one)).toBe("ticket created by New #1");
    expect(await desk.outcome(one)).toBe("already seen");
    expect(await desk.helpdesk.tickets({})).toHaveLength(1);
  });

  test("is the same in another folder of the mailbox", async () => {
    const desk = await desks.of(create);
    const one = mail();
    await desk.outcome(one);
    expect(await desk.outcome(one, { folder: "Archive" })).toBe("already seen");
  });

  test("without a Message-ID is told by its content", async () => {
    const desk = await desks.of(create);
    const one = mail({ "Message-ID": "" }, "one");
    const other = mail({ "Message-ID": "" }, "two");
    expect(await desk.outcome(one)).toBe("ticket created by New #1");
    expect(await desk.outcome(one)).toBe("already seen");
    expect(await desk.outcome(other)).toBe("ticket created by New #2");
  });

  test("a Message-ID used again by another mail makes it no duplicate", async () => {
    const desk = await desks.of(create);
    await desk.outcome(mail({ "Message-ID": "<same@x>" }, "one"));
    expect(await desk.outcome(mail({ "Message-ID": "<same@x>" }, "two"))).toBe(
      "ticket created by New #2",
    );
    expect(await desk.outcome(mail({ "Message-ID": "<same@x>", Subject: "Another" }, "one"))).toBe(
      "ticket created by New #3",
    );
  });

  test.each([
    ["Received", "from a by b; Mon, 2 Nov 2026 09:00:00 +0000"],
    ["Delivered-To", "x@example.it"],
    ["X-Spam-Status", "No"],
    ["Return-Path", "<anna@cliente.example>"],
  ])("what a server adds on the way does not count: %s", async (name, value) => {
    const desk = await desks.of(create);
    const one = mail();
    await desk.outcome(one);
    expect(await desk.outcome(`${name}: ${value}\n${one}`)).toBe("already seen");
  });

  test("line ends do not count", async () => {
    const desk = await desks.of(create);
    const one = mail({}, "a\nb\n");
    await desk.outcome(new TextEncoder().encode(one));
    expect(await desk.outcome(one)).toBe("already seen");
  });

  test.each(["From", "To", "Cc", "Date", "Subject", "Message-ID"])(
    "another %s is another mail",
    async (name) => {
      const desk = await desks.of(create);
      const headers = { "Message-ID": "<one@x>", Cc: "c@x.example" };
      await desk.outcome(mail(headers));
      const value = name === "Date" ? "Tue, 3 Nov 2026 09:55:00 +0100" : "<other@x.example>";
      expect(await desk.outcome(mail({ ...headers, [name]: value }))).toBe(
        "ticket created by New #2",
      );
    },
  );

  test.each([
    ["per mailbox", "ticket created by New #2"],
    ["per project", "already seen"],
  ])("duplicates %s: in another mailbox it is %s", async (duplicates, outcome) => {
    const desk = await desks.written(
      `${project(create, { mailbox: `duplicates ${duplicates}` })}
mailbox sales {
  files "sales"
  smtp "smtp.example.it"
  address "sales@example.it"
  duplicates ${duplicates}
  apply incoming
}
`,
    );
    const one = mail();
    await desk.outcome(one);
    expect(await desk.outcome(one, { mailbox: "sales" })).toBe(outcome);
  });

  test("duplicates default to per mailbox", async () => {
    const desk = await desks.written(
      `${project(create)}\nmailbox sales {\n  files "sales"\n  address "sales@example.it"\n  apply incoming\n}\n`,
    );
    const one = mail();
    await desk.outcome(one);
    expect(await desk.outcome(one, { mailbox: "sales" })).toBe("ticket created by New #2");
  });
});

describe("our own mail coming back", () => {
  test("is ignored by its signed Message-ID, whoever stands in From", async () => {
    const desk = await desks.of(create, { more: notice });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    expect(await desk.outcome(mail({ "Message-ID": id, From: "a@b.example" }))).toBe("own mail");
    expect(await desk.outcome(mail({ "Message-ID": id, From: "info@example.it" }))).toBe(
      "own mail",
    );
  });

  test("an address of ours in From alone means nothing", async () => {
    const desk = await desks.of(create);
    expect(await desk.outcome(mail({ From: "info@example.it", Subject: "scan" }))).toBe(
      "ticket created by New #1",
    );
  });

  test("a Message-ID that looks like ours and is not signed means nothing", async () => {
    const desk = await desks.of(create, { more: notice });
    await desk.outcome(mail());
    const id = ((await desk.sent())[0]?.messageId ?? "").replace(/^<(.)/, (_all, first: string) =>
      first === "0" ? "<1" : "<0",
    );
    expect(await desk.outcome(mail({ "Message-ID": id }))).not.toBe("own mail");
  });

  test("a PEC receipt with our Message-ID is none", async () => {
    const desk = await desks.of(create, { more: notice, mailbox: "pec on" });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    expect(
      await desk.outcome(
        mail({ From: "posta@pec.example", "Message-ID": id, "X-Ricevuta": "accettazione" }),
      ),
    ).not.toBe("own mail");
  });

  test("is shown by explain like a rule, and its mail is left where it is", async () => {
    const desk = await desks.of(create, { more: notice, mailbox: "after mark read" });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    const again = mail({ "Message-ID": id });
    const trace = await desk.trace(again);
    expect(trace.map(({ rule: name, step, result }) => [name, step, result])).toEqual([
      ["already seen", true, false],
      ["own mail", true, true],
    ]);
  });
});

const bounce = (id: string, more: Readonly<Record<string, string>> = {}): string =>
  [
    "From: MAILER-DAEMON@mx.example.org",
    "To: info@example.it",
    `Message-ID: <b${Math.random()}@mx.example.org>`,
    "Subject: Undelivered Mail Returned to Sender",
    ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
    "Return-Path: <>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "I could not deliver it.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    "",
    "Final-Recipient: rfc822; anna@cliente.example",
    "Action: failed",
    "Status: 5.1.1",
    "",
    "--b",
    "Content-Type: message/rfc822",
    "",
    "From: info@example.it",
    `Message-ID: ${id}`,
    "Subject: Opening TT1",
    "",
    "Dear Anna.",
    "--b--",
    "",
  ].join("\n");

describe("a bounce of a mail of ours", () => {
  test("becomes a note on that ticket and mutes that address for seven days", async () => {
    const desk = await desks.of(create, { more: notice });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    expect(await desk.outcome(bounce(id))).toBe("bounce #1");
    expect((await desk.comments()).map(({ by, internal }) => [by, internal])).toEqual([
      ["system", true],
    ]);
    expect(await desk.helpdesk.tickets({})).toHaveLength(1);

    desk.wait(7 * days - 1);
    await desk.outcome(mail({ Subject: "muted" }));
    expect(await desk.sent()).toHaveLength(1);
    expect((await desk.withheld()).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("anna@cliente.example"),
    ]);
    desk.wait(1);
    await desk.outcome(mail({ Subject: "heard" }));
    expect(await desk.sent()).toHaveLength(2);
  });

  test("leaves the ticket's status as it is", async () => {
    const desk = await desks.of(create, { more: notice });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    await desk.setStatus(1, "Closed");
    await desk.outcome(bounce(id));
    expect((await desk.ticket()).status).toBe("Closed");
  });

  test("that quotes a mail of somebody else goes to the rules", async () => {
    const desk = await desks.of(create, { more: notice });
    await desk.outcome(mail());
    expect(await desk.outcome(bounce("<other@somewhere.example>"))).toBe(
      "ticket created by New #2",
    );
  });
});

describe("a blocked sender", () => {
  test("ends there, and the mail goes to the spam folder", async () => {
    const desk = await desks.of(create, { mailbox: 'spam-folder "Spam"\n  after mark read' });
    await desk.block("ANNA@cliente.example");
    const decision = await desk.decision(mail());
    expect(decision.outcome).toBe("blocked");
    expect(decision.mailEffects).toEqual([{ kind: "move", folder: "Spam" }]);
    expect(await desk.helpdesk.tickets({})).toEqual([]);
  });

  test("without a spam folder the mail stays", async () => {
    const desk = await desks.of(create);
    await desk.block("anna@cliente.example");
    expect(await desk.fate(mail())).toEqual([]);
  });

  test("comes after the bounce and own mail in the order of steps", async () => {
    const desk = await desks.of(create);
    const trace = await desk.trace(mail());
    expect(trace.map(({ rule: name }) => name)).toEqual([
      "already seen",
      "own mail",
      "bounce",
      "blocked sender",
      "New",
    ]);
  });
});

describe("a mail whose own handling fails", () => {
  test("is tried three times in all and then set aside", async () => {
    const desk = await desks.of(create);
    const broken = {
      ...desk.context,
      reader: {
        ...desk.context.reader,
        readContent: () => Promise.reject(new Error("it cannot be read")),
        close: () => Promise.resolve(),
      },
    };
    const { handleMail, mailFromBytes } = await import("@mcrules/handling");
    const one = new TextEncoder().encode(mail());
    const incoming = () =>
      mailFromBytes(one, {
        mailbox: "support",
        folder: "INBOX",
        received: desk.context.now(),
        place: "1",
      });
    const tries: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      const handled = await handleMail(broken, incoming());
      tries.push(`${handled.kind} ${handled.journal.state} ${handled.journal.attempts}`);
      desk.wait(hours);
    }
    expect(tries).toEqual(["failed failed 1", "failed failed 2", "failed set aside 3"]);
    expect((await desk.helpdesk.journal({ failed: true })).map(({ error }) => error)).toEqual([
      "it cannot be read",
    ]);
    const later = await handleMail(desk.context, incoming());
    expect(later.kind).toBe("already seen");
  });
});
