import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const mail = (...lines: readonly string[]) =>
  raw(`From: a@b.example\n${lines.join("\n")}\n\nHello.\n`);

const shown = async (bytes: Uint8Array, hole: string) =>
  await law.says("always", `"[\${${hole}}]"`, bytes);

/** Lines of Latin-1 bytes. */
const bytes = (text: string) =>
  Uint8Array.from(Buffer.from(text.replaceAll("\n", "\r\n"), "latin1"));

describe("subject is decoded word by word, unfolded, white space one space, trimmed", () => {
  test.each<readonly [gist: string, value: string, subject: string]>([
    ["plain", "Order 42", "Order 42"],
    ["folded", "Order\n  42\n\tand more", "Order 42 and more"],
    ["folded before the first word", "\n Order 42", "Order 42"],
    ["tabs and runs of spaces", "Order \t  42  ", "Order 42"],
    ["a no-break space and an ideographic one", "Order\u00a0 \u300042", "Order 42"],
    ["control characters", "Order\u0001\u001b[31m 42", "Order [31m 42"],
    ["a control character between letters", "Or\u0007der", "Or der"],
    ["Q", "=?utf-8?Q?Caff=C3=A8_e_t=C3=A8?=", "Caffè e tè"],
    ["B", "=?UTF-8?B?Q2FmZsOo?=", "Caffè"],
    ["small letters", "=?utf-8?b?Q2FmZsOo?=", "Caffè"],
    ["a language", "=?utf-8*it?Q?Caff=C3=A8?=", "Caffè"],
    ["white space between two words falls away", "=?utf-8?Q?Caf?= =?utf-8?Q?f=C3=A8?=", "Caffè"],
    ["folded between two words", "=?utf-8?Q?Caf?=\n =?utf-8?Q?f=C3=A8?=", "Caffè"],
    ["a space inside a word stays", "=?utf-8?Q?Caff=C3=A8_?= =?utf-8?Q?nero?=", "Caffè nero"],
    ["white space beside plain text stays", "Un =?utf-8?Q?caff=C3=A8?= nero", "Un caffè nero"],
    ["touching plain text", "Un(=?utf-8?Q?caff=C3=A8?=)nero", "Un(caffè)nero"],
    ["touching plain letters", "abc=?utf-8?Q?=C3=A8?=def", "abcèdef"],
    ["two words that touch", "=?utf-8?Q?Caf?==?utf-8?Q?f=C3=A8?=", "Caffè"],
    ["a character parted between two words, B", "=?utf-8?B?Q2FmZsM=?= =?utf-8?B?qA==?=", "Caffè"],
    ["a character parted between two words, Q", "=?utf-8?Q?Caff=C3?=\n =?utf-8?Q?=A8?=", "Caffè"],
    [
      "parted, where the letter case of the charset differs",
      "=?utf-8?Q?Caff=C3?= =?UTF-8?Q?=A8?=",
      "Caffè",
    ],
    ["two charsets", "=?iso-8859-1?Q?caff=E8?= =?utf-8?Q?_t=C3=A8?=", "caffè tè"],
    ["an emoji", "=?utf-8?B?8J+YgA==?= ok", "😀 ok"],
    ["base64 without padding", "=?utf-8?B?Q2FmZsOo?= =?utf-8?B?YQ?=", "Caffèa"],
    [
      "spaces inside a Q word, which some programs write",
      "=?utf-8?Q?Caff=C3=A8 nero?=",
      "Caffè nero",
    ],
    ["an encoded line end becomes a space", "=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"],
    ["windows-1252", "=?windows-1252?Q?=80_100?=", "€ 100"],
    ["1252 that claims to be Latin-1", "=?iso-8859-1?Q?=93so=94?=", "“so”"],
    ["iso-2022-jp", "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"],
    ["gb2312", "=?gb2312?B?1tDOxA==?=", "中文"],
    ["koi8-r", "=?koi8-r?B?8NLJ18XU?=", "Привет"],
    ["big5", "=?big5?B?pKSk5Q==?=", "中文"],
    ["an unknown charset: UTF-8 where valid", "=?x-nothing?Q?caff=C3=A8?=", "caffè"],
    ["an unknown charset: else windows-1252", "=?x-nothing?Q?caff=E8?=", "caffè"],
    [
      "what is no encoded word stays",
      "=?utf-8?X?abc?= =?utf-8?Q?abc",
      "=?utf-8?X?abc?= =?utf-8?Q?abc",
    ],
    ["an encoded word inside quotes", '"=?utf-8?Q?caff=C3=A8?="', '"caffè"'],
    [
      "decoded once: what comes out is no word",
      "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=",
      "=?utf-8?Q?x?=",
    ],
    ["UTF-16 by its mark", "=?utf-16?B?/v8A6A==?=", "è"],
    ["UTF-16 by its other mark", "=?utf-16?B?//7oAA==?=", "è"],
    ["a base64 with a blank inside", "=?utf-8?B?Q2Fm ZsOo?=", "Caffè"],
    ["a broken character", "=?utf-8?Q?=E2=82?= 5", "\ufffd 5"],
    ["raw UTF-8", "Caffè", "Caffè"],
    ["empty", "", ""],
    ["only white space", "  \n \t", ""],
    ["a long one", "x".repeat(3000), "x".repeat(3000)],
  ])("%s", async (_gist, value, subject) => {
    expect(await shown(mail(`Subject: ${value}`), "subject")).toBe(`[${subject}]`);
  });

  test("raw Latin-1 is windows-1252", async () => {
    expect(await shown(bytes("From: a@b.example\nSubject: caff\xe8 \x80\n\nx\n"), "subject")).toBe(
      "[caffè €]",
    );
  });

  test("empty where there is none", async () => {
    expect(
      await law.holding(
        ['subject is ""', 'subject.base is ""', "subject matches /^$/"],
        mail("X: y"),
      ),
    ).toEqual(['subject is ""', 'subject.base is ""', "subject matches /^$/"]);
  });

  test("of two the first counts, in any letter case of the name", async () => {
    expect(await shown(mail("sUBJECT: one", "Subject: two"), "subject")).toBe("[one]");
  });

  test("letter case and Unicode form do not count", async () => {
    const one = mail("Subject: Cafe\u0301 STRASSE Straße ΟΔΟΣ");
    expect(
      await law.holding(
        [
          'subject starts with "CAFÉ"',
          "subject matches /Café/",
          "subject matches /CAFÉ/",
          'subject contains "straße"',
          'subject contains "οδος"',
          'subject ends with "οδοσ"',
        ],
        one,
      ),
    ).toEqual([
      'subject starts with "CAFÉ"',
      "subject matches /Café/",
      'subject contains "straße"',
      'subject contains "οδος"',
      'subject ends with "οδοσ"',
    ]);
  });
});

