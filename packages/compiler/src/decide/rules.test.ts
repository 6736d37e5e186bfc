import { describe, expect, test } from "vitest";
import { judge } from "./judge-program.ts";
import type { ProgramRule } from "../program/program.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import type { SampleHelpdesk } from "../samples/helpdesk.ts";
import { address, arrived, attachment, mailContent, mailHeaders, monday } from "../samples/mail.ts";
import {
  all,
  always,
  any,
  create,
  each,
  field,
  flag,
  goOn,
  ignore,
  inRegistry,
  matches,
  not,
  number,
  program,
  rule,
  set,
  texts,
  update,
} from "../samples/program.ts";
import type { Program, ProgramMailbox } from "../program/program.ts";
import type { MailContent, MailHeaders } from "@mcrules/mail";

interface Given {
  readonly headers?: Partial<MailHeaders>;
  readonly content?: Partial<Omit<MailContent, "headers">>;
  readonly program?: Partial<Program> & { readonly settings?: Partial<ProgramMailbox["settings"]> };
  readonly desk?: SampleHelpdesk;
  readonly now?: number;
}

function decide(rules: readonly ProgramRule[], given: Given = {}) {
  const headers = mailHeaders(given.headers);
  const { result, needs } = answered(
    judge(program(rules, given.program)).decide(
      arrived(headers, given.now === undefined ? {} : { now: given.now }),
    ),
    { content: mailContent(headers, given.content), ...given.desk },
  );
  return { ...result, asked: needs.map((need) => need.need) };
}

const day = 86_400_000;
const byId = { kind: "id", capture: "id" } as const;
const reply = matches("subject", "Ticket Id: (?<id>[0-9]+)\\b");
const answerTo = (id: string, from = "anna@example.org") => ({
  subject: `Re: Ticket Id: ${id}`,
  from: [address(from)],
});
const known = { tickets: [ticket(42, { takesPart: ["anna@example.org"] })] };

describe("the order of the rules", () => {
  test("the first whose condition holds ends the search", () => {
    const decision = decide([
      rule("Nobody", texts("subject", "is", "x"), ignore),
      rule("First", always, create({ title: ["first"] })),
      rule("Second", always, ignore),
    ]);
    expect(decision.rule).toBe("First");
    expect(decision.rules).toEqual(["First"]);
    expect(decision.trace.filter((entry) => !entry.step).map((entry) => entry.rule)).toEqual([
      "Nobody",
      "First",
    ]);
  });

  test("no rule left: unmatched, though a rule marked the mail", () => {
    const decision = decide(
      [
        rule("Mark", always, { kind: "mark", at: reply.at, as: "flagged" }, goOn),
        rule("Nobody", texts("subject", "is", "x"), ignore),
      ],
      {
        program: {
          settings: { after: { kind: "delete" }, unmatched: { kind: "move", folder: "Rest" } },
        },
      },
    );
    expect(decision.outcome).toBe("no rule");
    expect(decision.rule).toBeNull();
    expect(decision.rules).toEqual(["Mark"]);
    expect(decision.mailEffects).toEqual([
      { kind: "mark", as: "flagged" },
      { kind: "move", folder: "Rest" },
    ]);
  });

  test("headers alone decide where nothing more is needed", () => {
    expect(decide([rule("Out", texts("from.domain", "under", "org"), ignore)]).asked).not.toContain(
      "content",
    );
  });

  test("the content is asked for when a condition comes to it, once", () => {
    const { asked, rule: ended } = decide([
      rule("Other", texts("from", "is", "x@y"), ignore),
      rule("Body", texts("body", "contains", "PRINT"), ignore),
      rule("Body again", texts("body", "contains", "nothing"), ignore),
    ]);
    expect(ended).toBe("Body");
    expect(asked.filter((need) => need === "content")).toHaveLength(1);
  });
});

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

