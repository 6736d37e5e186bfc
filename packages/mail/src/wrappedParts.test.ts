import { OctetString } from "asn1js";
import { ContentInfo, EncapsulatedContentInfo, EnvelopedData, SignedData } from "pkijs";
import { afterAll, describe, expect, it } from "vitest";
import type { MailContent } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";
import { attribute, file, properties, tnef, unicode } from "./tnef.fixture.ts";

const reader = openMailReader({ workers: 1 });
afterAll(() => reader.close());

function read(mail: string): Promise<MailContent> {
  return reader.readContent(Buffer.from(mail), { pec: false, through: [], trusts: [] });
}

const head = "From: Anna <anna@example.it>\nSubject: outer\nMIME-Version: 1.0\n";

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\n");
}

function part(type: string, bytes: Uint8Array, name?: string): string {
  const disposition =
    name === undefined ? "" : `Content-Disposition: attachment; filename="${name}"\n`;
  return `Content-Type: ${type}\nContent-Transfer-Encoding: base64\n${disposition}\n${base64(bytes)}\n`;
}

function mixed(...parts: readonly string[]): string {
  return `${head}Content-Type: multipart/mixed; boundary=b\n\n${parts.map((one) => `--b\n${one}`).join("")}--b--\n`;
}

function signed(entity: string): Uint8Array {
  const message = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: "1.2.840.113549.1.7.1",
      eContent: new OctetString({ valueHex: new Uint8Array(Buffer.from(entity)).buffer }),
    }),
  });
  const info = new ContentInfo({
    contentType: ContentInfo.SIGNED_DATA,
    content: message.toSchema(true),
  });
  return new Uint8Array(info.toSchema().toBER(false));
}

function enveloped(): Uint8Array {
  const info = new ContentInfo({
    contentType: ContentInfo.ENVELOPED_DATA,
    content: new EnvelopedData({ version: 0 }).toSchema(),
  });
  return new Uint8Array(info.toSchema().toBER(false));
}

const inner = `Subject: inner\nContent-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: text/plain; charset=utf-8\n\nperché\n--i\nContent-Type: image/png; name=a.png\n\npng\n--i--\n`;

describe("S/MIME", () => {
  it.each(["; smime-type=signed-data", "", "; name=smime.p7m"])(
    "a mail signed opaquely is read as if it were not (%s)",
    async (parameters) => {
      const entity = inner.replace("Subject: inner\n", "");
      const mail = await read(head + part(`application/pkcs7-mime${parameters}`, signed(entity)));
      expect(mail.body).toBe("perché");
      expect(mail.attachments.map((one) => one.name)).toEqual(["a.png"]);
      expect(mail.headers.subject).toBe("outer");
      expect(mail.headers.flags).toMatchObject({ signed: true, encrypted: false });
    },
  );

  it("one signed twice, and with a type that only its name tells of, is read too", async () => {
    const once = part("application/pkcs7-mime", signed("Content-Type: text/plain\n\nthe text\n"));
    const mail = await read(head + part("application/octet-stream", signed(once), "smime.p7m"));
    expect(mail).toMatchObject({ body: "the text", attachments: [] });
    expect(mail.headers.flags.signed).toBe(true);
  });

  it("signatures inside one another end at the depth that is read", async () => {
    let entity = "Content-Type: text/plain\n\nthe text\n";
    for (let depth = 0; depth < 40; depth += 1) {
      entity = `Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: binary\n\n${Buffer.from(signed(entity)).toString("latin1")}`;
      if (entity.length > 100_000) break;
    }
    const bytes = Buffer.from(head + entity, "latin1");
    const mail = await reader.readContent(bytes, { pec: false, through: [], trusts: [] });
    expect(mail.headers.flags.signed).toBe(true);
    expect(mail.attachments).toHaveLength(1);
  });

  it("an encrypted mail says so and keeps what cannot be read", async () => {
    const mail = await read(head + part("application/pkcs7-mime; name=smime.p7m", enveloped()));
    expect(mail.headers.flags).toMatchObject({ signed: false, encrypted: true });
    expect(mail.attachments).toMatchObject([{ name: "smime.p7m" }]);
    expect(mail.body).toBe("");
  });

  it("what is encrypted inside a signature is told as both", async () => {
    const entity = part("application/pkcs7-mime; smime-type=enveloped-data", enveloped());
    const mail = await read(
      head + part("application/pkcs7-mime; smime-type=signed-data", signed(entity)),
    );
    expect(mail.headers.flags).toMatchObject({ signed: true, encrypted: true });
  });

  it("a signed document stays the document that it is", async () => {
    const document = signed("<?xml version='1.0'?><invoice/>");
    const mail = await read(
      mixed(
        "\nthe text\n",
        part("application/pkcs7-mime", document, "IT01234567890_1.xml.p7m"),
        part("application/octet-stream", signed(inner), "contract.p7m"),
      ),
    );
    expect(mail.body).toBe("the text");
    expect(mail.attachments.map((one) => one.name)).toEqual([
      "IT01234567890_1.xml.p7m",
      "contract.p7m",
    ]);
    expect(mail.headers.flags).toMatchObject({ signed: false, encrypted: false });
  });

  it("what only claims to be signed stays an attachment", async () => {
    const mail = await read(head + part("application/pkcs7-mime", Buffer.from("not at all")));
    expect(mail.attachments).toMatchObject([{ type: "application/pkcs7-mime", size: 10 }]);
  });
});