describe("subject.base is without reply and forward prefixes, repeated ones too", () => {
  test.each([
    ["Order 42", "Order 42"],
    ["Re: Order 42", "Order 42"],
    ["RE: re: Re: Order", "Order"],
    ["Re:Order", "Order"],
    ["Re : Order", "Order"],
    ["Re[2]: Order", "Order"],
    ["Re(3): Order", "Order"],
    ["Re^2: Order", "Order"],
    ["R: I: Order", "Order"],
    ["Rif: Order", "Order"],
    ["AW: WG: Order", "Order"],
    ["Sv: Vs: Order", "Order"],
    ["Antw: Doorst: Order", "Order"],
    ["Odp: PD: Order", "Order"],
    ["RV: RES: Order", "Order"],
    ["Fwd: FW: Fw: Order", "Order"],
    ["TR: Order", "Order"],
    ["Enc: Order", "Order"],
    ["回复: 订单", "订单"],
    ["答复：订单", "订单"],
    ["返信: 注文", "注文"],
    ["转发：订单", "订单"],
    ["Re：Order", "Order"],
    ["Re: [list] Order", "[list] Order"],
    ["Regarding: Order", "Regarding: Order"],
    ["Re Order", "Re Order"],
    ["Order Re: 42", "Order Re: 42"],
    ["Info: Order", "Info: Order"],
    ["Ticket: Order", "Ticket: Order"],
    ["Re:", ""],
    ["Re: Fwd: ", ""],
  ])("%s", async (subject, base) => {
    expect(await shown(mail(`Subject: ${subject}`), "subject.base")).toBe(`[${base}]`);
  });
});

