import { describe, expect, test } from "vitest";
import { failuresOf, rule, runTestsOf, project, told, type Surroundings } from "./kit.ts";

const rules =
  rule('subject starts with "ignore"', "ignore", "Ignore") +
  rule("mail is spam", "mark spam", "Spam") +
  rule('subject starts with "file"', "file under contact, vendor by from", "File") +
  rule('subject starts with "move"', '{\n      mark read\n      move to "Moved"\n    }', "Move") +
  rule('subject starts with "copy"', '{\n      copy to "Copies"\n      ignore\n    }', "Copy") +
  rule('subject starts with "delete"', "delete", "Delete") +
  rule('subject starts with "nothing"', "{\n      mark flagged\n      continue\n    }", "Flag") +
  rule("mail is reply", "update ticket thread if closed for 30 days create ticket", "Thread") +
  rule(
    "subject matches /Ticket Id: (?:9x)?(?<id>[0-9]+)\\b/",
    "update ticket $id unless closed for 30 days",
    "Id",
  ) +
  rule('subject starts with "code"', 'update ticket code "C-1"', "Code") +
  rule(
    'body contains "please"',
    'create ticket {\n      tag "a"\n      priority "High"\n      severity "Major"\n      assign group "Billing"\n      field "Order" "7"\n      code "N"\n    }',
    "New",
  );

const around: Surroundings = {
  helpdesk: '  groups ["Billing"]\n  field "Order" text\n  category ["Hardware"]',
  mailbox: 'spam-folder "Junk"',
  more: `agent "marco@example.it" {
  name "Marco"
}

process "Opening" {
  on ticket created
  when always
  then send mail {
    to ticket.requester
    cc "boss@x.example"
    subject "Opening \${ticket.number} - Ticket Id: \${ticket.ref}"
    body "Dear \${ticket.requester.name}."
  }
}
`,
};

let mails = 0;
function receive(subject: string, headers: readonly string[] = [], body = "please", tail = "") {
  mails += 1;
  const from = headers.some((line) => line.startsWith("From:"))
    ? []
    : ["From: Anna <anna@cliente.example>"];
  const lines = [
    ...from,
    "To: info@example.it",
    `Subject: ${subject}`,
    `X-No: ${mails}`,
    ...headers,
  ];
  return `  receive """\n${lines.map((line) => `    ${line}`).join("\n")}\n\n    ${body}\n    """${tail}\n`;
}

const run = (body: string) => failuresOf(body, rules, around);

describe("every expectation can hold", () => {
  test.each<readonly [string, string]>([
    ["expect rule", `${receive("x")}  expect rule "New"`],
    [
      "a rule that acted and went on",
      `${receive("nothing")}  expect rule "Flag"\n  expect rule "New"`,
    ],
    [
      "expect no rule holds where only rules acted that go on",
      `${receive("nothing", [], "hello")}  expect rule "Flag"\n  expect no rule`,
    ],
    ["expect ignored", `${receive("ignore")}  expect ignored\n  expect no ticket`],
    [
      "expect blocked",
      `  given blocked "anna@cliente.example"\n${receive("x")}  expect blocked\n  expect moved to "Junk"`,
    ],
    [
      "expect already seen",
      `${receive("x", ["Message-ID: <a@b>", "X-No: 1"])}${receive("x", ["Message-ID: <a@b>", "X-No: 1"])}  expect already seen`,
    ],
    [
      "expect own mail",
      `${receive("x")}${receive("y", ["Message-ID: ${mail.id}"])}  expect own mail\n  expect no mail sent`,
    ],
    [
      "the block of a created ticket, all words",
      `${receive("x", ["Cc: C <c@x.example>", "Bcc: b@x.example", "Date: Mon, 2 Nov 2026 09:55:00 +0100"])}  expect ticket created {
    title is "x"
    description contains "please"
    not contact exists
    code is "N"
    priority is "High"
    severity is "Major"
    not category exists
    status is "Open"
    tag is "a"
    assigned is "Billing"
    documents is 0
    comments is 0
    rule is "New"
    mailbox is "support"
    field "Order" is "7"
    mail.from contains "anna@cliente.example"
    mail.to contains "info@example.it"
    mail.cc contains "c@x.example"
    mail.bcc contains "b@x.example"
    mail.date on 2026-11-02
  }`,
    ],
    [
      "expect ticket 42 updated, with its comment",
      `  given ticket 42 {
    title "Old"
    requester "anna@cliente.example"
    status "Wait For Response"
  }
${receive("Ticket Id: 42", [], "It works again")}  expect ticket 42 updated {
    comment contains "works again"
    status is "Answered By Customer"
    comments is 1
  }`,
    ],
    [
      "expect mail sent",
      `${receive("x")}  expect mail sent {
    to is "anna@cliente.example"
    cc is "boss@x.example"
    subject contains "Ticket Id: 9x"
    body is "Dear Anna."
  }`,
    ],
    [
      "filed under contact and vendor",
      `  given contact "anna@cliente.example" {
    name "Anna"
  }
  given vendor "anna@cliente.example" {
    name "Anna"
  }
${receive("file")}  expect filed under contact "anna@cliente.example"
  expect filed under vendor "anna@cliente.example"`,
    ],
    ["moved and marked", `${receive("move")}  expect moved to "Moved"\n  expect marked read`],
    ["copied", `${receive("copy")}  expect copied to "Copies"\n  expect ignored`],
    ["deleted", `${receive("delete")}  expect deleted`],
    ["marked flagged", `${receive("nothing")}  expect marked flagged`],
    ["untouched", `${receive("x")}  expect untouched`],
    ["in a folder", `${receive("x", [], "please", ' in "Requests/New"')}  expect rule "New"`],
    [
      "bounce of ticket",
      `${receive("x", ["Message-ID: <a@b>"])}${receive(
        "Undelivered",
        [
          "Return-Path: <>",
          "From: MAILER-DAEMON@mx.example.org",
          "MIME-Version: 1.0",
          'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        ],
        `--b
    Content-Type: text/plain

    No.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    Final-Recipient: rfc822; anna@cliente.example
    Action: failed
    Status: 5.1.1

    --b
    Content-Type: text/rfc822-headers

    Message-ID: \${mail.id}
    Subject: Opening

    --b--`,
      )}  expect bounce of ticket 1
  expect no ticket`,
    ],
  ])("%s", async (_name, body) => {
    expect(await run(body)).toEqual([]);
  });
});

