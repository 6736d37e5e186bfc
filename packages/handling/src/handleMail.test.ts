import { afterEach, describe, expect, it } from "vitest";
import type { Program } from "@mcrules/compiler";
import { explainMail } from "./deciding.ts";
import { handleMail } from "./handleMail.ts";
import { MailGone, SourceOutage } from "./outage.ts";
import { readStoredDecision } from "./storedTrace.ts";
import type { SampleDesk } from "./samples/desk.ts";
import { sampleDesk, sampleMail } from "./samples/desk.ts";
import {
  always,
  create,
  day,
  fileUnderContact,
  from,
  ignore,
  mailbox,
  markSpam,
  move,
  program,
  rule,
  subjectContains,
  subjectMatches,
  update,
  updateThread,
} from "./samples/program.ts";

const open: SampleDesk[] = [];
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
});

async function deskWith(given: Program): Promise<SampleDesk> {
  const desk = await sampleDesk(given);
  open.push(desk);
  return desk;
}

const byNumber = rule(
  "Reply",
  subjectMatches("Ticket Id: (?:9x)?(?<id>[0-9]+)\\b"),
  update({ kind: "id", capture: "id" }),
);
const support = rule("Support", always, create());
const small = program([
  mailbox("support", [byNumber, rule("Thread", always, updateThread), support]),
]);

const printer = `
  From: Anna <anna@example.org>
  To: Support <info@example.it>
  Cc: boss@example.org
  Date: Mon, 2 Nov 2026 09:55:00 +0100
  Message-ID: <printer@example.org>
  Subject: Printer broken
  MIME-Version: 1.0
  Content-Type: multipart/mixed; boundary=b

  --b
  Content-Type: text/plain

  It does not print.
  --b
  Content-Type: text/plain
  Content-Disposition: attachment; filename="log.txt"

  error 42
  --b--
`;

describe("a mail that opens a ticket", () => {
  it("brings its title, text, requester, documents and Mail Information", async () => {
    const desk = await deskWith(small);
    const handled = await desk.receive(printer);
    if (handled.kind !== "handled") throw new Error(JSON.stringify(handled));
    expect(handled.ticket).toMatchObject({
      number: "TT1",
      title: "Printer broken",
      description: "It does not print.",
      status: "Open",
      requester: { name: "Anna", address: "anna@example.org" },
      rule: "Support",
      mailbox: "support",
      fromMail: true,
      mail: {
        from: [{ name: "Anna", address: "anna@example.org" }],
        to: [{ name: "Support", address: "info@example.it" }],
        cc: [{ name: "", address: "boss@example.org" }],
        fromName: "Support",
        sender: "info@example.it",
        date: "2026-11-02T09:55:00+01:00",
      },
    });
    const [document] = await desk.helpdesk.documents(1);
    expect(document).toMatchObject({ name: "log.txt", type: "text/plain" });
    const content = await desk.helpdesk.documentContent(document?.hash ?? "");
    expect(Buffer.from(content ?? []).toString()).toContain("error 42");
    expect(handled.journal).toMatchObject({ state: "done", outcome: "ticket created", ticket: 1 });
    expect(await desk.helpdesk.rawMail(handled.journal.identity.contentKey)).toBeDefined();
  });

  it("is connected with the contact, else with the account that has the address", async () => {
    const desk = await deskWith(small);
    await desk.helpdesk.transaction(async (store) => {
      await store.addRegistryEntry({
        kind: "account",
        name: "ACME",
        addresses: ["anna@example.org"],
      });
    });
    const first = await desk.receive(printer);
    expect(first).toMatchObject({ ticket: { account: "ACME" } });
    await desk.helpdesk.transaction(async (store) => {
      await store.addRegistryEntry({
        kind: "contact",
        name: "Anna Rossi",
        addresses: ["ANNA@example.org"],
      });
    });
    const second = await desk.receive(printer.replace("Printer broken", "Again"));
    expect(second).toMatchObject({ ticket: { contact: { name: "Anna Rossi" } } });
  });

  it("registers a requester whom nobody knows, once", async () => {
    const rules = [rule("Support", always, create({ register: "contact" }))];
    const desk = await deskWith(program([mailbox("support", rules)]));
    const handled = await desk.receive(printer);
    expect(handled).toMatchObject({
      ticket: { contact: { name: "Anna", address: "anna@example.org" } },
    });
    await desk.receive(printer.replace("Printer broken", "Again"));
    expect(await desk.helpdesk.registryEntries("contact")).toHaveLength(1);
  });

  it("has Date of the mail, else when it was received in the helpdesk's zone", async () => {
    const desk = await deskWith(small);
    const handled = await desk.receive(printer.replace(/ {2}Date:.*\n/, ""));
    expect(handled).toMatchObject({ ticket: { mail: { date: "2026-11-02T10:00:00+01:00" } } });
  });
});

