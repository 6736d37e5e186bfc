import { describe, expect, it } from "vitest";
import { contentOf } from "./writtenMail.fixture.ts";

function senderOf(mail: string): string | undefined {
  return contentOf(mail).forwardedFrom?.address;
}

function passedOn(text: string, fields = "Subject: Fwd: Printer"): string | undefined {
  return senderOf(`From: Marco <marco@example.it>\n${fields}\n\n${text}\n`);
}

describe("forwardedFrom", () => {
  it("is the sender of the attached mail, with the name", () => {
    const mail = `
From: Marco <marco@example.it>
Subject: See this
Content-Type: multipart/mixed; boundary=x

--x

See below.
--x
Content-Type: message/rfc822

Received: from somewhere
From: =?utf-8?q?Anna_Br=C3=BCck?= <anna@customer.it>
Subject: Printer

It is broken.
--x--
`;
    expect(contentOf(mail).forwardedFrom).toMatchObject({
      name: "Anna Brück",
      address: "anna@customer.it",
      domain: "customer.it",
    });
  });

  it.each([
    [
      "Gmail",
      "FYI\n\n---------- Forwarded message ---------\nFrom: Anna <anna@customer.it>\nDate: Mon, Nov 2, 2026 at 9:00 AM\nSubject: Printer\nTo: Marco <marco@example.it>\n\nBroken.",
    ],
    [
      "Gmail in Italian",
      "---------- Forwarded message ---------\nDa: Anna <anna@customer.it>\nDate: lun 2 nov 2026\nSubject: Stampante\nTo: <marco@example.it>\n\nRotta.",
    ],
    [
      "Apple Mail, quoted",
      "FYI\n\n> Begin forwarded message:\n>\n> From: Anna <anna@customer.it>\n> Subject: Printer\n> Date: 2 November 2026\n> To: Marco <marco@example.it>\n>\n> Broken.",
    ],
    [
      "Apple Mail in German",
      "Anfang der weitergeleiteten Nachricht:\n\nVon: Anna <anna@customer.it>\nBetreff: Drucker\nDatum: 2. November 2026\nAn: Marco\n\nKaputt.",
    ],
    [
      "Outlook",
      "Da: Anna <anna@customer.it>\nInviato: lunedì 2 novembre 2026 09:00\nA: Marco <marco@example.it>\nOggetto: Stampante\n\nRotta.",
    ],
    [
      "old Outlook",
      "-----Original Message-----\nFrom: Anna [mailto:anna@customer.it]\nSent: Monday\nTo: Marco\nSubject: Printer\n\nBroken.",
    ],
    [
      "Outlook with links",
      "From: Anna <anna@customer.it<mailto:anna@customer.it>>\nSent: Monday 09:00\nTo: Marco\nSubject: Printer\n\nBroken.",
    ],
    [
      "Thunderbird",
      "-------- Messaggio Inoltrato --------\nOggetto: Stampante\nData: Mon, 2 Nov 2026\nRiferimento: x\nDa: Anna <anna@customer.it>\nA: marco@example.it\n\nRotta.",
    ],
    [
      "Thunderbird in French",
      "-------- Message transféré --------\nSujet : Imprimante\nDate : Mon, 2 Nov 2026\nDe : Anna <anna@customer.it>\nPour : marco@example.it\n\nEn panne.",
    ],
    [
      "a lone address",
      "---------- Forwarded message ---------\nFrom: anna@customer.it\nDate: x\n\nBroken.",
    ],
  ])("is told by the lines of %s", (_program, text) => {
    expect(passedOn(text)).toBe("anna@customer.it");
  });

  it("is the outermost of several", () => {
    const block = (from: string): string =>
      `---------- Forwarded message ---------\nFrom: ${from}\nDate: x\nSubject: y\n`;
    expect(passedOn(`${block("anna@customer.it")}\n${block("bob@customer.it")}\nBroken.`)).toBe(
      "anna@customer.it",
    );
  });

  it("is nobody in an answer, whose history was not passed on", () => {
    const history =
      "Thanks\n\nFrom: Support <info@example.it>\nSent: Monday 09:00\nTo: Anna\nSubject: Ticket\n\nHello";
    expect(passedOn(history, "Subject: Re: Ticket")).toBeUndefined();
    expect(
      passedOn(`-----Original Message-----\n${history}`, "Subject: Ticket\nIn-Reply-To: <a@x>"),
    ).toBeUndefined();
  });

  it("is told in an answer by a line that says forwarded", () => {
    const text =
      "See:\n\n---------- Forwarded message ---------\nFrom: Anna <anna@customer.it>\nDate: x\n\nBroken.";
    expect(passedOn(text, "Subject: Re: Ticket")).toBe("anna@customer.it");
  });

  it("is nobody where nothing names an address", () => {
    expect(passedOn("Please look at the printer.")).toBeUndefined();
    expect(
      passedOn("---------- Forwarded message ---------\nFrom: Anna\nDate: x\n\nBroken."),
    ).toBeUndefined();
  });
});