describe("and each can fail, with one failure for its line", () => {
  test.each<readonly [string, string]>([
    ["rule", `${receive("x")}  expect rule "Ignore"`],
    ["no rule", `${receive("x")}  expect no rule`],
    ["ignored", `${receive("x")}  expect ignored`],
    ["blocked", `${receive("x")}  expect blocked`],
    ["failed", `${receive("x")}  expect failed`],
    ["already seen", `${receive("x")}  expect already seen`],
    ["own mail", `${receive("x")}  expect own mail`],
    ["bounce", `${receive("x")}  expect bounce of ticket 1`],
    ["ticket created", `${receive("ignore")}  expect ticket created`],
    ["its block", `${receive("x")}  expect ticket created {\n    title is "y"\n  }`],
    [
      "ticket updated",
      `  given ticket 42 {\n    title "t"\n  }\n${receive("x")}  expect ticket 42 updated`,
    ],
    ["no ticket", `${receive("x")}  expect no ticket`],
    ["mail sent", `${receive("ignore")}  expect mail sent`],
    ["its block", `${receive("x")}  expect mail sent {\n    to is "b@x.example"\n  }`],
    ["no mail sent", `${receive("x")}  expect no mail sent`],
    ["filed", `${receive("x")}  expect filed under contact "anna@cliente.example"`],
    ["moved", `${receive("x")}  expect moved to "A"`],
    ["another folder", `${receive("move")}  expect moved to "A"`],
    ["copied", `${receive("x")}  expect copied to "A"`],
    ["deleted", `${receive("x")}  expect deleted`],
    ["marked", `${receive("x")}  expect marked read`],
    ["untouched", `${receive("nothing")}  expect untouched`],
  ])("%s", async (_name, body) => {
    expect(await run(body)).toHaveLength(1);
  });
});

