import { afterEach, describe, expect, test } from "vitest";
import { days, Desks, mail, rule, toldOf, type Desk } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const create = rule("always", "create ticket", "New");
const byId = "subject matches /Ticket Id: (?:9x)?(?<id>[0-9]+)\\b/";
const stranger = { From: "Eve <eve@evil.example>" };

/** A desk where ticket 1 is Anna's, and a rule updates by the id. */
async function opened(then: string, more = "", around: Parameters<Desks["of"]>[1] = {}) {
  const desk = await desks.of(rule(byId, then, "Reply") + more + create, around);
  await desk.outcome(mail());
  return desk;
}

const reply = (headers: Readonly<Record<string, string>> = {}, id = "1") =>
  mail({ Subject: `Re: Ticket Id: ${id}`, ...headers });

async function closed(desk: Desk): Promise<Desk> {
  await desk.setStatus(1, "Closed");
  return desk;
}

describe("update ticket $id", () => {
  test("makes the mail a comment; the search ends", async () => {
    const desk = await opened("update ticket $id");
    expect(await desk.outcome(reply())).toBe("ticket updated by Reply #1");
    expect((await desk.comments()).map(({ text, by, internal }) => [text, by, internal])).toEqual([
      ["Hello, please help.", "customer", false],
    ]);
  });

  test("with no such ticket is not done: the search goes on with the next rule", async () => {
    const desk = await opened("update ticket $id");
    expect(await desk.outcome(reply({}, "99"))).toBe("ticket created by New #2");
  });

  test.each(["01", "001", "9x01", "1234567890123456", "0"])(
    "%s is no ticket's number",
    async (id) => {
      const desk = await opened("update ticket $id");
      expect(await desk.outcome(reply({}, id))).toBe("ticket created by New #2");
    },
  );

  test("15 digits are a number", async () => {
    const desk = await opened("update ticket $id otherwise ignore");
    expect(await desk.outcome(reply({}, "999999999999999"))).toBe("ignored by Reply");
  });

  test("its new text is shown, the quoted rest is kept", async () => {
    const desk = await opened("update ticket $id");
    const body = "It works.\n\nOn Mon, 2 Nov 2026, Support wrote:\n> did you try?";
    await desk.outcome(mail({ Subject: "Re: Ticket Id: 1" }, body));
    const [comment] = await desk.comments();
    expect(comment?.text).toBe("It works.");
    expect(comment?.quoted).toContain("did you try?");
  });

  test("its attachments become documents", async () => {
    const desk = await opened("update ticket $id");
    const type = 'multipart/mixed; boundary="b"';
    await desk.outcome(
      mail(
        { Subject: "Re: Ticket Id: 1", "MIME-Version": "1.0", "Content-Type": type },
        '--b\nContent-Type: text/plain\n\nText\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename="a.png"\n\nx\n--b--',
      ),
    );
    const [document] = await desk.helpdesk.documents(1);
    const [comment] = await desk.comments();
    expect(document).toMatchObject({ name: "a.png", commentId: comment?.id });
  });

  test("internal hides the comment from the customer", async () => {
    const desk = await opened("update ticket $id {\n      internal\n    }");
    await desk.outcome(reply());
    expect((await desk.comments())[0]?.internal).toBe(true);
  });

  test("the block gives properties, and replaces none that it does not name", async () => {
    const desk = await opened(
      'update ticket $id {\n      priority "High"\n      tag "again"\n      title "New title"\n      field "Order" "7"\n      assign group "Billing"\n      code "A-1"\n    }',
      "",
      { helpdesk: '  groups ["Billing"]\n  field "Order" text' },
    );
    await desk.outcome(reply());
    expect(await desk.ticket()).toMatchObject({
      priority: "High",
      severity: undefined,
      tags: ["again"],
      title: "New title",
      code: "A-1",
      fields: { Order: "7" },
      assigned: { kind: "group", name: "Billing" },
      description: "Hello, please help.",
    });
  });

  test("tags of an update add up, each once", async () => {
    const desk = await opened('update ticket $id {\n      tag "a"\n      tag "b"\n    }');
    await desk.outcome(reply());
    await desk.outcome(reply());
    expect((await desk.ticket()).tags).toEqual(["a", "b"]);
  });

  test.each(['description "x"', "register contact", "on behalf of reply-to"])(
    "%s is no part of its block",
    (line) => {
      const told = toldOf(rule(byId, `update ticket $id {\n      ${line}\n    }`));
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(`error at "${line}"`);
      expect(told[0]).toContain("update ticket");
    },
  );
});

