import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openFiles } from "@mcrules/runtime";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const plain = raw("From: anna@cliente.example\nTo: info@example.it\nSubject: Order\n\nHello.\n");

/** A project with one rule that opens a ticket and whatever else is said. */
function tested(rules: string, body: string, more = ""): string {
  return `${more}
mailbox support {
  files "mail"
  address "info@example.it"
  smtp "smtp.example.it"
  apply incoming
}
rules incoming {
${rules}
}
test "it" {
${body}
}
`;
}

const always = '  rule "New" {\n    when always\n    then create ticket\n  }\n';
const receive = (...lines: readonly string[]) =>
  `  receive """\n${lines.map((line) => `    ${line}`).join("\n")}\n\n    Hello.\n    """\n`;

describe("what helpdesk leaves out", () => {
  test.each([
    ["priority", ["Low", "Normal", "High", "Urgent"]],
    ["severity", ["Minor", "Major", "Critical"]],
    ["status", ["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"]],
  ])("%s has the words of the page, and no other", (property, words) => {
    for (const word of words)
      expect(told(project("always", {}, `create ticket { ${property} "${word}" }`)), word).toEqual(
        [],
      );
    const [finding, second] = told(project("always", {}, `create ticket { ${property} "Lwo" }`));
    expect(finding).toMatch(/^error/);
    expect(finding).toContain(words[0]);
    expect(second).toBeUndefined();
  });

  test.each(['category "Hardware"', 'assign group "Billing"'])("%s is unknown", (entry) => {
    expect(told(project("always", {}, `create ticket { ${entry} }`)).join("\n")).toMatch(
      /^error [^\n]*$/,
    );
  });

  test("a new ticket has no priority until something gives it one; it is open", async () => {
    expect(await law.ticket("always", '{ tag "x" }', plain)).toMatchObject({
      priority: undefined,
      severity: undefined,
      category: undefined,
      status: "Open",
      number: "TT1",
    });
  });

  test("assigned is the group's name or the agent's address", async () => {
    const around = (to: string) =>
      tested(
        `  rule "New" {\n    when always\n    then create ticket {\n      ${to}\n    }\n  }\n`,
        `${receive("From: a@b.example")}  expect ticket created {\n    assigned is ${to.replace(/^assign \w+ /, "")}\n  }`,
        'helpdesk {\n  groups ["Billing"]\n}\nagent "marco@example.it" {\n  name "Marco"\n}\n',
      );
    expect(await law.failures(around('assign group "Billing"'))).toEqual([]);
    expect(await law.failures(around('assign agent "marco@example.it"'))).toEqual([]);
  });
});

describe("contacts", () => {
  const registering =
    '  rule "New" {\n    when always\n    then create ticket {\n      register contact\n    }\n  }\n';

  test("a contact is connected also where register has just made it", async () => {
    const text = tested(
      registering,
      `${receive("From: Anna <Anna@Cliente.example>")}  expect ticket created {\n    contact is "anna@cliente.example"\n  }`,
    );
    expect(await law.failures(text)).toEqual([]);
  });

  test("look-ups in the registry and `in` compare as `is` does", async () => {
    const text = tested(
      '  rule "Known" {\n    when from in contacts\n    then ignore\n  }\n  rule "Listed" {\n    when from in vip\n    then ignore\n  }\n' +
        always,
      `  given contact "anna@cliente.example" {\n    name "Anna"\n  }
${receive("From: ANNA@Cliente.Example")}  expect rule "Known"
${receive("From: vip@x.example")}  expect rule "Listed"
${receive("From: other@x.example")}  expect rule "New"`,
      'list vip = ["VIP@X.example"]\n',
    );
    expect(await law.failures(text)).toEqual([]);
  });

  test("people in cc take part only by `add cc`", async () => {
    const rules = (added: string) =>
      `  rule "Answer" {\n    when subject matches /Id: (?<id>[0-9]+)\\b/\n    then update ticket $id\n  }\n  rule "New" {\n    when always\n    then create ticket {\n      tag "x"\n${added}    }\n  }\n`;
    const body = (rule: string) =>
      `${receive("From: a@b.example", "Cc: C <c@d.example>")}  expect rule "New"\n${receive("From: c@d.example", "Subject: Id: 1")}  expect rule "${rule}"`;
    expect(await law.failures(tested(rules("      add cc\n"), body("Answer")))).toEqual([]);
    expect(await law.failures(tested(rules(""), body("New")))).toEqual([]);
  });
});

