import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const head = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n";

/** A mail of one part. */
const single = (type: string, body: string, encoding = "8bit") =>
  raw(`${head}Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`);

/** A part; its header lines, an empty line and its text. */
const part = (headers: string, text: string) => `${headers}\n\n${text}`;

let boundaries = 0;

/** A multipart as text: its header lines, an empty line and its parts. */
function multipart(kind: string, ...parts: readonly string[]): string {
  boundaries += 1;
  const boundary = `b${boundaries}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\n\n${parts
    .map((one) => `--${boundary}\n${one}\n`)
    .join("")}--${boundary}--\n`;
}

const plain = (text: string) => part("Content-Type: text/plain; charset=utf-8", text);
const html = (text: string) => part("Content-Type: text/html; charset=utf-8", text);
const file = (name: string) =>
  part(
    `Content-Type: application/pdf; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64`,
    "JVBERg==",
  );

const shown = async (bytes: Uint8Array, hole: string) =>
  await law.says("always", `"[\${${hole}}]"`, bytes);

describe("body is what a person would read", () => {
  test("of alternatives the text part", async () => {
    const bytes = raw(head + multipart("alternative", plain("Text"), html("<p>HTML</p>")));
    expect(await shown(bytes, "body")).toBe("[Text]");
    expect(await shown(bytes, "html")).toBe("[<p>HTML</p>]");
  });

  test("of alternatives in the wrong order too", async () => {
    const bytes = raw(head + multipart("alternative", html("<p>HTML</p>"), plain("Text")));
    expect(await shown(bytes, "body")).toBe("[Text]");
  });

  test("else the HTML part as text", async () => {
    const bytes = single(
      "text/html; charset=utf-8",
      "<html><head><title>No</title><style>p{color:red}</style></head><body><p>Ciao &amp; grazie</p><p>due<br>tre</p><script>no()</script></body></html>",
    );
    expect(await shown(bytes, "body")).toBe("[Ciao & grazie\n\ndue\ntre]");
    expect(
      await law.holding(
        ['body contains "color"', 'body contains "no()"', 'html contains "color"'],
        bytes,
      ),
    ).toEqual(['html contains "color"']);
  });

  test("the HTML where the text beside it is blank", async () => {
    const bytes = raw(head + multipart("alternative", plain(" \n"), html("<p>HTML</p>")));
    expect(await shown(bytes, "body")).toBe("[HTML]");
  });

  test("the parts of multipart/mixed in order", async () => {
    const bytes = raw(
      head + multipart("mixed", plain("One"), plain("Two"), file("a.pdf"), plain("Three")),
    );
    expect(await shown(bytes, "body")).toBe("[One\nTwo\nThree]");
  });

  test("text and HTML in order, where a mixed holds both", async () => {
    const bytes = raw(head + multipart("mixed", plain("One"), html("<b>Two</b>"), plain("Three")));
    expect(await shown(bytes, "body")).toMatch(/^\[One\s+Two\s+Three\]$/);
  });

  test.each<readonly [string, string]>([
    [
      "related in alternative",
      multipart(
        "alternative",
        plain("Text"),
        multipart("related", html("<p>H</p>"), file("a.pdf")),
      ),
    ],
    [
      "alternative in related",
      multipart(
        "related",
        multipart("alternative", plain("Text"), html("<p>H</p>")),
        file("a.pdf"),
      ),
    ],
    [
      "alternative in mixed",
      multipart("mixed", multipart("alternative", plain("Text"), html("<p>H</p>")), file("a.pdf")),
    ],
    [
      "mixed in alternative",
      multipart("alternative", plain("Text"), multipart("mixed", html("<p>H</p>"), file("a.pdf"))),
    ],
    [
      "mixed in mixed",
      multipart("mixed", multipart("mixed", plain("Text"), file("b.pdf")), file("a.pdf")),
    ],
    [
      "signed",
      multipart(
        "signed",
        multipart("mixed", plain("Text"), file("a.pdf")),
        part("Content-Type: application/pgp-signature", "x"),
      ),
    ],
    ["an unknown multipart is mixed", multipart("x-own", plain("Text"), file("a.pdf"))],
    [
      "five deep",
      multipart(
        "mixed",
        multipart(
          "mixed",
          multipart("mixed", multipart("mixed", multipart("alternative", plain("Text")))),
        ),
      ),
    ],
  ])("in every nesting: %s", async (_gist, content) => {
    expect(await shown(raw(head + content), "body")).toBe("[Text]");
  });

  test("never an attached mail's", async () => {
    const inner = part(
      "Content-Type: message/rfc822",
      "From: c@d.example\nSubject: inner\n\nInner text\n",
    );
    const bytes = raw(head + multipart("mixed", plain("Outer"), inner));
    expect(await shown(bytes, "body")).toBe("[Outer]");
    expect(
      await law.holding(
        ['body contains "inner"', "attachments is 1", 'attachment.type is "message/rfc822"'],
        bytes,
      ),
    ).toEqual(["attachments is 1", 'attachment.type is "message/rfc822"']);
  });

  test("an attached mail alone gives no body", async () => {
    const bytes = raw(
      `${head}Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: inner\n\nInner text\n`,
    );
    expect(await shown(bytes, "body")).toBe("[]");
    expect(await law.holds("attachments is 1", bytes)).toBe(true);
  });

  test("headers alone make an empty body", async () => {
    expect(await shown(raw("From: a@b.example\nSubject: x\n"), "body")).toBe("[]");
    expect(await shown(raw("From: a@b.example\nSubject: x"), "body")).toBe("[]");
    expect(
      await law.holding(['body is ""', 'body.new is ""', "html exists"], raw("Subject: x\n\n")),
    ).toEqual(['body is ""', 'body.new is ""']);
  });

  test("LF line ends, white space at its end cut, the rest kept", async () => {
    const bytes = new TextEncoder().encode(`${head}\n  One\r\n\r\nTwo\rThree\n \t\r\n\n`);
    expect(await shown(bytes, "body")).toBe("[  One\n\nTwo\nThree]");
  });

  test("a text part marked as attachment is no part of it", async () => {
    const log = part(
      'Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename="log.txt"',
      "LOG",
    );
    const bytes = raw(head + multipart("mixed", plain("Text"), log));
    expect(await shown(bytes, "body")).toBe("[Text]");
    expect(await shown(bytes, "attachment.name")).toBe("[log.txt]");
  });

  test("a text part with a file name beside a text part that has none is no part of it", async () => {
    const log = part(
      'Content-Type: text/plain; charset=utf-8; name="log.txt"\nContent-Disposition: inline',
      "LOG",
    );
    const bytes = raw(head + multipart("mixed", plain("Text"), log));
    expect(await shown(bytes, "body")).toBe("[Text]");
    expect(await shown(bytes, "attachment.name")).toBe("[log.txt]");
  });

  test.each<readonly [gist: string, parts: readonly string[], body: string, names: string]>([
    [
      "also beside HTML",
      [html("<p>Text</p>"), part('Content-Type: text/plain; name="log.txt"', "LOG")],
      "Text",
      "log.txt",
    ],
    [
      "also where it stands first",
      [part('Content-Type: text/plain; name="log.txt"', "LOG"), plain("Text")],
      "Text",
      "log.txt",
    ],
    [
      "an HTML page with a file name too",
      [plain("Text"), part('Content-Type: text/html; name="page.html"', "<p>Page</p>")],
      "Text",
      "page.html",
    ],
    [
      "a text without a name that is shown is one",
      [plain("Text"), part("Content-Type: text/plain\nContent-Disposition: inline", "More")],
      "Text\nMore",
      "",
    ],
  ])("%s", async (_gist, parts, body, names) => {
    const bytes = raw(head + multipart("mixed", ...parts));
    expect(await shown(bytes, "body")).toBe(`[${body}]`);
    expect(await shown(bytes, "attachment.name")).toBe(`[${names}]`);
  });

  test("a mail of one text part marked as attachment has no body", async () => {
    const bytes = raw(
      `${head}Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nX`,
    );
    expect(await shown(bytes, "body")).toBe("[]");
    expect(await shown(bytes, "attachment.name")).toBe("[a.txt]");
  });

  test("a text part with a file name that is the only text is the body", async () => {
    const log = part(
      'Content-Type: text/plain; charset=utf-8; name="mail.txt"\nContent-Disposition: inline',
      "Text",
    );
    expect(await shown(raw(head + multipart("mixed", log, file("a.pdf"))), "body")).toBe("[Text]");
  });

  test("preamble and epilogue are no text", async () => {
    const bytes = raw(
      `${head}Content-Type: multipart/mixed; boundary=x\n\nPreamble\n--x\n\nText\n--x--\nEpilogue\n`,
    );
    expect(await shown(bytes, "body")).toBe("[Text]");
  });

  test("a part without headers is plain text; a multipart that never closes ends with the mail", async () => {
    const bytes = raw(
      `${head}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOne\n--x\nContent-Type: text/html\n\n<i>Two</i>`,
    );
    expect(await shown(bytes, "body")).toMatch(/^\[One\s+Two\]$/);
  });

  test("a type that cannot be read is plain text", async () => {
    for (const type of ["text", "", "Text/Plain", "text/plain;", "text/plain; charset"])
      expect(await shown(single(type, "Ciao"), "body"), type).toBe("[Ciao]");
  });
});