describe("the status after an update", () => {
  test.each([
    ["Open", "Open"],
    ["In Progress", "In Progress"],
    ["Wait For Response", "Answered By Customer"],
    ["Answered By Customer", "Answered By Customer"],
    ["Closed", "Open"],
  ])("of a ticket %s it is %s", async (before, after) => {
    const desk = await opened("update ticket $id");
    await desk.setStatus(1, before);
    await desk.outcome(reply());
    expect((await desk.ticket()).status).toBe(after);
  });

  test.each(["Closed", "Wait For Response"])("of an automatic mail it stays %s", async (before) => {
    const desk = await opened("update ticket $id");
    await desk.setStatus(1, before);
    await desk.outcome(reply({ "Auto-Submitted": "auto-replied" }));
    expect((await desk.ticket()).status).toBe(before);
  });

  test.each(["Closed", "Wait For Response"])(
    "of an agent's mail it stays %s, and it is the agent's comment",
    async (before) => {
      const desk = await opened("update ticket $id", "", {
        more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
      });
      await desk.setStatus(1, before);
      await desk.outcome(reply({ From: "Marco <MARCO@example.it>" }));
      expect((await desk.ticket()).status).toBe(before);
      expect((await desk.comments())[0]).toMatchObject({ by: "agent" });
    },
  );

  test("the block's status stands over all of it, also for automatic mail", async () => {
    const desk = await opened('update ticket $id {\n      status "In Progress"\n    }');
    await desk.setStatus(1, "Closed");
    await desk.outcome(reply({ "Auto-Submitted": "auto-replied" }));
    expect((await desk.ticket()).status).toBe("In Progress");
  });

  test("own status words are used", async () => {
    const desk = await opened("update ticket $id", "", {
      helpdesk:
        '  status ["Nuovo", "Attesa", "Risposto", "Chiuso", "Archiviato"]\n  closed ["Chiuso", "Archiviato"]\n  waiting "Attesa"\n  answered "Risposto"',
    });
    expect((await desk.ticket()).status).toBe("Nuovo");
    await desk.setStatus(1, "Archiviato");
    await desk.outcome(reply());
    expect((await desk.ticket()).status).toBe("Nuovo");
    await desk.setStatus(1, "Attesa");
    await desk.outcome(reply());
    expect((await desk.ticket()).status).toBe("Risposto");
  });
});

describe("unless closed", () => {
  test("an open ticket is updated", async () => {
    const desk = await opened("update ticket $id unless closed");
    expect(await desk.outcome(reply())).toBe("ticket updated by Reply #1");
  });

  test("a closed one is not: the search goes on", async () => {
    const desk = await closed(await opened("update ticket $id unless closed"));
    expect(await desk.outcome(reply())).toBe("ticket created by New #2");
    expect((await desk.ticket(2)).linkedTo).toBeUndefined();
  });

  test.each([
    [30 * days - 1, "ticket updated by Reply #1"],
    [30 * days, "ticket created by New #2"],
    [30 * days + 1, "ticket created by New #2"],
  ])("for 30 days: closed %d ms ago, %s", async (milliseconds, outcome) => {
    const desk = await closed(await opened("update ticket $id unless closed for 30 days"));
    desk.wait(milliseconds);
    expect(await desk.outcome(reply())).toBe(outcome);
  });

  test("an otherwise after it is warned, with `if closed` as the fix, and is done", async () => {
    const then = "update ticket $id unless closed otherwise ignore";
    const told = toldOf(rule(byId, then) + create);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^warning at .*if closed/s);
    const desk = await closed(await opened(then));
    expect(await desk.outcome(reply())).toBe("ignored by Reply");
  });
});

describe("if closed ACTION", () => {
  test("creates a ticket that is linked to the old one", async () => {
    const desk = await closed(await opened("update ticket $id if closed create ticket"));
    expect(await desk.outcome(reply())).toBe("ticket created by Reply #2");
    expect((await desk.ticket(2)).linkedTo).toBe(1);
    expect(await desk.comments(1)).toEqual([]);
  });

  test.each([
    [30 * days - 1, "ticket updated by Reply #1"],
    [30 * days, "ticket created by Reply #2"],
  ])("for 30 days: closed %d ms ago, %s", async (milliseconds, outcome) => {
    const desk = await closed(
      await opened("update ticket $id if closed for 30 days create ticket"),
    );
    desk.wait(milliseconds);
    expect(await desk.outcome(reply())).toBe(outcome);
  });

  test("a ticket closed a moment ago is closed", async () => {
    const desk = await closed(await opened("update ticket $id if closed ignore"));
    expect(await desk.outcome(reply())).toBe("ignored by Reply");
  });

  test("a mail with no such ticket at all goes on to the next rule", async () => {
    const desk = await opened("update ticket $id if closed ignore");
    expect(await desk.outcome(reply({}, "77"))).toBe("ticket created by New #2");
  });

  test("otherwise beside it is for every other case", async () => {
    const desk = await opened('update ticket $id if closed ignore otherwise move to "Odd"');
    expect(await desk.outcome(reply({}, "77"))).toBe("moved by Reply");
    expect(await desk.outcome(reply(stranger))).toBe("moved by Reply");
    await closed(desk);
    expect(await desk.outcome(reply())).toBe("ignored by Reply");
  });

  test("the block stands after it, and before otherwise", async () => {
    const desk = await opened(
      'update ticket $id from anyone if closed ignore {\n      tag "seen"\n    } otherwise move to "Odd"',
    );
    await desk.outcome(reply(stranger));
    expect((await desk.ticket()).tags).toEqual(["seen"]);
    await closed(desk);
    expect(await desk.outcome(reply())).toBe("ignored by Reply");
    expect(await desk.outcome(reply({}, "9"))).toBe("moved by Reply");
  });
});