describe("set", () => {
  test("what stands higher wins, tags add up", () => {
    const [effect] = decide([
      rule("VIP", always, set({ priority: { kind: "word", word: "High" }, tags: [["vip"]] })),
      rule(
        "Late",
        always,
        set({ priority: { kind: "word", word: "Low" }, tags: [["late"], ["vip"]] }),
      ),
      rule(
        "New",
        always,
        create({
          priority: { kind: "word", word: "Normal" },
          severity: { kind: "word", word: "Major" },
          tags: [["new"]],
        }),
      ),
    ]).effects;
    expect(effect).toMatchObject({
      properties: { priority: "High", severity: "Major", tags: ["vip", "late", "new"] },
    });
  });

  test("an update takes none of it", () => {
    const decision = decide(
      [
        rule("VIP", always, set({ priority: { kind: "word", word: "High" } })),
        rule("Reply", reply, update(byId)),
      ],
      { headers: answerTo("42"), desk: known },
    );
    expect(decision.rules).toEqual(["VIP", "Reply"]);
    expect(decision.effects).toMatchObject([
      { kind: "update ticket", properties: { tags: [], fields: [] } },
    ]);
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
    const decision = decide(open, stranger);
    expect(decision.rule).toBe("Reply");
    expect(decision.asked).not.toContain("participation");
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

describe("captures", () => {
  test("of `any` the first branch that holds", () => {
    const decision = decide(
      [
        rule(
          "R",
          any(matches("subject", "A(?<id>[0-9]+)"), matches("body", "B(?<id>[0-9]+)")),
          create({ title: [{ kind: "capture", name: "id" }] }),
        ),
      ],
      { headers: { subject: "none" }, content: { body: "B7 B8" } },
    );
    expect(decision.effects).toMatchObject([{ title: "7" }]);
  });

  test("of many values the first that matches; of `some` that value's", () => {
    const from = [address("a@x.org"), address("b2@x.org"), address("c3@x.org")];
    const title = create({ title: [{ kind: "capture", name: "n" }] });
    expect(
      decide([rule("R", matches("from", "(?<n>[0-9])"), title)], { headers: { from } }).effects,
    ).toMatchObject([{ title: "2" }]);
    const some = each(
      "some",
      "from",
      all(
        texts(field("address.local", "element"), "starts with", "c"),
        matches(field("address.address", "element"), "(?<n>[0-9])"),
      ),
    );
    expect(decide([rule("R", some, title)], { headers: { from } }).effects).toMatchObject([
      { title: "3" },
    ]);
  });
});

describe("file under", () => {
  const file = {
    kind: "file under",
    at: reply.at,
    registries: ["contact", "account"],
    by: "from",
  } as const;

  test("alone it is done only where somebody is found", () => {
    expect(decide([rule("F", always, file), rule("New", always, create())]).rule).toBe("New");
    const found = decide([rule("F", always, file)], { desk: { contacts: ["anna@example.org"] } });
    expect(found.outcome).toBe("filed");
    expect(found.effects).toEqual([
      { kind: "file under", rule: "F", registry: "contact", address: "anna@example.org" },
    ]);
  });

  test("beside others it holds nothing up", () => {
    const decision = decide([
      rule("F", always, file, { kind: "move", at: reply.at, folder: "Filed" }),
    ]);
    expect(decision.outcome).toBe("moved");
    expect(decision.effects).toEqual([]);
  });
});

describe("mark spam", () => {
  const spam = rule("Spam", always, { kind: "mark spam", at: reply.at });

  test("blocks a stranger and moves the mail to the spam folder", () => {
    const decision = decide([spam], { program: { settings: { spamFolder: "Junk" } } });
    expect(decision.outcome).toBe("spam");
    expect(decision.effects).toEqual([
      { kind: "block sender", rule: "Spam", addresses: ["anna@example.org"] },
    ]);
    expect(decision.mailEffects).toEqual([{ kind: "move", folder: "Junk" }]);
  });

  test("a contact or an agent is only reported", () => {
    const decision = decide([spam], {
      headers: { from: [address("anna@example.org"), address("marco@example.it")] },
      desk: { contacts: ["anna@example.org"] },
      program: { settings: { spamFolder: "Junk" } },
    });
    expect(decision.effects).toEqual([
      {
        kind: "report spam",
        rule: "Spam",
        addresses: ["anna@example.org", "marco@example.it"],
      },
    ]);
    expect(decision.mailEffects).toEqual([]);
  });
});

describe("what becomes of the mail", () => {
  const settings = { after: { kind: "mark read" }, unmatched: { kind: "nothing" } } as const;
  const after = (...actions: Parameters<typeof rule>[2][]) =>
    decide([rule("R", always, ...actions)], { program: { settings } }).mailEffects;

  test("after counts for what a rule acted on, ignore too", () => {
    expect(after(ignore)).toEqual([{ kind: "mark", as: "read" }]);
  });

  test("a rule's own move replaces it, its own mark is added", () => {
    expect(after({ kind: "move", at: reply.at, folder: "X" })).toEqual([
      { kind: "move", folder: "X" },
    ]);
    expect(after({ kind: "mark", at: reply.at, as: "flagged" }, ignore)).toEqual([
      { kind: "mark", as: "read" },
      { kind: "mark", as: "flagged" },
    ]);
  });
});

describe("conditions", () => {
  const holds = (when: ProgramRule["when"], given: Given = {}) =>
    decide([rule("R", when, ignore)], given).rule === "R";

  test("a test of an absent value is false, `not` of it true", () => {
    const bad = texts("header X-None", "is", "");
    expect(holds(bad)).toBe(false);
    expect(holds(not(bad))).toBe(true);
    expect(holds(texts("subject", "is", ""), { headers: { subject: "" } })).toBe(true);
  });

  test("every holds where there is none, some and no look at one value", () => {
    const pdf = texts(field("attachment.name", "element"), "ends with", ".pdf");
    expect(holds(each("every", "attachment", pdf))).toBe(true);
    expect(holds(each("some", "attachment", pdf))).toBe(false);
    const content = { attachments: [attachment("a.PDF", "x/y", 1), attachment("b.doc", "x/y", 9)] };
    expect(holds(each("some", "attachment", pdf), { content })).toBe(true);
    expect(holds(each("every", "attachment", pdf), { content })).toBe(false);
    expect(holds(each("no", "attachment", pdf), { content })).toBe(false);
    const bigPdf = all(pdf, number(field("attachment.size", "element"), ">", 5));
    expect(holds(each("some", "attachment", bigPdf), { content })).toBe(false);
  });

  test("a header's number is the decimal it begins with", () => {
    const score = (value: string) =>
      holds(number("header X-Spam-Score", ">", 5), {
        headers: { fields: [{ name: "x-spam-score", raw: value, value }] },
      });
    expect(score("5.3 / 6")).toBe(true);
    expect(score("+6")).toBe(true);
    expect(score("-7.1")).toBe(false);
    expect(score("about 9")).toBe(false);
  });

  test("a domain or below it", () => {
    const under = (domain: string) =>
      holds(texts("from.domain", "under", "aruba.it", "de"), {
        headers: { from: [address(`x@${domain}`)] },
      });
    expect(under("Aruba.IT")).toBe(true);
    expect(under("mail.aruba.it")).toBe(true);
    expect(under("notaruba.it")).toBe(false);
    expect(under("aruba.it.evil.com")).toBe(false);
    expect(under("a.b.de")).toBe(true);
  });

  test("a flag that only the content tells asks for it", () => {
    const headers = mailHeaders({ flags: { ...mailHeaders().flags, signed: undefined } });
    const settled = mailHeaders({ flags: { ...mailHeaders().flags, signed: true } });
    const { result } = answered(
      judge(program([rule("R", flag("signed"), ignore)])).decide(arrived(headers)),
      { content: mailContent(settled) },
    );
    expect(result.rule).toBe("R");
  });

  test("registries are asked once for an address, agents not at all", () => {
    const asked = decide([
      rule("A", inRegistry("from", "agents"), ignore),
      rule("B", inRegistry("from", "contacts"), ignore),
      rule("C", not(inRegistry("from", "contacts")), ignore),
    ]);
    expect(asked.rule).toBe("C");
    expect(asked.asked.filter((need) => need === "registry")).toHaveLength(1);
    expect(asked.answers.map((one) => one.need.need)).toEqual([
      "seen",
      "own mail",
      "blocked",
      "registry",
    ]);
  });
});

describe("the trace", () => {
  test("names the test that made a rule fail, and what it saw", () => {
    const decision = decide([
      rule("R", all(flag("reply"), texts("subject", "is", "x")), ignore),
      rule(
        "S",
        all(texts("subject", "contains", "PRINTER"), texts("from.domain", "is", "x.it")),
        ignore,
      ),
    ]);
    expect(decision.trace.filter((entry) => !entry.step)).toMatchObject([
      { rule: "R", result: false, because: [{ field: "mail", expected: "reply", result: false }] },
      {
        rule: "S",
        result: false,
        because: [
          { field: "subject", operator: "contains", actual: "Printer broken", result: true },
          { field: "from.domain", operator: "is", actual: "example.org", result: false },
        ],
      },
    ]);
  });

  test("says why an update was not done", () => {
    const decision = decide([rule("Reply", reply, update(byId))], {
      headers: answerTo("42", "eve@evil.example"),
      desk: known,
    });
    expect(decision.trace.at(-1)).toMatchObject({
      rule: "Reply",
      result: false,
      because: [
        { field: "subject", result: true },
        { field: "$id", actual: "ticket 42", result: true },
        { operator: "takes part in", actual: "eve@evil.example", result: false },
      ],
    });
  });

  test("a long value is cut", () => {
    const decision = decide([rule("R", texts("body", "contains", "x"), ignore)], {
      content: { body: "a".repeat(5000) },
    });
    expect(decision.trace.at(-1)?.because[0]?.actual.length).toBeLessThan(210);
  });
});
