import { closeTicket, commentTicket, replyTicket, changeTicket } from "@mcrules/handling";
import { afterEach, describe, expect, test } from "vitest";
import { days, Desks, hours, mail, project, rule, told, toldOf, type Surroundings } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const rules =
  rule("mail is reply", "update ticket thread", "Thread") +
  rule('subject starts with "ignore"', "ignore", "Ignore") +
  rule("always", "create ticket", "New");

let named = 0;
function process(on: string, then: string, when = "always"): string {
  named += 1;
  return `process "P${named}" {\n  on ${on}\n  when ${when}\n  then ${then}\n}\n`;
}

const send = (lines = '    to ticket.requester\n    subject "Opening"\n    body "x"') =>
  `send mail {\n${lines}\n  }`;

function desk(more: string, around: Surroundings = {}) {
  return desks.of(rules, { more, ...around });
}

describe("a mail that a process sends", () => {
  test("goes from the mailbox's address, in the thread, signed and marked as automatic", async () => {
    const it = await desk(process("ticket created", send()));
    await it.outcome(mail({ "Message-ID": "<a@x>", References: "<z@x>", "In-Reply-To": "<z@x>" }));
    const [sent] = await it.sent();
    expect(sent).toMatchObject({
      from: { name: "Support", address: "info@example.it" },
      to: [{ address: "anna@cliente.example" }],
      inReplyTo: "<a@x>",
      references: ["<z@x>", "<a@x>"],
    });
    const headers = new Map(sent?.headers.map(({ name, value }) => [name, value]));
    expect(headers.get("Auto-Submitted")).toBe("auto-replied");
    expect(headers.has("X-Auto-Response-Suppress")).toBe(true);
    expect(await it.outcome(mail({ "Message-ID": sent?.messageId ?? "" }))).toBe("own mail");
  });

  test("has the words of the page in its texts", async () => {
    const it = await desk(
      process(
        "ticket created",
        send(
          '    to ticket.requester\n    cc "boss@cliente.example"\n    bcc "log@cliente.example"\n    subject "Opening ${ticket.number} - ${ticket.title} - Ticket Id: ${ticket.ref}"\n    body """\n      Dear ${ticket.requester.name}, ${ticket.id}, ${ticket.status}, ${ticket.rule}, ${ticket.mailbox}: ${subject}\n      """\n    html "<p>${ticket.number}</p>"',
        ),
      ),
    );
    await it.outcome(mail());
    expect((await it.sent())[0]).toMatchObject({
      subject: "Opening TT1 - Printer broken - Ticket Id: 9x1",
      text: "Dear Anna, 1, Open, New, support: Printer broken\n",
      html: "<p>TT1</p>",
      cc: [{ address: "boss@cliente.example" }],
      bcc: [{ address: "log@cliente.example" }],
    });
  });

  test("line ends in a subject never reach a header", async () => {
    const it = await desk(
      process(
        "ticket created",
        send('    to ticket.requester\n    subject "About ${body}"\n    body "x"'),
      ),
    );
    await it.outcome(mail({}, "one\nBcc: eve@evil.example\n"));
    const [sent] = await it.sent();
    expect(sent?.subject).not.toMatch(/[\r\n]/);
    expect(sent?.bcc).toEqual([]);
  });

  test("attaches documents and the original", async () => {
    const it = await desk(
      process(
        "ticket created",
        send(
          '    to ticket.requester\n    subject "x"\n    body "x"\n    attach documents\n    attach mail',
        ),
      ),
    );
    await it.outcome(
      mail(
        { "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b" },
        '--b\nContent-Type: text/plain\n\nText\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename="a.png"\n\nx\n--b--',
      ),
    );
    const [sent] = await it.sent();
    expect(sent?.attachments.map(({ kind, name }) => [kind, name])).toEqual([
      ["document", "a.png"],
      ["original", expect.stringMatching(/\.eml$/)],
    ]);
  });

  test("of several addresses of the mailbox comes from the one written to", async () => {
    const it = await desk(process("ticket created", send()), {
      address: '["Info <info@example.it>", "Help <help@example.it>"]',
    });
    await it.outcome(mail({ To: "help@example.it" }));
    expect((await it.sent())[0]?.from).toEqual({ name: "Help", address: "help@example.it" });
  });

  test("leaves the ticket's status alone", async () => {
    const it = await desk(process("ticket created", send()));
    await it.outcome(mail());
    expect((await it.ticket()).status).toBe("Open");
  });
});

