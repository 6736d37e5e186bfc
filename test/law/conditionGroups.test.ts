import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const mail = raw(
  `From: "Anna" <anna@cliente.example>
To: Info <info@example.it>, boss@partner.example
Cc: help@example.it
Subject: Printer
X-Tag: red
X-Tag: blue
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

It is broken.
--b
Content-Type: application/pdf; name="small.pdf"
Content-Disposition: attachment; filename="small.pdf"

%PDF-
--b
Content-Type: image/png
Content-Disposition: attachment

PNG
--b--
`,
);

/** Those of the conditions whose answer is another than is said here. */
function amiss(conditions: Readonly<Record<string, boolean>>, of = mail, more = "") {
  return law.amiss(conditions, of, { more });
}

describe("all, any, not, always", () => {
  const yes = 'subject is "printer"';
  const no = 'subject is "other"';

  test("all holds where each does, any where one does, and they nest", async () => {
    expect(
      await amiss({
        always: true,
        [yes]: true,
        [no]: false,
        [`all {\n${yes}\nalways\n}`]: true,
        [`all {\n${yes}\n${no}\n}`]: false,
        [`any {\n${no}\n${yes}\n}`]: true,
        [`any {\n${no}\n${no}\n}`]: false,
        [`any {\n${no}\nnot ${no}\n}`]: true,
        [`all {\n${yes}\nany {\n${no}\nall {\n${yes}\nnot all {\n${yes}\n${no}\n}\n}\n}\n}`]: true,
        [`all {\n${yes}\nany {\n${no}\nall {\n${yes}\nnot any {\n${yes}\n${no}\n}\n}\n}\n}`]: false,
        [`all { ${yes} }`]: true,
        [`any { ${no} }`]: false,
        "all { always }": true,
      }),
    ).toEqual([]);
  });

  test("a named condition stands wherever a condition may, in either file and before its declaration", async () => {
    const more = `condition c1 = all {\nc2\nnot c3\n}\ncondition c2 = ${yes}\ncondition c3 = any { ${no} }`;
    expect(
      await amiss(
        { c1: true, c2: true, c3: false, "all {\nc1\nc2\n}": true, "any { c3 }": false },
        mail,
        more,
      ),
    ).toEqual([]);
  });

  test("any hundred of groups inside each other are read or told, and none crashes", async () => {
    const deep = (levels: number) =>
      `${"all {\n".repeat(levels)}${yes}\n${"}\n".repeat(levels)}`.trimEnd();
    expect(await law.holds(deep(30), mail)).toBe(true);
    expect(told(project(deep(5000))).length).toBeGreaterThan(0);
  });

  test.each([
    ["all {}", "MC1110 9"],
    ["any {}", "MC1110 9"],
    ["all {\n\n}", "MC1110 9"],
    ["any { # nothing\n}", "MC1110 9"],
    ["all {\nany {}\n}", "MC1110 10"],
    ["not any {}", "MC1110 9"],
    ["some attachment {}", "MC1110 9"],
    ["not always", ""],
  ])("%s", (condition, code) => {
    const lines = told(project(condition));
    if (code === "") {
      expect(lines.filter((line) => line.startsWith("error"))).toEqual([]);
    } else expect(lines).toEqual([expect.stringContaining(`error ${code}: `)]);
  });

  test.each([
    ['subject is not "a"', "not stands before the whole condition"],
    ['subject does not contain "a"', "not stands before the whole condition"],
    ["subject does not match /a/", "not stands before the whole condition"],
    ['subject does not start with "a"', "not stands before the whole condition"],
    ['subject does not end with "a"', "not stands before the whole condition"],
    ["from is not in contacts", "not stands before the whole condition"],
    ["from not in contacts", "not stands before the whole condition"],
    ["mail is not reply", "not stands before the whole condition"],
    ["spf is not pass", "not stands before the whole condition"],
    ['from.domain is not under "a.it"', "not stands before the whole condition"],
    ["date does not exist", "not stands before the whole condition"],
    ["received not during office", "not stands before the whole condition"],
    ['subject is "a" and body is "b"', "all { … }"],
    ['subject is "a" or body is "b"', "any { … }"],
    ['subject is "a" && body is "b"', "all"],
    ['subject is "a" || body is "b"', "any"],
    ['! subject is "a"', "not"],
    ['subject != "a"', "not"],
    ["mail is [reply, forward]", "any { … }"],
    ["never", "never"],
    ["expect", "expect"],
    ["true", "always"],
    ['(subject is "a")', "parentheses"],
    ['subject is "a" or "b"', "brackets"],
    ['subject == "a"', "is"],
  ])("%s is one error that says how it is written", (condition, said) => {
    const lines = told(
      project(condition, { more: "calendar office {\n  open Monday 09:00 to 18:00\n}" }),
    );
    expect(lines).toEqual([expect.stringMatching(/^error MC\d{4} 9: /)]);
    expect(lines[0]).toContain(said);
  });
});

