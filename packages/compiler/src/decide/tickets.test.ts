import { describe, expect, test } from "vitest";
import type { MailHeaders } from "@mcrules/mail";
import { answerTo, byId, day, decide, known, reply } from "../samples/deciding.ts";
import type { Given } from "../samples/deciding.ts";
import { ticket } from "../samples/helpdesk.ts";
import type { SampleHelpdesk } from "../samples/helpdesk.ts";
import { address, attachment, mailHeaders, monday } from "../samples/mail.ts";
import {
  all,
  always,
  create,
  field,
  ignore,
  matches,
  number,
  rule,
  texts,
  update,
} from "../samples/program.ts";

describe("create ticket", () => {
  test("takes what the mail says", () => {
    const decision = decide([rule("Support", always, create())], {
      content: { attachments: [attachment("a.pdf", "application/pdf", 5)] },
    });
    expect(decision.outcome).toBe("ticket created");
    expect(decision.effects).toEqual([
      {
        kind: "create ticket",
        rule: "Support",
        title: "Printer broken",
        description: "It does not print.",
        requester: address("anna@example.org", "Anna"),
        onBehalf: false,
        properties: { tags: [], fields: [] },
        participants: [],
        documents: [0],
      },
    ]);
  });

  test("a mail without subject is Untitled", () => {
    const [effect] = decide([rule("Support", always, create())], {
      headers: { subject: "" },
    }).effects;
    expect(effect).toMatchObject({ title: "Untitled" });
  });

  test("fills texts: many values joined, moments in the zone, absent ones empty", () => {
    const [effect] = decide(
      [
        rule(
          "Support",
          always,
          create({
            title: [
              "[",
              { kind: "mail field", field: "to" },
              "] ",
              { kind: "mail field", field: "received" },
              "|",
              { kind: "mail field", field: "date" },
              "|",
            ],
          }),
        ),
      ],
      { headers: { to: [address("a@b.it"), address("c@d.it", "C")] } },
    ).effects;
    expect(effect).toMatchObject({ title: "[a@b.it, c@d.it] 2026-11-02T10:00:00+01:00||" });
  });

  test("leaves out documents", () => {
    const files = {
      attachments: [
        attachment("logo.png", "image/png", 500),
        attachment("big.pdf", "application/pdf", 5_000_000),
        attachment(undefined, "image/png", 50_000),
      ],
    };
    const except = create({
      documents: {
        kind: "except",
        condition: all(
          texts(field("attachment.type", "element"), "starts with", "image/"),
          number(field("attachment.size", "element"), "<", 1000),
        ),
      },
    });
    const [effect] = decide([rule("S", always, except)], { content: files }).effects;
    expect(effect).toMatchObject({ documents: [1, 2] });
    const [none] = decide([rule("S", always, create({ documents: { kind: "none" } }))], {
      content: files,
    }).effects;
    expect(none).toMatchObject({ documents: [] });
  });

  test.each([
    ["reply-to", { replyTo: [address("kim@example.net", "Kim")] }, "kim@example.net", true],
    ["reply-to", {}, "anna@example.org", false],
    ["reply-to", { replyTo: [address("INFO@example.it")] }, "anna@example.org", false],
  ] as const)("on behalf of %s %j answers to %s", (kind, headers, requester, onBehalf) => {
    const [effect] = decide([rule("S", always, create({ onBehalfOf: { kind } }))], {
      headers,
    }).effects;
    expect(effect).toMatchObject({ requester: { address: requester }, onBehalf });
  });

  test.each([
    ["Mail: kim@example.net", "kim@example.net"],
    ["Mail: kim", "anna@example.org"],
    ["Mail: info@example.it", "anna@example.org"],
  ])("on behalf of a capture in %j answers to %s", (body, requester) => {
    const [effect] = decide(
      [
        rule(
          "S",
          matches("body", "^Mail: (?<mail>\\S+)$", "m"),
          create({ onBehalfOf: { kind: "capture", name: "mail" } }),
        ),
      ],
      { content: { body } },
    ).effects;
    expect(effect).toMatchObject({ requester: { address: requester } });
  });

  test("people in cc take part, without our own addresses", () => {
    const [effect] = decide([rule("S", always, create({ addCc: true }))], {
      headers: { cc: [address("boss@example.org"), address("Info@Example.it")] },
    }).effects;
    expect(effect).toMatchObject({ participants: [{ address: "boss@example.org" }] });
  });

  test("own fields are stored by their type", () => {
    const body = "Order ORD-1, 12 pieces, silver";
    const [effect] = decide(
      [
        rule(
          "S",
          matches("body", "Order (?<order>\\S+), (?<count>\\d+) pieces, (?<kind>\\w+)"),
          create({
            fields: [
              {
                name: "Order",
                value: { kind: "text", text: ["<", { kind: "capture", name: "order" }, ">"] },
              },
              {
                name: "Count",
                value: { kind: "expression", expression: { kind: "capture", name: "count" } },
              },
              {
                name: "Kind",
                value: { kind: "expression", expression: { kind: "capture", name: "kind" } },
              },
              { name: "Due", value: { kind: "in", amount: 2, unit: "days" } },
            ],
          }),
        ),
      ],
      { content: { body } },
    ).effects;
    expect(effect).toMatchObject({
      properties: {
        fields: [
          { name: "Order", value: "<ORD-1>" },
          { name: "Count", value: 12 },
          { name: "Kind", value: "Silver" },
          { name: "Due", value: "2026-11-04T10:00:00+01:00" },
        ],
      },
    });
  });

  test("a capture names a known word in any letter case", () => {
    const [effect] = decide(
      [
        rule(
          "S",
          matches("subject", "prio (?<p>low|high)", "i"),
          create({ priority: { kind: "capture", name: "p" } }),
        ),
      ],
      { headers: { subject: "Prio HIGH" } },
    ).effects;
    expect(effect).toMatchObject({ properties: { priority: "High" } });
  });
});