describe("who never gets a mail", () => {
  const silent = async (headers: Readonly<Record<string, string>>, around: Surroundings = {}) => {
    const it = await desk(process("ticket created", send()), around);
    await it.outcome(mail(headers));
    expect(await it.sent()).toEqual([]);
    const [withheld] = await it.withheld();
    expect(withheld?.reason).toBeTruthy();
    return withheld?.reason ?? "";
  };

  test.each([
    [{ "Auto-Submitted": "auto-replied" }],
    [{ "Auto-Submitted": "auto-generated" }],
    [{ Precedence: "bulk" }],
    [{ Precedence: "list" }],
    [{ "X-Autoreply": "yes" }],
    [{ "X-Autorespond": "yes" }],
    [{ "Return-Path": "<>" }],
  ])("the sender of automatic mail: %o", async (headers) => {
    expect(await silent(headers)).toContain("automatic");
  });

  test("Auto-Submitted: no is a person's", async () => {
    const it = await desk(process("ticket created", send()));
    await it.outcome(mail({ "Auto-Submitted": "no" }));
    expect(await it.sent()).toHaveLength(1);
  });

  test("our own list makes no mail automatic", async () => {
    const it = await desk(process("ticket created", send()), {
      mailbox: 'through "support.lists.example.it"',
    });
    await it.outcome(mail({ Precedence: "list", "List-Id": "Support <support.lists.example.it>" }));
    expect(await it.sent()).toHaveLength(1);
  });

  test("a mail taken on behalf of somebody counts as a person's", async () => {
    const it = await desks.of(
      rule("always", "create ticket {\n      on behalf of reply-to\n    }"),
      {
        more: process("ticket created", send()),
      },
    );
    await it.outcome(
      mail({
        From: "form@web.example",
        "Reply-To": "bruno@cliente.example",
        "Auto-Submitted": "auto-generated",
      }),
    );
    expect((await it.sent()).map(({ to }) => to[0]?.address)).toEqual(["bruno@cliente.example"]);
  });

  test("the address of any mailbox of the project", async () => {
    const reason = await silent(
      { From: "sales@example.it" },
      {
        more: `${process("ticket created", send())}mailbox sales {\n  files "sales"\n  address "sales@example.it"\n  apply incoming\n}\n`,
      },
    );
    expect(reason).toContain("mailbox");
    expect(await silent({ From: "INFO@example.it" })).toContain("mailbox");
  });

  test("a blocked address", async () => {
    const it = await desk(
      process(
        "ticket created",
        send('    to "spammer@evil.example"\n    subject "x"\n    body "x"'),
      ),
    );
    await it.block("spammer@evil.example");
    await it.outcome(mail());
    expect(await it.sent()).toEqual([]);
  });

  test("a mail received longer ago than three days", async () => {
    const it = await desk(process("ticket created", send()));
    const now = it.context.now();
    await it.outcome(mail(), { received: now - 3 * days });
    expect(await it.sent()).toHaveLength(1);
    await it.outcome(mail({ Subject: "old" }), { received: now - 3 * days - 1 });
    expect(await it.sent()).toHaveLength(1);
  });

  test("answer always; answer within", async () => {
    const always = await desk(process("ticket created", send()), { helpdesk: "  answer always" });
    await always.outcome(mail(), { received: always.context.now() - 400 * days });
    expect(await always.sent()).toHaveLength(1);
    const within = await desk(process("ticket created", send()), {
      helpdesk: "  answer within 1 hour",
    });
    await within.outcome(mail(), { received: within.context.now() - 2 * hours });
    expect(await within.sent()).toEqual([]);
  });
});

