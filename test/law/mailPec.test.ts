import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const on = { mailbox: "  pec on" };
const off = {};

const inner = `Received: from x by y; Sun, 1 Nov 2026 08:00:00 +0000
Delivered-To: forged@example.it
Authentication-Results: mx.example.it; spf=pass
X-Own: inner
From: Anna <anna@pec.cliente.example>
To: info@example.it
Cc: legal@example.it
Reply-To: anna@cliente.example
Subject: Re: Diffida
Date: Sun, 1 Nov 2026 10:00:00 +0100
Message-ID: <original@pec.cliente.example>
In-Reply-To: <asked@example.it>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=II

--II
Content-Type: text/plain; charset=utf-8

Il testo originale.
--II
Content-Type: application/pdf; name=diffida.pdf

%PDF
--II--
`;

/** An envelope or a receipt of a provider (RFC 6109). */
function certified(mark: string, attached = inner, name = "postacert.eml"): Uint8Array {
  return raw(`Return-Path: <posta-certificata@provider.example>
Delivered-To: box@example.it
Authentication-Results: mx.example.it; spf=fail; dkim=pass; dmarc=fail
Received: from p by q; Mon, 2 Nov 2026 08:00:00 +0000
${mark}
X-Riferimento-Message-ID: <ours@example.it>
From: "Per conto di: anna@pec.cliente.example" <posta-certificata@provider.example>
Reply-To: anna@pec.cliente.example
To: info@example.it
Subject: POSTA CERTIFICATA: Diffida
Date: Mon, 2 Nov 2026 09:00:00 +0100
Message-ID: <envelope@provider.example>
MIME-Version: 1.0
Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=SS

--SS
Content-Type: multipart/mixed; boundary=MM

--MM
Content-Type: multipart/alternative; boundary=AA

--AA
Content-Type: text/plain

Messaggio di posta certificata
--AA
Content-Type: text/html

<p>Messaggio di posta certificata</p>
--AA--
--MM
Content-Type: application/xml; name=daticert.xml

<?xml version="1.0"?><postacert tipo="posta-certificata" errore="nessuno"></postacert>
--MM
Content-Type: message/rfc822; name="${name}"
Content-Disposition: attachment; filename="${name}"

${attached}
--MM--
--SS
Content-Type: application/pkcs7-signature; name=smime.p7s

x
--SS--
`);
}

const kinds = [
  "message",
  "anomaly",
  "acceptance",
  "refusal",
  "takeover",
  "delivery",
  "failure",
  "delay",
  "virus",
];

describe("pec.kind", () => {
  test.each([
    ["X-Trasporto: posta-certificata", "message"],
    ["X-Trasporto: errore", "anomaly"],
    ["X-Ricevuta: accettazione", "acceptance"],
    ["X-Ricevuta: non-accettazione", "refusal"],
    ["X-Ricevuta: presa-in-carico", "takeover"],
    ["X-Ricevuta: avvenuta-consegna", "delivery"],
    ["X-Ricevuta: errore-consegna", "failure"],
    ["X-Ricevuta: preavviso-errore-consegna", "delay"],
    ["X-Ricevuta: rilevazione-virus", "virus"],
    ["x-ricevuta: AVVENUTA-CONSEGNA", "delivery"],
    ["X-Ricevuta: avvenuta-consegna\nX-TipoRicevuta: breve", "delivery"],
  ])("%s is %s, with pec on and off", async (mark, kind) => {
    for (const around of [on, off]) {
      expect(
        await law.holding(
          kinds.map((one) => `pec.kind is ${one}`),
          certified(mark),
          around,
        ),
      ).toEqual([`pec.kind is ${kind}`]);
    }
  });

  test("absent in any other mail", async () => {
    const bytes = raw("From: a@b.example\nX-Ricevuta: qualcosa\nSubject: x\n\nx\n");
    expect(
      await law.holding(
        ["pec.kind exists", "pec.kind is message", "pec.kind is [acceptance, delivery]"],
        bytes,
        on,
      ),
    ).toEqual([]);
  });

  test("words, not texts; a list of them", async () => {
    const bytes = certified("X-Ricevuta: accettazione");
    expect(
      await law.holding(["pec.kind is [acceptance, delivery]", "pec.kind is [message]"], bytes, on),
    ).toEqual(["pec.kind is [acceptance, delivery]"]);
    for (const wrong of ['pec.kind is "delivery"', "pec.kind is consegna"])
      expect(told(project(wrong, on)).join("\n"), wrong).toMatch(/^error [^\n]*$/);
  });
});

