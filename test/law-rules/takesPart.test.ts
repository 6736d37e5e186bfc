import { afterEach, describe, expect, test } from "vitest";
import { Desks, mail, rule, toldOf, type Surroundings } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const rules = (update: string, block = "") =>
  rule("subject matches /Ticket Id: (?<id>[0-9]+)\\b/", update, "Reply") +
  rule("mail is reply", "update ticket thread", "Thread") +
  rule("always", `create ticket${block}`, "New");

async function opened(
  update = "update ticket $id",
  block = "",
  around: Surroundings = {},
  headers: Readonly<Record<string, string>> = {},
) {
  const desk = await desks.of(rules(update, block), around);
  await desk.outcome(mail(headers));
  return desk;
}

const from = (address: string, more: Readonly<Record<string, string>> = {}) =>
  mail({ From: address, Subject: "Ticket Id: 1", ...more });

const updated = "ticket updated by Reply #1";
const stranger = "ticket created by New #2";

describe("who takes part in a ticket", () => {
  test("its requester, in any letter case and under any name", async () => {
    const desk = await opened();
    expect(await desk.outcome(from("Somebody <ANNA@Cliente.Example>"))).toBe(updated);
  });

  test("nobody else of the same domain", async () => {
    const desk = await opened();
    expect(await desk.outcome(from("boss@cliente.example"))).toBe(stranger);
  });

  test("its contact, also where the requester is another", async () => {
    const desk = await desks.of(
      rules("update ticket $id", ' {\n      contact "boss@cliente.example"\n    }'),
    );
    await desk.know("contact", "boss@cliente.example", "Boss");
    await desk.outcome(mail());
    expect((await desk.ticket()).contact?.address).toBe("boss@cliente.example");
    expect(await desk.outcome(from("boss@cliente.example"))).toBe(updated);
    expect(await desk.outcome(from("anna@cliente.example"))).toBe(updated);
  });

  test("the people of the same account", async () => {
    const desk = await desks.of(rules("update ticket $id"));
    await desk.know("contact", "anna@cliente.example", "Anna", "ACME");
    await desk.know("contact", "bruno@elsewhere.example", "Bruno", "ACME");
    await desk.know("contact", "carla@elsewhere.example", "Carla", "Other");
    await desk.outcome(mail());
    expect(await desk.outcome(from("bruno@elsewhere.example"))).toBe(updated);
    expect(await desk.outcome(from("carla@elsewhere.example"))).toBe(stranger);
  });

  test("agents", async () => {
    const desk = await opened("update ticket $id", "", {
      more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
    });
    expect(await desk.outcome(from("Marco@example.it"))).toBe(updated);
    expect((await desk.comments())[0]?.by).toBe("agent");
  });

  test("people in cc only by `add cc`", async () => {
    const without = await opened("update ticket $id", "", {}, { Cc: "c@x.example" });
    expect(await without.outcome(from("c@x.example"))).toBe(stranger);
    const added = await opened(
      "update ticket $id",
      " {\n      add cc\n    }",
      {},
      {
        Cc: "c@x.example",
      },
    );
    expect(await added.outcome(from("c@x.example"))).toBe(updated);
  });

  test("an update with `add cc` adds people too", async () => {
    const desk = await opened("update ticket $id {\n      add cc\n    }");
    await desk.outcome(from("anna@cliente.example", { Cc: "c@x.example" }));
    expect(await desk.outcome(from("c@x.example"))).toBe(updated);
  });

  test("whoever answers a signed Message-ID of ours", async () => {
    const desk = await opened("update ticket $id", "", {
      more: 'process "Opening" {\n  on ticket created\n  when always\n  then send mail {\n    to ticket.requester\n    subject "Opening"\n    body "x"\n  }\n}\n',
    });
    const id = (await desk.sent())[0]?.messageId ?? "";
    expect(id).toMatch(/^<.+@.+>$/);
    const answer = mail({ From: "colleague@other.example", "In-Reply-To": id });
    expect(await desk.outcome(answer)).toBe("ticket updated by Thread #1");
    // And takes part from then on.
    expect(await desk.outcome(from("colleague@other.example"))).toBe(updated);
  });

  test("not whoever answers a mail that came in", async () => {
    const desk = await opened("update ticket $id", "", {}, { "Message-ID": "<known@x>" });
    expect(await desk.outcome(mail({ From: "eve@evil.example", "In-Reply-To": "<known@x>" }))).toBe(
      stranger,
    );
  });

  test("of several From addresses each has to", async () => {
    const desk = await opened();
    expect(await desk.outcome(from("anna@cliente.example, eve@evil.example"))).toBe(stranger);
    expect(await desk.outcome(from("anna@cliente.example, ANNA@cliente.example"))).toBe(updated);
  });

  test("a mail without a From takes part in nothing", async () => {
    const desk = await opened();
    expect(await desk.outcome(from("nobody at all"))).toBe(stranger);
  });

  test("`from anyone` does not ask", async () => {
    const desk = await opened("update ticket $id from anyone");
    expect(await desk.outcome(from("eve@evil.example"))).toBe(updated);
  });
});

describe("DMARC", () => {
  const failed = {
    "Authentication-Results": "mx.example.it; dmarc=fail header.from=cliente.example",
  };

  test("failed, and the mailbox trusts the server: the sender takes part in nothing", async () => {
    const desk = await opened("update ticket $id", "", { mailbox: 'trusts "mx.example.it"' });
    expect(await desk.outcome(from("anna@cliente.example", failed))).toBe(stranger);
  });

  test("passed: the sender takes part", async () => {
    const desk = await opened("update ticket $id", "", { mailbox: 'trusts "mx.example.it"' });
    const passed = { "Authentication-Results": "mx.example.it; dmarc=pass" };
    expect(await desk.outcome(from("anna@cliente.example", passed))).toBe(updated);
  });

  test("without `trusts` nothing is asked of it", async () => {
    const desk = await opened();
    expect(await desk.outcome(from("anna@cliente.example", failed))).toBe(updated);
  });

  test("of another server it does not count", async () => {
    const desk = await opened("update ticket $id", "", { mailbox: 'trusts "mx.example.it"' });
    const other = { "Authentication-Results": "mx.other.example; dmarc=fail" };
    expect(await desk.outcome(from("anna@cliente.example", other))).toBe(updated);
  });

  test("`from anyone` does not ask", async () => {
    const desk = await opened("update ticket $id from anyone", "", {
      mailbox: 'trusts "mx.example.it"',
    });
    expect(await desk.outcome(from("anna@cliente.example", failed))).toBe(updated);
  });

  test("an agent whose DMARC failed takes no part", async () => {
    const desk = await opened("update ticket $id", "", {
      mailbox: 'trusts "mx.example.it"',
      more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
    });
    expect(await desk.outcome(from("marco@example.it", failed))).toBe(stranger);
  });

  test("a rule that asks for it in a mailbox that trusts nobody is warned", () => {
    const told = toldOf(rule("dmarc is fail", "ignore"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^warning at "when dmarc is fail".*trusts/s);
  });
});

describe("who does not take part is told nothing", () => {
  test("explain says why the rule did not act", async () => {
    const desk = await opened();
    const trace = await desk.trace(from("eve@evil.example"));
    const reply = trace.find(({ rule: name }) => name === "Reply");
    expect(reply?.result).toBe(false);
    expect(reply?.because.map(({ result }) => result)).toContain(false);
    expect(JSON.stringify(reply?.because)).toContain("eve@evil.example");
  });
});