describe("the send limit", () => {
  test("ten in three hours to one recipient, then none and an alarm; later again", async () => {
    const it = await desk(
      process(
        "ticket created",
        send('    to ticket.requester\n    subject "Opening ${ticket.number}"\n    body "x"'),
      ),
    );
    for (let at = 0; at < 12; at += 1) await it.outcome(mail({ Subject: `No ${at}` }));
    expect(await it.sent()).toHaveLength(10);
    expect(await it.helpdesk.alarms()).toHaveLength(1);
    await it.outcome(mail({ From: "bruno@cliente.example" }));
    expect(await it.sent()).toHaveLength(11);
    it.wait(3 * hours + 1);
    await it.outcome(mail({ Subject: "later" }));
    expect(await it.sent()).toHaveLength(12);
  });

  test("never more than 3 with one subject", async () => {
    const it = await desk(process("ticket created", send()));
    for (let at = 0; at < 5; at += 1) await it.outcome(mail({ Subject: `No ${at}` }));
    expect(await it.sent()).toHaveLength(3);
  });

  test("as the helpdesk sets it", async () => {
    const it = await desk(
      process(
        "ticket created",
        send('    to ticket.requester\n    subject "Opening ${ticket.number}"\n    body "x"'),
      ),
      { helpdesk: "  send limit 2 in 1 hour" },
    );
    for (let at = 0; at < 4; at += 1) await it.outcome(mail({ Subject: `No ${at}` }));
    expect(await it.sent()).toHaveLength(2);
  });
});

describe("what starts a process", () => {
  const subjects = async (it: Awaited<ReturnType<typeof desk>>) =>
    (await it.sent()).map(({ subject }) => subject);
  const named = (on: string) =>
    process(on, send(`    to "log@cliente.example"\n    subject "${on}"\n    body "x"`));

  test("created, updated, closed, mail ignored", async () => {
    const it = await desk(
      named("ticket created") +
        named("ticket updated") +
        named("ticket closed") +
        process(
          "mail ignored",
          send('    to "log@cliente.example"\n    subject "ignored: ${rule}"\n    body "x"'),
        ),
    );
    await it.outcome(mail({ "Message-ID": "<a@x>" }));
    expect(await subjects(it)).toEqual(["ticket created"]);
    await it.outcome(mail({ "In-Reply-To": "<a@x>" }));
    expect(await subjects(it)).toEqual(["ticket created", "ticket updated"]);
    await closeTicket(it.context, 1);
    expect((await subjects(it)).slice(2).sort()).toEqual(["ticket closed", "ticket updated"]);
    await it.outcome(mail({ Subject: "ignore me" }));
    expect((await subjects(it)).slice(4)).toEqual(["ignored: Ignore"]);
  });

  test("several events joined by commas", async () => {
    const it = await desk(named("ticket created, updated"));
    await it.outcome(mail({ "Message-ID": "<a@x>" }));
    await it.outcome(mail({ "In-Reply-To": "<a@x>" }));
    expect(await it.sent()).toHaveLength(2);
  });

  test("closed is that it became so: not again, not where it was", async () => {
    const it = await desk(named("ticket closed"));
    await it.outcome(mail());
    await closeTicket(it.context, 1);
    await closeTicket(it.context, 1);
    await commentTicket(it.context, 1, { text: "x" });
    expect(await it.sent()).toHaveLength(1);
  });

  test("a rule that closes a ticket", async () => {
    const it = await desks.of(
      rule("mail is reply", 'update ticket thread {\n      status "Closed"\n    }') +
        rule("always", "create ticket"),
      { more: named("ticket closed") },
    );
    await it.outcome(mail({ "Message-ID": "<a@x>" }));
    await it.outcome(mail({ "In-Reply-To": "<a@x>" }));
    expect(await it.sent()).toHaveLength(1);
  });

  test("a person's acts, where the mail's own fields are absent", async () => {
    const it = await desk(
      process(
        "ticket updated",
        send('    to "log@cliente.example"\n    subject "S:${subject}|${from}"\n    body "x"'),
        'all {\n    not from exists\n    ticket.status is "In Progress"\n  }',
      ),
    );
    await it.outcome(mail());
    await changeTicket(it.context, 1, { status: "In Progress" });
    expect(await subjects(it)).toEqual(["S:|"]);
  });

  test("what a process does starts no process", async () => {
    const it = await desk(
      process("ticket created", 'set {\n    status "Closed"\n  }') +
        named("ticket updated") +
        named("ticket closed"),
    );
    await it.outcome(mail());
    expect((await it.ticket()).status).toBe("Closed");
    expect(await it.sent()).toEqual([]);
  });

  test("an already seen, a bounce, a blocked sender and our own mail start none", async () => {
    const it = await desk(named("ticket created, updated, closed") + named("mail ignored"));
    const one = mail();
    await it.outcome(one);
    await it.outcome(one);
    await it.block("eve@evil.example");
    await it.outcome(mail({ From: "eve@evil.example" }));
    expect(await it.sent()).toHaveLength(1);
  });
});