describe("update ticket", () => {
  const rules = [rule("Reply", reply, update(byId)), rule("New", always, create())];

  test("a known number from someone who takes part", () => {
    const decision = decide(rules, { headers: answerTo("42"), desk: known });
    expect(decision.outcome).toBe("ticket updated");
    expect(decision.rule).toBe("Reply");
  });

  test.each([["7"], ["042"], ["0"], ["1234567890123456"]])(
    "a number %s that no ticket has: the next rule",
    (id) => {
      expect(decide(rules, { headers: answerTo(id), desk: known }).rule).toBe("New");
    },
  );

  test("a number with a leading zero is not even asked for", () => {
    expect(decide(rules, { headers: answerTo("042"), desk: known }).asked).not.toContain("ticket");
  });

  test("a stranger: the next rule; from anyone: updated", () => {
    const stranger = { headers: answerTo("42", "eve@evil.example"), desk: known };
    expect(decide(rules, stranger).rule).toBe("New");
    const open = [rule("Reply", reply, update(byId, { fromAnyone: true }))];
    expect(decide(open, stranger).rule).toBe("Reply");
  });

  test("DMARC that failed at a trusted server: takes part in nothing", () => {
    const given: Given = {
      headers: {
        ...answerTo("42"),
        authentication: { spf: "none", dkim: "none", dmarc: "fail" },
      },
      desk: known,
      program: { settings: { trusts: ["mx.example.it"] } },
    };
    expect(decide(rules, given).rule).toBe("New");
    expect(decide(rules, { ...given, program: {} }).rule).toBe("Reply");
  });

  test("otherwise covers the missing ticket, the stranger, and `unless closed`", () => {
    const strict = [
      rule("Reply", reply, update(byId, { closed: { kind: "unless" }, otherwise: [ignore] })),
    ];
    expect(decide(strict, { headers: answerTo("7") }).outcome).toBe("ignored");
    expect(
      decide(strict, { headers: answerTo("42", "eve@evil.example"), desk: known }).outcome,
    ).toBe("ignored");
    const closed = {
      tickets: [ticket(42, { closedAt: monday - day, takesPart: ["anna@example.org"] })],
    };
    expect(decide(strict, { headers: answerTo("42"), desk: closed }).outcome).toBe("ignored");
    expect(decide(strict, { headers: answerTo("42"), desk: known }).outcome).toBe("ticket updated");
  });

  test("if closed for 30 days create ticket links the new to the old", () => {
    const answer = rule(
      "Answer",
      reply,
      update(byId, { closed: { kind: "if", longerThan: 30 * day, actions: [create()] } }),
    );
    const closedFor = (days: number) => ({
      tickets: [ticket(42, { closedAt: monday - days * day, takesPart: ["anna@example.org"] })],
    });
    const late = decide([answer], { headers: answerTo("42"), desk: closedFor(31) });
    expect(late.outcome).toBe("ticket created");
    expect(late.effects).toMatchObject([{ linkedTo: 42 }]);
    const soon = decide([answer], { headers: answerTo("42"), desk: closedFor(29) });
    expect(soon.effects).toMatchObject([{ kind: "update ticket", properties: { status: "Open" } }]);
    expect(decide([answer], { headers: answerTo("7"), desk: closedFor(31) }).outcome).toBe(
      "no rule",
    );
  });

  test("a stranger learns nothing of whether the ticket is closed", () => {
    const answer = rule(
      "Answer",
      reply,
      update(byId, { closed: { kind: "if", actions: [create()] }, otherwise: [ignore] }),
    );
    const desk = {
      tickets: [ticket(42, { closedAt: monday - day, takesPart: ["anna@example.org"] })],
    };
    expect(decide([answer], { headers: answerTo("42", "eve@evil.example"), desk }).outcome).toBe(
      "ignored",
    );
  });

  test.each([
    ["Wait For Response", {}, "Answered By Customer"],
    ["Open", {}, undefined],
    ["Wait For Response", { from: [address("marco@example.it")] }, undefined],
    ["Wait For Response", { flags: { ...mailHeaders().flags, automatic: true } }, undefined],
  ])("status %s answered by %j becomes %s", (status, headers, becomes) => {
    const [effect] = decide([rule("Reply", reply, update(byId, { fromAnyone: true }))], {
      headers: { ...answerTo("42"), ...headers },
      desk: { tickets: [ticket(42, { status })] },
    }).effects;
    if (effect?.kind !== "update ticket") throw new Error("no update");
    expect(effect.properties.status).toBe(becomes);
  });

  test("an agent's mail is the agent's comment", () => {
    const [effect] = decide([rule("Reply", reply, update(byId, { fromAnyone: true }))], {
      headers: answerTo("42", "Marco@Example.it"),
      desk: known,
    }).effects;
    expect(effect).toMatchObject({ agent: "marco@example.it" });
  });

  test("by thread, code and title; an empty text finds none", () => {
    const desk: SampleHelpdesk = {
      tickets: [ticket(5, { code: "db1/CPU", ids: ["<a@x>"], takesPart: ["anna@example.org"] })],
    };
    const by = (key: Parameters<typeof update>[0], headers: Partial<MailHeaders> = {}) =>
      decide([rule("R", always, update(key))], { headers, desk }).outcome;
    expect(by({ kind: "thread" }, { thread: ["<b@x>", "<a@x>"] })).toBe("ticket updated");
    expect(by({ kind: "thread" })).toBe("no rule");
    expect(by({ kind: "code", text: ["db1/CPU"] })).toBe("ticket updated");
    expect(by({ kind: "code", text: [{ kind: "mail field", field: "date" }] })).toBe("no rule");
    expect(by({ kind: "titled", text: ["Printer broken"] })).toBe("ticket updated");
    expect(by({ kind: "titled", text: [" "] })).toBe("no rule");
  });

  test("a rule of several actions is done where its update is", () => {
    const both = rule("Both", reply, { kind: "mark", at: reply.at, as: "flagged" }, update(byId));
    const none = decide([both], { headers: answerTo("7"), desk: known });
    expect(none.rules).toEqual([]);
    expect(none.mailEffects).toEqual([]);
    expect(decide([both], { headers: answerTo("42"), desk: known }).mailEffects).toEqual([
      { kind: "mark", as: "flagged" },
    ]);
  });
});
