import { describe, expect, it } from "vitest";
import type { BounceReport } from "../mail.ts";
import { contentOf, headersOf } from "./writtenMail.fixture.ts";

function bounceOf(mail: string): BounceReport | undefined {
  return contentOf(mail).bounce;
}

const report = (action: string, status = "5.1.1"): string => `
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x

Your mail could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Original-Recipient: rfc822;Anna@example.org
Final-Recipient: rfc822; anna.new@example.org
Action: ${action}
Status: ${status} (no such user)

Final-Recipient: rfc822; fine@example.org
Action: relayed
Status: 2.0.0
--x
Content-Type: message/rfc822

From: info@example.it
Message-ID: <mcrules.ours@example.it>
Subject: Opening TT42

Hello
--x--
`;

describe("a delivery report", () => {
  it("is a bounce by its header, and says who, why and which mail", () => {
    expect(headersOf(report("failed")).flags.bounce).toBe(true);
    expect(bounceOf(report("failed"))).toEqual({
      originalIds: ["<mcrules.ours@example.it>"],
      recipients: ["anna.new@example.org", "anna@example.org"],
      status: "5.1.1",
    });
  });

  it("names nobody where the mail is only late or has arrived", () => {
    expect(bounceOf(report("delayed", "4.4.1"))?.recipients).toEqual([]);
    expect(bounceOf(report("delivered", "2.0.0"))?.recipients).toEqual([]);
  });

  it("may come with the returned headers alone", () => {
    const mail = report("failed").replace("message/rfc822", "text/rfc822-headers");
    expect(bounceOf(mail)?.originalIds).toEqual(["<mcrules.ours@example.it>"]);
  });

  it("may stand in a mail that does not call itself a report", () => {
    const mail = report("failed").replace(
      "multipart/report; report-type=delivery-status",
      "multipart/mixed",
    );
    expect(headersOf(mail).flags.bounce).toBeUndefined();
    expect(bounceOf(mail)?.status).toBe("5.1.1");
  });
});

const unstructured: Readonly<
  Record<string, { mail: string; recipients: readonly string[]; ids?: readonly string[] }>
> = {
  "one of a server that hides behind no-reply, without an answer of another": {
    mail: `
From: no-reply@phone.example.org
Subject: Mail delivery failed
Content-Type: multipart/mixed; boundary=x

--x

Your mail could not be delivered to: <anna@phone.example.org>
As their mailbox is full.
--x
Content-Type: message/rfc822

Message-ID: <a@example.it>
Subject: Opening TT42

Hello
--x--
`,
    recipients: ["anna@phone.example.org"],
    ids: ["<a@example.it>"],
  },
  "qmail's": {
    mail: `
From: MAILER-DAEMON@mx.example.org
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <info@example.it>
Message-ID: <mcrules.ours@example.it>
To: anna@example.org
`,
    recipients: ["anna@example.org"],
    ids: ["<mcrules.ours@example.it>"],
  },
  "Exim's": {
    mail: `
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  anna@example.org
    SMTP error from remote mail server after RCPT TO:<anna@example.org>:
    host mx.example.org [192.0.2.1]: 550 unknown user

------ This is a copy of the message, including all the headers. ------

Message-ID: <mcrules.ours@example.it>
`,
    recipients: ["anna@example.org"],
    ids: ["<mcrules.ours@example.it>"],
  },
  "Exchange's": {
    mail: `
From: System Administrator <postmaster@example.org>
Subject: Undeliverable: Opening TT42

Your message

  To:      anna@example.org
  Subject: Opening TT42

did not reach the following recipient(s):

anna@example.org on Mon, 2 Nov 2026 09:00:00 +0100
    The recipient name is not recognized
`,
    recipients: ["anna@example.org"],
  },
  "old Sendmail's": {
    mail: `
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
Subject: Returned mail: User unknown

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<anna@example.org>
<<< 550 5.1.1 <anna@example.org>... User unknown

   ----- Unsent message follows -----
Message-Id: <mcrules.ours@example.it>
`,
    recipients: [],
    ids: ["<mcrules.ours@example.it>"],
  },
  German: {
    mail: `
From: Mailer-Daemon@example.de
Subject: Unzustellbar: Ticket

Ihre Nachricht konnte nicht zugestellt werden:

<anna@example.de>: 550 5.1.1 Empfaenger unbekannt
`,
    recipients: ["anna@example.de"],
  },
  Italian: {
    mail: `
From: Postmaster <postmaster@example.it>
Subject: Mancata consegna

Non è stato possibile consegnare il messaggio ai destinatari seguenti:

anna@example.it
`,
    recipients: ["anna@example.it"],
  },
  "with a null sender alone": {
    mail: `
Return-Path: <>
From: no-reply@phone.example.org
Subject: Mail

Your mail could not be delivered to: <anna@phone.example.org>
As their mailbox is full.

Received: from mx.example.it
Message-ID: <mcrules.ours@example.it>
`,
    recipients: ["anna@phone.example.org"],
    ids: ["<mcrules.ours@example.it>"],
  },
};

