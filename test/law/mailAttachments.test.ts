import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const head = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n";
const text = "Content-Type: text/plain\n\nText";

const mixed = (...parts: readonly string[]) => multipart("mixed", parts);

function multipart(kind: string, parts: readonly string[]): Uint8Array {
  const inner = parts.map((part) => `--BB\n${part}\n`).join("");
  return raw(`${head}Content-Type: multipart/${kind}; boundary=BB\n\n${inner}--BB--\n`);
}

const attached = (headers: string, content = "QUJD") =>
  `${headers}\nContent-Transfer-Encoding: base64\n\n${content}`;

const shown = async (bytes: Uint8Array, hole: string) =>
  await law.says("always", `"[\${${hole}}]"`, bytes);

describe("the name of an attachment", () => {
  test.each<readonly [gist: string, headers: string, name: string]>([
    [
      "of the disposition",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a b.pdf"',
      "a b.pdf",
    ],
    ["of the type", 'Content-Type: application/pdf; name="a.pdf"', "a.pdf"],
    [
      "of the disposition before the type's",
      'Content-Type: application/pdf; name="t.pdf"\nContent-Disposition: attachment; filename="d.pdf"',
      "d.pdf",
    ],
    [
      "without quotes",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf",
      "a.pdf",
    ],
    [
      "without quotes, with spaces",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a b.pdf",
      "a b.pdf",
    ],
    [
      "a quoted pair",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a\\"b.pdf"',
      'a"b.pdf',
    ],
    [
      "a semicolon in quotes",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a;b.pdf"',
      "a;b.pdf",
    ],
    [
      "RFC 2231 with a charset",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''caff%C3%A8.pdf",
      "caffè.pdf",
    ],
    [
      "RFC 2231 in Latin-1 with a language",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=iso-8859-1'it'caff%E8.pdf",
      "caffè.pdf",
    ],
    [
      "RFC 2231 in pieces",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename*0="one ";\n filename*1="two.pdf"',
      "one two.pdf",
    ],
    [
      "RFC 2231 in encoded pieces",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=UTF-8''caff%C3;\n filename*1*=%A8; filename*2=.pdf",
      "caffè.pdf",
    ],
    [
      "RFC 2231 in pieces out of order",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename*1="two.pdf"; filename*0="one "',
      "one two.pdf",
    ],
    [
      "ten pieces and more",
      `Content-Type: application/pdf\nContent-Disposition: attachment; ${Array.from({ length: 12 }, (_, at) => `filename*${at}="${at}-"`).join(";\n ")}`,
      "0-1-2-3-4-5-6-7-8-9-10-11-",
    ],
    [
      "the RFC 2231 name wins over the plain one",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"caffe.pdf\"; filename*=UTF-8''caff%C3%A8.pdf",
      "caffè.pdf",
    ],
    [
      "the RFC 2231 name wins also where it stands first",
      "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''caff%C3%A8.pdf; filename=\"caffe.pdf\"",
      "caffè.pdf",
    ],
    [
      "the RFC 2231 name of the type wins over the plain one of the disposition",
      "Content-Type: application/pdf; name*=UTF-8''caff%C3%A8.pdf\nContent-Disposition: attachment; filename=\"caffe.pdf\"",
      "caffè.pdf",
    ],
    [
      "an encoded word",
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename="=?utf-8?Q?caff=C3=A8.pdf?="',
      "caffè.pdf",
    ],
    [
      "an encoded word in two",
      'Content-Type: application/pdf; name="=?utf-8?B?Y2FmZsM=?=\n =?utf-8?B?qC5wZGY=?="',
      "caffè.pdf",
    ],
    ["raw UTF-8", 'Content-Type: application/pdf; name="caffè.pdf"', "caffè.pdf"],
    [
      "a path is a label only",
      'Content-Type: application/pdf; name="../../etc/passwd"',
      "../../etc/passwd",
    ],
    ["white space of folding", 'Content-Type: application/pdf;\n\tname="a.pdf"', "a.pdf"],
  ])("%s", async (_gist, headers, name) => {
    expect(await shown(mixed(text, attached(headers)), "attachment.name")).toBe(`[${name}]`);
  });

  test("an unnamed one has no name, and still counts", async () => {
    const bytes = mixed(text, attached("Content-Type: application/pdf"));
    expect(
      await law.holding(
        [
          "attachments is 1",
          "attachment.name exists",
          'attachment.name is ""',
          "attachment.type exists",
          "attachment.size exists",
        ],
        bytes,
      ),
    ).toEqual(["attachments is 1", "attachment.type exists", "attachment.size exists"]);
  });
});