describe("a mail that was handled before", () => {
  it("is already seen, also in another folder, and adds nothing", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    const again = await desk.receive(printer, { folder: "Archive" });
    expect(again).toMatchObject({ kind: "already seen", decision: { outcome: "already seen" } });
    expect(await desk.helpdesk.tickets({})).toHaveLength(1);
    expect(await desk.helpdesk.journal({})).toHaveLength(1);
  });

  it("is known at the other place from then on", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    await desk.receive(printer, { folder: "Archive", place: "copy" });
    expect(await desk.helpdesk.journaledAt("support", "Archive", "copy")).toMatchObject({
      ticket: 1,
    });
  });

  it("is recognised without a Message-ID, and whatever servers added on the way", async () => {
    const desk = await deskWith(small);
    const bare = printer.replace(/ {2}Message-ID:.*\n/, "");
    await desk.receive(bare);
    const again = await desk.receive(bare.replace("\n  From:", "\n  Received: from x\n  From:"));
    expect(again.kind).toBe("already seen");
  });

  it("is another mail where a Message-ID is used again with other content", async () => {
    const desk = await deskWith(program([mailbox("support", [support])]));
    await desk.receive(printer);
    const other = await desk.receive(printer.replace("It does not print.", "Now it burns."));
    expect(other).toMatchObject({ kind: "handled", ticket: { id: 2 } });
  });

  it("counts in another mailbox only where duplicates are told per project", async () => {
    for (const duplicates of ["per mailbox", "per project"] as const) {
      const desk = await deskWith(
        program([
          mailbox("support", [support], { duplicates }),
          mailbox("sales", [support], { duplicates }),
        ]),
      );
      await desk.receive(printer);
      const other = await desk.receive(printer, { mailbox: "sales" });
      expect(other.kind).toBe(duplicates === "per project" ? "already seen" : "handled");
    }
  });

  it("is done once where several handle it at the same time", async () => {
    const desk = await deskWith(small);
    const results = await Promise.all(Array.from({ length: 8 }, () => desk.receive(printer)));
    expect(results.filter(({ kind }) => kind === "handled")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "already seen")).toHaveLength(7);
    expect(await desk.helpdesk.tickets({})).toHaveLength(1);
  });
});

describe("an answer", () => {
  it("becomes a comment of its new text, the quoted rest kept apart, attachments documents", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    const handled = await desk.receive(`
      From: anna@example.org
      To: info@example.it
      Subject: Re: Printer broken - Ticket Id: 1
      Message-ID: <2@example.org>

      It works again.

      On Mon, 2 Nov 2026, Support wrote:
      > Did you try another cable?
    `);
    expect(handled).toMatchObject({ decision: { rule: "Reply" }, ticket: { id: 1, comments: 1 } });
    const [comment] = await desk.helpdesk.comments(1);
    expect(comment).toMatchObject({ by: "customer", internal: false, text: "It works again." });
    expect(comment?.quoted).toContain("another cable");
  });

  it("finds its ticket by the thread, also through a mail that never came here", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer.replace("Subject:", "References: <never@example.org>\n  Subject:"));
    for (const id of ["<printer@example.org>", "<never@example.org>"]) {
      const handled = await desk.receive(`
        From: anna@example.org
        To: info@example.it
        Subject: Re: Printer broken
        In-Reply-To: ${id}

        Answer to ${id}
      `);
      expect(handled).toMatchObject({ decision: { rule: "Thread" }, ticket: { id: 1 } });
    }
  });

  it("of a stranger opens a ticket of its own, and tells nothing of the other", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    const handled = await desk.receive(`
      From: mallory@example.net
      To: info@example.it
      Subject: Ticket Id: 1

      Let me in.
    `);
    expect(handled).toMatchObject({ decision: { rule: "Support" }, ticket: { id: 2 } });
    expect(await desk.helpdesk.comments(1)).toEqual([]);
  });

  it("of an agent is the agent's comment", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    await desk.receive(`
      From: marco@example.it
      To: info@example.it
      Subject: Ticket Id: 1

      I called her.
    `);
    const [comment] = await desk.helpdesk.comments(1);
    expect(comment).toMatchObject({
      by: "agent",
      author: { name: "Marco", address: "marco@example.it" },
    });
  });
});

