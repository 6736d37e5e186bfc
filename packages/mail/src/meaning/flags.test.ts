import { describe, expect, it } from "vitest";
import type { MailFlag, Reading } from "../mail.ts";
import { contentOf, headersOf } from "./writtenMail.fixture.ts";

/** What the header says of one flag, and what the whole mail says. */
function flag(name: MailFlag, mail: string, reading: Partial<Reading> = {}): [unknown, boolean] {
  const whole = mail.includes("\n\n") ? mail : `${mail}\n\nHello\n`;
  return [headersOf(whole, reading).flags[name], contentOf(whole, reading).flags[name]];
}

const yes = [true, true];
const no = [false, false];

describe("automatic", () => {
  it.each([
    ["Auto-Submitted: auto-replied", yes],
    ["Auto-Submitted: auto-generated; owner-email=a@b.it", yes],
    ["Auto-Submitted: (vacation) auto-replied", yes],
    ["Auto-Submitted: no", no],
    ["Auto-Submitted: No (a person)", no],
    ["Precedence: auto_reply", yes],
    ["Precedence: bulk", yes],
    ["Precedence: Junk", yes],
    ["Precedence: list", yes],
    ["Precedence: first-class", no],
    ["X-Autoreply: yes", yes],
    ["X-Autorespond: on holiday", yes],
    ["Return-Path: <>", yes],
    ["Return-Path: <anna@example.it>", no],
    ["List-Id: <news.example.org>", no],
    ["Subject: Hello", no],
  ])("%s", (field, expected) => {
    expect(flag("automatic", `From: Anna <anna@example.it>\n${field}`)).toEqual(expected);
  });

  it("is what every bounce is", () => {
    expect(flag("automatic", "X-Failed-Recipients: anna@example.it")).toEqual(yes);
  });

  it("waits for the content where the sender is a mail server", () => {
    const mail =
      "From: Postmaster <postmaster@example.it>\nSubject: New policy\n\nDear all, lunch is at one.\n";
    expect(flag("automatic", mail)).toEqual([undefined, false]);
  });
});

describe("bulk", () => {
  it.each([
    ["List-Id: News <news.example.org>", yes],
    ["List-Unsubscribe: <mailto:out@example.org>", yes],
    ["Precedence: bulk", yes],
    ["Precedence: junk", yes],
    ["Precedence: list", yes],
    ["Precedence: auto_reply", no],
    ["Auto-Submitted: auto-replied", no],
  ])("%s", (field, expected) => {
    expect(flag("bulk", field)).toEqual(expected);
  });
});

describe("our own lists and redirects", () => {
  const list = `
List-Id: Support <support.lists.example.it>
List-Unsubscribe: <mailto:support-leave@lists.example.it>
Precedence: list
Return-Path: <>
From: Anna <anna@customer.it>
Subject: Printer`;

  it.each(["support.lists.example.it", "lists.example.it", "Lists.Example.IT"])(
    "make no mail automatic or bulk: %s",
    (through) => {
      expect(flag("bulk", list, { through: [through] })).toEqual(no);
      expect(contentOf(`${list}\n\nIt is broken.\n`, { through: [through] }).flags.automatic).toBe(
        false,
      );
    },
  );

  it("are known by their own name only", () => {
    expect(flag("bulk", list, { through: ["example.org"] })).toEqual(yes);
    expect(flag("bulk", list, { through: ["ts.example.it"] })).toEqual(yes);
    expect(flag("automatic", list)).toEqual(yes);
  });

  it("do not speak for another list that the mail came through", () => {
    const two = `${list}\nList-Id: <news.example.org>`;
    expect(flag("bulk", two, { through: ["lists.example.it"] })).toEqual(yes);
  });

  it("leave an autoresponder automatic", () => {
    const reply = `${list}\nAuto-Submitted: auto-replied`;
    expect(flag("automatic", reply, { through: ["lists.example.it"] })).toEqual(yes);
  });

  it("may be a redirect, whose null Return-Path says nothing, and Precedence still does", () => {
    const redirected = "X-Forwarded-To: info@redirect.example.it\nReturn-Path: <>\nFrom: a@b.it";
    const reading = { through: ["redirect.example.it"] };
    expect(contentOf(`${redirected}\n\nHello\n`, reading).flags.automatic).toBe(false);
    expect(flag("bulk", `${redirected}\nPrecedence: bulk`, reading)).toEqual(yes);
  });
});