describe("size and type", () => {
  test("size is the decoded one", async () => {
    const content = Buffer.alloc(3000, 65).toString("base64").replace(/.{76}/g, "$&\n");
    const bytes = mixed(text, attached("Content-Type: application/pdf; name=a.pdf", content));
    expect(
      await law.holding(
        [
          "attachment.size is 3000 B",
          "attachment.size > 3 KB",
          "attachment.size < 3 KB",
          "attachment.size <= 3000 B",
        ],
        bytes,
      ),
    ).toEqual(["attachment.size is 3000 B", "attachment.size < 3 KB", "attachment.size <= 3000 B"]);
  });

  test("the size of a mail is the bytes received", async () => {
    const bytes = raw(`${head}\n${"x".repeat(1000)}`);
    expect(
      await law.holding([`size is ${bytes.length} B`, "size > 1 KB", "size < 1 MB"], bytes),
    ).toEqual([`size is ${bytes.length} B`, "size > 1 KB", "size < 1 MB"]);
  });

  test.each([
    ["APPLICATION/PDF; name=a", "application/pdf"],
    ["application/pdf (a comment); name=a", "application/pdf"],
    ["image/png; name=a.png", "image/png"],
    ["application/octet-stream; name=a.pdf", "application/octet-stream"],
    ["message/delivery-status", "message/delivery-status"],
    ["text/calendar; method=REQUEST; name=i.ics", "text/calendar"],
  ])("the type of %s is %s", async (written, type) => {
    const bytes = mixed(text, `Content-Type: ${written}\nContent-Disposition: attachment\n\nABC`);
    expect(await shown(bytes, "attachment.type")).toBe(`[${type}]`);
    expect(await law.holds(`attachment.type is "${type.toUpperCase()}"`, bytes)).toBe(true);
  });
});

