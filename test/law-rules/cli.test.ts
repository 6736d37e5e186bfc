import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mail, mcrules, Place } from "../cli/mcrules.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

async function run(line: string | readonly string[], input?: string) {
  const ended = await mcrules(line, {
    in: place.path,
    ...(input === undefined ? {} : { input }),
  });
  return ended;
}

/** The one JSON value on standard output. */
async function json(line: string | readonly string[], input?: string) {
  const words = typeof line === "string" ? line.split(" ") : line;
  const { out, code, err } = await run([...words, "--format", "json"], input);
  if (!/^[[{]/.test(out)) throw new Error(`No JSON on standard output: ${out}${err}`);
  const value: unknown = JSON.parse(out);
  return { value, code };
}

const anything: unknown = expect.anything();
const position = {
  file: expect.any(String) as unknown,
  line: expect.any(Number) as unknown,
  column: expect.any(Number) as unknown,
  endLine: expect.any(Number) as unknown,
  endColumn: expect.any(Number) as unknown,
};

describe("check", () => {
  test("a clean project: exit 0 and the shape of the page", async () => {
    place.addProject();
    const { value, code } = await json("check");
    expect(code).toBe(0);
    expect(value).toMatchObject({
      diagnostics: [],
      summary: { errors: 0, warnings: 0, files: 1 },
      proofs: [
        { kind: "rule", name: "Answer", verdict: "shown", claim: "can decide", mail: anything },
        { kind: "rule", name: "New", verdict: "shown", claim: "can decide", mail: anything },
        { kind: "total", name: "support", verdict: "proved", claim: "every mail is decided" },
      ],
    });
  });

  test("an error: exit 1, positions from 1, columns in UTF-16 units", async () => {
    place.addProject('\nlist 𝒙 = "a"\ntest "🔥" { expect rule "🔥", }\n');
    place.write(
      "support.mcrules",
      'rules a {\n  rule "🔥🔥" { when subjct is "x" then ignore }\n}\n',
    );
    const { value, code } = await json("check");
    expect(code).toBe(1);
    expect(value).toMatchObject({
      diagnostics: [
        {
          code: expect.stringMatching(/^MC\d{4}$/) as unknown,
          severity: "error",
          message: expect.stringContaining("subjct") as unknown,
          help: anything,
          related: [],
          file: "support.mcrules",
          line: 2,
          column: 22,
          endLine: 2,
          endColumn: 28,
        },
      ],
      summary: { errors: 1, files: 1 },
    });
  });

  test("a warning alone: exit 0", async () => {
    place.addProject();
    place.write(
      "support.mcrules",
      'mailbox m {\n  files "mail"\n  apply r\n}\n\nrules r {\n  rule "D" {\n    when dmarc is fail\n    then ignore\n  }\n}\n',
    );
    const { value, code } = await json("check");
    expect(code).toBe(0);
    expect(value).toMatchObject({ summary: { errors: 0, warnings: 1 } });
  });

  test.each(["sarif", "github", "text"])("format %s", async (format) => {
    place.write("a.mcrules", "rules a {");
    const { out, code } = await run(["check", "--format", format]);
    expect(code).toBe(1);
    expect(out).toContain("a.mcrules");
  });

  test("two things of one name: the earlier is the related place", async () => {
    place.write("a.mcrules", 'list a = ["x"]\nlist a = ["y"]\n');
    const { value } = await json("check");
    expect(value).toMatchObject({
      diagnostics: [{ line: 2, related: [{ line: 1, message: anything }] }],
    });
  });

  test.each([[["check", "nowhere"]], [["chekc"]], [["check", "--formt", "json"]]])(
    "wrong use is exit 2 and says so on standard error: %j",
    async (words) => {
      const { code, out, err } = await run(words);
      expect(code).toBe(2);
      expect(out).toBe("");
      expect(err).not.toBe("");
      expect(err).not.toMatch(/\n\s+at .*:\d+/);
    },
  );

  test("without a word: the commands in groups, an example, exit 0", async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    for (const command of ["check", "fmt", "test", "explain", "scan", "ticket", "why", "mails"]) {
      expect(out).toContain(command);
    }
  });
});

describe("test", () => {
  test("all pass: exit 0 and the shape of the page", async () => {
    place.addProject();
    const { value, code } = await json("test");
    expect(code).toBe(0);
    expect(value).toMatchObject({
      tests: [
        {
          name: "a request opens a ticket",
          file: "support.mcrules",
          line: anything,
          outcome: "passed",
          failures: [],
        },
      ],
      summary: { passed: 1, failed: 0 },
    });
  });

  test("one fails: exit 1, with position, expected, actual, message", async () => {
    place.addProject('\ntest "wrong" {\n  receive "mail/1.eml"\n  expect rule "Answer"\n}\n');
    const { value, code } = await json("test");
    expect(code).toBe(1);
    expect(value).toMatchObject({
      summary: { passed: 1, failed: 1 },
      tests: [
        {},
        {
          outcome: "failed",
          failures: [{ ...position, expected: anything, actual: anything, message: anything }],
        },
      ],
    });
  });

  test("no test at all is exit 2", async () => {
    place.write(
      "a.mcrules",
      'mailbox m {\n  files "mail"\n  apply r\n}\n\nrules r {\n  rule "D" {\n    when always\n    then ignore\n  }\n}\n',
    );
    place.write("mail/1.eml", mail(1, "x"));
    expect((await run("test")).code).toBe(2);
  });

  test("an error in the rules is exit 1", async () => {
    place.addProject("\nlist a = \n");
    expect((await run("test")).code).toBe(1);
  });

  test("--filter takes the tests whose name has the text", async () => {
    place.addProject('\ntest "other" {\n  receive "mail/1.eml"\n  expect rule "New"\n}\n');
    const { value } = await json("test --filter other");
    expect(value).toMatchObject({ tests: [{ name: "other" }], summary: { passed: 1 } });
  });

  test.each([
    ["junit", /<testsuite/],
    ["tap", /^TAP version/],
  ])("format %s", async (format, expected) => {
    place.addProject();
    const { out, code } = await run(["test", "--format", format]);
    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });
});

describe("explain", () => {
  test("the shape of the page; rule is the one that ended the search", async () => {
    place.addProject();
    const { value, code } = await json("explain mail/1.eml mail/2.eml");
    expect(code).toBe(0);
    expect(value).toMatchObject({
      mails: [
        {
          path: "mail/1.eml",
          rule: "New",
          rules: ["New"],
          outcome: "ticket created",
          actions: [expect.stringContaining("create ticket")],
          trace: expect.arrayContaining([
            expect.objectContaining({
              rule: "Answer",
              result: false,
              position,
              because: [
                expect.objectContaining({
                  position,
                  field: "mail",
                  operator: "is",
                  expected: "reply",
                  actual: anything,
                  result: false,
                }),
              ],
            }),
          ]) as unknown,
        },
        { path: "mail/2.eml" },
      ],
    });
  });

  test("- reads standard input; nothing is written", async () => {
    place.addProject();
    const { value } = await json("explain -", mail(7, "x"));
    expect(value).toMatchObject({ mails: [{ rule: "New", outcome: "ticket created" }] });
    const tickets = await json("ticket list");
    expect(tickets.value).toMatchObject({ tickets: [] });
  });

  test("no rule is null, and exit 0", async () => {
    place.addProject();
    place.write(
      "support.mcrules",
      'mailbox support {\n  files "mail"\n  apply r\n}\n\nrules r {\n  rule "D" {\n    when subject is "z"\n    then ignore\n  }\n}\n',
    );
    const { value, code } = await json("explain mail/1.eml");
    expect(value).toMatchObject({ mails: [{ rule: null, rules: [], outcome: "no rule" }] });
    expect(code).toBe(0);
  });

  test("a mail that was handled is explained again as already seen", async () => {
    place.addProject();
    await run("scan");
    const { value } = await json("explain mail/1.eml");
    expect(value).toMatchObject({ mails: [{ outcome: "already seen" }] });
  });

  test("a mail that is not there: exit 2", async () => {
    place.addProject();
    expect((await run("explain mail/9.eml")).code).toBe(2);
  });
});

describe("scan, tickets and why", () => {
  test("scan counts; a second one knows the mails already", async () => {
    place.addProject();
    const first = await json("scan");
    expect(first.code).toBe(0);
    expect(first.value).toMatchObject({
      mailboxes: [
        {
          name: "support",
          read: 2,
          created: 1,
          updated: 1,
          ignored: 0,
          filed: 0,
          unmatched: 0,
          blocked: 0,
          failed: 0,
          already: 0,
        },
      ],
    });
    const second = await json("scan support");
    expect(second.value).toMatchObject({ mailboxes: [{ read: 0, created: 0, already: 2 }] });
  });

  test("--dry-run writes nothing", async () => {
    place.addProject();
    const { value } = await json("scan --dry-run");
    expect(value).toMatchObject({ mailboxes: [{ read: 2 }] });
    expect((await json("ticket list")).value).toMatchObject({ tickets: [] });
    expect((await json("scan")).value).toMatchObject({ mailboxes: [{ read: 2, created: 1 }] });
  });

  test("ticket list and show, by number and by id", async () => {
    place.addProject();
    await run("scan");
    const list = await json("ticket list");
    expect(list.value).toMatchObject({
      tickets: [
        {
          number: "TT1",
          id: 1,
          ref: "9x1",
          title: "Printer broken",
          status: "Open",
          priority: null,
          contact: null,
          mailbox: "support",
          rule: "New",
          fromMail: true,
          createdAt: anything,
        },
      ],
    });
    for (const name of ["TT1", "1"]) {
      const shown = await json(`ticket show ${name}`);
      expect(shown.value).toMatchObject({
        tickets: [
          {
            number: "TT1",
            mail: {
              from: ["Anna <anna@firm.example>"],
              to: [anything],
              cc: [],
              bcc: [],
              fromName: "Support",
              sender: "info@helpdesk.example",
              date: "2026-11-02T09:01:00+00:00",
            },
            comments: [expect.objectContaining({ text: "Text 2." })],
            documents: [],
          },
        ],
      });
    }
  });

  test("why tells mail, rule and trace", async () => {
    place.addProject();
    await run("scan");
    const { value, code } = await json("why TT1");
    expect(code).toBe(0);
    expect(JSON.stringify(value)).toContain('"New"');
    const text = await run("why 1");
    expect(text.out).toContain("New");
  });

  test("a ticket that is not there: exit 2 or 1, and it says so", async () => {
    place.addProject();
    await run("scan");
    const { code, err } = await run("ticket show 99");
    expect(code).toBeGreaterThan(0);
    expect(err).toContain("99");
  });

  test("close, open, comment; several at once", async () => {
    place.addProject();
    await run("scan");
    await run("ticket close TT1");
    expect((await json("ticket show 1")).value).toMatchObject({ tickets: [{ status: "Closed" }] });
    expect((await run("ticket close 1")).code).toBe(0);
  });

  test("mails lists the journal", async () => {
    place.addProject();
    await run("scan");
    const { value } = await json("mails");
    const text = JSON.stringify(value);
    expect(text).toContain("ticket created");
    expect(text).toContain("ticket updated");
    expect((await json("mails --failed")).code).toBe(0);
  });

  test("status in json and prometheus", async () => {
    place.addProject();
    await run("scan");
    expect(JSON.stringify((await json("status")).value)).toContain("support");
    const { out } = await run("status --format prometheus");
    expect(out).toMatch(/^mcrules_\w+\{mailbox="support"/m);
  });

  test("a secret that is missing is no finding of check or test", async () => {
    place.addProject();
    place.write(
      "support.mcrules",
      'mailbox support {\n  server "127.0.0.1" port 1\n  security none\n  login "a@b.example" password env("MISSING_SECRET")\n  apply r\n}\n\nrules r {\n  rule "D" {\n    when always\n    then create ticket\n  }\n}\n\ntest "t" {\n  receive "mail/1.eml"\n  expect rule "D"\n}\n',
    );
    expect((await run("check")).code).toBe(0);
    expect((await run("test")).code).toBe(0);
    const scan = await run("scan");
    expect(scan.code).toBe(2);
    expect(scan.err + scan.out).toContain("MISSING_SECRET");
  });
});

describe("registry", () => {
  test("contacts add, list, remove; import of a csv", async () => {
    place.addProject();
    await run("accounts add ACME --address acme@firm.example");
    await run(["contacts", "add", "anna@firm.example", "--name", "Anna", "--account", "ACME"]);
    expect(JSON.stringify((await json("contacts list")).value)).toContain("anna@firm.example");
    place.write("c.csv", 'address,name,account\nb@firm.example,"B, Junior",ACME\n');
    expect((await run("contacts import c.csv")).code).toBe(0);
    expect(JSON.stringify((await json("contacts list")).value)).toContain("B, Junior");
    await run("contacts remove b@firm.example");
    expect(JSON.stringify((await json("contacts list")).value)).not.toContain("B, Junior");
    await run("scan");
    expect((await json("ticket show 1")).value).toMatchObject({
      tickets: [{ contact: { address: "anna@firm.example", name: "Anna" } }],
    });
  });
});

describe("where the store is", () => {
  test("beside the project's root, as helpdesk says, as --store and MCRULES_STORE say", async () => {
    place.addProject();
    await run("scan");
    expect((await run(["ticket", "list", "--store", "sqlite:other.db"])).out).not.toContain("TT1");
    place.addProject('\nhelpdesk {\n  store sqlite "own.db"\n}\n');
    expect((await run("ticket list")).out).not.toContain("TT1");
  });
});

describe("fmt", () => {
  test("- reads standard input; --check is exit 1 where something would change", async () => {
    const { out, code } = await run("fmt -", 'list a=["x",]\n');
    expect(code).toBe(0);
    expect(out).toBe('list a = ["x"]\n');
    place.write("a.mcrules", 'list a=["x"]\n');
    expect((await run("fmt --check")).code).toBe(1);
    expect((await run("fmt")).code).toBe(0);
    expect((await run("fmt --check")).code).toBe(0);
  });
});
