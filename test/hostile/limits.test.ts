import { afterEach, describe, expect, it } from "vitest";
import { Desk, rules } from "./desk.ts";

const opened: Desk[] = [];
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.close();
});

async function open(text: string = rules): Promise<Desk> {
  const desk = await Desk.open(text);
  opened.push(desk);
  return desk;
}

const hour = 3_600_000;
const mail = (from: string, subject: string, more = "") =>
  `From: ${from}\nTo: info@example.it\n${more}Subject: ${subject}\n\nabout ${subject}\n`;

const answering = rules.replace("on ticket created", "on ticket created, ticket updated");

describe("an autoresponder without marks", () => {
  it("that writes from ever new addresses of one domain: ten times the send limit, then silence, and one alarm", async () => {
    const desk = await open();
    for (let at = 0; at < 45; at += 1) {
      await desk.receive(mail(`away${at}@robots.example`, `Away ${at}`));
    }
    expect(await desk.sent()).toHaveLength(40);
    expect((await desk.helpdesk.alarms()).map(({ message }) => message)).toEqual([
      "No mail is sent: unknown people at robots.example got 40 mails already, and no more are sent within the send limit.",
    ]);
    await desk.receive(mail("bob@else.example", "Screen"));
    expect(await desk.sent()).toHaveLength(41);
    desk.wait(4 * hour);
    await desk.receive(mail("away99@robots.example", "Away 99"));
    expect(await desk.sent()).toHaveLength(42);
  });

  it("at a domain with many known people and agents silences none of them", async () => {
    const desk = await open(rules.replace("marco@example.it", "marco@big.example"));
    const known = Array.from({ length: 45 }, (_, at) => `c${at}@big.example`);
    await desk.helpdesk.transaction(async (t) => {
      for (const [at, address] of known.entries()) {
        await t.addRegistryEntry({
          kind: at % 2 === 0 ? "contact" : "vendor",
          name: address,
          addresses: [address],
        });
      }
    });
    for (const address of [...known, "marco@big.example", "new@big.example"]) {
      await desk.receive(mail(address, `From ${address}`));
    }
    expect(await desk.sent()).toHaveLength(47);
    expect(await desk.helpdesk.alarms()).toEqual([]);
  });

  it("that answers on one ticket from ever new addresses: three times the send limit, then silence, and one alarm", async () => {
    const desk = await open(
      answering
        .replace("then update ticket $id", "then update ticket $id from anyone")
        .replace('to ticket.requester\n    subject "', 'to from\n    subject "'),
    );
    await desk.receive(mail("anna@example.org", "Printer"));
    for (let at = 0; at < 20; at += 1) {
      await desk.receive(mail(`away@d${at}.example`, `Ticket Id: 9x1 ${at}`));
    }
    expect(await desk.sent()).toHaveLength(12);
    expect((await desk.helpdesk.alarms()).map(({ message }) => message)).toContain(
      "No mail is sent: 12 mails about ticket TT1 were sent already, and no more are within the send limit.",
    );
    await desk.receive(mail("bob@else.example", "Screen"));
    expect(await desk.sent()).toHaveLength(13);
  });
});

describe("whoever guesses numbers", () => {
  const anyone = rules.replace("then update ticket $id", "then update ticket $id from anyone");
  const guess = (id: number, at: number) => mail("eve@evil.example", `Ticket Id: 9x${id} ${at}`);

  it("is let to twenty tickets in a day by their number, then to none; one alarm says so; the trace says why", async () => {
    const desk = await open(anyone);
    await desk.receive(mail("anna@example.org", "Printer"));
    for (let at = 0; at < 19; at += 1) await desk.receive(guess(900 + at, at));
    expect(await desk.outcome(guess(1, 19))).toBe("ticket updated, Reply");
    const handled = await desk.receive(guess(1, 20));
    if (handled.kind !== "handled") throw new Error(handled.kind);
    expect(handled.decision.rule).toBe("Support");
    expect(handled.decision.marks.map(({ kind }) => kind)).toEqual(["guesses"]);
    expect(JSON.stringify(handled.decision.trace)).toContain(
      '20, so \\"from anyone\\" does not hold for eve@evil.example',
    );
    for (let at = 21; at < 30; at += 1) await desk.receive(guess(1, at));
    expect(
      (await desk.helpdesk.alarms()).filter(({ message }) => message.includes("guessing")),
    ).toHaveLength(1);
    desk.wait(25 * hour);
    expect(await desk.outcome(guess(1, 99))).toBe("ticket updated, Reply");
  });

  it("hinders no participant, and nobody else", async () => {
    const desk = await open(anyone);
    await desk.receive(mail("eve@evil.example", "My own"));
    for (let at = 0; at < 30; at += 1) await desk.receive(guess(900 + at, at));
    expect(await desk.outcome(guess(1, 99))).toBe("ticket updated, Reply");
    expect(await desk.outcome(mail("bob@example.org", "Ticket Id: 9x1"))).toBe(
      "ticket updated, Reply",
    );
  });

  it("is found out too where only participants are let in", async () => {
    const desk = await open();
    await desk.receive(mail("anna@example.org", "Printer"));
    for (let at = 0; at < 25; at += 1) await desk.receive(guess(1, at));
    const told = (await desk.helpdesk.alarms()).filter(({ message }) =>
      message.startsWith("eve@evil.example named 20 tickets within 24 hours"),
    );
    expect(told).toHaveLength(1);
    expect(await desk.helpdesk.comments(1)).toEqual([]);
  });
});

