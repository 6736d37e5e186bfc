import { compile, judge } from "@mcrules/compiler";
import { checkProject, defaultConfiguration, type ProjectFiles } from "@mcrules/language";
import { openMailReader } from "@mcrules/mail";
import { afterAll, describe, expect, test } from "vitest";
import { runTests } from "./runTests.ts";
import type { TestResult } from "./result.ts";

const reader = openMailReader();
afterAll(() => reader.close());

const desk = `
helpdesk {
  groups ["First level"]
  field "Order" text
}

agent "marco@example.it" {
  name "Marco"
}

mailbox support {
  files "mail"
  smtp "smtp.example.it" {
    login "info@example.it" password env("PASSWORD")
  }
  address "Support <info@example.it>"
  after move to "Done"
  spam-folder "Spam"
  apply incoming
}

rules incoming {
  rule "Suppliers" {
    when from.domain under "aruba.it"
    then ignore
  }

  rule "Known customers" {
    when subject starts with "[file]"
    then file under contact by from
  }

  rule "Spam" {
    when mail is spam
    then mark spam
  }

  rule "Answer" {
    when always
    then update ticket thread if closed for 30 days create ticket
  }

  rule "Id" {
    when subject matches /Ticket Id: (?:9x)?(?<id>[0-9]+)\\b/
    then update ticket $id
  }

  rule "New" {
    when body contains "please"
    then create ticket {
      assign group "First level"
      field "Order" "none"
    }
  }
}

process "Opening" {
  on ticket created
  when always
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.number} - Ticket Id: \${ticket.ref}"
    body "Dear \${ticket.requester.name}."
  }
}
`;

async function run(
  tests: string,
  mails: Readonly<Record<string, string>> = {},
): Promise<readonly TestResult[]> {
  const texts = new Map([
    ["desk.mcrules", desk],
    ["tests.mcrules", `import "./desk.mcrules"\n${tests}`],
    ...Object.entries(mails),
  ]);
  const files: ProjectFiles = {
    sources: [...texts.keys()].filter((path) => path.endsWith(".mcrules")),
    read(path) {
      const text = texts.get(path);
      return text === undefined ? { missing: true } : new TextEncoder().encode(text);
    },
    exists: (path) => texts.has(path),
  };
  const { project, diagnostics } = checkProject(files, defaultConfiguration);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code, message, line }) => `${line}: ${code} ${message}`)).toEqual([]);
  if (project === undefined) throw new Error("The project has no error and is not there.");
  const results: TestResult[] = [];
  const running = runTests({
    project,
    judge: judge(compile(project)),
    reader,
    readFile(path) {
      if (path === "mail/locked.eml") throw new Error("mail/locked.eml may not be read");
      return new TextEncoder().encode(texts.get(path) ?? "");
    },
  });
  for await (const result of running) results.push(result);
  return results;
}

/** The failures of the only test, a line each: line, message, actual. */
async function failuresOf(body: string): Promise<readonly string[]> {
  const [result] = await run(`test "it" {\n${body}\n}`);
  return (result?.failures ?? []).map(
    ({ line, message, actual }) => `${line}: ${message} (${actual})`,
  );
}

const mail = (headers: string, body = "Hello, please help.") =>
  `  receive """\n    From: Anna <anna@cliente.example>\n    To: info@example.it\n    ${headers}\n\n    ${body}\n    """`;