describe("when", () => {
  test.each([
    ['ticket.rule is "New"', 1],
    ['rule is "New"', 1],
    ['ticket.rule is "Thread"', 0],
    ['ticket.number is "TT1"', 1],
    ["ticket.id is 1", 1],
    ['ticket.title contains "PRINTER"', 1],
    ['ticket.status is "Open"', 1],
    ["ticket.priority exists", 0],
    ['not ticket.priority is "High"', 1],
    ['ticket.requester is "anna@cliente.example"', 1],
    ["ticket.contact exists", 0],
    ["ticket.mailbox is support", -1],
    ['ticket.mailbox is "support"', 1],
    ['ticket.tag is "a"', 0],
    ['from.domain is "cliente.example"', 1],
    ['body contains "help"', 1],
  ])("%s", async (when, sent) => {
    const more = process("ticket created", send(), when);
    if (sent < 0) {
      const lines = toldOf(rules, { more });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^error/);
      return;
    }
    const it = await desk(more);
    await it.outcome(mail());
    expect(await it.sent()).toHaveLength(sent);
  });

  test("an own field, by its name", async () => {
    const it = await desks.of(rule("always", 'create ticket {\n      field "Order" "7"\n    }'), {
      helpdesk: '  field "Order" text',
      more: process("ticket created", send(), 'ticket.field "Order" is "7"'),
    });
    await it.outcome(mail());
    expect(await it.sent()).toHaveLength(1);
  });

  test.each([
    ['ticket.rule is "Nwe"', "New"],
    ['rule is "Thraed"', "Thread"],
    ['ticket.status is "Opne"', "Open"],
    ['ticket.mailbox is "suport"', "support"],
    ["ticket.staus exists", "ticket.status"],
  ])("%s: an unknown name is an error that suggests %s", (when, suggestion) => {
    const lines = toldOf(rules, { more: process("ticket created", send(), when) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain(suggestion);
  });

  test("a rule asks for nothing of a ticket", () => {
    const lines = toldOf(rule('ticket.status is "Open"', "ignore"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
  });
});

describe("set and call", () => {
  test("set gives the ticket its properties", async () => {
    const it = await desk(
      process(
        "ticket created",
        'set {\n    priority "High"\n    tag "vip"\n    assign group "Billing"\n    field "Order" "${subject}"\n  }',
      ),
      { helpdesk: '  groups ["Billing"]\n  field "Order" text' },
    );
    await it.outcome(mail());
    expect(await it.ticket()).toMatchObject({
      priority: "High",
      tags: ["vip"],
      assigned: { kind: "group", name: "Billing" },
      fields: { Order: "Printer broken" },
    });
  });

  test("several actions in braces", async () => {
    const it = await desk(
      process("ticket created", `{\n  set {\n    priority "High"\n  }\n  ${send()}\n  }`),
    );
    await it.outcome(mail());
    expect((await it.ticket()).priority).toBe("High");
    expect(await it.sent()).toHaveLength(1);
  });

  test("call puts the event as JSON into the outbox, and never a secret", async () => {
    const it = await desk(
      process(
        "ticket created",
        'call "https://hooks.example/x" {\n    header "X-Kind" "mail"\n    header "Authorization" env("TOKEN")\n  }',
      ),
    );
    await it.outcome(mail());
    const [entry] = await it.helpdesk.outbox({ state: "waiting" });
    expect(entry?.kind).toBe("call");
    expect(entry?.key).toBeTruthy();
    const payload: unknown = JSON.parse(entry?.payload ?? "");
    expect(JSON.stringify(payload)).toContain("TT1");
    expect(JSON.stringify(payload)).toContain("TOKEN");
  });

  test.each(["http://hooks.example/x", "ftp://x.example", "hooks.example"])(
    "call wants https: %s",
    (url) => {
      const lines = toldOf(rules, { more: process("ticket created", `call "${url}"`) });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("https");
    },
  );
});

describe("findings about processes", () => {
  test("a process that sends mail for a mailbox without smtp is warned", () => {
    const text = project(rules, { more: process("ticket created", send()) }).replace(
      /  smtp "smtp\.example\.it" \{[^}]*\}\n/,
      "",
    );
    const lines = told(text).filter((line) => !line.startsWith("info"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^warning.*smtp/s);
  });

  test.each([
    ["on", 'process "x" {\n  when always\n  then set {\n    tag "a"\n  }\n}\n'],
    ["then", 'process "x" {\n  on ticket created\n  when always\n}\n'],
    ["on ticket opened", process("ticket opened", 'set {\n    tag "a"\n  }')],
    ["reply", process("ticket created", "reply")],
    ["to", process("ticket created", 'send mail {\n    subject "x"\n    body "x"\n  }')],
  ])("what lacks or is unknown is one error: %s", (_what, more) => {
    const lines = toldOf(rules, { more });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
  });

  test("a process without `when` always runs, or is told what lacks", () => {
    const lines = toldOf(rules, {
      more: 'process "x" {\n  on ticket created\n  then set {\n    tag "a"\n  }\n}\n',
    });
    expect(lines.length).toBeLessThanOrEqual(1);
  });
});

describe("a person's answer", () => {
  const agent =
    'agent "marco@example.it" {\n  name "Marco"\n  signature """\n    Marco, Example\n    """\n}\n';

  test("sets waiting, and the customer's answer to it sets answered", async () => {
    const it = await desk(agent);
    await it.outcome(mail({ "Message-ID": "<a@x>" }));
    await replyTicket(it.context, 1, { text: "Try again.", as: { kind: "mailbox" } });
    expect((await it.ticket()).status).toBe("Wait For Response");
    const [sent] = await it.sent();
    expect(sent).toMatchObject({
      from: { address: "info@example.it" },
      to: [{ address: "anna@cliente.example" }],
    });
    expect(sent?.headers.map(({ name }) => name)).not.toContain("Auto-Submitted");
    await it.outcome(mail({ "In-Reply-To": sent?.messageId ?? "" }));
    expect((await it.ticket()).status).toBe("Answered By Customer");
  });

  test("leaves the status as it is where the helpdesk has no such status", async () => {
    const it = await desk(agent, { helpdesk: '  status ["Nuovo", "Chiuso"]\n  closed ["Chiuso"]' });
    await it.outcome(mail());
    await replyTicket(it.context, 1, { text: "x", as: { kind: "mailbox" } });
    expect((await it.ticket()).status).toBe("Nuovo");
  });
});
