import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readStoredDecision } from "@mcrules/handling";
import { Desk, rules } from "./desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const from = "From: Anna <anna@example.org>\n";

describe("what a ticket shows is what the rules saw", () => {
  it("a hidden second mail behind bare line ends is only text", async () => {
    for (const end of ["\r", "\n"]) {
      const mail = Buffer.from(
        `From: anna@example.org\r\nSubject: ${end.charCodeAt(0)}\r\n\r\nhello${end}.${end}MAIL FROM:<x@example.net>${end}From: boss@example.org${end}${end}x`,
      );
      const ticket = await desk.ticketOf(mail);
      expect(ticket.requester?.address).toBe("anna@example.org");
      expect(ticket.description).toContain("From: boss@example.org");
    }
  });

  it("line ends inside an encoded subject are one space, here and in what we send", async () => {
    const subject = "=?utf-8?Q?Help=0D=0ABcc:_victim@example.com?=";
    const ticket = await desk.ticketOf(`${from}Subject: ${subject}\n\nx\n`);
    expect(ticket.title).toBe("Help Bcc: victim@example.com");
    const [notice] = await desk.sent();
    expect(notice?.subject).not.toMatch(/[\r\n]/);
    expect(notice?.to.map((one) => one.address)).toEqual(["anna@example.org"]);
  });

  it("of two subjects or types the first counts, in the rule and in the ticket", async () => {
    const mail = `${from}Subject: first\nSubject: second\nContent-Type: text/plain\nContent-Type: text/html\n\n<p>x</p>\n`;
    const ticket = await desk.ticketOf(mail);
    expect([ticket.title, ticket.description]).toEqual(["first", "<p>x</p>"]);
  });

  it("text and HTML that say different things: the text is judged and shown", async () => {
    const own = await Desk.open(
      rules.replace(
        'rule "Support"',
        'rule "Refund" {\n    when body contains "refund"\n    then create ticket\n  }\n\n  rule "Support"',
      ),
    );
    const ticket = await own.ticketOf(
      `${from}Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain words\n--b\nContent-Type: text/html\n\n<p>refund\n--b--\n`,
    );
    expect([ticket.rule, ticket.description]).toEqual(["Support", "plain words"]);
    const [entry] = await own.helpdesk.journalOfTicket(ticket.id);
    if (entry === undefined) throw new Error("no journal");
    expect(readStoredDecision(entry)?.marks.map(({ kind }) => kind)).toEqual(["texts"]);
    await own.close();
  });

  it("a token inside an attached mail is no token of this one", async () => {
    await desk.ticketOf(`${from}Subject: one\n\nx\n`);
    const mail = `${from}Subject: two\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee this\n--b\nContent-Type: message/rfc822\n\nSubject: Ticket Id: 9x1\nReferences: <x@example.org>\n\nTicket Id: 9x1\n--b--\n`;
    expect(await desk.outcome(mail)).toBe("ticket created, Support");
    expect((await desk.helpdesk.ticket(2))?.description).toBe("see this");
    expect((await desk.helpdesk.documents(2)).map((one) => one.type)).toEqual(["message/rfc822"]);
  });

  it("template, script and formula in a mail stay the text that they are", async () => {
    const text = "${ticket.id} {{7*7}} =cmd|' /C calc'!A0 <script>alert(1)</script>";
    const ticket = await desk.ticketOf(`${from}Subject: ${text}\n\n${text}\n`);
    expect(ticket.title).toBe(text);
    expect(ticket.description).toBe(text);
    expect((await desk.sent())[0]?.subject).toContain(text);
  });

  it("scripts, handlers and what is hidden in HTML never become text", async () => {
    const ticket = await desk.ticketOf(
      `${from}Subject: a\nContent-Type: text/html\n\n<style>p{}</style><script>alert(1)</script><p onclick="steal()">hello <img src=http://x.example/t.gif><span style="display:none">hidden</span></p>\n`,
    );
    expect(ticket.description).toBe("hello");
  });
});