describe("otherwise", () => {
  const then = 'update ticket $id otherwise move to "Odd"';

  test("no such ticket", async () => {
    const desk = await opened(then);
    expect(await desk.outcome(reply({}, "99"))).toBe("moved by Reply");
  });

  test("the sender takes no part", async () => {
    const desk = await opened(then);
    expect(await desk.outcome(reply(stranger))).toBe("moved by Reply");
  });

  test("of a stranger also where the ticket is closed: nobody can probe numbers", async () => {
    const desk = await closed(
      await opened('update ticket $id if closed create ticket otherwise move to "Odd"'),
    );
    expect(await desk.outcome(reply(stranger))).toBe("moved by Reply");
  });

  test("may be several actions in braces", async () => {
    const desk = await opened(
      'update ticket $id otherwise {\n      mark flagged\n      create ticket {\n        tag "lost"\n      }\n    }',
    );
    const decision = await desk.decision(reply({}, "99"));
    expect(decision.outcome).toBe("ticket created");
    expect(decision.mailEffects).toEqual([{ kind: "mark", as: "flagged" }]);
    expect((await desk.ticket(2)).tags).toEqual(["lost"]);
    expect((await desk.ticket(2)).linkedTo).toBeUndefined();
  });

  test("an empty text or an unset number is no such ticket", async () => {
    const desk = await desks.of(
      rule("always", 'update ticket code "${header "X-Order"}" otherwise ignore', "Code"),
    );
    expect(await desk.outcome(mail())).toBe("ignored by Code");
  });
});

describe("update ticket code and titled", () => {
  test("the code that a block gave finds the ticket", async () => {
    const desk = await desks.of(
      rule(
        "subject matches /order (?<n>[0-9]+)/",
        'update ticket code "ORD-${$n}" otherwise create ticket {\n      code "ORD-${$n}"\n    }',
        "Order",
      ),
    );
    expect(await desk.outcome(mail({ Subject: "order 5" }))).toBe("ticket created by Order #1");
    expect(await desk.outcome(mail({ Subject: "order 6" }))).toBe("ticket created by Order #2");
    expect(await desk.outcome(mail({ Subject: "your order 5" }))).toBe(
      "ticket updated by Order #1",
    );
  });

  test("of several the newest open one, else the newest", async () => {
    const desk = await desks.of(
      rule('subject starts with "find"', 'update ticket code "X"', "Find") +
        rule("always", 'create ticket {\n      code "X"\n    }', "New"),
    );
    for (let at = 0; at < 3; at += 1) {
      await desk.outcome(mail());
      desk.wait(1000);
    }
    await desk.setStatus(3, "Closed");
    expect(await desk.outcome(mail({ Subject: "find" }))).toBe("ticket updated by Find #2");
    await desk.setStatus(1, "Closed");
    await desk.setStatus(2, "Closed");
    expect(await desk.outcome(mail({ Subject: "find" }))).toBe("ticket updated by Find #3");
  });

  test("a title is compared by its base: prefixes and letter case do not count", async () => {
    const desk = await desks.of(
      rule("mail is reply", 'update ticket titled "${subject}"', "Titled") + create,
    );
    await desk.outcome(mail({ Subject: "Printer broken" }));
    expect(await desk.outcome(mail({ Subject: "Re: AW: PRINTER broken" }))).toBe(
      "ticket updated by Titled #1",
    );
    expect(await desk.outcome(mail({ Subject: "Re: Printer" }))).toBe("ticket created by New #2");
  });

  test("an empty title finds none", async () => {
    const desk = await desks.of(
      rule("mail is reply", 'update ticket titled "${subject.base}"', "Titled") + create,
    );
    await desk.outcome(mail({ Subject: "" }));
    expect(await desk.outcome(mail({ Subject: "Re:" }))).toBe("ticket created by New #2");
  });
});