describe("a bounce without a report", () => {
  it.each(Object.keys(unstructured))("%s", (name) => {
    const { mail, recipients, ids } = unstructured[name] ?? { mail: "", recipients: [] };
    const found = bounceOf(mail);
    expect(found).toBeDefined();
    expect(headersOf(mail).flags.bounce).toBeUndefined();
    expect(contentOf(mail).flags).toMatchObject({ bounce: true, automatic: true });
    for (const recipient of recipients) expect(found?.recipients).toContain(recipient);
    expect(found?.originalIds ?? []).toEqual(ids ?? []);
  });
});

const others: Readonly<Record<string, string>> = {
  "an absence note with a null sender": `
Return-Path: <>
From: Anna <anna@example.org>
Subject: Automatic reply: Opening TT42
Auto-Submitted: auto-replied

I am away. Your message was not delivered to anybody else, write to <bob@example.org>: 550 people do.
`,
  "a complaint": `
From: staff@example.org
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary=x

--x

This is an abuse report.
--x
Content-Type: message/feedback-report

Feedback-Type: abuse
--x
Content-Type: message/rfc822

Message-ID: <mcrules.ours@example.it>

Hello
--x--
`,
  "a read receipt": `
From: Anna <anna@example.org>
Subject: Read: Opening TT42
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x

Your message was read.
--x--
`,
  "a person who writes about a bounce": `
From: Anna <anna@example.org>
Subject: Mail delivery problem

My mail to bob@example.org could not be delivered, it said 550 5.1.1 user unknown. Can you help?
`,
  "a person who passes one on": `
From: Anna <anna@example.org>
Subject: I got this
Content-Type: multipart/mixed; boundary=x

--x

What is this?
--x
Content-Type: message/rfc822

From: MAILER-DAEMON@example.org
Subject: failure notice

I wasn't able to deliver your message.
--x--
`,
  "a person who passes one on under its subject": `
From: Anna <anna@example.org>
Subject: Mail delivery failed
Content-Type: multipart/mixed; boundary=x

--x

It could not be delivered, as you see.
--x
Content-Type: message/rfc822

Message-ID: <a@example.it>
Subject: Opening TT42

Hello
--x--
`,
  "a shop that nobody answers, with a mail attached": `
From: no-reply@shop.example
Subject: Your delivery
Content-Type: multipart/mixed; boundary=x

--x

Your parcel could not be delivered.
--x
Content-Type: message/rfc822

Message-ID: <a@example.it>
Subject: Opening TT42

Hello
--x--
`,
  "a postmaster who writes as a person": `
From: Postmaster <postmaster@example.org>
Subject: Maintenance on Sunday

Dear all, we will be away from nine to ten.
`,
  "a PEC receipt of a failed delivery": `
From: posta-certificata@pec.example.it
Subject: AVVISO DI MANCATA CONSEGNA: Opening TT42
X-Ricevuta: errore-consegna
Return-Path: <>

Il messaggio non è stato consegnato: 5.1.1 indirizzo non valido <anna@pec.example.it>
`,
};

describe("what is no bounce", () => {
  it.each(Object.keys(others))("%s", (name) => {
    const mail = others[name] ?? "";
    expect(bounceOf(mail)).toBeUndefined();
    expect(contentOf(mail).flags.bounce).toBe(false);
    expect(headersOf(mail).flags.bounce).not.toBe(true);
  });
});

describe("most mail", () => {
  it("is told from a bounce by its header alone", () => {
    expect(headersOf("From: Anna <anna@example.it>\nSubject: Printer\n\n").flags.bounce).toBe(
      false,
    );
    expect(headersOf("Return-Path: <a@b.it>\nFrom: a@b.it\nList-Id: <x.y>\n\n").flags.bounce).toBe(
      false,
    );
  });
});
