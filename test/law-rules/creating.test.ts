import { afterEach, describe, expect, test } from "vitest";
import { Desks, hours, mail, rule, toldOf, type Surroundings } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const create = (block = "", around: Surroundings = {}) =>
  desks.of(
    rule("always", `create ticket${block === "" ? "" : ` {\n${block}\n    }`}`, "New"),
    around,
  );

describe("create ticket", () => {
  test("title, description, contact, documents of the mail", async () => {
    const desk = await create();
    await desk.know("contact", "anna@cliente.example", "Anna Rossi");
    await desk.outcome(
      mail(
        { "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b" },
        '--b\nContent-Type: text/plain\n\nIt is broken.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n--b--',
      ),
    );
    expect(await desk.ticket()).toMatchObject({
      number: "TT1",
      ref: "9x1",
      title: "Printer broken",
      description: "It is broken.",
      contact: { address: "anna@cliente.example", name: "Anna Rossi" },
      status: "Open",
      priority: undefined,
      severity: undefined,
      category: undefined,
      fromMail: true,
      rule: "New",
      mailbox: "support",
      documents: 1,
    });
  });

  test("without a subject it is Untitled; headers alone make an empty description", async () => {
    const desk = await create();
    await desk.outcome("From: anna@cliente.example\nTo: info@example.it");
    expect(await desk.ticket()).toMatchObject({ title: "Untitled", description: "" });
  });

  test("the contact is empty where nobody has the address", async () => {
    const desk = await create();
    await desk.outcome(mail());
    expect(await desk.ticket()).toMatchObject({
      contact: undefined,
      account: undefined,
      requester: { name: "Anna", address: "anna@cliente.example" },
    });
  });

  test("else the account with the address", async () => {
    const desk = await create();
    await desk.know("account", "anna@cliente.example", "ACME");
    await desk.outcome(mail());
    expect((await desk.ticket()).account).toBe("ACME");
  });

  test("the block overrides and adds; its texts may have holes", async () => {
    const desk = await create(
      `      title "\${subject} of \${from.domain}"
      description """
        From \${from.name}.
        """
      code "C-\${attachments}"
      priority "High"
      severity "Major"
      category "Hardware"
      status "In Progress"
      tag "a"
      tag "b"
      assign agent "marco@example.it"
      field "Order" "7"
      field "Weight" 5.5
      field "Kind" "Odd"`,
      {
        helpdesk:
          '  category ["Hardware"]\n  field "Order" text\n  field "Weight" number\n  field "Kind" ["Odd", "Even"]',
        more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
      },
    );
    await desk.outcome(mail());
    expect(await desk.ticket()).toMatchObject({
      title: "Printer broken of cliente.example",
      description: "From Anna.\n",
      code: "C-0",
      priority: "High",
      severity: "Major",
      category: "Hardware",
      status: "In Progress",
      tags: ["a", "b"],
      assigned: { kind: "agent", name: "marco@example.it" },
      fields: { Order: "7", Weight: 5.5, Kind: "Odd" },
    });
  });

  test("a capture where a known word is wanted: its group can be nothing else", async () => {
    const desk = await desks.of(
      rule(
        "subject matches /^\\[(?<p>Low|High)\\]\\[(?<g>Billing|Support)\\]/",
        "create ticket {\n      priority $p\n      assign group $g\n    }",
        "New",
      ),
      { helpdesk: '  groups ["Billing", "Support"]' },
    );
    await desk.outcome(mail({ Subject: "[High][Billing] x" }));
    expect(await desk.ticket()).toMatchObject({
      priority: "High",
      assigned: { kind: "group", name: "Billing" },
    });
  });

  test.each([
    ["(?<p>[a-z]+)", "anything"],
    ["(?<p>Low|Hihg)", "Hihg"],
  ])("a capture that can be something else is an error: %s", (pattern) => {
    const told = toldOf(
      rule(`subject matches /${pattern}/`, "create ticket {\n      priority $p\n    }"),
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^error at "priority \$p"/);
    expect(told[0]).toContain("priority");
  });

  test.each([
    ['priority "Hihg"', "High"],
    ['severity "Mayor"', "Major"],
    ['status "Opne"', "Open"],
    ['assign group "Biling"', "Billing"],
    ['assign agent "marc@example.it"', "marco@example.it"],
    ['field "Ordr" "x"', "Order"],
  ])("%s: an unknown word is an error that suggests %s", (line, suggestion) => {
    const told = toldOf(rule("always", `create ticket {\n      ${line}\n    }`), {
      helpdesk: '  groups ["Billing"]\n  field "Order" text',
      more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
    });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^error/);
    expect(told[0]).toContain(suggestion);
  });

  test("a date field takes a time from when the mail was received", async () => {
    const desk = await create('      field "Due" in 2 days', {
      helpdesk: '  field "Due" date',
    });
    await desk.outcome(mail());
    expect(String((await desk.ticket()).fields["Due"])).toMatch(/^2026-11-04/);
  });

  test("a time of a calendar runs within its hours", async () => {
    const desk = await create('      field "Due" in 4 hours of office', {
      helpdesk: '  zone "Europe/Rome"\n  field "Due" date',
      more: "calendar office {\n  open Monday to Friday 09:00 to 18:00\n}\n",
    });
    // Monday 17:00 in Rome: one hour is left today.
    await desk.outcome(mail(), { received: Date.UTC(2026, 10, 2, 16, 0, 0) });
    expect(Date.parse(String((await desk.ticket()).fields["Due"]))).toBe(
      Date.UTC(2026, 10, 3, 11, 0, 0),
    );
  });

  test("documents none; documents except some", async () => {
    const typed = { "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b" };
    const part = (name: string) =>
      `--b\nContent-Type: image/png\nContent-Disposition: attachment; filename="${name}"\n\n${name}\n`;
    const body = `--b\nContent-Type: text/plain\n\nText\n${part("logo.png")}${part("scan.png")}--b--`;
    const none = await create("      documents none");
    await none.outcome(mail(typed, body));
    expect(await none.helpdesk.documents(1)).toEqual([]);
    const some = await create(
      '      documents except {\n        name is "LOGO.png"\n        size < 1 KB\n      }',
    );
    await some.outcome(mail(typed, body));
    expect((await some.helpdesk.documents(1)).map(({ name }) => name)).toEqual(["scan.png"]);
  });

  test("an image shown inside the text is no document", async () => {
    const desk = await create();
    await desk.outcome(
      mail(
        { "MIME-Version": "1.0", "Content-Type": "multipart/related; boundary=b" },
        '--b\nContent-Type: text/html\n\n<p>Hi <img src="cid:logo"></p>\n--b\nContent-Type: image/png; name="logo.png"\nContent-ID: <logo>\nContent-Disposition: inline\n\nx\n--b--',
      ),
    );
    expect(await desk.helpdesk.documents(1)).toEqual([]);
  });

  test("number says how a ticket's number is written", async () => {
    const desk = await create("", { helpdesk: '  number "HD-${n}/A"' });
    await desk.outcome(mail());
    expect(await desk.ticket()).toMatchObject({ number: "HD-1/A", ref: "9x1" });
  });
});