describe("reply and forward", () => {
  it.each([
    ["In-Reply-To: <a@x>", yes],
    ["References: <a@x>", yes],
    ["Subject: AW: Drucker", yes],
    ["Subject: Fwd: Printer", no],
    ["Subject: Printer", no],
  ])("reply: %s", (field, expected) => {
    expect(flag("reply", field)).toEqual(expected);
  });

  it.each([
    ["Subject: WG: Drucker", yes],
    ["Subject: Printer", no],
    ["Subject: Re: Printer", no],
    ["Content-Type: text/html", no],
  ])("forward: %s", (field, expected) => {
    expect(flag("forward", field)).toEqual(expected);
  });

  const attached = `
Subject: Printer
Content-Type: multipart/mixed; boundary=x

--x

See below.
--x
Content-Type: message/rfc822

From: Anna <anna@customer.it>
Subject: Broken

It is broken.
--x--
`;

  it("forward: an attached mail, which only the content shows", () => {
    expect(flag("forward", attached)).toEqual([undefined, true]);
    expect(flag("forward", attached.replace("message/rfc822", "text/plain"))).toEqual([
      undefined,
      false,
    ]);
  });

  it("forward: not where the mail answers another", () => {
    expect(flag("forward", `\nIn-Reply-To: <a@x>${attached}`)).toEqual(no);
  });
});

describe("signed and encrypted", () => {
  const pkcs7 = "Content-Type: application/pkcs7-mime; name=smime.p7m; smime-type=";
  it.each([
    [
      'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=x',
      true,
      false,
    ],
    [
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=x',
      true,
      false,
    ],
    [`${pkcs7}signed-data`, true, false],
    [`${pkcs7}"enveloped-data"`, false, true],
    [`${pkcs7}authEnveloped-data`, false, true],
    [
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x',
      false,
      true,
    ],
    ["Content-Type: application/pdf", false, false],
    ["Content-Type: text/plain", false, false],
  ])("%s", (field, signed, encrypted) => {
    expect(flag("signed", field)[1]).toBe(signed);
    expect(flag("encrypted", field)[1]).toBe(encrypted);
  });

  it("PGP without MIME stands in the text", () => {
    const of = (kind: string): string =>
      `Subject: x\n\n-----BEGIN PGP ${kind}-----\n\nxyz\n-----END PGP ${kind}-----\n`;
    expect(flag("signed", of("SIGNED MESSAGE"))).toEqual([undefined, true]);
    expect(flag("encrypted", of("SIGNED MESSAGE"))).toEqual([undefined, false]);
    expect(flag("encrypted", of("MESSAGE"))).toEqual([undefined, true]);
    expect(flag("signed", of("PUBLIC KEY BLOCK"))).toEqual([undefined, false]);
  });

  it("a signed part inside what a list has wrapped", () => {
    const mail = `
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=y

--y

Hello
--y
Content-Type: application/pgp-signature; name=signature.asc

xyz
--y--
--x

The list
--x--
`;
    expect(flag("signed", mail)).toEqual([undefined, true]);
  });
});

describe("spam", () => {
  it.each([
    ["X-Spam-Flag: YES", yes],
    ["X-Spam: Yes", yes],
    ["X-Spam-Status: Yes, score=7.1 required=5.0", yes],
    ["X-Spam-Status: No, score=1.0", no],
    ["X-Spam-Flag: NO", no],
    ["X-MS-Exchange-Organization-SCL: 5", yes],
    ["X-MS-Exchange-Organization-SCL: 9", yes],
    ["X-MS-Exchange-Organization-SCL: 4", no],
    ["X-MS-Exchange-Organization-SCL: -1", no],
    ["X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:6;SRV:BULK", yes],
    ["X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:1;SRV:", no],
    ["Subject: Viagra", no],
  ])("%s", (field, expected) => {
    expect(flag("spam", field)).toEqual(expected);
  });
});
