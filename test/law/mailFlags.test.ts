import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const mail = (...lines: readonly string[]) => raw(`${lines.join("\n")}\n\nHello.\n`);
const from = "From: a@b.example";

const flags = ["automatic", "bounce", "bulk", "reply", "forward", "signed", "encrypted", "spam"];

/** The flags that a mail has, by `mail is …` of each and its opposite. */
async function flagsOf(bytes: Uint8Array, mailbox = ""): Promise<readonly string[]> {
  const held = await law.holding(
    flags.map((flag) => `mail is ${flag}`),
    bytes,
    { mailbox },
  );
  return held.map((condition) => condition.replace("mail is ", ""));
}

test("a person's mail is none of them", async () => {
  expect(await flagsOf(mail(from, "To: info@example.it", "Subject: Printer"))).toEqual([]);
});

describe("automatic", () => {
  test.each([
    ["Auto-Submitted: auto-replied", ["automatic"]],
    ["Auto-Submitted: auto-generated", ["automatic"]],
    ["Auto-Submitted: auto-notified; owner-email=x@y.example", ["automatic"]],
    ["Auto-Submitted: (out of office) auto-replied", ["automatic"]],
    ["auto-submitted: AUTO-REPLIED", ["automatic"]],
    ["Auto-Submitted: no", []],
    ["Auto-Submitted: No", []],
    ["Auto-Submitted: no (by hand)", []],
    ["Precedence: auto_reply", ["automatic"]],
    ["Precedence: bulk", ["automatic", "bulk"]],
    ["Precedence: JUNK", ["automatic", "bulk"]],
    ["Precedence: list", ["automatic", "bulk"]],
    ["Precedence: normal", []],
    ["Precedence: first-class", []],
    ["X-Autoreply: yes", ["automatic"]],
    ["X-Autorespond: x", ["automatic"]],
    ["Return-Path: <>", ["automatic"]],
    ["Return-Path: < >", ["automatic"]],
    ["Return-Path: <a@b.example>", []],
    ["Return-Path:", []],
    ["X-Auto-Response-Suppress: All", []],
    ["List-Id: Friends <friends.example>", ["bulk"]],
    ["List-Unsubscribe: <mailto:x@y.example>", ["bulk"]],
    ["List-Post: <mailto:x@y.example>", []],
    ["List-Help: <mailto:x@y.example>", []],
  ])("%s: %j", async (line, expected) => {
    expect(await flagsOf(mail(from, line, "Subject: x"))).toEqual(expected);
  });

  test("an own list or redirect makes no mail automatic or bulk", async () => {
    const through = '  through ["support.lists.example.it", "relay.example.it"]';
    const list = [
      from,
      "Return-Path: <>",
      "Precedence: list",
      "List-Id: Support <support.lists.example.it>",
      "List-Unsubscribe: <mailto:x@lists.example.it>",
    ];
    expect(await flagsOf(mail(...list), through)).not.toContain("bulk");
    expect(await flagsOf(mail(...list))).toEqual(["automatic", "bulk"]);
    const bounced = [from, "Return-Path: <support-bounces@lists.example.it>", ...list.slice(2)];
    expect(await flagsOf(mail(...bounced), through)).toEqual([]);
    const other = [from, "Precedence: list", "List-Id: <other.lists.example.it>"];
    expect(await flagsOf(mail(...other), through)).toEqual(["automatic", "bulk"]);
    expect(await flagsOf(mail(...bounced, "Auto-Submitted: auto-replied"), through)).toEqual([
      "automatic",
    ]);
  });
});

describe("bounce", () => {
  const report = (fields: string) =>
    raw(`From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=BB

--BB
Content-Type: text/plain

It could not be delivered.
--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; nobody@b.example
${fields}
--BB
Content-Type: message/rfc822

From: info@example.it
Message-ID: <one@example.it>

Hello.
--BB--
`);

  test("a delivery report (RFC 3464), which is automatic too", async () => {
    expect(await flagsOf(report("Action: failed\nStatus: 5.1.1"))).toEqual(
      expect.arrayContaining(["automatic", "bounce"]),
    );
  });

  test.each(["delivered", "relayed", "delayed", "expanded"])(
    "a report that a mail was %s is one of RFC 3464 too",
    async (action) => {
      expect(await flagsOf(report(`Action: ${action}\nStatus: 2.0.0`))).toContain("bounce");
    },
  );

  test("a read receipt is no bounce", async () => {
    const bytes = raw(`${from}
Subject: Read: x
Content-Type: multipart/report; report-type=disposition-notification; boundary=BB

--BB
Content-Type: text/plain

Read.
--BB
Content-Type: message/disposition-notification

Final-Recipient: rfc822;a@b.example
Disposition: manual-action/MDN-sent-manually; displayed
--BB--
`);
    expect(await flagsOf(bytes)).not.toContain("bounce");
  });

  test("an unstructured one by its signs", async () => {
    const bytes = raw(`From: Mail Delivery System <MAILER-DAEMON@mx.example>
Return-Path: <>
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients.

  nobody@b.example
    550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

From: info@example.it
Message-ID: <one@example.it>
Subject: x
`);
    expect(await flagsOf(bytes)).toEqual(["automatic", "bounce"]);
  });

  test("a person who speaks of one writes none", async () => {
    const bytes = raw(`${from}
Subject: Mail delivery failed

I get "Mail delivery failed: returning message to sender". Can you help?
`);
    expect(await flagsOf(bytes)).not.toContain("bounce");
  });

  test("a person who passes one on writes none", async () => {
    const inner = new TextDecoder().decode(report("Action: failed\nStatus: 5.1.1"));
    const bytes = raw(`${from}
Subject: Fwd: Undelivered
Content-Type: multipart/mixed; boundary=CC

--CC
Content-Type: text/plain

Can you help?
--CC
Content-Type: message/rfc822

${inner}
--CC--
`);
    expect(await flagsOf(bytes)).toEqual(["forward"]);
  });
});