describe("register", () => {
  test.each(["contact", "lead"] as const)("an unknown requester is entered as %s", async (kind) => {
    const desk = await create(`      register ${kind}`);
    await desk.outcome(mail());
    await desk.outcome(mail());
    expect(
      (await desk.helpdesk.registryEntries(kind)).map(({ name, addresses }) => [name, addresses]),
    ).toEqual([["Anna", ["anna@cliente.example"]]]);
    expect((await desk.ticket()).contact?.name).toBe(kind === "contact" ? "Anna" : undefined);
  });

  test("somebody known is not entered again", async () => {
    const desk = await create("      register contact");
    await desk.know("account", "anna@cliente.example", "ACME");
    await desk.outcome(mail());
    expect(await desk.helpdesk.registryEntries("contact")).toEqual([]);
  });

  test("a mail without a sender enters nobody", async () => {
    const desk = await create("      register contact");
    await desk.outcome(mail({ From: "nobody" }));
    expect(await desk.helpdesk.registryEntries("contact")).toEqual([]);
    expect((await desk.ticket()).requester).toBeUndefined();
  });
});

describe("on behalf of", () => {
  test("reply-to: the requester is that address, not From", async () => {
    const desk = await create("      on behalf of reply-to");
    await desk.outcome(mail({ "Reply-To": "Bruno <bruno@cliente.example>" }));
    expect((await desk.ticket()).requester).toEqual({
      name: "Bruno",
      address: "bruno@cliente.example",
    });
  });

  test.each([
    ["missing", ""],
    ["no address", "nobody"],
    ["ours", "Support <INFO@example.it>"],
    ["of another mailbox of ours", "sales@example.it"],
  ])("where it is %s, From stays", async (_what, value) => {
    const desk = await create("      on behalf of reply-to", {
      more: 'mailbox sales {\n  files "sales"\n  address "sales@example.it"\n  apply incoming\n}\n',
    });
    await desk.outcome(mail({ "Reply-To": value }));
    expect((await desk.ticket()).requester?.address).toBe("anna@cliente.example");
  });

  test("a capture", async () => {
    const desk = await desks.of(
      rule(
        "body matches /^E-mail: (?<mail>\\S+@\\S+)$/m",
        "create ticket {\n      on behalf of $mail\n    }",
        "Form",
      ),
    );
    await desk.outcome(mail({ From: "info@example.it" }, "Name: B\nE-mail: b@cliente.example\n"));
    expect((await desk.ticket()).requester?.address).toBe("b@cliente.example");
  });

  test("a capture that is no address leaves From", async () => {
    const desk = await desks.of(
      rule(
        "body matches /^E-mail: (?<mail>.*)$/m",
        "create ticket {\n      on behalf of $mail\n    }",
        "Form",
      ),
    );
    await desk.outcome(mail({}, "E-mail: none of your business\n"));
    expect((await desk.ticket()).requester?.address).toBe("anna@cliente.example");
  });

  test("forwarded: the sender of the attached mail, or of the one passed on in the text", async () => {
    const attached = await create("      on behalf of forwarded");
    await attached.outcome(
      mail(
        {
          Subject: "Fwd: help",
          "MIME-Version": "1.0",
          "Content-Type": "multipart/mixed; boundary=b",
        },
        "--b\nContent-Type: text/plain\n\nSee below\n--b\nContent-Type: message/rfc822\n\nFrom: Carla <carla@cliente.example>\nSubject: help\n\nHelp me\n--b--",
      ),
    );
    expect((await attached.ticket()).requester?.address).toBe("carla@cliente.example");
    const text = await create("      on behalf of forwarded");
    await text.outcome(
      mail(
        { Subject: "Fwd: help" },
        "See below\n\n---------- Forwarded message ---------\nFrom: Carla <carla@cliente.example>\nDate: Mon, 2 Nov 2026 at 09:00\nSubject: help\nTo: <anna@cliente.example>\n\nHelp me",
      ),
    );
    expect((await text.ticket()).requester?.address).toBe("carla@cliente.example");
  });

  test("the contact is the one of that address", async () => {
    const desk = await create("      on behalf of reply-to");
    await desk.know("contact", "bruno@cliente.example", "Bruno B.");
    await desk.outcome(mail({ "Reply-To": "bruno@cliente.example" }));
    expect((await desk.ticket()).contact?.name).toBe("Bruno B.");
  });
});

