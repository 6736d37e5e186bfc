import { afterAll, describe, expect, it } from "vitest";
import type { MailContent, Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const reader = openMailReader({ workers: 0 });
afterAll(() => reader.close());

const on: Reading = { pec: true, through: [], trusts: [] };
const off: Reading = { ...on, pec: false };

const certification = "<?xml version='1.0'?><postacert tipo='posta-certificata'></postacert>";
const original = [
  "From: Anna <anna@pec.example.it>",
  "To: help@pec.example.it",
  "Subject: Re: the original",
  "Message-ID: <original@pec.example.it>",
  "In-Reply-To: <asked@example.it>",
  "Content-Type: multipart/mixed; boundary=inner",
  "",
  "--inner",
  "",
  "the original text",
  "--inner",
  "Content-Type: application/pdf; name=invoice.pdf",
  "",
  "%PDF",
  "--inner--",
];

function envelope(kind: string, inner: readonly string[], data = certification): string[] {
  return [
    "Received: by mx.example.it; 3 Mar 2026 10:00:00 +0000",
    "Delivered-To: box@example.it",
    kind,
    'From: "Per conto di: anna@pec.example.it" <posta-certificata@provider.example>',
    "Subject: POSTA CERTIFICATA: the original",
    "Content-Type: multipart/signed; boundary=s",
    "",
    "--s",
    "Content-Type: multipart/mixed; boundary=m",
    "",
    "--m",
    "",
    "Messaggio di posta certificata",
    "--m",
    "Content-Type: application/xml; name=daticert.xml",
    "",
    data,
    "--m",
    ...inner,
    "--m--",
    "--s",
    "Content-Type: application/pkcs7-signature; name=smime.p7s",
    "",
    "x",
    "--s--",
  ];
}

const message = "X-Trasporto: posta-certificata";
const part = ["Content-Type: message/rfc822; name=postacert.eml", "", ...original];

function read(lines: readonly string[], reading: Reading): Promise<MailContent> {
  return reader.readContent(Buffer.from(lines.join("\r\n")), reading);
}

describe("a PEC envelope", () => {
  it("is opened: rules see the original", async () => {
    const lines = envelope(message, part);
    const mail = await read(lines, on);
    expect(mail.headers).toMatchObject({
      subject: "Re: the original",
      messageId: "<original@pec.example.it>",
      thread: ["<asked@example.it>"],
      pecKind: "message",
      enclosed: false,
      flags: { reply: true, signed: false },
    });
    expect(mail.headers.from[0]?.address).toBe("anna@pec.example.it");
    expect(mail.body).toBe("the original text");
    expect(mail.attachments.map((one) => one.name)).toEqual(["invoice.pdf"]);
  });

  it("keeps what the server wrote and what was received", async () => {
    const lines = envelope(message, part);
    const mail = await read(lines, on);
    expect(mail.size).toBe(lines.join("\r\n").length);
    expect(mail.headers.deliveredTo[0]?.address).toBe("box@example.it");
    expect(mail.headers.receivedDate).toBe(Date.UTC(2026, 2, 3, 10));
  });

  it("is opened also where the original is in base64 or has another name", async () => {
    const encoded = [
      "Content-Type: application/octet-stream; name=PostaCert.EML",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from(original.join("\r\n")).toString("base64"),
    ];
    expect((await read(envelope(message, encoded), on)).headers.subject).toBe("Re: the original");
    const unnamed = ["Content-Type: message/rfc822", "", ...original];
    expect((await read(envelope(message, unnamed), on)).headers.subject).toBe("Re: the original");
  });

  it.each<[string, string[], Reading]>([
    ["the setting is off", envelope(message, part), off],
    ["it is a receipt", envelope("X-Ricevuta: avvenuta-consegna", part), on],
    ["it is an anomaly", envelope("X-Trasporto: errore", part), on],
    ["nothing is inside", envelope(message, ["Content-Type: text/plain", "", "x"]), on],
    ["the certification data is broken", envelope(message, part, "<postacert"), on],
  ])("stays itself where %s", async (_, lines, reading) => {
    const mail = await read(lines, reading);
    expect(mail.headers.subject).toBe("POSTA CERTIFICATA: the original");
    expect(mail.headers.enclosed).toBe(false);
    expect(mail.body).toContain("Messaggio di posta certificata");
  });
});
