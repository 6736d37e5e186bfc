import { afterAll, describe, expect, it } from "vitest";
import type { MailContent, Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const reader = openMailReader({ workers: 0 });
afterAll(() => reader.close());

const plain: Reading = { pec: false, through: [], trusts: [] };

function read(lines: readonly string[], reading = plain): Promise<MailContent> {
  return reader.readContent(Buffer.from(lines.join("\r\n")), reading);
}

function readBytes(...pieces: (string | Uint8Array)[]): Promise<MailContent> {
  return reader.readContent(
    Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece))),
    plain,
  );
}

const start = ["From: a@example.org", "Subject: s", "MIME-Version: 1.0"];

function multipart(kind: string, ...parts: (readonly string[])[]): string[] {
  const boundary = `b-${kind}-${parts.length}-${parts.flat().length}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    "",
    ...parts.flatMap((part) => [`--${boundary}`, ...part]),
    `--${boundary}--`,
  ];
}

const text = ["Content-Type: text/plain; charset=utf-8", "", "plain text"];
const html = ["Content-Type: text/html; charset=utf-8", "", "<p>html text</p>"];
const pdf = [
  "Content-Type: application/pdf; name=a.pdf",
  "Content-Disposition: attachment; filename=a.pdf",
  "",
  "%PDF",
];
const picture = [
  "Content-Type: image/png",
  "Content-ID: <pic@x>",
  "Content-Disposition: inline; filename=p.png",
  "",
  "PNG",
];
const enclosed = [
  "Content-Type: message/rfc822",
  "",
  "From: b@example.org",
  "Subject: inner",
  "",
  "inner text",
];

describe("the text that people read", () => {
  it("is all there is without MIME", async () => {
    const {
      body,
      html: page,
      attachments,
      size,
    } = await read(["Subject: s", "", "one", "two", "", "", " "]);
    expect(body).toBe("one\ntwo");
    expect(page).toBeUndefined();
    expect(attachments).toEqual([]);
    expect(size).toBe(29);
  });

  it("is the text part of alternatives, with the HTML beside it as sent", async () => {
    const mail = await read([...start, ...multipart("alternative", text, html)]);
    expect(mail.body).toBe("plain text");
    expect(mail.html).toBe("<p>html text</p>");
    expect(mail.attachments).toEqual([]);
  });

  it("is the HTML as text where there is no text part, or an empty one", async () => {
    expect((await read([...start, ...html])).body).toBe("html text");
    const blank = ["Content-Type: text/plain", "", " ", ""];
    expect((await read([...start, ...multipart("alternative", blank, html)])).body).toBe(
      "html text",
    );
  });

  it("has the parts of multipart/mixed in order", async () => {
    const second = ["Content-Type: text/plain", "", "the list's footer"];
    const mail = await read([...start, ...multipart("mixed", text, pdf, second)]);
    expect(mail.body).toBe("plain text\nthe list's footer");
    expect(mail.attachments.map((one) => one.name)).toEqual(["a.pdf"]);
  });

  it("looks into nested parts", async () => {
    const page = ["Content-Type: text/html", "", '<p>html text</p><img src="cid:pic@x">'];
    const related = multipart("related", page, picture);
    const mail = await read([
      ...start,
      ...multipart("mixed", multipart("alternative", text, related), pdf),
    ]);
    expect(mail).toMatchObject({ body: "plain text", html: page[2] });
    expect(mail.attachments.map((one) => one.name)).toEqual(["a.pdf"]);
    expect(mail.inlineImages.map((one) => one.name)).toEqual(["p.png"]);
  });

  it("is never an attached mail's", async () => {
    for (const disposition of ["inline", "attachment"]) {
      const part = [`Content-Disposition: ${disposition}`, ...enclosed];
      const mail = await read([...start, ...multipart("mixed", text, part)]);
      expect(mail.body).toBe("plain text");
      expect(mail.attachments).toMatchObject([{ type: "message/rfc822", name: undefined }]);
    }
    const alone = await read([...start, ...enclosed]);
    expect(alone.body).toBe("");
    expect(alone.attachments).toHaveLength(1);
  });

  it("a text marked as attachment, or named beside one without a name, is attached", async () => {
    const marked = ["Content-Disposition: attachment", ...text];
    expect((await read([...start, ...multipart("mixed", marked, html)])).body).toBe("html text");
    const named = ["Content-Type: text/plain; name=notes.txt", "", "the notes"];
    const mail = await read([...start, ...multipart("mixed", text, named)]);
    expect(mail.body).toBe("plain text");
    expect(mail.attachments.map((one) => one.name)).toEqual(["notes.txt"]);
    expect((await read([...start, ...multipart("mixed", named, pdf)])).body).toBe("the notes");
  });

  it("is a report's first part alone", async () => {
    const status = ["Content-Type: message/delivery-status", "", "Status: 5.1.1"];
    const returned = ["Content-Type: text/plain", "", "what came back"];
    const mail = await read([...start, ...multipart("report", text, status, returned)]);
    expect(mail.body).toBe("plain text");
    expect(mail.attachments.map((one) => one.type)).toEqual([
      "message/delivery-status",
      "text/plain",
    ]);
  });

  it("of headers alone is empty", async () => {
    expect((await read(["From: a@example.org", "Subject: s"])).body).toBe("");
    expect((await read([])).body).toBe("");
  });
});

describe("charsets", () => {
  it.each<[string, Uint8Array, string]>([
    ["text/plain; charset=iso-8859-1", Buffer.from([0xe8, 0x80]), "è€"],
    ["text/plain; charset=us-ascii", Buffer.from("è"), "è"],
    ["text/plain; charset=us-ascii", Buffer.from([0xe8]), "è"],
    ["text/plain; charset=x-nobody-knows", Buffer.from("è"), "è"],
    ['text/plain; charset="koi8-r"', Buffer.from([0xf0, 0xf2]), "ПР"],
    ["text/plain; charset=gb18030", Buffer.from([0xc4, 0xe3]), "你"],
    ["text/plain; charset=cp437", Buffer.from([0x82]), "é"],
    ["text/plain; charset=iso-2022-jp", Buffer.from("\u001b$B%F\u001b(B"), "テ"],
    ["text/plain; charset=utf-16le", Buffer.from("hi", "utf16le"), "hi"],
    ["text/plain; charset=utf-16", Buffer.from([0xfe, 0xff, 0, 0x68]), "h"],
    ["text/plain; charset=utf-16", Buffer.from("hi", "utf16le"), "hi"],
    ["text/plain; charset=base64", Buffer.from("a"), "a"],
    ["text/plain; charset=iso-2022-kr", Buffer.from("a"), "a"],
    ["text/plain; charset=utf-7", Buffer.from("a+AOg-"), "a+AOg-"],
    ["text/plain", Buffer.from([0xef, 0xbb, 0xbf, 0x61]), "a"],
    ["text/plain", Buffer.from("è"), "è"],
    ["text/plain", Buffer.from([0xe8]), "è"],
    ["text/plain", Buffer.from([0x61, 0, 0x62]), "a\ufffdb"],
    [
      "text/html",
      Buffer.concat([Buffer.from('<meta charset="koi8-r"><p>'), Buffer.from([0xf0])]),
      "П",
    ],
  ])("%s", async (type, bytes, expected) => {
    const mail = await readBytes(`Content-Type: ${type}\n\n`, bytes);
    expect(mail.body.trim()).toBe(expected);
  });
});

it("format=flowed is undone", async () => {
  const mail = await read([
    "Content-Type: text/plain; format=flowed; delsp=yes",
    "",
    "one \ttwo ",
    "three",
  ]);
  expect(mail.body).toBe("one \ttwothree");
});

describe("attachments", () => {
  it("are decoded and measured decoded", async () => {
    const part = [
      "Content-Type: application/x-a; name=a",
      "Content-Transfer-Encoding: base64",
      "",
      "AAEC",
      "/w==",
    ];
    const [attachment] = (await read([...start, ...multipart("mixed", text, part)])).attachments;
    expect(attachment).toMatchObject({ name: "a", type: "application/x-a", size: 4 });
    expect([...(attachment?.content ?? [])]).toEqual([0, 1, 2, 255]);
  });

  it("keep bytes as they were sent", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    const mail = await readBytes(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/x\n\n",
      bytes,
      "\n--b--\n",
    );
    expect([...(mail.attachments[0]?.content ?? [])]).toEqual([...bytes]);
  });

  it("the RFC 2231 name wins; a name is a label without control characters", async () => {
    const part = [
      'Content-Type: text/csv; name="plain.csv"',
      "Content-Disposition: attachment; filename=other.csv; filename*=utf-8''..%2F..%2Fetc%2Fpasswd%00.csv",
      "",
      "1;2",
    ];
    const [attachment] = (await read([...start, ...multipart("mixed", text, part)])).attachments;
    expect(attachment?.name).toBe("../../etc/passwd.csv");
  });

  it("a name keeps its bidi marks and its length", async () => {
    const long = `invoice\u202ecod.${"x".repeat(4000)}.exe`;
    const part = [`Content-Type: application/x; name="${long}"`, "", "MZ"];
    const [attachment] = (await read([...start, ...multipart("mixed", text, part)])).attachments;
    expect(attachment?.name).toBe(long);
  });

  it("a calendar among the alternatives is one", async () => {
    const calendar = ["Content-Type: text/calendar; method=REQUEST", "", "BEGIN:VCALENDAR"];
    const mail = await read([...start, ...multipart("alternative", text, html, calendar)]);
    expect(mail.body).toBe("plain text");
    expect(mail.attachments).toMatchObject([{ type: "text/calendar", name: undefined }]);
  });

  it("an image that the text shows is none", async () => {
    const page = ["Content-Type: text/html", "", '<img src="cid:pic@x">'];
    const shown = await read([...start, ...multipart("mixed", page, picture)]);
    expect(shown.attachments).toEqual([]);
    expect(shown.inlineImages).toMatchObject([{ contentId: "<pic@x>", name: "p.png", size: 3 }]);
    const beside = await read([...start, ...multipart("mixed", text, picture)]);
    expect(beside.attachments).toHaveLength(1);
    const marked = ["Content-Type: image/png", "Content-Disposition: attachment", "", "PNG"];
    const related = await read([...start, ...multipart("related", page, marked)]);
    expect(related.attachments).toHaveLength(1);
  });
});

describe("structure that is broken", () => {
  it("without the closing boundary is read to the end", async () => {
    const lines = [
      ...start,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      ...text,
      "--b",
      ...pdf,
    ];
    expect(await read(lines)).toMatchObject({
      body: "plain text",
      attachments: [{ name: "a.pdf" }],
    });
  });

  it.each([
    ["no boundary", "multipart/mixed"],
    ["an empty boundary", 'multipart/mixed; boundary=""'],
    ["a boundary that never comes", "multipart/mixed; boundary=other"],
  ])("with %s is the text it looks like", async (_, type) => {
    expect((await read([...start, `Content-Type: ${type}`, "", "--b", "hello"])).body).toBe(
      "--b\nhello",
    );
  });

  it("a part that never closes ends with its parent", async () => {
    const inner = ["Content-Type: multipart/alternative; boundary=inner", "", "--inner", ...text];
    const lines = [
      ...start,
      "Content-Type: multipart/mixed; boundary=outer",
      "",
      "--outer",
      ...inner,
      "--outer",
      ...pdf,
      "--outer--",
    ];
    expect(await read(lines)).toMatchObject({
      body: "plain text",
      attachments: [{ name: "a.pdf" }],
    });
  });

  it("a boundary that begins like another is told apart", async () => {
    const inner = [
      "Content-Type: multipart/alternative; boundary=b-inner",
      "",
      "--b-inner",
      ...text,
      "--b-inner--",
    ];
    const lines = [
      ...start,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      ...inner,
      "--b",
      ...pdf,
      "--b--",
    ];
    expect(await read(lines)).toMatchObject({
      body: "plain text",
      attachments: [{ name: "a.pdf" }],
    });
  });

  it("two Content-Types: the first counts", async () => {
    expect(
      (
        await read([
          ...start,
          "Content-Type: text/html",
          "Content-Type: text/plain",
          "",
          "<b>x</b>",
        ])
      ).body,
    ).toBe("x");
  });

  it("broken quoted-printable stays as it is", async () => {
    const mail = await read([
      ...start,
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "100=% =C3=A8 =",
    ]);
    expect(mail.body).toBe("100=% è");
  });
});