describe("other actions", () => {
  it("ignore writes the journal and what becomes of the mail, and no ticket", async () => {
    const desk = await deskWith(
      program([
        mailbox("support", [rule("Suppliers", always, ignore)], { after: { kind: "mark read" } }),
      ]),
    );
    const handled = await desk.receive(printer);
    expect(handled).toMatchObject({ decision: { outcome: "ignored" }, ticket: undefined });
    const pending = await desk.helpdesk.pendingMailEffects("support");
    expect(pending.map(({ effect }) => JSON.parse(effect))).toEqual([{ kind: "mark", as: "read" }]);
  });

  it("file under links the mail to the registry entry", async () => {
    const desk = await deskWith(
      program([mailbox("support", [rule("File", always, fileUnderContact())])]),
    );
    await desk.helpdesk.transaction(async (store) => {
      await store.addRegistryEntry({
        kind: "contact",
        name: "Anna",
        addresses: ["anna@example.org"],
      });
    });
    const handled = await desk.receive(printer);
    if (handled.kind !== "handled") throw new Error("not handled");
    expect(handled.decision.outcome).toBe("filed");
    expect(await desk.helpdesk.filedUnder(handled.journal.id)).toMatchObject([{ name: "Anna" }]);
  });

  it("mark spam blocks the sender, and the next mail ends before the rules", async () => {
    const desk = await deskWith(
      program([
        mailbox("support", [rule("Spam", subjectContains("viagra"), markSpam), support], {
          spamFolder: "Junk",
        }),
      ]),
    );
    await desk.receive("From: s@spam.example\nSubject: viagra\n\nx");
    expect(await desk.helpdesk.blockedAddresses()).toMatchObject([{ address: "s@spam.example" }]);
    const next = await desk.receive("From: s@spam.example\nSubject: hello\n\nx");
    expect(next).toMatchObject({ decision: { outcome: "blocked", rule: null } });
    const pending = await desk.helpdesk.pendingMailEffects("support");
    expect(pending.map(({ effect }) => JSON.parse(effect))).toContainEqual({
      kind: "move",
      folder: "Junk",
    });
  });

  it("mark spam on a contact only raises an alarm, and never blocks an address of ours", async () => {
    const desk = await deskWith(program([mailbox("support", [rule("Spam", always, markSpam)])]));
    await desk.helpdesk.transaction(async (store) => {
      await store.addRegistryEntry({
        kind: "contact",
        name: "Anna",
        addresses: ["anna@example.org"],
      });
    });
    await desk.receive(printer);
    await desk.receive("From: info@example.it\nSubject: forged\n\nx");
    expect(await desk.helpdesk.blockedAddresses()).toEqual([]);
    expect((await desk.helpdesk.alarms()).length).toBe(2);
  });

  it("plans marks before what takes the mail away from its place", async () => {
    const desk = await deskWith(
      program([
        mailbox("support", [
          rule(
            "Move",
            always,
            move("Done"),
            { kind: "mark", as: "flagged", at: support.at },
            ignore,
          ),
        ]),
      ]),
    );
    await desk.receive(printer);
    const pending = await desk.helpdesk.pendingMailEffects("support");
    expect(pending.map(({ effect }) => JSON.parse(effect).kind)).toEqual(["mark", "move"]);
  });
});