describe("what holds passes", () => {
  const passing: readonly (readonly [string, string])[] = [
    ["a rule that acted", `${mail("Subject: x")}\n  expect rule "New"`],
    [
      "no rule",
      `${mail("Subject: x", "Hello.")}\n  expect no rule\n  expect no ticket\n  expect untouched`,
    ],
    [
      "a ticket with its properties",
      `${mail("Subject: Broken")}\n  expect ticket created {\n    title is "Broken"\n    assigned is "First level"\n    field "Order" is "none"\n    requester is "anna@cliente.example"\n    not contact exists\n    documents is 0\n    mail.from contains "Anna"\n  }`,
    ],
    ["where the mail goes", `${mail("Subject: x")}\n  expect moved to "Done"`],
    [
      "a mail sent",
      `${mail("Subject: x")}\n  expect mail sent {\n    to is "anna@cliente.example"\n    subject starts with "Opening TT1"\n    body is "Dear Anna."\n  }`,
    ],
    [
      "ignored",
      `  receive """\n    From: a@aruba.it\n    Subject: x\n\n    please\n    """\n  expect ignored\n  expect no mail sent`,
    ],
    [
      "filed",
      `  given contact "anna@cliente.example" {\n    name "Anna"\n  }\n${mail("Subject: [file] x")}\n  expect filed under contact "anna@cliente.example"`,
    ],
    [
      "blocked",
      `  given blocked "anna@cliente.example"\n${mail("Subject: x")}\n  expect blocked\n  expect moved to "Spam"`,
    ],
    [
      "the same mail twice",
      `${mail("Message-ID: <a@b>")}\n${mail("Message-ID: <a@b>")}\n  expect already seen\n  expect no ticket`,
    ],
    [
      "a given ticket",
      `  given ticket 42 {\n    title "Old"\n    requester "anna@cliente.example"\n    status "Closed"\n  }\n${mail("Subject: Ticket Id: 9x42")}\n  expect ticket 42 updated {\n    status is "Open"\n    comment contains "please"\n    comments is 1\n  }`,
    ],
    [
      "time that goes by",
      `${mail("Subject: x")}\n  expect ticket created as $first\n  wait 3 days\n  expect no mail sent\n${mail("In-Reply-To: ${mail.id}")}\n  expect ticket $first updated`,
    ],
  ];
  test.each(passing)("%s", async (_name, body) => {
    expect(await failuresOf(body)).toEqual([]);
  });
});

describe("what does not hold fails, with its line, what was expected and what came", () => {
  const failing: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "a rule that did not act, with the test that failed",
      `${mail("Subject: x")}\n  expect rule "Suppliers"`,
      [
        '10: rule "Suppliers" did not act: line 24: from.domain under "aruba.it", saw cliente.example ("New")',
      ],
    ],
    [
      "a rule below the one that ended the search",
      `  receive """\n    From: a@aruba.it\n\n    please\n    """\n  expect rule "New"`,
      ['8: rule "New" was not asked: "Suppliers" above it ended the search ("Suppliers")'],
    ],
    [
      "each line of a block by itself",
      `${mail("Subject: x")}\n  expect ticket created {\n    title is "y"\n    priority exists\n    documents is 0\n  }`,
      ['11: title is "y" does not hold (x)', "12: priority exists does not hold ((none))"],
    ],
    [
      "no ticket",
      `${mail("Subject: x")}\n  expect no ticket`,
      ['10: a ticket was created or updated (ticket TT1 created by rule "New")'],
    ],
    [
      "no mail sent",
      `${mail("Subject: x")}\n  expect no mail sent`,
      ['10: a mail was sent ("Opening TT1 - Ticket Id: 9x1" to anna@cliente.example)'],
    ],
    [
      "untouched",
      `${mail("Subject: x")}\n  expect untouched`,
      ['10: the mail was touched (moved to "Done")'],
    ],
    [
      "ignored",
      `${mail("Subject: x")}\n  expect ignored`,
      ['10: the mail was not ignored (ticket TT1 created by rule "New")'],
    ],
    [
      "a mail that was withheld",
      `${mail("Auto-Submitted: auto-replied")}\n  expect mail sent`,
      ["10: the mail was withheld: "],
    ],
  ];
  test.each(failing)("%s", async (_name, body, expected) => {
    const failures = await failuresOf(body);
    expect(failures).toHaveLength(expected.length);
    failures.forEach((failure, index) => expect(failure).toContain(expected[index]));
  });
});

test("a test that cannot run is an error, and the next one runs", async () => {
  const results = await run(
    `test "cannot" {\n  receive "mail/locked.eml"\n  expect rule "New"\n}\n\ntest "can" {\n${mail("Subject: x")}\n  expect rule "New"\n}`,
    { "mail/locked.eml": "Subject: y\n\nplease" },
  );
  expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["cannot", "error"],
    ["can", "passed"],
  ]);
  expect(results[0]?.failures.map(({ message }) => message)).toEqual([
    "mail/locked.eml may not be read",
  ]);
});

test("tests share nothing", async () => {
  const one = `${mail("Message-ID: <a@b>")}\n  expect ticket created {\n    title is "Untitled"\n    rule is "New"\n  }`;
  const results = await run(`test "a" {\n${one}\n}\n\ntest "b" {\n${one}\n}`);
  expect(results.map(({ outcome }) => outcome)).toEqual(["passed", "passed"]);
});