describe("given", () => {
  test("a ticket with all words of its block", async () => {
    expect(
      await run(`  given contact "anna@cliente.example" {
    name "Anna"
    account "ACME"
  }
  given ticket 42 {
    title "Old"
    description "d"
    code "C-1"
    contact "anna@cliente.example"
    priority "Low"
    severity "Minor"
    category "Hardware"
    status "In Progress"
    tag "t"
    assign group "Billing"
    field "Order" "9"
    rule "New"
    mailbox support
    account "ACME"
    requester "Anna <anna@cliente.example>"
    created 2025-12-01T09:00Z
    takes part ["bruno@cliente.example"]
  }
${receive("code", ["From: bruno@cliente.example"])}  expect ticket 42 updated {
    title is "Old"
    description is "d"
    code is "C-1"
    contact is "anna@cliente.example"
    priority is "Low"
    severity is "Minor"
    category is "Hardware"
    status is "In Progress"
    tag is "t"
    assigned is "Billing"
    field "Order" is "9"
    rule is "New"
    mailbox is "support"
  }`),
    ).toEqual([]);
  });

  test("people of the account of a given ticket take part", async () => {
    expect(
      await run(`  given contact "bruno@cliente.example" {
    name "Bruno"
    account "ACME"
  }
  given ticket 42 {
    title "Old"
    account "ACME"
  }
${receive("Ticket Id: 42", ["From: bruno@cliente.example"])}  expect ticket 42 updated
${receive("Ticket Id: 42", ["From: eve@evil.example"])}  expect ticket created`),
    ).toEqual([]);
  });

  test.each([
    ["2025-12-07T09:00Z", "updated"],
    ["2025-12-06T09:00Z", "created"],
  ])("closed %s, with the clock that stands still: %s", async (closed, what) => {
    const expected = what === "updated" ? "ticket 42 updated" : "ticket created";
    expect(
      await run(`  given now 2026-01-05T09:00Z
  given ticket 42 {
    title "Old"
    requester "anna@cliente.example"
    closed ${closed}
  }
${receive("Ticket Id: 42")}  expect ${expected}`),
    ).toEqual([]);
  });

  test("wait moves the clock", async () => {
    const given = `  given ticket 42 {
    title "Old"
    requester "anna@cliente.example"
    status "Closed"
  }
  wait 29 days
`;
    expect(await run(`${given}${receive("Ticket Id: 42")}  expect ticket 42 updated`)).toEqual([]);
    expect(
      await run(`${given}  wait 1 day\n${receive("Ticket Id: 42")}  expect ticket created`),
    ).toEqual([]);
  });

  test("account and lead", async () => {
    expect(
      await run(`  given account "anna@cliente.example" {
    name "ACME"
  }
  given lead "l@x.example" {
    name "L"
  }
${receive("x")}  expect ticket created`),
    ).toEqual([]);
  });

  test("an unknown entry is one error with a suggestion", () => {
    const lines = told(
      project(rules, {
        ...around,
        more: `${around.more}\ntest "x" {\n  given ticket 42 {\n    titel "x"\n  }\n${receive("x")}  expect no rule\n}\n`,
      }),
    ).filter((line) => line.startsWith("error"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("title");
  });
});

describe("holes in a receive", () => {
  test("the whole example of the page's kind: a reply that lost its headers", async () => {
    expect(
      await run(`${receive("Broken")}  expect ticket created as $first {
    title is "Broken"
  }
${receive("Re: Opening ${$first.number} - Ticket Id: ${$first.ref}", [], "works")}  expect ticket $first updated {
    comment contains "works"
  }`),
    ).toEqual([]);
  });

  test("${mail.id} is the signed Message-ID of the last mail sent, with its <>", async () => {
    expect(
      await run(
        `${receive("x")}  expect ticket created as $first\n${receive("answer", ["From: other@y.example", "In-Reply-To: ${mail.id}"])}  expect rule "Thread"\n  expect ticket $first updated`,
      ),
    ).toEqual([]);
  });
});

describe("several mails in one test", () => {
  test("each has its own expectations", async () => {
    expect(
      await run(
        `${receive("ignore")}  expect ignored\n${receive("x")}  expect ticket created\n${receive("delete")}  expect deleted\n  expect no ticket`,
      ),
    ).toEqual([]);
  });
});

describe("a test's own findings", () => {
  const findings = (body: string) =>
    told(project(rules, { ...around, more: `${around.more}\ntest "x" {\n${body}\n}\n` })).filter(
      (line) => !line.startsWith("info"),
    );

  test.each<readonly [string, string, string]>([
    ["a file that is missing", '  receive "mail/none.eml"\n  expect no rule', "mail/none.eml"],
    ["a rule that is not there", `${receive("x")}  expect rule "Nwe"`, "New"],
    ["a name that nothing gave", `${receive("x")}  expect ticket $first updated`, "$first"],
    ["a folder without `to`", `${receive("x")}  expect moved "F"`, "moved to"],
    ["a registry that is none", `${receive("x")}  expect filed under customer "a@b.c"`, "contact"],
    ["given behind a receive", `${receive("x")}  given blocked "a@b.c"\n  expect blocked`, "above"],
    [
      "a name given twice",
      `${receive("x")}  expect ticket created as $a\n${receive("y")}  expect ticket created as $a`,
      "$a",
    ],
    [
      "what cannot both hold",
      `${receive("x")}  expect ticket created\n  expect no ticket`,
      "together",
    ],
    ["expect before any receive", '  expect rule "New"', "receive"],
  ])("%s", (_what, body, named) => {
    const lines = findings(body);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain(named);
  });
});

test("mailbox NAME says which, where there are several", async () => {
  const text = `${project(rule("always", "ignore", "Support"))}
mailbox sales {
  files "sales"
  address "sales@example.it"
  apply sales-rules
}

rules sales-rules {
${rule("always", "create ticket", "Sales")}}

test "sales" {
  mailbox sales
${receive("x")}  expect rule "Sales"
  expect ticket created {
    mailbox is "sales"
  }
}
`;
  const results = await runTestsOf(text);
  expect(results.flatMap(({ failures }) => failures.map(({ message }) => message))).toEqual([]);
  const without = text.replace("  mailbox sales\n", "");
  expect(told(without).filter((line) => line.startsWith("error"))).toEqual([
    expect.stringContaining("mailbox"),
  ]);
});