describe("what is an attachment", () => {
  const cid = (disposition: string, id = "<pic@x>") =>
    attached(`Content-Type: image/png; name=pic.png\nContent-ID: ${id}${disposition}`);
  const page = 'Content-Type: text/html\n\n<p>See <img src="cid:pic@x"></p>';

  test.each([
    ["inline", "\nContent-Disposition: inline; filename=pic.png"],
    ["without a disposition", ""],
  ])("an image shown inside the text is none: %s", async (_gist, disposition) => {
    const bytes = multipart("related", [page, cid(disposition)]);
    expect(await law.holding(["attachments is 0", "attachment.name exists"], bytes)).toEqual([
      "attachments is 0",
    ]);
    const ticket = await law.ticket("always", '{ tag "x" }', bytes);
    expect(ticket?.documents).toBe(0);
  });

  test("an image that the text does not show is one", async () => {
    const bytes = multipart("related", [page, cid("", "<other@x>")]);
    expect(await shown(bytes, "attachment.name")).toBe("[pic.png]");
  });

  test("nor is one hidden where there is no HTML to show it", async () => {
    expect(await shown(multipart("related", [text, cid("")]), "attachment.name")).toBe("[pic.png]");
  });

  test("an inline image beside plain text is one", async () => {
    const bytes = mixed(text, cid("\nContent-Disposition: inline; filename=pic.png"));
    expect(await shown(bytes, "attachment.name")).toBe("[pic.png]");
  });

  test("an inline pdf is one", async () => {
    const bytes = mixed(
      text,
      attached("Content-Type: application/pdf; name=a.pdf\nContent-Disposition: inline"),
    );
    expect(await shown(bytes, "attachment.name")).toBe("[a.pdf]");
  });

  test("a calendar among the alternatives is one", async () => {
    const calendar =
      "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\nEND:VCALENDAR";
    const bytes = multipart("alternative", [
      text,
      "Content-Type: text/html\n\n<p>Text</p>",
      calendar,
    ]);
    expect(
      await law.holding(
        [
          "attachments is 1",
          'attachment.type is "text/calendar"',
          'body is "Text"',
          'body contains "VCALENDAR"',
        ],
        bytes,
      ),
    ).toEqual(["attachments is 1", 'attachment.type is "text/calendar"', 'body is "Text"']);
  });

  test("a mail of one part that is a file", async () => {
    const bytes = raw(
      `${head}Content-Type: application/pdf; name="scan.pdf"\nContent-Transfer-Encoding: base64\n\nQUJD\n`,
    );
    expect(await shown(bytes, "attachment.name")).toBe("[scan.pdf]");
    expect(await law.holding(['body is ""', "attachment.size is 3 B"], bytes)).toEqual([
      'body is ""',
      "attachment.size is 3 B",
    ]);
  });

  test("an attached mail is one, whatever is attached to it; its subject is no name that anyone gave", async () => {
    const inner = `Content-Type: message/rfc822; name="mail.eml"\n\nFrom: c@d.example\nContent-Type: multipart/mixed; boundary=CC\n\n--CC\n\nInner\n--CC\nContent-Type: application/pdf; name=inner.pdf\n\nX\n--CC--`;
    const bytes = mixed(text, inner);
    expect(await shown(bytes, "attachment.name")).toBe("[mail.eml]");
    expect(await law.holds("attachments is 1", bytes)).toBe(true);
  });

  test("an empty file is one", async () => {
    const bytes = mixed(text, attached("Content-Type: application/pdf; name=a.pdf", ""));
    expect(await law.holding(["attachments is 1", "attachment.size is 0 B"], bytes)).toEqual([
      "attachments is 1",
      "attachment.size is 0 B",
    ]);
  });

  test("none: 0, and nothing exists", async () => {
    expect(
      await law.holding(
        [
          "attachments is 0",
          "attachments > 0",
          "attachment.name exists",
          'some attachment { name contains "a" }',
          'every attachment { name contains "a" }',
          'no attachment { name contains "a" }',
        ],
        raw(`${head}\nText`),
      ),
    ).toEqual([
      "attachments is 0",
      'every attachment { name contains "a" }',
      'no attachment { name contains "a" }',
    ]);
  });
});

describe("some, every, no", () => {
  const bytes = mixed(
    text,
    attached(
      "Content-Type: application/pdf; name=invoice.pdf",
      Buffer.alloc(30, 65).toString("base64"),
    ),
    attached("Content-Type: image/png; name=logo.png", Buffer.alloc(3000, 65).toString("base64")),
    attached("Content-Type: application/pdf"),
  );

  test("speak of one and the same attachment", async () => {
    expect(
      await law.holding(
        [
          "attachments is 3",
          "attachments >= 3",
          "attachments < 3",
          'all {\nattachment.name ends with ".pdf"\nattachment.size > 1 KB\n}',
          'some attachment {\nname ends with ".pdf"\nsize > 1 KB\n}',
          'some attachment {\nname ends with ".png"\nsize > 1 KB\n}',
          'every attachment { type is ["application/pdf", "image/png"] }',
          'every attachment { type is "application/pdf" }',
          "every attachment { name exists }",
          "some attachment { not name exists }",
          'no attachment { name ends with ".exe" }',
          'no attachment { name ends with ".png" }',
          'every attachment {\nany {\nnot name exists\nname contains "o"\n}\n}',
        ],
        bytes,
      ),
    ).toEqual([
      "attachments is 3",
      "attachments >= 3",
      'all {\nattachment.name ends with ".pdf"\nattachment.size > 1 KB\n}',
      'some attachment {\nname ends with ".png"\nsize > 1 KB\n}',
      'every attachment { type is ["application/pdf", "image/png"] }',
      "some attachment { not name exists }",
      'no attachment { name ends with ".exe" }',
      'every attachment {\nany {\nnot name exists\nname contains "o"\n}\n}',
    ]);
  });
});
