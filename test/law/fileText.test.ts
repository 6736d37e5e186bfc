import { afterAll, describe, expect, test } from "vitest";
import { hello, mailbox, one, rule, type Told } from "./fileTextKit.ts";
import { Law, checked, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

describe("UTF-8, a byte-order mark is skipped, LF or CRLF", () => {
  const text = project('subject is "Hello 42"');
  const mark = "\u{feff}";

  test.each([
    ["a mark", mark + text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
    ["a mark and CRLF", mark + text.replaceAll("\n", "\r\n")],
    ["no line end at the end", text.trimEnd()],
    ["mixed line ends", text.replace("\n", "\r\n")],
    ["tabs for indentation", text.replace(/^ +/gm, "\t")],
    ["white space at the ends of lines", text.replaceAll("\n", " \t\n")],
  ])("%s means the same", async (_, whole) => {
    expect(told(whole)).toEqual([]);
    expect(checked(whole).project?.mailboxes.map(({ name }) => name.value)).toEqual(["support"]);
    expect(
      await law.failures(`${whole}\ntest "t" {
  receive """
    From: anna@cliente.example
    Subject: Hello 42

    Hi.
    """
  expect rule "It"
}`),
    ).toEqual([]);
  });

  test("bytes that are no UTF-8 are told once, with the line", () => {
    const bytes = Buffer.concat([
      Buffer.from(text),
      Buffer.from("# caff"),
      Buffer.from([0xe8]),
      Buffer.from("\n"),
    ]);
    expect(one(bytes)).toMatch(/^error MC\d{4} 15: .*UTF-8/);
  });

  test("a mark anywhere else is a character that nobody sees: an error that says how to write it", () => {
    expect(one(project(`subject is "${mark}Hello 42"`))).toMatch(
      /^error MC\d{4} 9: .*U\+FEFF.*\\u\{FEFF\}/,
    );
  });

  test("an empty file, one of blank lines, one of comments: nothing is wrong", () => {
    for (const empty of ["", "\n\n", mark, "# nothing yet\n"]) {
      expect(told(project("always"), { "empty.mcrules": empty })).toEqual([]);
    }
  });
});

describe("a line end ends an entry", () => {
  test.each<Told>([
    [
      "a tail on the next line",
      'mailbox support {\n  server "imap.example.it"\n  port 1993\n  login "a@b.example" password env("P")\n  apply incoming\n}\nrules incoming {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n',
      /^error MC\d{4} 3: .*port.*server/,
    ],
    [
      "otherwise on the next line",
      rule(
        "    when subject matches /#(?<id>[0-9]+)$/\n    then update ticket $id\n    otherwise ignore",
      ),
      /^error MC\d{4} 10: .*otherwise/,
    ],
    [
      "except on the next line",
      mailbox.replace('files "mail"', 'files "mail"\n  folders "*"\n  except "Old"') +
        'rules incoming {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n',
      /^error MC\d{4} 4: .*except/,
    ],
    [
      "if closed on the next line",
      rule("    when always\n    then update ticket thread\n      if closed create ticket"),
      /^error MC\d{4} 10: /,
    ],
    [
      "a line indented deeper than the entry above",
      rule('    when subject\n      is "Hello"\n    then ignore'),
      /^error MC\d{4} 9: /,
    ],
    [
      "an operand on the next line",
      rule('    when subject is\n      "Hello"\n    then ignore'),
      /^error MC\d{4} 9: .*join the two lines/,
    ],
    [
      "conditions below any, without braces",
      rule('    when any\n      subject is "a"\n      subject is "b"\n    then ignore'),
      /^error MC\d{4} 8: .*braces/,
    ],
    [
      "two settings of a mailbox block on one line are entries, a word between them is none",
      mailbox.replace('files "mail"', 'files "mail" surely') +
        'rules incoming {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n',
      /^error MC\d{4} 2: .*surely/,
    ],
  ])("%s", (_, text, expected) => {
    expect(one(text)).toMatch(expected);
  });

  test.each([
    [
      "a tail behind the closing brace of a block over lines",
      rule(
        '    when subject matches /#(?<id>[0-9]+)$/\n    then update ticket $id {\n      status "Open"\n    } otherwise ignore',
      ),
    ],
    [
      "a tail behind the closing bracket of a list over lines",
      mailbox.replace(
        'files "mail"',
        'files "mail"\n  folders [\n    "*",\n    "B",\n  ] except "Old"',
      ) + 'rules incoming {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n',
    ],
    [
      "a list over lines, with comments inside",
      rule(
        '    when subject is [\n      "a", # one\n      # two\n      "b"\n    ]\n    then ignore',
      ),
    ],
    [
      "a rule on one line",
      `${mailbox}rules incoming { rule "It" { when subject is "a" then ignore } rule "Two" { when always then create ticket { title "x" priority "High" } } }`,
    ],
    [
      "a mailbox on one line",
      'mailbox support { files "mail" address "info@example.it" find all apply incoming }\nrules incoming {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n',
    ],
    [
      "blank lines and comments between any two lines",
      rule("\n    # why\n\n    when always # for now\n\n    # so\n    then ignore\n"),
    ],
    ["a condition of one line", rule('    when all { subject is "a" }\n    then ignore')],
    [
      "an any of one line",
      rule("    when any { some attachment { name exists } }\n    then ignore"),
    ],
  ])("accepted: %s", (_, text) => {
    expect(told(text)).toEqual([]);
  });

  test("of conditions one stands in a one-line block", () => {
    expect(one(rule('    when all { subject is "a" body is "b" }\n    then ignore'))).toMatch(
      /^error MC\d{4} 8: .*line/,
    );
  });

  test.each<Told>([
    [
      "when",
      rule('    when # why\n      subject is "Hello"\n    then ignore'),
      /join the two lines/,
    ],
    ["then", rule("    when always\n    then\n      ignore"), /join the two lines/],
    [
      "a property",
      rule('    when always\n    then create ticket {\n      priority\n        "High"\n    }'),
      /join the two lines/,
    ],
    ["not", rule('    when not\n      subject is "Hello"\n    then ignore'), /join the two lines/],
    ["a move", rule('    when always\n    then move to\n      "F"'), /join the two lines/],
  ])("what %s wants on the line below: one message", (_, text, expected) => {
    expect(one(text)).toMatch(expected);
  });

  test("a brace may not begin the next line", () => {
    expect(
      one(rule('    when always\n    then create ticket\n    {\n      priority "High"\n    }')),
    ).toMatch(/^error MC\d{4} 10: /);
  });

  test.each(["port", "except", "otherwise"])(
    "%s begins no entry of a place that never has it: one message",
    (word) => {
      expect(one(`${rule("    when always\n    then ignore")}${word} 3\n`)).toMatch(
        new RegExp(`^error MC\\d{4} 12: .*${word}`),
      );
    },
  );
});

describe("comments", () => {
  test("a # begins a comment, but not inside a text or a pattern", async () => {
    const mail = raw("From: a@b.example\nSubject: a # b\n\n");
    expect(
      await law.holding(
        ['subject is "a # b" # it is', "subject matches /# b$/ # it is", 'subject contains "#"'],
        mail,
      ),
    ).toHaveLength(3);
  });

  test("a # touches a word without a space", () => {
    expect(told(rule("    when always#\n    then ignore#"))).toEqual([]);
  });
});

describe("numbers, sizes, durations, dates", () => {
  test.each([
    ["size < 10 MB"],
    ["size < 10MB"],
    ["size < 0.5 MB"],
    ["size > 1 B"],
    ["size < 1 GB"],
    ["size < 1KB"],
    ["age < 5 minutes"],
    ["age < 1 minute"],
    ["age < 1 second"],
    ["age < 2 weeks"],
    ["age < 1 week"],
    ["age < 1 day"],
    ["age < 36 hours"],
    ["age < 5minutes"],
    ["received on 2026-11-02"],
    ["received before 2026-11-02T10:00Z"],
    ["received before 2026-11-02T10:00+00:30"],
    ["received after 2026-11-02T09:30+01:00"],
    ["attachments is 0"],
    ["attachments < 5.5"],
  ])("%s", async (condition) => {
    expect(await law.holding([condition], hello)).toEqual([condition]);
  });

  test.each<Told>([
    ["a size without a unit", "size > 10", /^error MC\d{4} 9: .*MB/],
    ["a unit that is none", "size > 10 TB", /^error MC\d{4} 9: 10 of what/],
    ["a duration without a unit", "age > 5", /^error MC\d{4} 9: .*(minutes|days)/],
    ["a duration of a size's unit", "age > 5 MB", /^error MC\d{4} 9: /],
    ["months are no duration", "age > 5 months", /^error MC\d{4} 9: 5 of what.*days, weeks/],
    ["a day that is none", "received on 2026-02-30", /^error MC\d{4} 9: .*2026-02-30/],
    ["a month that is none", "received on 2026-13-01", /^error MC\d{4} 9: .*2026-13-01/],
    [
      "an hour that is none",
      "received before 2026-11-02T25:00Z",
      /^error MC\d{4} 9: .*2026-11-02T25:00Z/,
    ],
    ["a moment without a zone", "received before 2026-11-02T10:00", /^error MC\d{4} 9: .*(Z|\+)/],
    [
      "a day in quotes",
      'received on "2026-11-02"',
      /^error MC\d{4} 9: .*wants a day or a moment.*not a text/,
    ],
    ["a number in quotes", 'attachments > "5"', /^error MC\d{4} 9: .*wants a number, not a text/],
    ["a date of another country", "received on 02.11.2026", /^error MC\d{4} 9: .*/],
  ])("%s", (_, condition, expected) => {
    expect(one(project(condition))).toMatch(expected);
  });

  test("powers of 1024", async () => {
    const mail = Buffer.concat([hello, Buffer.alloc(1024 - hello.length, "a")]);
    expect(mail).toHaveLength(1024);
    expect(
      await law.holding(
        ["size is 1 KB", "size is 1024 B", "size >= 1 KB", "size > 1 KB", "size < 1 KB"],
        mail,
      ),
    ).toEqual(["size is 1 KB", "size is 1024 B", "size >= 1 KB"]);
  });
});

describe("lists", () => {
  test.each([
    'subject is ["x", "hello 42"]',
    'subject is ["hello 42",]',
    'subject is ["hello 42"]',
    'subject is "hello 42"',
    'subject contains ["x", "42"]',
  ])("%s: one value may stand alone, a trailing comma is allowed", async (condition) => {
    expect(await law.holding([condition], hello)).toEqual([condition]);
  });

  test.each<Told>([
    ["a comma at the front", 'subject is [, "a"]', /^error MC\d{4} 9: /],
    ["two commas", 'subject is ["a",, "b"]', /^error MC\d{4} 9: .*comma/],
    ["no comma", 'subject is ["a" "b"]', /^error MC\d{4} 9: .*comma/],
    ["an unfinished list", 'subject is ["a", "b"', /^error MC\d{4} 9: .*`\]`/],
    ["an empty list", "subject is []", /^error MC\d{4} 9: /],
    ["a list of two types", 'subject is ["a", 5]', /^error MC\d{4} 9: .*5/],
    ["a list inside a list", 'subject is ["a", ["b"]]', /^error MC\d{4} 9: /],
  ])("%s: one error", (_, condition, expected) => {
    expect(one(project(condition))).toMatch(expected);
  });
});