describe("a mail that is too much makes its ticket all the same", () => {
  it.each([
    [
      "10,000 parts",
      () =>
        `${from}Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nthe text\n${"--b\nContent-Type: image/png\n\nx\n".repeat(10_000)}--b--\n`,
    ],
    [
      "5,000 nested elements",
      () =>
        `${from}Subject: a\nContent-Type: text/html\n\n${"<div>".repeat(5000)}the text${"</div>".repeat(5000)}\n`,
    ],
    [
      "100,000 header lines",
      () => `${from}Subject: a\n${"X-Filler: y\n".repeat(100_000)}\nthe text\n`,
    ],
    [
      "50,000 recipients",
      () =>
        `${from}Subject: a\nTo: ${Array.from({ length: 50_000 }, (_, at) => `a${at}@example.org`).join(",\n ")}\n\nthe text\n`,
    ],
    [
      "References of 50,000 ids",
      () =>
        `${from}Subject: a\nReferences: ${Array.from({ length: 50_000 }, (_, at) => `<${at}@example.org>`).join("\n ")}\n\nthe text\n`,
    ],
    [
      "20,000 encoded words",
      () => `${from}Subject: a\nX-Words: ${"=?utf-8?Q?x?=\n ".repeat(20_000)}x\n\nthe text\n`,
    ],
    [
      "20,000 pieces of a file name",
      () =>
        `${from}Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nthe text\n--b\nContent-Type: image/png${Array.from({ length: 20_000 }, (_, at) => `;\n name*${at}=x`).join("")}\n\nx\n--b--\n`,
    ],
    [
      "groups inside groups",
      () =>
        `From: ${"a: ".repeat(10_000)}anna@example.org${";".repeat(10_000)}, anna@example.org\nSubject: a\n\nthe text\n`,
    ],
    [
      "an HTML of broken tags",
      () =>
        `${from}Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nthe text\n--b\nContent-Type: text/html\n\n${"<a href='".repeat(50_000)}\n--b--\n`,
    ],
  ])("%s", async (_, mail) => {
    const ticket = await desk.ticketOf(mail());
    expect(ticket.title).toMatch(/^(?:a|No sender)$/);
    expect(ticket.description.trimEnd()).toMatch(/the text$/);
  });

  it("a reading that takes too long ends at its time; the mail is marked and done", async () => {
    const hasty = await Desk.open(rules, { milliseconds: 1 });
    const ticket = await hasty.ticketOf(
      `${from}Subject: a\nContent-Type: text/html\n\n${"<p>the text</p>".repeat(50_000)}\n`,
    );
    expect(ticket.description).toContain("the text");
    await hasty.close();
  });

  it("headers alone, or nothing at all", async () => {
    expect((await desk.ticketOf(`${from}Subject: a\n`)).description).toBe("");
    expect((await desk.ticketOf(Buffer.alloc(0))).title).toBe("No sender");
  });

  it("ids of ten thousand characters, with spaces, or two of them", async () => {
    for (const id of [
      `<${"x".repeat(10_000)}@example.org>`,
      "<a b c@example.org>",
      "<1@x>\nMessage-ID: <2@x>",
    ]) {
      expect(
        (await desk.ticketOf(`${from}Message-ID: ${id}\nSubject: ${id.length}\n\nx\n`)).rule,
      ).toBe("Support");
    }
  });

  it("a date of 1970, of 2050, that is none, or none at all: received is ours", async () => {
    for (const [at, date] of [
      "Date: Thu, 1 Jan 1970 00:00:00 +0000\n",
      "Date: Sat, 1 Jan 2050 00:00:00 +0000\n",
      "Date: tomorrow\n",
      "",
    ].entries()) {
      const ticket = await desk.ticketOf(`${from}${date}Subject: d${at}\n\nx\n`);
      expect(ticket.createdAt).toBe(Date.UTC(2026, 10, 2, 9));
    }
  });
});

