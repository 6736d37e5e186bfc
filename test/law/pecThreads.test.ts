import { afterEach, expect, test } from "vitest";
import { type Desk, Desks, mail, rule } from "../law-rules/kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const notice = `
process "Opening" {
  on ticket created
  when always
  then send mail {
    to ticket.requester
    subject "Opening"
    body "Hello."
  }
}
`;

const thread = (): Promise<Desk> =>
  desks.of(
    rule(
      "any {\n      mail is reply\n      pec.kind is [acceptance, delivery]\n    }",
      "update ticket thread",
      "Thread",
    ) + rule("always", "create ticket", "New"),
    { more: notice, mailbox: "pec on" },
  );

const receipt = (about: string, id: string) => `From: posta-certificata@provider.example
Subject: ACCETTAZIONE: Opening
Message-ID: <receipt@provider.example>
X-Ricevuta: accettazione
X-Riferimento-Message-ID: ${about}
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Accettato.
--b
Content-Type: application/xml; name="daticert.xml"

<?xml version="1.0"?><postacert tipo="accettazione"><dati>
<identificativo>${id}</identificativo><msgid>&lt;x@y&gt;</msgid></dati></postacert>
--b--
`;

const envelope = (
  id: string,
  original: string,
  inner: string,
) => `From: "Per conto di: anna@cliente.example" <posta-certificata@provider.example>
Subject: POSTA CERTIFICATA
Message-ID: ${id}
X-Trasporto: posta-certificata
X-Riferimento-Message-ID: ${original}
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Messaggio.
--b
Content-Type: message/rfc822; name="postacert.eml"

From: anna@cliente.example
To: info@example.it
Message-ID: ${id}
${inner}

Ciao.
--b--
`;

test("an answer names the id that the provider gave our mail: its receipt told it", async () => {
  const answer = mail({ Subject: "Answer", "In-Reply-To": "<opec1.2026@provider.example>" });
  const untold = await thread();
  await untold.outcome(mail());
  expect(await untold.outcome(answer)).toBe("ticket created by New #2");

  const told = await thread();
  await told.outcome(mail());
  const ours = (await told.sent())[0]?.messageId ?? "";
  expect(await told.outcome(receipt(ours, "opec1.2026@provider.example"))).toBe(
    "ticket updated by Thread #1",
  );
  expect(await told.outcome(answer)).toBe("ticket updated by Thread #1");
});

test("who answers a certified mail of their own names the id that they gave it", async () => {
  const desk = await thread();
  expect(
    await desk.outcome(
      envelope("<opec2@provider.example>", "<own@cliente.example>", "Subject: Uno"),
    ),
  ).toBe("ticket created by New #1");
  const again = "Subject: Sollecito\nIn-Reply-To: <own@cliente.example>";
  expect(
    await desk.outcome(envelope("<opec3@provider.example>", "<next@cliente.example>", again)),
  ).toBe("ticket updated by Thread #1");
});

test.each(["", "no id", "<script>@x", "a@b".repeat(200)])(
  "a receipt whose data say no id is taken all the same: %s",
  async (id) => {
    const desk = await thread();
    await desk.outcome(mail());
    const ours = (await desk.sent())[0]?.messageId ?? "";
    expect(await desk.outcome(receipt(ours, id))).toBe("ticket updated by Thread #1");
  },
);