describe("a failure", () => {
  it("of the mail itself is tried three times, then set aside, and holds nothing up", async () => {
    const desk = await deskWith(small);
    const broken = {
      ...sampleMail(printer, { place: "broken.eml" }),
      whole: () => Promise.reject(new Error("broken.eml cannot be read: permission denied.")),
    };
    const states: string[] = [];
    for (let tries = 1; tries <= 3; tries++) {
      const handled = await handleMail(desk.context, broken);
      expect(handled).toMatchObject({ kind: "failed", error: expect.stringContaining("denied") });
      states.push(
        `${handled.journal.state} ${handled.kind === "failed" && handled.journal.attempts}`,
      );
    }
    expect(states).toEqual(["failed 1", "failed 2", "set aside 3"]);
    expect(await desk.helpdesk.journal({ failed: true })).toHaveLength(1);
  });

  it("rolls everything back, and the mail is done at the next try", async () => {
    const desk = await deskWith(small);
    let broken = true;
    const reader = {
      close: () => Promise.resolve(),
      readContent: async (...args: Parameters<typeof desk.reader.readContent>) => {
        const content = await desk.reader.readContent(...args);
        // An attachment that is listed but cannot be had breaks the handling in the middle.
        return broken
          ? {
              ...content,
              attachments: content.attachments.map((one) => ({
                ...one,
                get content(): Uint8Array {
                  throw new Error("the attachment is damaged");
                },
              })),
            }
          : content;
      },
    };
    const context = { ...desk.context, reader };
    expect(await handleMail(context, sampleMail(printer))).toMatchObject({
      kind: "failed",
      error: "the attachment is damaged",
      journal: { attempts: 1 },
    });
    expect(await desk.helpdesk.tickets({})).toEqual([]);
    broken = false;
    expect(await handleMail(context, sampleMail(printer))).toMatchObject({
      kind: "handled",
      journal: { state: "done", attempts: 2 },
    });
    expect(await desk.helpdesk.journal({})).toHaveLength(1);
  });

  it("of the mailbox is thrown and counts for nothing, nor does a mail that is gone", async () => {
    const desk = await deskWith(small);
    for (const outage of [new SourceOutage("connection lost"), new MailGone("moved away")]) {
      const mail = { ...sampleMail(printer), whole: () => Promise.reject(outage) };
      await expect(handleMail(desk.context, mail)).rejects.toBe(outage);
    }
    expect(await desk.helpdesk.journal({})).toEqual([]);
  });

  it("of the store is thrown and counts for nothing", async () => {
    const desk = await deskWith(small);
    await desk.helpdesk.close();
    await expect(desk.receive(printer)).rejects.toThrow(/closed/i);
    open.pop();
    await desk.reader.close();
  });
});

describe("explaining", () => {
  it("writes nothing, and explains a known mail anew where it is asked to", async () => {
    const desk = await deskWith(small);
    expect(await explainMail(desk.context, sampleMail(printer))).toMatchObject({
      outcome: "ticket created",
      rule: "Support",
    });
    expect(await desk.helpdesk.journal({})).toEqual([]);
    await desk.receive(printer);
    expect((await explainMail(desk.context, sampleMail(printer))).outcome).toBe("already seen");
    const anew = await explainMail(desk.context, sampleMail(printer), { asNew: true });
    expect(anew.outcome).toBe("ticket created");
  });

  it("tells a year later what was decided, from the journal", async () => {
    const desk = await deskWith(small);
    await desk.receive(printer);
    desk.wait(365 * day);
    const [entry] = await desk.helpdesk.journalOfTicket(1);
    if (entry === undefined) throw new Error("no entry");
    const stored = readStoredDecision(entry);
    expect(stored).toMatchObject({ rule: "Support", program: "sample", leftOut: 0 });
    expect(stored?.trace.map(({ rule: name, result }) => [name, result])).toContainEqual([
      "Reply",
      false,
    ]);
    expect(stored?.answers.map(({ need }) => need.need)).toContain("seen");
    expect(readStoredDecision({ ...entry, trace: "{}" })).toBeUndefined();
    expect(readStoredDecision({ ...entry, trace: "no json" })).toBeUndefined();
  });
});