describe("update ticket thread", () => {
  const thread = rule("mail is reply", "update ticket thread", "Thread") + create;

  test("a mail that came in", async () => {
    const desk = await desks.of(thread);
    await desk.outcome(mail({ "Message-ID": "<a@x>" }));
    expect(await desk.outcome(mail({ "In-Reply-To": "<a@x>" }))).toBe(
      "ticket updated by Thread #1",
    );
  });

  test("a mail that such a mail names: two answers to a mail that never reached us", async () => {
    const desk = await desks.of(thread);
    expect(await desk.outcome(mail({ "In-Reply-To": "<lost@x>" }))).toBe(
      "ticket created by New #1",
    );
    expect(await desk.outcome(mail({ "In-Reply-To": "<lost@x>" }))).toBe(
      "ticket updated by Thread #1",
    );
  });

  test("an answer to an answer", async () => {
    const desk = await desks.of(thread);
    await desk.outcome(mail({ "Message-ID": "<a@x>" }));
    await desk.outcome(mail({ "Message-ID": "<b@x>", "In-Reply-To": "<a@x>" }));
    expect(await desk.outcome(mail({ "In-Reply-To": "<b@x>" }))).toBe(
      "ticket updated by Thread #1",
    );
  });

  test("In-Reply-To stands before References, these from the last to the first", async () => {
    const desk = await desks.of(thread);
    await desk.outcome(mail({ "Message-ID": "<one@x>" }));
    await desk.outcome(mail({ "Message-ID": "<two@x>" }));
    await desk.outcome(mail({ "Message-ID": "<three@x>" }));
    expect(
      await desk.outcome(mail({ "In-Reply-To": "<one@x>", References: "<two@x> <three@x>" })),
    ).toBe("ticket updated by Thread #1");
    expect(await desk.outcome(mail({ References: "<one@x> <three@x> <two@x> <unknown@x>" }))).toBe(
      "ticket updated by Thread #2",
    );
    expect(
      await desk.outcome(mail({ "In-Reply-To": "<no@x>", References: "<two@x> <three@x>" })),
    ).toBe("ticket updated by Thread #3");
  });

  test("no second ticket is tried", async () => {
    const desk = await desks.of(thread);
    await desk.outcome(mail({ "Message-ID": "<hers@x>" }));
    await desk.outcome(mail({ "Message-ID": "<eves@x>", ...stranger }));
    expect(
      await desk.outcome(mail({ "In-Reply-To": "<hers@x>", References: "<eves@x>", ...stranger })),
    ).toBe("ticket created by New #3");
  });

  test("a ticket marked as spam is none", async () => {
    const desk = await desks.of(thread);
    await desk.outcome(mail({ "Message-ID": "<a@x>" }));
    await desk.helpdesk.transaction((store) =>
      store.changeTicket(1, { spam: true, at: desk.context.now() }),
    );
    expect(await desk.outcome(mail({ "In-Reply-To": "<a@x>" }))).toBe("ticket created by New #2");
  });
});

describe("a word that lacks behind update ticket", () => {
  test.each([
    ["from anybody", "anyone"],
    ["from", "from anyone"],
    ["unless close", "closed"],
    ["from anyone unless open", "unless closed"],
    ["if close create ticket", "closed"],
    ["if closed", "action"],
    ["otherwise", "action"],
    ["unless closed for 30", "days"],
  ])("%s: one error that says %s", (tail, named) => {
    const lines = toldOf(rule("always", `update ticket thread ${tail}`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain(named);
  });

  test.each([
    ["unless closed if closed create ticket", "if closed"],
    ["otherwise ignore if closed create ticket", "if closed"],
    ["otherwise ignore from anyone", "from anyone"],
  ])("the order is the page's: %s", (tail, named) => {
    const lines = toldOf(rule("always", `update ticket thread ${tail}`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain(named);
  });
});

describe("inside otherwise and if closed", () => {
  test("another update ticket", async () => {
    const desk = await opened("update ticket thread otherwise update ticket $id otherwise ignore");
    expect(await desk.outcome(reply())).toBe("ticket updated by Reply #1");
    expect(await desk.outcome(reply({}, "9"))).toBe("ignored by Reply");
  });

  test("continue: the search goes on after what was done", async () => {
    const desk = await opened(
      "update ticket $id otherwise {\n      mark flagged\n      continue\n    }",
    );
    const decision = await desk.decision(reply({}, "9"));
    expect(decision).toMatchObject({ rule: "New", rules: ["Reply", "New"] });
    expect(decision.mailEffects).toEqual([{ kind: "mark", as: "flagged" }]);
  });
});