describe("documents", () => {
  const attached = (name: string, type = "application/octet-stream") =>
    `${from}Subject: ${Buffer.from(name).toString("hex").slice(0, 40)}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\n\ncontent\n--b--\n`;

  it.each([
    ["../../etc/passwd\u0000.txt"],
    ["invoice\u202ecod.exe"],
    [`${"x".repeat(4000)}.pdf`],
    ["CON"],
    ["report.pdf. . "],
  ])("%j is a label, made safe", async (name) => {
    const ticket = await desk.ticketOf(attached(name));
    const [document] = await desk.helpdesk.documents(ticket.id);
    expect(document?.name).not.toMatch(/[/\\\u0000\u202e]|^\.|[ .]$|^CON$/);
    expect(document?.name.length).toBeLessThanOrEqual(255);
  });

  it("archives, and programs that say they are images, are kept as they came", async () => {
    const ticket = await desk.ticketOf(attached("photo.png.exe", "image/png"));
    const [document] = await desk.helpdesk.documents(ticket.id);
    const content = await desk.helpdesk.documentContent(document?.hash ?? "");
    expect([document?.name, Buffer.from(content ?? []).toString()]).toEqual([
      "photo.png.exe",
      "content",
    ]);
  });

  it("an encrypted mail makes a ticket with what cannot be read, and matches no text", async () => {
    const ticket = await desk.ticketOf(
      `${from}Subject: secret\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAAAAAAA==\n`,
    );
    expect(ticket.description).toBe("");
    expect((await desk.helpdesk.documents(ticket.id)).map((one) => one.name)).toEqual([
      "smime.p7m",
    ]);
    expect(ticket.comments).toBe(1);
  });

  it.each([
    [
      "S/MIME",
      "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAAAAAAA==\n",
      "This mail is encrypted (S/MIME): what is encrypted of its text could not be read. It is kept in document smime.p7m.",
    ],
    [
      "PGP",
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----\n--b--\n',
      "This mail is encrypted (PGP): what is encrypted of its text could not be read. It is kept in document encrypted.asc.",
    ],
    [
      "PGP in its text",
      "\n-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----\n",
      "This mail is encrypted (PGP): what is encrypted of its text could not be read. It stands in the ticket as it came.",
    ],
  ])("an encrypted mail (%s) gets a note that customers do not see", async (_kind, rest, note) => {
    const secret = (subject: string) => `${from}MIME-Version: 1.0\nSubject: ${subject}\n${rest}`;
    const ticket = await desk.ticketOf(secret("secret"));
    const noteOf = { internal: true, by: "system", text: note };
    expect(await desk.helpdesk.comments(ticket.id)).toMatchObject([noteOf]);
    const updated = await desk.ticketOf(secret(`Ticket Id: ${ticket.ref}`));
    expect(updated.id).toBe(ticket.id);
    const [, comment, second] = await desk.helpdesk.comments(ticket.id);
    expect(comment).toMatchObject({ internal: false, by: "customer" });
    expect(second).toMatchObject({ ...noteOf, text: expect.stringContaining("could not be read") });
    expect(JSON.stringify(await desk.sent())).not.toContain("could not be read");
  });
});

describe("control from outside", () => {
  it("no header of a mail is an order", async () => {
    const ticket = await desk.ticketOf(
      `X-Zammad-Ticket-Priority: 3 high\nX-OTRS-Queue: Root\nX-Priority: 1\nX-RT-Command: x\n${from}Subject: a\n\nStatus: Closed\nPriority: High\n`,
    );
    expect([ticket.priority, ticket.status, ticket.assigned]).toEqual([
      undefined,
      "Open",
      undefined,
    ]);
  });
});

describe("regular expressions", () => {
  const withPattern = (pattern: string) =>
    rules.replace(
      'rule "Support"',
      `rule "Pattern" {\n    when body matches ${pattern}\n    then ignore\n  }\n\n  rule "Support"`,
    );

  it.each(["/(a+)+$/", "/(a|aa)*b/", "/(.*)(.*)(.*)(.*)x$/", "/^(([a-z])+.)+[A-Z]([a-z])+$/"])(
    "%s over a mail that was written against it ends",
    async (pattern) => {
      const own = await Desk.open(withPattern(pattern));
      const ticket = await own.ticketOf(`${from}Subject: a\n\n${"a".repeat(100_000)}!\n`);
      expect(ticket.rule).toBe("Support");
      await own.close();
    },
  );

  it("one that would be huge is an error of the rule", async () => {
    await expect(Desk.open(withPattern("/((a{900}){900}){900}/"))).rejects.toThrow(/line \d+/);
  });
});