test("an update leaves the status of an open ticket as it is, but for waiting to answered", async () => {
  const rules =
    '  rule "Answer" {\n    when subject matches /Id: (?<id>[0-9]+)\\b/\n    then update ticket $id\n  }\n';
  const given = (id: number, status: string) =>
    `  given ticket ${id} {\n    title "t"\n    status "${status}"\n    requester "a@b.example"\n  }\n`;
  const after = (id: number, status: string) =>
    `${receive("From: a@b.example", `Subject: Id: ${id}`)}  expect ticket ${id} updated {\n    status is "${status}"\n  }\n`;
  const text = tested(
    rules,
    given(1, "Open") +
      given(2, "In Progress") +
      given(3, "Wait For Response") +
      given(4, "Answered By Customer") +
      given(5, "Closed") +
      after(1, "Open") +
      after(2, "In Progress") +
      after(3, "Answered By Customer") +
      after(4, "Answered By Customer") +
      after(5, "Open"),
  );
  expect(await law.failures(text)).toEqual([]);
});

describe("received of a file", () => {
  const received = async (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), "law-"));
    try {
      const path = join(folder, "one.eml");
      writeFileSync(path, raw(text));
      utimesSync(path, new Date("2026-01-01T00:00:00Z"), new Date("2026-01-01T00:00:00Z"));
      const source = openFiles(folder);
      const listing = await source.list({
        mailbox: "support",
        folders: await source.folders(),
        known: () => Promise.resolve(false),
        unreadOnly: false,
        since: undefined,
        onlyFromNow: false,
        positions: new Map(),
        failed: [],
        signal: undefined,
      });
      await source.close();
      return listing.mails.map(({ arrival }) =>
        new Date(arrival.received).toISOString().slice(0, 10),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each([
    [
      "the date of the topmost Received",
      "Received: from a by b (x; y);\n Mon, 2 Nov 2026 09:00:00 +0000\nReceived: from c by d; Sun, 1 Nov 2026 09:00:00 +0000\nDate: Sat, 31 Oct 2026 09:00:00 +0000",
      "2026-11-02",
    ],
    ["else Date", "Date: Sat, 31 Oct 2026 09:00:00 +0000", "2026-10-31"],
    [
      "Date where the topmost Received has none",
      "Received: from a by b\nDate: Sat, 31 Oct 2026 09:00:00 +0000",
      "2026-10-31",
    ],
    ["else the file's time", "Subject: x", "2026-01-01"],
    ["the file's time where neither can be read", "Received: a; b\nDate: tomorrow", "2026-01-01"],
  ])("%s", async (_gist, headers, day) => {
    expect(await received(`From: a@b.example\n${headers}\n\nx\n`)).toEqual([day]);
  });
});

test("in a test received is the still clock", async () => {
  const text = tested(
    '  rule "Today" {\n    when received on 2026-11-02\n    then ignore\n  }\n  rule "Later" {\n    when received on 2026-11-05\n    then ignore\n  }\n',
    `  given now 2026-11-02T09:00Z
${receive("Received: from a by b; Sun, 1 Nov 2020 09:00:00 +0000", "Date: Sun, 1 Nov 2020 09:00:00 +0000", "From: a@b.example")}  expect rule "Today"
  wait 3 days
${receive("From: a@b.example", "Subject: y")}  expect rule "Later"`,
  );
  expect(await law.failures(text)).toEqual([]);
});