describe("HTML as text", () => {
  test.each<readonly [gist: string, html: string, text: string]>([
    ["entities", "&lt;a&gt; &amp; &euro; &#8364; &#x20ac; &nbsp;&eacute;", "<a> & € € €  é"],
    ["line breaks", "a<br>b<br/>c", "a\nb\nc"],
    ["white space runs", "a \n\n  b\t c", "a b c"],
    ["blocks", "<div>a</div><div>b</div>", "a\nb"],
    ["a list", "<ul><li>a</li><li>b</li></ul>", " * a\n * b"],
    ["comments", "a<!-- no -->b", "ab"],
    ["conditional comments", "a<!--[if mso]>no<![endif]-->b", "ab"],
    ["a tag that never closes", "a <b", "a"],
    ["a lesser sign", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
    ["pre keeps its lines", "<pre>a\n  b</pre>", "a\n  b"],
    ["a comma inside an attribute", '<a href="http://x.example/?a>b">link</a>', "link"],
    ["a title is no text", "<title>no</title>yes", "yes"],
  ])("%s", async (_gist, source, text) => {
    const found = await shown(single("text/html; charset=utf-8", source), "body");
    const squeezed = (one: string) =>
      one
        .replace(/[-*•] /g, "")
        .replace(/\n+/g, "\n")
        .replace(/\[\s+/, "[");
    expect(squeezed(found ?? "")).toBe(squeezed(`[${text}]`));
  });

  test("html is as sent, and absent where there is none", async () => {
    expect(await law.holds("html exists", single("text/plain", "x"))).toBe(false);
    expect(await law.holds('html contains "<b>x</b>"', single("text/html", "<B>X</B>"))).toBe(true);
    expect(await law.holds("html matches /<B>X/", single("text/html", "<B>X</B>"))).toBe(true);
    expect(await law.holds("html matches /<b>x/", single("text/html", "<B>X</B>"))).toBe(false);
  });
});

describe("format=flowed", () => {
  const flowed = (text: string, more = "") =>
    single(`text/plain; charset=utf-8; format=flowed${more}`, text);

  test.each<readonly [gist: string, text: string, body: string, more: string]>([
    ["a line that ends with a space goes on", "A long \nline.\n", "A long line.", ""],
    ["delsp takes the space away", "A lo \nng line.\n", "A long line.", "; delsp=yes"],
    ["space-stuffing falls away", " From me\n  indented\n", "From me\n indented", ""],
    ["quoted lines go on within their depth", "> a \n> b\nc", "> a b\nc", ""],
    ["a signature's line ends the paragraph", "a \n-- \nAnna", "a \n-- \nAnna", ""],
    ["fixed lines stay", "a\nb\n", "a\nb", ""],
  ])("%s", async (_gist, text, body, more) => {
    expect(await shown(flowed(text, more), "body")).toBe(`[${body}]`);
  });

  test("without it a space at a line's end stays", async () => {
    expect(await shown(single("text/plain", "a \nb\n"), "body")).toBe("[a \nb]");
  });
});

describe("transfer encodings", () => {
  test.each<readonly [gist: string, encoding: string, text: string, body: string]>([
    ["7bit", "7bit", "abc=C3", "abc=C3"],
    ["quoted-printable", "quoted-printable", "Caff=C3=A8 =\nnero=20\nx", "Caffè nero \nx"],
    ["quoted-printable in small letters", "QUOTED-printable", "Caff=c3=a8", "Caffè"],
    ["quoted-printable with a bare =", "quoted-printable", "1 = 1 =ZZ", "1 = 1 =ZZ"],
    [
      "quoted-printable: white space at a line's end is none",
      "quoted-printable",
      "a  \t\nb",
      "a\nb",
    ],
    ["base64", "base64", "Q2FmZsOo\n", "Caffè"],
    ["base64 in many lines", "Base64", "Q2Fm\nZsOo\n", "Caffè"],
    ["base64 with a line of rubbish", "base64", "Q2FmZsOo\n\n-- !\n", "Caffè"],
    ["base64 of two pieces", "base64", "Q2Fm\nZg==\nZg==\n", "Cafff"],
    ["an unknown one is taken as it is", "x-own", "Q2Fm", "Q2Fm"],
  ])("%s", async (_gist, encoding, text, body) => {
    expect(await shown(single("text/plain; charset=utf-8", text, encoding), "body")).toBe(
      `[${body}]`,
    );
  });

  test("uuencode: the file is an attachment, the text stays", async () => {
    const bytes = single("text/plain", "Before\nbegin 644 a.txt\n#86)C\n`\nend\nAfter\n");
    expect(await shown(bytes, "attachment.name")).toBe("[a.txt]");
    expect(await shown(bytes, "body")).toMatch(/^\[Before\s+After\]$/);
  });
});

describe("charsets", () => {
  const sent = (charset: string, bytes: readonly number[], type = "text/plain") =>
    Buffer.concat([
      raw(
        `${head}Content-Type: ${type}${charset === "" ? "" : `; charset=${charset}`}\nContent-Transfer-Encoding: 8bit\n\n`,
      ),
      Uint8Array.from(bytes),
    ]);

  // The labels of the WHATWG Encoding Standard with a text that tells each apart.
  test.each<readonly [charset: string, bytes: readonly number[], text: string]>([
    ["utf-8", [0xc3, 0xa8], "è"],
    ["UTF8", [0xc3, 0xa8], "è"],
    ["unicode-1-1-utf-8", [0xc3, 0xa8], "è"],
    ["us-ascii", [0xc3, 0xa8], "è"],
    ["us-ascii", [0xe8], "è"],
    ["iso-8859-1", [0xe8, 0x80], "è€"],
    ["latin1", [0xe8], "è"],
    ["windows-1252", [0x80, 0xe8], "€è"],
    ["cp1252", [0x80], "€"],
    ["iso-8859-2", [0xb9], "š"],
    ["iso-8859-3", [0xb6], "ĥ"],
    ["iso-8859-4", [0xb9], "š"],
    ["iso-8859-5", [0xd0], "а"],
    ["iso-8859-6", [0xc7], "ا"],
    ["iso-8859-7", [0xe1], "α"],
    ["iso-8859-8", [0xe0], "א"],
    ["iso-8859-8-i", [0xe0], "א"],
    ["iso-8859-9", [0xfd], "ı"],
    ["iso-8859-10", [0xbf], "ŋ"],
    ["iso-8859-11", [0xa1], "ก"],
    ["iso-8859-13", [0xe0], "ą"],
    ["iso-8859-14", [0xa1], "Ḃ"],
    ["iso-8859-15", [0xa4], "€"],
    ["iso-8859-16", [0xa4], "€"],
    ["windows-874", [0xa1], "ก"],
    ["windows-1250", [0x9a], "š"],
    ["windows-1251", [0xc0], "А"],
    ["windows-1253", [0xe1], "α"],
    ["windows-1254", [0xfd], "ı"],
    ["windows-1255", [0xe0], "א"],
    ["windows-1256", [0xc7], "ا"],
    ["windows-1257", [0xe0], "ą"],
    ["windows-1258", [0xd0], "Đ"],
    ["koi8-r", [0xc1], "а"],
    ["koi8-u", [0xa4], "є"],
    ["macintosh", [0x8f], "è"],
    ["x-mac-cyrillic", [0xe0], "а"],
    ["ibm866", [0xa0], "а"],
    ["cp437", [0x8a], "è"],
    ["cp850", [0x8a], "è"],
    ["gbk", [0xd6, 0xd0], "中"],
    ["gb2312", [0xd6, 0xd0], "中"],
    ["gb18030", [0x81, 0x30, 0x81, 0x30], "\u0080"],
    ["big5", [0xa4, 0xa4], "中"],
    ["euc-jp", [0xc6, 0xfc], "日"],
    ["iso-2022-jp", [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], "日"],
    ["shift_jis", [0x93, 0xfa], "日"],
    ["euc-kr", [0xb0, 0xa1], "가"],
    ["ks_c_5601-1987", [0xb0, 0xa1], "가"],
    ["utf-16le", [0xe8, 0x00], "è"],
    ["utf-16be", [0x00, 0xe8], "è"],
    ["utf-16", [0xff, 0xfe, 0xe8, 0x00], "è"],
    ["utf-16", [0xfe, 0xff, 0x00, 0xe8], "è"],
    ["x-unknown", [0xc3, 0xa8], "è"],
    ["x-unknown", [0xe8], "è"],
    ["", [0xc3, 0xa8], "è"],
    ["", [0xe8, 0x80], "è€"],
    ["", [0xef, 0xbb, 0xbf, 0xc3, 0xa8], "è"],
    ["", [0xff, 0xfe, 0xe8, 0x00], "è"],
    ['"utf-8"', [0xc3, 0xa8], "è"],
    ["'iso-8859-1'", [0xe8], "è"],
    ["utf-8", [0xe8, 0x61], "\ufffda"],
  ])("%s %j", async (charset, bytes, text) => {
    expect(await shown(sent(charset, bytes), "body")).toBe(`[${text}]`);
  });

  test("without one the HTML's meta counts", async () => {
    for (const meta of [
      '<meta charset="koi8-r">',
      '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
    ]) {
      const bytes = sent(
        "",
        [...Buffer.from(`<html><head>${meta}</head><body>`), 0xc1],
        "text/html",
      );
      expect(await shown(bytes, "body")).toBe("[а]");
    }
  });

  test("the header's charset wins over the meta", async () => {
    const bytes = sent("utf-8", [...Buffer.from('<meta charset="koi8-r">è')], "text/html");
    expect(await shown(bytes, "body")).toBe("[è]");
  });

  test("UTF-7 stays as it was sent", async () => {
    expect(await shown(sent("utf-7", [...Buffer.from("+AOg-")]), "body")).toBe("[+AOg-]");
  });
});