describe("with pec on a message has the inner mail's fields", () => {
  const message = certified("X-Trasporto: posta-certificata");

  test("all but what the receiving server knows", async () => {
    expect(
      await law.says(
        "always",
        '"${from}|${from.name}|${cc}|${reply-to}|${subject}|${body}|${attachment.name}|${header "X-Own"}|${header "X-Trasporto"}|${delivered-to}"',
        message,
        on,
      ),
    ).toBe(
      "anna@pec.cliente.example|Anna|legal@example.it|anna@cliente.example|Re: Diffida|Il testo originale.|diffida.pdf|inner||box@example.it",
    );
  });

  test("received, age, size, folder, mailbox, delivered-to, spf, dkim, dmarc are the envelope's", async () => {
    const mailbox = '  pec on\n  trusts "mx.example.it"';
    const held = [
      `size is ${message.length} B`,
      "received on 2026-11-02",
      "spf is fail",
      "dkim is pass",
      "dmarc is fail",
      'delivered-to is "box@example.it"',
      "date on 2026-11-01",
      "mail is reply",
    ];
    expect(
      await law.holding([...held, 'delivered-to contains "forged"', "mail is signed"], message, {
        mailbox,
      }),
    ).toEqual(held);
  });

  test("its ticket is of the inner sender", async () => {
    const ticket = await law.ticket("always", '{ tag "x" }', message, on);
    expect(ticket).toMatchObject({
      title: "Re: Diffida",
      documents: 1,
      requester: { address: "anna@pec.cliente.example" },
    });
  });

  test("off: the envelope is the mail, the original an attachment", async () => {
    expect(
      await law.says("always", '"${from}|${subject}|${body}|${attachment.name}"', message, off),
    ).toBe(
      "posta-certificata@provider.example|POSTA CERTIFICATA: Diffida|Messaggio di posta certificata|daticert.xml, postacert.eml, smime.p7s",
    );
  });

  test.each([
    ["X-Trasporto: errore"],
    ["X-Ricevuta: avvenuta-consegna"],
    ["X-Ricevuta: accettazione"],
    ["X-Other: x"],
  ])("%s is itself, and a mail inside is an attachment", async (mark) => {
    const bytes = certified(mark);
    expect(
      await law.holding(
        [
          'from is "posta-certificata@provider.example"',
          'subject starts with "POSTA"',
          'attachment.name is "postacert.eml"',
          'body contains "originale"',
        ],
        bytes,
        on,
      ),
    ).toEqual([
      'from is "posta-certificata@provider.example"',
      'subject starts with "POSTA"',
      'attachment.name is "postacert.eml"',
    ]);
  });

  test("the sender of an anomaly is asked by `on behalf of forwarded`", async () => {
    const ticket = await law.ticket(
      "always",
      "{\non behalf of forwarded\n}",
      certified("X-Trasporto: errore"),
      on,
    );
    expect(ticket?.requester?.address).toBe("anna@pec.cliente.example");
  });

  test("an envelope whose original is encoded in base64 is opened too", async () => {
    const encoded = Buffer.from(raw(inner)).toString("base64");
    const text = new TextDecoder()
      .decode(certified("X-Trasporto: posta-certificata", encoded))
      .replace("attachment; filename", "attachment; x=y; filename")
      .replace(
        'Content-Type: message/rfc822; name="postacert.eml"',
        'Content-Type: message/rfc822; name="postacert.eml"\r\nContent-Transfer-Encoding: base64',
      );
    expect(await law.says("always", '"${from}|${subject}"', raw(text), on)).toBe(
      "anna@pec.cliente.example|Re: Diffida",
    );
  });

  test("an envelope without the original is the mail itself", async () => {
    const bytes = raw(
      "From: posta-certificata@provider.example\nSubject: POSTA CERTIFICATA: x\nX-Trasporto: posta-certificata\n\nNothing inside.\n",
    );
    expect(await law.says("always", '"${subject}|${body}"', bytes, on)).toBe(
      "POSTA CERTIFICATA: x|Nothing inside.",
    );
  });

  test("what was never an envelope's inside does not open one: a mark inside the inner mail", async () => {
    const twice = certified("X-Trasporto: posta-certificata", new TextDecoder().decode(message));
    expect(await law.says("always", '"${subject}"', twice, on)).toBe("POSTA CERTIFICATA: Diffida");
  });
});

describe("a receipt", () => {
  const pecProject = (steps: string) => `mailbox support {
  files "mail"
  address "info@example.it"
  smtp "smtp.example.it"
  pec on
  apply incoming
}
rules incoming {
  rule "Receipt" {
    when pec.kind exists
    then update ticket thread otherwise create ticket
  }
  rule "New" {
    when always
    then create ticket
  }
}
process "Opening" {
  on ticket created
  when always
  then {
    send mail {
      to ticket.requester
      subject "Opening"
      body "Hello."
    }
    set {
      status "Wait For Response"
    }
  }
}
test "it" {
${steps}
}
`;
  const question = `  receive """
    From: anna@pec.cliente.example
    Subject: Hello

    Hello.
    """
  expect mail sent {
    subject is "Opening"
  }
`;
  const receipt = (about: string) => `  receive """
    From: posta-certificata@provider.example
    Subject: CONSEGNA: Opening
    X-Ricevuta: avvenuta-consegna
    X-Riferimento-Message-ID: ${about}
    References: <other@x.example>

    Ricevuta.
    """
`;

  test("has the thread of X-Riferimento-Message-ID", async () => {
    const steps = `${question}${receipt("${mail.id}")}  expect ticket 1 updated {
    comment contains "Ricevuta"
  }`;
    expect(await law.failures(pecProject(steps))).toEqual([]);
  });

  test("is no answer of the customer: the status stays", async () => {
    const steps = `${question}${receipt("${mail.id}")}  expect ticket 1 updated {
    status is "Wait For Response"
  }`;
    expect(await law.failures(pecProject(steps))).toEqual([]);
  });

  test("that opens a ticket gets no mail: it would bring the next receipt", async () => {
    const steps = `${receipt("<lost@x.example>")}  expect ticket created
  expect no mail sent`;
    expect(await law.failures(pecProject(steps))).toEqual([]);
  });
});