describe("header", () => {
  const many = mail(
    "X-Kind: one",
    "x-kind: =?utf-8?Q?d=C3=BCe?=",
    "X-KIND :  three\n  folded",
    "X-Empty:",
    "X-Score: 5.3 / 6",
    "X-Score: -1.2",
    "X-Word: many",
  );

  test("the name in any letter case, all its values decoded and unfolded", async () => {
    expect(await shown(many, 'header "x-Kind"')).toBe("[one, düe, three folded]");
    expect(
      await law.holding(
        [
          'header "X-Kind" is "one"',
          'header "X-Kind" is "düe"',
          'header "X-Kind" is "three folded"',
          'header "X-Kind" is "one, düe"',
          'header "X-Empty" exists',
          'header "X-Empty" is ""',
          'header "X-None" exists',
          'header "X-None" is ""',
          'some header "X-Kind" { value starts with "three" }',
          'every header "X-Kind" { value contains "e" }',
          'every header "X-Kind" { value contains "d" }',
          'no header "X-Kind" { value is "four" }',
          'every header "X-None" { value is "x" }',
          'some header "X-None" { value is "x" }',
        ],
        many,
      ),
    ).toEqual([
      'header "X-Kind" is "one"',
      'header "X-Kind" is "düe"',
      'header "X-Kind" is "three folded"',
      'header "X-Empty" exists',
      'header "X-Empty" is ""',
      'some header "X-Kind" { value starts with "three" }',
      'every header "X-Kind" { value contains "e" }',
      'no header "X-Kind" { value is "four" }',
      'every header "X-None" { value is "x" }',
    ]);
  });

  test("a comparison takes the number that a value begins with", async () => {
    expect(
      await law.holding(
        [
          'header "X-Score" > 5',
          'header "X-Score" >= 5.3',
          'header "X-Score" > 5.3',
          'header "X-Score" < 0',
          'header "X-Word" > 0',
          'header "X-Word" <= 0',
          'header "X-None" < 5',
        ],
        many,
      ),
    ).toEqual(['header "X-Score" > 5', 'header "X-Score" >= 5.3', 'header "X-Score" < 0']);
  });

  test.each([
    ["+5", true],
    [" 5", true],
    ["5e3", true],
    ["5,9", true],
    [".5", false],
    ["-5", false],
    ["five", false],
    ["x5", false],
  ])("X-Score: %s is above 4: %s", async (value, above) => {
    expect(await law.holds('header "X-Score" > 4', mail(`X-Score: ${value}`))).toBe(above);
  });

  test("a header of the body's part, or behind the empty line, is none of the mail", async () => {
    const bytes = raw("From: a@b.example\n\nX-Kind: one\n");
    expect(await law.holds('header "X-Kind" exists', bytes)).toBe(false);
  });

  test("headers end with LF, CRLF or CR alone", async () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = ["From: a@b.example", "Subject: one", " two", "X-Kind: y", "", "Body"].join(end);
      const sent = new TextEncoder().encode(text);
      expect(await shown(sent, "subject"), JSON.stringify(end)).toBe("[one two]");
      expect(await shown(sent, "body"), JSON.stringify(end)).toBe("[Body]");
    }
  });
});