describe("reply and forward", () => {
  test.each([
    ["In-Reply-To: <x@y>", ["reply"]],
    ["References: <x@y>", ["reply"]],
    ["Subject: Re: x", ["reply"]],
    ["Subject: R: x", ["reply"]],
    ["Subject: AW: x", ["reply"]],
    ["Subject: Re[2]: x", ["reply"]],
    ["Subject: 回复：x", ["reply"]],
    ["Subject: =?utf-8?Q?Re=3A_x?=", ["reply"]],
    ["Subject: Fwd: x", ["forward"]],
    ["Subject: I: x", ["forward"]],
    ["Subject: WG: x", ["forward"]],
    ["Subject: TR: x", ["forward"]],
    ["Subject: 转发: x", ["forward"]],
    ["Subject: Regarding x", []],
    ["Subject: Rex: x", []],
    ["Subject: Info: x", []],
  ])("%s: %j", async (line, expected) => {
    expect(await flagsOf(mail(from, line))).toEqual(expected);
  });

  test("Fwd: Re: is a forward; whether it is a reply too is told by its first prefixes", async () => {
    expect(await flagsOf(mail(from, "Subject: Fwd: Re: x"))).toContain("forward");
    expect(await flagsOf(mail(from, "Subject: Re: Fwd: x"))).toContain("reply");
  });

  const attachedMail = (...lines: readonly string[]) =>
    raw(`${from}
${lines.join("\n")}
Content-Type: multipart/mixed; boundary=BB

--BB
Content-Type: text/plain

See there.
--BB
Content-Type: message/rfc822

From: c@d.example
Subject: Re: inner

Inner.
--BB--
`);

  test("an attached mail and no In-Reply-To is a forward", async () => {
    expect(await flagsOf(attachedMail("Subject: x"))).toEqual(["forward"]);
    expect(await flagsOf(attachedMail("Subject: x", "In-Reply-To: <x@y>"))).toEqual(["reply"]);
  });
});

describe("signed and encrypted", () => {
  const typed = (type: string, body = "x") =>
    raw(`${from}\nSubject: x\nMIME-Version: 1.0\nContent-Type: ${type}\n\n${body}\n`);
  const parts = (...types: readonly string[]) =>
    `${types.map((type) => `--BB\nContent-Type: ${type}\n\nx\n`).join("")}--BB--`;

  test.each<readonly [gist: string, bytes: Uint8Array, expected: readonly string[]]>([
    [
      "S/MIME clear",
      typed(
        'multipart/signed; protocol="application/pkcs7-signature"; boundary=BB',
        parts("text/plain", "application/pkcs7-signature; name=smime.p7s"),
      ),
      ["signed"],
    ],
    [
      "PGP clear",
      typed(
        'multipart/signed; protocol="application/pgp-signature"; boundary=BB',
        parts("text/plain", "application/pgp-signature"),
      ),
      ["signed"],
    ],
    [
      "PGP encrypted",
      typed(
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=BB',
        parts("application/pgp-encrypted", "application/octet-stream"),
      ),
      ["encrypted"],
    ],
    [
      "S/MIME enveloped",
      typed("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
      ["encrypted"],
    ],
    [
      "S/MIME opaque",
      typed("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
      ["signed"],
    ],
    [
      "S/MIME opaque, of old programs",
      typed("application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
      ["signed"],
    ],
    [
      "PGP in the text, signed",
      typed(
        "text/plain",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHi\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----",
      ),
      ["signed"],
    ],
    [
      "PGP in the text, encrypted",
      typed("text/plain", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"),
      ["encrypted"],
    ],
    [
      "a key is neither",
      typed(
        "text/plain",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----",
      ),
      [],
    ],
    [
      "a signed invoice is neither",
      typed(
        "multipart/mixed; boundary=BB",
        parts("text/plain", "application/pkcs7-mime; name=invoice.xml.p7m"),
      ),
      [],
    ],
    ["DKIM is neither", mail(from, "DKIM-Signature: v=1; d=b.example; b=x"), []],
  ])("%s", async (_gist, bytes, expected) => {
    expect(await flagsOf(bytes)).toEqual(expected);
  });
});

describe("spam", () => {
  test.each([
    ["X-Spam-Flag: YES", true],
    ["X-Spam-Flag: yes", true],
    ["X-Spam-Flag: NO", false],
    ["X-Spam: YES", true],
    ["X-Spam: Yes", true],
    ["X-Spam-Status: Yes, score=7.1 required=5.0", true],
    ["X-Spam-Status: No, score=-1.0 required=5.0 tests=YES", false],
    ["X-Spam-Status: yes", true],
    ["X-Spam-Level: *******", false],
    ["X-MS-Exchange-Organization-SCL: 5", true],
    ["X-MS-Exchange-Organization-SCL: 9", true],
    ["X-MS-Exchange-Organization-SCL: 4", false],
    ["X-MS-Exchange-Organization-SCL: -1", false],
    ["X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:;LANG:en;SCL:6;SRV:;", true],
    ["X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:1;SRV:BULK;", false],
    ["X-Spam-Score: 9", false],
  ])("%s: %s", async (line, expected) => {
    expect(await flagsOf(mail(from, line, "Subject: x"))).toEqual(expected ? ["spam"] : []);
  });
});