describe("Mail Information", () => {
  test("From, To, Cc, Bcc, the name and address that we answer with, the date", async () => {
    const desk = await create();
    await desk.outcome(mail({ Cc: "C <c@x.example>, d@x.example", Bcc: "b@x.example" }));
    expect((await desk.ticket()).mail).toEqual({
      from: [{ name: "Anna", address: "anna@cliente.example" }],
      to: [{ name: "Support", address: "info@example.it" }],
      cc: [
        { name: "C", address: "c@x.example" },
        { name: "", address: "d@x.example" },
      ],
      bcc: [{ name: "", address: "b@x.example" }],
      fromName: "Support",
      sender: "info@example.it",
      date: "2026-11-02T09:55:00+01:00",
    });
  });

  test.each([
    ["", "2026-11-02T10:00:00+01:00"],
    ["yesterday", "2026-11-02T10:00:00+01:00"],
  ])(
    "date of a mail with Date: %s is when it was received, in the zone",
    async (date, expected) => {
      const desk = await create("", { helpdesk: '  zone "Europe/Rome"' });
      await desk.outcome(mail({ Date: date }));
      expect((await desk.ticket()).mail?.date).toBe(expected);
    },
  );

  test("of several addresses of the mailbox the one that the mail was written to", async () => {
    const desk = await create("", {
      address: '["Info <info@example.it>", "Help <help@example.it>"]',
    });
    await desk.outcome(mail({ To: "HELP@example.it" }));
    await desk.outcome(mail({ To: "other@example.it" }));
    await desk.outcome(mail({ To: "other@example.it", Cc: "help@example.it" }));
    expect((await desk.ticket(1)).mail?.sender).toBe("help@example.it");
    expect((await desk.ticket(2)).mail?.sender).toBe("info@example.it");
    expect((await desk.ticket(3)).mail?.sender).toBe("help@example.it");
  });
});

