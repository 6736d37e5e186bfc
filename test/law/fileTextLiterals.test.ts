import { afterAll, describe, expect, test } from "vitest";
import { hello, one, rule, type Told } from "./fileTextKit.ts";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

describe("texts", () => {
  test.each([
    ['"a\\"b"', 'a"b'],
    ['"a\\\\b"', "a\\b"],
    ['"a\\nb"', "a\nb"],
    ['"a\\tb"', "a\tb"],
    ['"\\u{1F525}"', "\u{1f525}"],
    ['"\\u{e8}"', "è"],
    ['"\\${subject}"', "${subject}"],
    ['"\\$5"', "$5"],
    ['"$5"', "$5"],
    ['"$"', "$"],
    ['"a $ {b}"', "a $ {b}"],
    ['"}"', "}"],
    ['"${subject}"', "Hello 42"],
    ['"<${subject}>"', "<Hello 42>"],
    ['"${subject}${subject}"', "Hello 42Hello 42"],
    ['"$${subject}"', "$Hello 42"],
    ['"\\\\${subject}"', "\\Hello 42"],
    ['"${ subject }"', "Hello 42"],
    ['"#"', "#"],
  ])("%s", async (text, said) => {
    expect(await law.says("always", text, hello)).toBe(said);
  });

  test.each<Told>([
    ["an unknown escape", 'subject is "a\\qb"', /^error MC\d{4} 9: .*\\q/],
    ["a broken escape of a character", 'subject is "\\u{zz}"', /^error MC\d{4} 9: .*\\u/],
    ["an empty escape of a character", 'subject is "\\u{}"', /^error MC\d{4} 9: .*\\u/],
    ["a character beyond Unicode", 'subject is "\\u{110000}"', /^error MC\d{4} 9: .*\\u/],
    ["half of a pair", 'subject is "\\u{d800}"', /^error MC\d{4} 9: .*\\u/],
    ["an unfinished text", 'subject is "abc', /^error MC\d{4} 9: .*"/],
    ["an unfinished text that ends with a backslash", 'subject is "abc\\', /^error MC\d{4} 9: /],
    ["single quotes", "subject is 'abc'", /^error MC\d{4} 9: .*"/],
    ["curly quotes", "subject is “abc”", /^error MC\d{4} 9: .*"/],
    ["an unfinished hole", 'subject is "${subject"', /^error MC\d{4} 9: /],
    [
      "an unfinished text that ends in an unfinished hole",
      'subject is "${subject',
      /^error MC\d{4} 9: /,
    ],
    ["an unfinished hole behind quotes", 'subject is "${header "X"', /^error MC\d{4} 9: /],
    ["an empty hole", 'subject is "${}"', /^error MC\d{4} 9: /],
  ])("%s is one error, and the rest is read", (_, condition, expected) => {
    expect(one(project(condition))).toMatch(expected);
  });
});

describe("text blocks", () => {
  const block = (...lines: readonly string[]) => lines.join("\n");

  test.each([
    [
      "the indentation of the closing line falls away, the last line end stays",
      block('"""', "      a", "        b", "      c", '      """'),
      "a\n  b\nc\n",
    ],
    [
      "a blank line may be shorter",
      block('"""', "      a", "", "      b", '      """'),
      "a\n\nb\n",
    ],
    [
      "a line of white space only may be shorter",
      block('"""', "      a", "   ", "      b", '      """'),
      "a\n\nb\n",
    ],
    ["empty", block('"""', '      """'), ""],
    ["one empty line", block('"""', "", '      """'), "\n"],
    ["closing at the margin keeps all indentation", block('"""', "  a", '"""'), "  a\n"],
    ["tabs alone", block('"""', "\t\ta", "\t\t\tb", '\t\t"""'), "a\n\tb\n"],
    [
      "backslashes are plain",
      block('"""', "      C:\\new\\table \\d", '      """'),
      "C:\\new\\table \\d\n",
    ],
    ["but for \\${", block('"""', "      \\${subject} $ \\$", '      """'), "${subject} $ \\$\n"],
    ['and \\"""', block('"""', '      a \\""" b', '      """'), 'a """ b\n'],
    [
      "quotes inside are plain",
      block('"""', '      say "a" and ""', '      """'),
      'say "a" and ""\n',
    ],
    ["holes", block('"""', "      <${subject}>", '      """'), "<Hello 42>\n"],
    ["# is plain", block('"""', "      # a", '      """'), "# a\n"],
    ["white space at a line's end stays", block('"""', "      a  ", '      """'), "a  \n"],
  ])("%s", async (_, text, said) => {
    expect(await law.says("always", text, hello)).toBe(said);
  });

  test("a program with CRLF gives a block with LF", async () => {
    const text = project(
      "always",
      {},
      'create ticket {\n      description """\n        a\n        b\n        """\n    }',
    );
    const crlf = `${text.replaceAll("\n", "\r\n")}\r\ntest "t" {\r\n  receive """\r\n    From: a@b.example\r\n    Subject: x\r\n\r\n    y\r\n    """\r\n  expect ticket created {\r\n    description matches /^a\\nb\\n?$/\r\n  }\r\n}\r\n`;
    expect(told(crlf)).toEqual([]);
    expect(await law.failures(crlf)).toEqual([]);
  });

  const described = (lines: string) =>
    rule(`    when always\n    then create ticket {\n      description ${lines}\n    }`);

  test.each<Told>([
    ["text on the opening line", described('"""a\n      """'), /^error MC\d{4} 10: /],
    [
      "a line that is less indented",
      described('"""\n    a\n      """'),
      /^error MC\d{4} 11: .*indent/,
    ],
    ["tabs and spaces mixed", described('"""\n\ta\n      """'), /^error MC\d{4} 11: .*tab/],
    [
      "tabs and spaces mixed in the closing line",
      described('"""\n  \t  a\n  \t  """'),
      /^error MC\d{4} 1[012]: .*tab/,
    ],
    ["an unfinished block", described('"""\n        a'), /^error MC\d{4} 10: .*"""/],
    [
      "a block that does not end its line alone",
      described('"""\n        a"""'),
      /^error MC\d{4} 11: /,
    ],
  ])("%s is one error", (_, text, expected) => {
    expect(one(text)).toMatch(expected);
  });

  test("behind an unfinished block the rest of the file is read", () => {
    const text = `${described('"""\n        a')}
mailbox second {
  files "mail2"
  apply nothingLikeIt
}
`;
    const lines = told(text);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^error MC\d{4} 10: /);
    expect(lines[1]).toMatch(/^error MC\d{4} 18: .*nothingLikeIt/);
  });

  test("behind an unfinished text the rest of the file is read", () => {
    const text = `${rule('    when subject is "a\n    then ignore')}
mailbox second {
  files "mail2"
  apply nothingLikeIt
}
`;
    const lines = told(text);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^error MC\d{4} 15: .*nothingLikeIt/);
  });
});

describe("holes", () => {
  const mail = raw(
    'From: "Anna, R." <anna@cliente.example>\nTo: Info <info@example.it>, b@example.it\nDate: Mon, 02 Nov 2026 09:15:00 +0000\nSubject: say "a" 42\nX-Q: one\nX-Q: two\n\nHi.\n',
  );
  const zone = { helpdesk: '  zone "Europe/Rome"' };

  test.each([
    ["an absent value is the empty text", '"<${reply-to}>"', "<>"],
    ["an absent moment is the empty text", '"<${html}>"', "<>"],
    ["many values are joined by a comma and a space", '"${to}"', "info@example.it, b@example.it"],
    ["an address is bare", '"${from}"', "anna@cliente.example"],
    ["part of an address", '"${from.name}"', "Anna, R."],
    ["quotes inside need no backslash", '"${header "X-Q"}"', "one, two"],
    ["nor in a block", '"""\n  ${header "X-Q"}\n  """', "one, two\n"],
    ["quotes of a value are its own", '"${subject}"', 'say "a" 42'],
    ["a number", '"${attachments}"', "0"],
    ["a hole is never read twice", '"${subject} \\${subject}"', 'say "a" 42 ${subject}'],
  ])("%s", async (_, text, said) => {
    expect(await law.says("always", text, mail, zone)).toBe(said);
  });

  test("a moment is in the helpdesk's zone", async () => {
    expect(await law.says("always", '"${date}"', mail, zone)).toMatch(/^2026-11-02[T ]10:15/);
    expect(await law.says("always", '"${date}"', mail)).toMatch(/^2026-11-02[T ]09:15/);
  });

  test("a mail's text is no text with holes", async () => {
    const hostile = raw("From: a@b.example\nSubject: ${from} ${env}\n\n");
    expect(await law.says("always", '"${subject}"', hostile)).toBe("${from} ${env}");
  });

  test.each<Told>([
    ["a field that is none", "${subjekt}", /^error MC\d{4} 10: .*subjekt.*subject/],
    ["a capture that nothing sets", "${$id}", /^error MC\d{4} 10: .*\$id/],
    ["a number of a group", "${$1}", /^error MC\d{4} 10: .*\$1/],
    ["a part that is none", "${from.domian}", /^error MC\d{4} 10: .*domain/],
    ["an expression of another language", "${subject + 1}", /^error MC\d{4} 10: /],
    ["a capture without its sign", "${id}", /^error MC\d{4} 10: .*id/],
  ])("%s: one error", (_, hole, expected) => {
    expect(
      one(rule(`    when always\n    then create ticket {\n      title "${hole}"\n    }`)),
    ).toMatch(expected);
  });

  test("a capture stands with its sign in a text too", () => {
    const then = 'create ticket {\n      title "${id}"\n    }';
    expect(one(project("subject matches /(?<id>[0-9]+)/", {}, then))).toMatch(
      /^error MC\d{4} 11: .*"id".*\$\{\$id\}/,
    );
  });
});