describe("winmail.dat", () => {
  const packed = tnef(
    attribute(1, 0x800c, Buffer.from("the text inside\0")),
    file("one", attribute(2, 0x9005, properties(unicode(0x3707, "a.pdf")))),
    file("two", attribute(2, 0x9005, properties(unicode(0x3707, "b.pdf")))),
  );

  it.each(["application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"])(
    "of %s gives its files, and is not shown itself",
    async (type) => {
      const mail = await read(mixed("\nthe text\n", part(type, packed, "winmail.dat")));
      expect(mail.body).toBe("the text");
      expect(mail.attachments.map((one) => [one.name, one.size])).toEqual([
        ["a.pdf", 3],
        ["b.pdf", 3],
      ]);
    },
  );

  it("gives its text where the mail has none", async () => {
    const mail = await read(mixed("\n \n", part("application/ms-tnef", packed, "winmail.dat")));
    expect(mail.body).toBe("the text inside");
    expect(mail.attachments).toHaveLength(2);
  });

  it("that is none stays an attachment", async () => {
    const mail = await read(
      mixed("\nthe text\n", part("application/ms-tnef", Buffer.from("x"), "winmail.dat")),
    );
    expect(mail.attachments).toMatchObject([{ name: "winmail.dat", size: 1 }]);
  });

  it("shows images that its HTML names in the text", async () => {
    const html = Buffer.from('<p>look <img src="cid:i@x"></p>');
    const own = properties(
      unicode(0x3707, "i.png"),
      unicode(0x370e, "image/png"),
      unicode(0x3712, "i@x"),
    );
    const message = Buffer.concat([
      Buffer.from([2, 1, 0x13, 0x10, 1, 0, 0, 0, html.length, 0, 0, 0]),
      html,
      Buffer.alloc(3),
    ]);
    const bytes = tnef(
      attribute(1, 0x9003, Buffer.concat([Buffer.from([1, 0, 0, 0]), message])),
      file("png", attribute(2, 0x9005, own)),
    );
    const mail = await read(mixed(part("application/ms-tnef", bytes, "winmail.dat")));
    expect(mail.body).toBe("look");
    expect(mail.inlineImages.map((one) => one.name)).toEqual(["i.png"]);
    expect(mail.attachments).toEqual([]);
  });

  it("of more files than parts are read is cut", async () => {
    const small = openMailReader({ workers: 0, limits: { parts: 10 } });
    const many = tnef(...Array.from({ length: 100 }, () => file("x")));
    const mail = await small.readContent(
      Buffer.from(mixed("\nthe text\n", part("application/ms-tnef", many, "winmail.dat"))),
      { pec: false, through: [], trusts: [] },
    );
    expect(mail.attachments.length).toBeLessThan(10);
  });
});

describe("files that stand in the text", () => {
  const encoded = "begin 644 a.txt\n#86)C\n`\nend\n";

  it("are attachments, and the text is what is around them", async () => {
    const mail = await read(
      `${head}Content-Type: text/plain; charset=iso-8859-1\n\nbefore\n${encoded}between\n${encoded.replace("a.txt", "b c.txt")}after\n`,
    );
    expect(mail.body).toBe("before\nbetween\nafter");
    expect(mail.attachments.map((one) => [one.name, Buffer.from(one.content).toString()])).toEqual([
      ["a.txt", "abc"],
      ["b c.txt", "abc"],
    ]);
  });

  it.each([
    ["without an end", encoded.replace("end\n", "")],
    ["with a line that is longer than it says", encoded.replace("#86)C", "#86)CXXXXXXXX")],
    ["with letters that are none", encoded.replace("#86)C", "#86)c")],
    ["of a person's words", "begin 100 metres further\nand then turn left\nend\n"],
  ])("%s stay text", async (_, text) => {
    const mail = await read(`${head}\nbefore\n${text}`);
    expect(mail.body).toBe(`before\n${text}`.trimEnd());
    expect(mail.attachments).toEqual([]);
  });

  it("fifty thousand beginnings before one end make one file", async () => {
    const mail = await read(`${head}\n${"begin 644 a\n#AAAA\n".repeat(50_000)}end\n`);
    expect(mail.attachments.map((one) => one.size)).toEqual([3]);
    expect(mail.cuts).toEqual([]);
  });

  it("a hundred thousand beginnings end", async () => {
    const mail = await read(`${head}\n${"begin 644 a\n".repeat(100_000)}`);
    expect(mail.attachments).toEqual([]);
    expect(mail.cuts).toEqual([]);
  });
});