describe("the trace of very many rules", () => {
  it("is kept in part: the rules that acted, and the first of the others", async () => {
    const many = Array.from({ length: 300 }, (_, number) =>
      rule(`Rule ${number}`, subjectContains(`nothing ${number}`), ignore),
    );
    const desk = await deskWith(program([mailbox("support", [...many, support])]));
    const handled = await desk.receive(printer);
    const stored = readStoredDecision(handled.journal);
    expect(stored?.trace.length).toBeLessThan(120);
    expect(stored?.leftOut).toBeGreaterThan(180);
    expect(stored?.trace.at(-1)).toMatchObject({ rule: "Support", result: true });
  });

  it("takes few bytes, is read where it was kept in plain text, and is none where it was damaged", async () => {
    const many = Array.from({ length: 90 }, (_, number) =>
      rule(`Rule ${number}`, subjectContains(`nothing ${number}`), ignore),
    );
    const desk = await deskWith(program([mailbox("support", [...many, support])]));
    const { journal } = await desk.receive(printer);
    const { trace, leftOut, answers, mailEffects } = readStoredDecision(journal) ?? {};
    expect(trace).toHaveLength(95);
    const plain = JSON.stringify({ format: 1, trace, leftOut, answers, mailEffects });
    expect(journal.trace.length).toBeLessThan(plain.length / 5);
    expect(readStoredDecision({ ...journal, trace: plain })).toEqual(readStoredDecision(journal));
    const damaged = journal.trace.slice(0, -100);
    expect(readStoredDecision({ ...journal, trace: damaged })).toBeUndefined();
    expect(readStoredDecision({ ...journal, trace: "zstd:" })).toBeUndefined();
  });
});

describe("two answers at once", () => {
  it("each see what the other did: none is lost, and the second decides by the present status", async () => {
    const desk = await deskWith(
      program([
        mailbox("support", [
          rule(
            "Close",
            subjectContains("close"),
            update({ kind: "thread" }, {}, { status: { kind: "word", word: "Closed" } }),
          ),
          rule(
            "Answer",
            from("anna"),
            update({ kind: "thread" }, { closed: { kind: "if", actions: [create()] } }),
          ),
          support,
        ]),
      ]),
    );
    await desk.receive(printer);
    const answer = (subject: string) => `
      From: anna@example.org
      Subject: ${subject}
      In-Reply-To: <printer@example.org>

      ${subject}
    `;
    await Promise.all([desk.receive(answer("close it")), desk.receive(answer("and more"))]);
    const tickets = (await desk.helpdesk.tickets({})).toReversed();
    // Whichever came first, the one that came second saw it.
    const answerFirst = [{ id: 1, comments: 2, status: "Closed", linkedTo: undefined }];
    const closeFirst = [
      { id: 1, comments: 1, status: "Closed", linkedTo: undefined },
      { id: 2, comments: 0, status: "Open", linkedTo: 1 },
    ];
    expect([answerFirst, closeFirst]).toContainEqual(
      tickets.map(({ id, comments, status, linkedTo }) => ({ id, comments, status, linkedTo })),
    );
  });
});

describe("a PEC mail", () => {
  const pec = `
    From: "Per conto di: anna@pec.example" <posta-certificata@provider.example>
    To: info@example.it
    Message-ID: <envelope@provider.example>
    X-Trasporto: posta-certificata
    Subject: POSTA CERTIFICATA: Contract
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=outer

    --outer
    Content-Type: text/plain

    Certified email message
    --outer
    Content-Type: message/rfc822; name="postacert.eml"
    Content-Disposition: attachment; filename="postacert.eml"

    From: Anna <anna@pec.example>
    To: info@example.it
    Message-ID: <inner@pec.example>
    Subject: Contract

    The contract is signed.
    --outer--
  `;

  it("is the original inside, known by the ids of both, where the mailbox says pec", async () => {
    const desk = await deskWith(
      program([mailbox("support", small.mailboxes[0]?.rules ?? [], { pec: true })]),
    );
    const handled = await desk.receive(pec);
    expect(handled).toMatchObject({
      ticket: {
        title: "Contract",
        description: "The contract is signed.",
        requester: { address: "anna@pec.example" },
        mail: { from: [{ name: "Anna" }] },
      },
      journal: { subject: "Contract", from: "anna@pec.example" },
    });
    for (const id of ["<envelope@provider.example>", "<inner@pec.example>"]) {
      expect(await desk.helpdesk.ticketByMessageId([id])).toMatchObject({ id: 1 });
    }
  });

  it("is its envelope elsewhere", async () => {
    const desk = await deskWith(small);
    expect(await desk.receive(pec)).toMatchObject({
      ticket: { title: "POSTA CERTIFICATA: Contract", documents: 1 },
    });
  });
});