describe("set", () => {
  const set = (lines: string, name?: string) =>
    rule('subject contains "urgent"', `set {\n${lines}\n    }`, name);

  test("goes on by itself and gives the ticket that a rule below creates", async () => {
    const desk = await desks.of(
      set('      priority "High"\n      tag "a"', "Urgent") +
        rule("always", "create ticket", "New"),
    );
    const decision = await desk.decision(mail({ Subject: "urgent" }));
    expect(decision.rules).toEqual(["Urgent", "New"]);
    expect(decision.rule).toBe("New");
    expect(await desk.ticket()).toMatchObject({ priority: "High", tags: ["a"] });
  });

  test("what stands higher wins, over a later set and over the block; tags add up", async () => {
    const desk = await desks.of(
      set('      priority "High"\n      tag "a"') +
        set('      priority "Low"\n      severity "Major"\n      tag "b"\n      tag "a"') +
        rule(
          "always",
          'create ticket {\n      priority "Normal"\n      severity "Minor"\n      tag "c"\n    }',
        ),
    );
    await desk.outcome(mail({ Subject: "urgent" }));
    expect(await desk.ticket()).toMatchObject({
      priority: "High",
      severity: "Major",
      tags: ["a", "b", "c"],
    });
  });

  test("an update takes none of them", async () => {
    const desk = await desks.of(
      set('      priority "High"\n      tag "a"') +
        rule("mail is reply", "update ticket thread") +
        rule("always", "create ticket"),
    );
    await desk.outcome(mail({ "Message-ID": "<a@x>" }));
    await desk.outcome(mail({ Subject: "Re: urgent", "In-Reply-To": "<a@x>" }));
    expect(await desk.ticket()).toMatchObject({ priority: undefined, tags: [], comments: 1 });
  });

  test("set that no rule ends is no rule: the mail is unmatched, the rule stands in rules", async () => {
    const desk = await desks.of(set('      priority "High"', "Urgent"), {
      mailbox: 'unmatched move to "Rest"\n  after mark read',
    });
    const decision = await desk.decision(mail({ Subject: "urgent" }));
    expect(decision).toMatchObject({ outcome: "no rule", rule: null, rules: ["Urgent"] });
    expect(decision.mailEffects).toEqual([{ kind: "move", folder: "Rest" }]);
  });

  test("add cc of a set takes part in the ticket below", async () => {
    const desk = await desks.of(
      set("      add cc") +
        rule("mail is reply", "update ticket thread", "Thread") +
        rule("always", "create ticket", "New"),
    );
    await desk.outcome(mail({ Subject: "urgent", "Message-ID": "<a@x>", Cc: "c@x.example" }));
    expect(await desk.outcome(mail({ From: "c@x.example", "In-Reply-To": "<a@x>" }))).toBe(
      "ticket updated by Thread #1",
    );
  });

  test("title is nothing that set gives", () => {
    const told = toldOf(set('      title "x"') + rule("always", "create ticket"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^error at "title "x""/);
  });
});

describe("a mail that was received long ago", () => {
  test("its ticket is made now", async () => {
    const desk = await create();
    await desk.outcome(mail(), { received: desk.context.now() - 100 * hours });
    expect((await desk.ticket()).createdAt).toBe(desk.context.now());
  });
});