describe("of several numbers in one field", () => {
  it("the trace tells the others beside the leftmost, where they are others", async () => {
    const desk = await open();
    await desk.receive(mail("anna@example.org", "Printer"));
    const traced = async (subject: string) => {
      const handled = await desk.receive(mail("anna@example.org", subject));
      if (handled.kind !== "handled") throw new Error(handled.kind);
      return handled.decision.trace
        .flatMap(({ because }) => because)
        .find(({ field }) => field === "$id")?.actual;
    };
    expect(await traced("Ticket Id: 9x1 and Ticket Id: 9x4712, Ticket Id: 9x1")).toBe(
      "ticket 1 (the leftmost of 2: also 4712)",
    );
    expect(await traced("Ticket Id: 9x77 and Ticket Id: 9x1")).toBe(
      'none for "77" (the leftmost of 2: also 1)',
    );
    expect(await traced("Ticket Id: 9x1 and again Ticket Id: 9x1")).toBe("ticket 1");
  });
});

describe("a mail bomb", () => {
  const limited = rules.replace(
    "send limit 4 in 3 hours",
    "send limit 99 in 3 hours\n  ticket limit 3 in 1 hour",
  );

  it("opens as many tickets as the limit says, then one flood ticket that keeps the rest; one alarm; no answers", async () => {
    const desk = await open(limited);
    for (let at = 1; at <= 3; at += 1) await desk.receive(mail("eve@evil.example", `${at}`));
    const flood = await desk.ticketOf(mail("Eve <EVE@evil.example>", "4"));
    expect([flood.id, flood.title, flood.description]).toEqual([
      4,
      "Flood of mails from EVE@evil.example",
      "about 4",
    ]);
    expect(await desk.sent()).toHaveLength(4);
    for (let at = 5; at <= 20; at += 1) {
      const bomb = `From: eve@evil.example\nSubject: ${at}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nbomb ${at}\n--b\nContent-Type: application/pdf; name=x${at}.pdf\n\nx${at}\n--b--\n`;
      expect(await desk.outcome(bomb)).toBe("ticket updated, Support");
    }
    const comments = await desk.helpdesk.comments(4);
    expect(comments.map(({ internal }) => internal)).not.toContain(false);
    expect(comments[0]?.text).toContain("which is the ticket limit");
    expect(comments.slice(1).map(({ text }) => text)).toContain("bomb 20");
    expect(await desk.helpdesk.documents(4)).toHaveLength(16);
    expect(await desk.helpdesk.tickets({})).toHaveLength(4);
    expect(await desk.sent()).toHaveLength(4);
    expect((await desk.helpdesk.alarms()).map(({ message }) => message)).toEqual([
      "EVE@evil.example opened 3 tickets within 1 hour in mailbox support; further mails are kept on ticket TT4.",
    ]);
  });

  it("of one sender holds up nobody else, and he is let in again when the time is over", async () => {
    const desk = await open(limited);
    for (let at = 1; at <= 6; at += 1) await desk.receive(mail("eve@evil.example", `${at}`));
    expect((await desk.ticketOf(mail("bob@example.org", "Screen"))).title).toBe("Screen");
    desk.wait(hour + 1);
    expect((await desk.ticketOf(mail("eve@evil.example", "7"))).title).toBe("7");
  });

  it("of an agent, or of nobody, is one all the same", async () => {
    const desk = await open(limited);
    for (let at = 1; at <= 5; at += 1) {
      await desk.receive(mail("marco@example.it", `m${at}`));
      await desk.receive(`Subject: n${at}\n\nn${at}\n`);
    }
    expect((await desk.helpdesk.tickets({})).map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        "Flood of mails from marco@example.it",
        "Flood of mails from nobody",
      ]),
    );
    expect(await desk.helpdesk.tickets({})).toHaveLength(8);
  });

  it("is told the same before it is done, and in the trace", async () => {
    const desk = await open(limited);
    for (let at = 1; at <= 4; at += 1) await desk.receive(mail("eve@evil.example", `${at}`));
    const handled = await desk.receive(mail("eve@evil.example", "5"));
    if (handled.kind !== "handled") throw new Error(handled.kind);
    expect(handled.decision.marks).toEqual([
      {
        kind: "flood",
        message:
          "eve@evil.example opened 3 tickets within 1 hour, the ticket limit: this mail is kept on flood ticket TT4.",
      },
    ]);
    expect(JSON.stringify(handled.decision.trace)).toContain(
      "tickets opened by eve@evil.example in 1 hour",
    );
  });

  it("where no limit is set opens a ticket for each mail", async () => {
    const desk = await open();
    for (let at = 1; at <= 12; at += 1) await desk.receive(mail("eve@evil.example", `${at}`));
    expect(await desk.helpdesk.tickets({})).toHaveLength(12);
  });
});