describe("the same content", () => {
  const first = [
    "From: a@b.example",
    "To: info@example.it",
    "Subject: x",
    "Date: Mon, 2 Nov 2026 09:00:00 +0000",
  ];
  test.each<readonly [gist: string, second: readonly string[], expectation: string]>([
    [
      "what a server adds on the way does not count",
      [
        "Received: from a by b; Mon, 2 Nov 2026 09:00:00 +0000",
        "Delivered-To: z@example.it",
        ...first,
        "X-Spam-Status: No",
      ],
      "expect already seen",
    ],
    [
      "another subject does",
      [...first.slice(0, 2), "Subject: y", first[3] ?? ""],
      'expect rule "New"',
    ],
    ["another Message-ID does", [...first, "Message-ID: <x@y>"], 'expect rule "New"'],
    ["another Cc does", [...first, "Cc: c@d.example"], 'expect rule "New"'],
  ])("%s", async (_gist, second, expectation) => {
    const text = tested(
      always,
      `${receive(...first)}  expect rule "New"\n${receive(...second)}  ${expectation}`,
    );
    expect(await law.failures(text)).toEqual([]);
  });
});

test("headers alone make a ticket with an empty description", async () => {
  const ticket = await law.ticket(
    "always",
    '{ tag "x" }',
    raw("From: a@b.example\nSubject: Only\n"),
  );
  expect(ticket).toMatchObject({ title: "Only", description: "" });
});

test("without a subject the ticket is Untitled", async () => {
  const ticket = await law.ticket("always", '{ tag "x" }', raw("From: a@b.example\n\nHello.\n"));
  expect(ticket).toMatchObject({ title: "Untitled", description: "Hello." });
});

test("Mail Information: date is the Date header's with its offset, else received", async () => {
  const sees = (condition: string, ...headers: readonly string[]) =>
    law.failures(
      tested(
        always,
        `  given now 2026-11-02T09:00Z\n${receive("From: Anna <a@b.example>", "To: X <x@y.example>, info@example.it", ...headers)}  expect ticket created {\n    ${condition}\n  }`,
      ),
    );
  expect(await sees("mail.date on 2026-10-31", "Date: Sat, 31 Oct 2026 09:00:00 +0900")).toEqual(
    [],
  );
  expect(await sees("mail.date on 2026-11-02")).toEqual([]);
  expect(await sees("mail.date on 2026-11-02", "Date: tomorrow")).toEqual([]);
  expect(await sees('mail.from contains "a@b.example"')).toEqual([]);
  expect(await sees('mail.to contains "x@y.example"')).toEqual([]);
});

describe("errors and warnings", () => {
  test("two things of one name: at the later, with the earlier named", () => {
    const found = told(project("always", { more: 'list vip = ["a"]\nlist vip = ["b"]' }));
    expect(found.filter((line) => line.startsWith("error"))).toHaveLength(1);
    expect(found.join("\n")).toMatch(/vip/);
  });

  test("a file for receive that is missing", () => {
    const found = told(tested(always, '  receive "mail/none.eml"\n  expect rule "New"'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^error .*none\.eml/);
  });

  test("a `# mcrules-allow` that silences nothing", () => {
    const found = told(
      project("always", { more: '# mcrules-allow MC3102: why\nlist vip = ["a"]' }),
    );
    expect(found.join("\n")).toMatch(/^warning .*silences nothing/m);
  });

  test("a process that sends mail for a mailbox without smtp", () => {
    const found = told(
      project(
        "always",
        {
          more: 'process "P" {\n  on ticket created\n  when always\n  then send mail {\n    to ticket.requester\n    subject "x"\n    body "y"\n  }\n}',
        },
        "create ticket",
      ),
    );
    expect(found.join("\n")).toMatch(/^warning .*smtp/m);
  });
});
