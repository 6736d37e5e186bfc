import { afterAll, describe, expect, it } from "vitest";
import { defaultLimits } from "./limits.ts";
import type { MailContent, Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const reader = openMailReader({ workers: 1 });
afterAll(() => reader.close());

const reading: Reading = { pec: false, through: [], trusts: [] };

function read(text: string | Uint8Array): Promise<MailContent> {
  return reader.readContent(typeof text === "string" ? Buffer.from(text) : text, reading);
}

function cutsOf(mail: MailContent): string[] {
  return mail.cuts.map((cut) => cut.what);
}

const head = "From: Anna <anna@example.it>\nSubject: hostile\nMIME-Version: 1.0\n";

describe("too much of something is cut and marked, and the mail is read all the same", () => {
  it("10,000 parts", async () => {
    const parts = Array.from(
      { length: 10_000 },
      (_, at) => `--b\nContent-Type: image/png\n\n${at}\n`,
    );
    const mail = await read(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nthe text\n${parts.join("")}--b--\n`,
    );
    expect(mail.body).toBe("the text");
    expect(mail.headers.subject).toBe("hostile");
    expect(mail.attachments).toHaveLength(defaultLimits.parts - 2);
    expect(cutsOf(mail)).toEqual(["parts"]);
  });

  it("1,000 multiparts inside one another", async () => {
    let inner = "Content-Type: text/plain\n\ndeep down\n";
    for (let depth = 1000; depth > 0; depth -= 1) {
      inner = `Content-Type: multipart/mixed; boundary=b${depth}-\n\n--b${depth}-\n${inner}--b${depth}---\n`;
    }
    const mail = await read(`${head}${inner}`);
    expect(mail.headers.from[0]?.address).toBe("anna@example.it");
    expect(cutsOf(mail)).toEqual(["depth"]);
    expect(mail.attachments).toMatchObject([{ type: "application/octet-stream" }]);
  });

  it("200 multiparts are no trouble for a reader that is given the depth", async () => {
    let inner = "Content-Type: text/plain\n\ndeep down\n";
    for (let depth = 200; depth > 0; depth -= 1) {
      inner = `Content-Type: multipart/mixed; boundary=b${depth}-\n\n--b${depth}-\n${inner}--b${depth}---\n`;
    }
    const deep = openMailReader({ workers: 0, limits: { depth: 250 } });
    const mail = await deep.readContent(Buffer.from(`${head}${inner}`), reading);
    expect(mail).toMatchObject({ body: "deep down", cuts: [] });
  });

  it("attached mails inside one another stay one attachment", async () => {
    let inner = "Subject: innermost\n\nx";
    for (let depth = 0; depth < 200; depth += 1) inner = `Content-Type: message/rfc822\n\n${inner}`;
    const mail = await read(`${head}${inner}`);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.body).toBe("");
  });

  it("100,000 header lines", async () => {
    const mail = await read(`${head}${"X-Filler: y\n".repeat(100_000)}\nthe text\n`);
    expect(mail.headers.from).toHaveLength(1);
    expect(mail.body).toBe("the text");
    expect(cutsOf(mail)).toEqual(["header length", "header fields"]);
  });

  it("100,000 lines of From", async () => {
    const mail = await read(`${"From: a@example.org\n".repeat(100_000)}Subject: x\n\nthe text`);
    expect(mail.headers.from.length).toBeLessThanOrEqual(defaultLimits.addresses);
    expect(cutsOf(mail)).toContain("addresses");
  });

  it("a part with 100,000 header lines", async () => {
    const mail = await read(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n${"X: y\n".repeat(100_000)}\nthe text\n--b--`,
    );
    expect(mail.body).toBe("the text");
    expect(cutsOf(mail)).toEqual(["header length"]);
  });

  it("5,000 elements inside one another keep their text", async () => {
    const mail = await read(
      `${head}Content-Type: text/html\n\n${"<div>".repeat(5000)}the text${"</div>".repeat(5000)}`,
    );
    expect(mail.body).toContain("the text");
  });

  it("4 MB of text", async () => {
    const mail = await read(`${head}\n${"0123456789abcde\n".repeat(250_000)}`);
    expect(mail.body.length).toBeGreaterThan(defaultLimits.textCharacters - 20);
    expect(mail.body.length).toBeLessThanOrEqual(defaultLimits.textCharacters);
    expect(cutsOf(mail)).toEqual(["text"]);
  });

  it("2 MB of format=flowed", async () => {
    const mail = await read(
      `${head}Content-Type: text/plain; format=flowed\n\n${"word \n".repeat(320_000)}end`,
    );
    expect(mail.body).toMatch(/^word word .* word end$/);
    expect(cutsOf(mail)).toEqual([]);
  });

  it("more bytes than the bound", async () => {
    const small = openMailReader({ workers: 1, limits: { bytes: 100_000 } });
    const bytes = Buffer.from(`${head}\n${"x".repeat(200_000)}`);
    const mail = await small.readContent(bytes, reading);
    await small.close();
    expect(mail.size).toBe(bytes.length);
    expect(mail.body.length).toBeGreaterThan(99_000);
    expect(cutsOf(mail)).toEqual(["size"]);
  });

  it("half a character is never left by a cut", async () => {
    const small = openMailReader({ workers: 0, limits: { textCharacters: 5 } });
    const mail = await small.readContent(Buffer.from(`${head}\n😀😀😀😀`), reading);
    expect(mail.body).toBe("😀😀");
    expect(mail.body.isWellFormed()).toBe(true);
  });
});

describe("traps of parsers", () => {
  it("a bare line end hides no second mail", async () => {
    for (const end of ["\r", "\n", "\r\n"]) {
      const smuggled = [
        "the text",
        ".",
        "MAIL FROM:<x@example.org>",
        "From: boss@example.org",
      ].join(end);
      const mail = await read(["From: anna@example.it", "Subject: a", "", smuggled].join(end));
      expect(mail.headers.from.map((one) => one.address)).toEqual(["anna@example.it"]);
      expect(mail.body).toBe(smuggled.replaceAll(end, "\n"));
      expect(mail.attachments).toEqual([]);
    }
  });

  it("text and HTML that differ: the text is what rules see, the HTML is kept", async () => {
    const mail = await read(
      `${head}Content-Type: multipart/alternative; boundary=b\n\n--b\n\npay 10\n--b\nContent-Type: text/html\n\n<p>pay 9999\n--b--`,
    );
    expect(mail.body).toBe("pay 10");
    expect(mail.html).toContain("pay 9999");
  });

  it.each([
    ["a Reply-To that cannot be decoded", "Reply-To: =?utf-8?B?/////?= <=?x?Q?\u0000?=\n"],
    ["a reference that is a word", "References: false\n"],
    ["a Date that is none", "Date: Invalid Date\n"],
    ["a Content-Type of noise", "Content-Type: ;;;=;*=*''%%; \u0000\n"],
    ["a boundary of noise", 'Content-Type: multipart/mixed; boundary="\\"(((["\n'],
    ["an encoding of noise", "Content-Transfer-Encoding: \u0000;()\n"],
  ])("%s ends in a ticket", async (_, line) => {
    const mail = await read(`${head}${line}\nthe text`);
    expect(mail).toMatchObject({ body: "the text", cuts: [] });
    expect(mail.headers).toMatchObject({ subject: "hostile", date: undefined });
  });

  it("a message/rfc822 of headers alone ends", async () => {
    const mail = await read(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n--b\nContent-Type: message/rfc822\n--b--`,
    );
    expect(mail.attachments.map((one) => one.size)).toEqual([10, 0]);
  });

  it("a NUL in the text becomes a sign that a store takes", async () => {
    const mail = await read(`${head}\na\u0000b`);
    expect(mail.body).toBe("a\ufffdb");
  });

  it("base64 of any break is read as far as it goes", async () => {
    const mail = await read(`${head}Content-Transfer-Encoding: base64\n\naGVs\n!!bG8\n`);
    expect(mail.body).toBe("hello");
  });

  it("an archive is bytes and nothing else", async () => {
    const mail = await read(
      `${head}Content-Type: application/zip; name=bomb.zip\n\nPK\u0003\u0004`,
    );
    expect(mail.attachments).toMatchObject([{ name: "bomb.zip", size: 4 }]);
  });
});