describe("one value, none, or many", () => {
  test("a test of many values holds where it holds for any of them; not is of the whole", async () => {
    expect(
      await amiss({
        'to is "info@example.it"': true,
        'to is "boss@partner.example"': true,
        'to contains "nobody"': false,
        'to contains "boss"': true,
        'recipients.domain is "partner.example"': true,
        'recipients is "help@example.it"': true,
        'to is "help@example.it"': false,
        'header "X-Tag" is "red"': true,
        'header "x-tag" is "BLUE"': true,
        'header "X-Tag" is ["green", "blue"]': true,
        'header "X-Tag" is "green"': false,
        'all {\nheader "X-Tag" is "red"\nheader "X-Tag" is "blue"\n}': true,
        'attachment.name ends with ".pdf"': true,
        'attachment.type is "image/png"': true,
        "attachment.size < 10 B": true,
        "attachments is 2": true,
      }),
    ).toEqual([]);
  });

  test("a test of an absent value is false, not of it true", async () => {
    expect(
      await amiss({
        'html contains "a"': false,
        "html matches /.*/": false,
        'html is ""': false,
        "html exists": false,
        "date before 2030-01-01": false,
        "date after 1970-01-01": false,
        "date on 2026-11-02": false,
        "date exists": false,
        'header "X-None" contains "a"': false,
        'header "X-None" is ""': false,
        'header "X-None" exists': false,
        'header "X-None" > 0': false,
        'header "X-None" <= 0': false,
        'bcc is ""': false,
        "bcc exists": false,
        'bcc.domain under "a.it"': false,
        "reply-to in contacts": false,
        "pec.kind is message": false,
        "pec.kind exists": false,
        'subject is ""': false,
      }),
    ).toEqual([]);
  });

  test("a subject, a body and a folder are always there, and may be empty", async () => {
    const bare = raw("From: a@b.example\n\n");
    expect(
      await amiss(
        {
          'subject is ""': true,
          'subject.base is ""': true,
          'body is ""': true,
          'body.new is ""': true,
          "subject matches /^$/": true,
          'subject contains "a"': false,
          'subject is ["a", ""]': true,
          'from.name is ""': false,
          "some from { name exists }": false,
          "some from { not name exists }": true,
          'some from { name is "" }': false,
          "attachments is 0": true,
          'to is ""': false,
        },
        bare,
      ),
    ).toEqual([]);
    expect(
      await amiss({ 'subject is ""': true }, raw("From: a@b.example\nSubject: \t \n\n")),
    ).toEqual([]);
    expect(
      await amiss(
        { 'header "Subject" exists': true, 'header "Subject" is ""': true },
        raw("From: a@b.example\nSubject:\n\n"),
      ),
    ).toEqual([]);
  });

  test("of one and the same value", async () => {
    expect(
      await amiss({
        'some to {\nall {\ndomain is "example.it"\nlocal is "info"\n}\n}': true,
        'some to {\ndomain is "example.it"\nlocal is "info"\n}': true,
        'some to {\ndomain is "example.it"\nlocal is "boss"\n}': false,
        'some recipient {\ndomain is "example.it"\nlocal is "help"\n}': true,
        'every to {\ndomain is "example.it"\n}': false,
        'every recipient {\naddress contains "@"\n}': true,
        'no to {\nlocal is "help"\n}': true,
        'no to {\nlocal is "boss"\n}': false,
        'some to {\nname is "info"\naddress is "info@example.it"\n}': true,
        'some from { name is "anna" }': true,
        'some cc { domain under "it" }': true,
        'some header "X-Tag" {\nvalue starts with "r"\nvalue ends with "d"\n}': true,
        'some header "X-Tag" {\nvalue starts with "r"\nvalue ends with "e"\n}': false,
        'some attachment {\ntype is "application/pdf"\nname is "small.pdf"\nsize > 1 B\n}': true,
        'some attachment {\ntype is "image/png"\nname exists\n}': false,
        "some attachment {\nnot name exists\n}": true,
        "every attachment { size < 1 KB }": true,
        "no attachment { size > 1 KB }": true,
        "some attachment { any {\nsize > 1 KB\nname exists\n} }": true,
      }),
    ).toEqual([]);
  });

  test("every holds where there is none, no too, some does not", async () => {
    expect(
      await amiss({
        'every header "X-None" { value is "a" }': true,
        'no header "X-None" { value is "a" }': true,
        'some header "X-None" { value is "a" }': false,
        'some header "X-None" { not value is "a" }': false,
        'every delivered-to { address is "a@b.it" }': true,
        'no delivered-to { address is "a@b.it" }': true,
      }),
    ).toEqual([]);
  });

  test("no is how not some is written: the other is told, with the fix", () => {
    expect(told(project('not some to { domain is "a.it" }'))).toEqual([]);
  });

  test.each([
    ['some attachment { domain is "a.it" }', /domain.*name, type, size/],
    ['some to { value is "a" }', /value.*address, name, local, domain/],
    ['some header "X" { name is "a" }', /name.*value/],
    ['some attachment { subject is "a" }', /subject.*name, type, size/],
    ['some recipients { domain is "a.it" }', /recipients.*recipient/],
    [
      'some subject { value is "a" }',
      /subject.*attachment, from, to, cc, recipient, delivered-to, header/,
    ],
    ["some attachment { size > 5 }", /5 of what/],
    ['some header { value is "a" }', /header.*name of a header/],
    ["no attachment", /no attachment.*braces/],
  ])("%s: one error that says what there is", (condition, said) => {
    const lines = told(project(condition));
    expect(lines).toEqual([expect.stringMatching(/^error MC\d{4} 9: /)]);
    expect(lines[0]).toMatch(said);
  });
});
