import { describe, expect, test } from "vitest";
import type { ProgramProcessAction } from "../program/action.ts";
import type { ProgramProcess } from "../program/program.ts";
import { answered } from "../samples/helpdesk.ts";
import { address, arrived, mailContent, mailHeaders, monday } from "../samples/mail.ts";
import {
  all,
  always,
  block,
  field,
  flag,
  inRegistry,
  number,
  place,
  program,
  texts,
} from "../samples/program.ts";
import { judge } from "./judgeProgram.ts";
import type { ProcessInput, ProcessTicket } from "./judge.ts";

const opened: ProcessTicket = {
  id: 42,
  number: "TT42",
  ref: "9x42",
  title: "Printer broken",
  status: "Open",
  priority: "High",
  severity: undefined,
  category: undefined,
  tags: ["vip", "new"],
  rule: "Support",
  mailbox: "support",
  requester: { address: "anna@example.org", name: "Anna" },
  contact: undefined,
  assigned: undefined,
  fields: { Order: "ORD-1" },
};

const send: ProgramProcessAction = {
  kind: "send mail",
  at: place(1),
  to: [[{ kind: "process field", field: "ticket.requester" }]],
  cc: [],
  bcc: [],
  subject: [
    "Opening ",
    { kind: "ticket path", path: "number" },
    " - ",
    { kind: "ticket path", path: "title" },
    " - Ticket Id: ",
    { kind: "ticket path", path: "ref" },
  ],
  body: [
    "Dear ",
    { kind: "ticket path", path: "requester.name" },
    ",\n",
    { kind: "ticket path", path: "contact.name" },
    { kind: "ticket path", path: "tag" },
    { kind: "process field", field: "ticket.field", argument: "Order" },
  ],
  attach: [],
};

function process(given: Partial<ProgramProcess>): ProgramProcess {
  return {
    name: "Notice",
    at: place(1),
    on: ["ticket created"],
    when: always,
    actions: [send],
    ...given,
  };
}

function run(given: Partial<ProgramProcess>, event: Partial<ProcessInput> = {}, contacts = [""]) {
  const headers = mailHeaders();
  return answered(
    judge(program([], { processes: [process(given)] })).processes({
      events: ["ticket created"],
      now: monday,
      mail: { ...arrived(headers), content: undefined },
      rule: "Support",
      ticket: opened,
      ...event,
    }),
    { content: mailContent(headers, { body: 'says "<b>&hi"\nbye' }), contacts },
  ).result;
}

describe("processes", () => {
  test("fill their texts from the ticket", () => {
    expect(run({})).toEqual([
      {
        process: "Notice",
        actions: [
          {
            kind: "send mail",
            to: ["anna@example.org"],
            cc: [],
            bcc: [],
            subject: "Opening TT42 - Printer broken - Ticket Id: 9x42",
            body: "Dear Anna,\nvip, newORD-1",
            html: undefined,
            attach: [],
          },
        ],
      },
    ]);
  });

  test("start on their events alone", () => {
    expect(run({ on: ["ticket closed"] })).toEqual([]);
    expect(
      run({ on: ["ticket closed"] }, { events: ["ticket updated", "ticket closed"] }),
    ).toHaveLength(1);
  });

  test("judge the event, the ticket and the mail", () => {
    const when = all(
      texts(field("rule", "process"), "is", "support"),
      texts(field("ticket.tag", "process"), "is", "VIP"),
      number(field("ticket.id", "process"), ">", 41),
      texts("from.domain", "is", "example.org"),
      texts("body", "contains", "bye"),
    );
    expect(run({ when })).toHaveLength(1);
    expect(run({ when }, { rule: "Other" })).toEqual([]);
    expect(run({ when }, { mail: undefined })).toEqual([]);
  });

  test("ask registries also where no mail caused the event", () => {
    const when = {
      ...inRegistry("from", "contacts"),
      field: field("ticket.requester", "process"),
    };
    expect(run({ when }, { mail: undefined }, ["anna@example.org"])).toHaveLength(1);
    expect(run({ when }, { mail: undefined })).toEqual([]);
  });

  test("a mail that is not there has no marks", () => {
    expect(run({ when: flag("reply") }, { mail: undefined })).toEqual([]);
  });

  test("a ticket that is not there has no values", () => {
    const ignored = { ticket: undefined, events: ["mail ignored"] as const };
    expect(run({ on: ["mail ignored"] }, ignored)).toMatchObject([
      { actions: [{ to: [], subject: "Opening  -  - Ticket Id:" }] },
    ]);
  });

  test("line ends never reach a subject or an address", () => {
    const ticket = {
      ...opened,
      title: "a\r\nBcc: eve@evil.example",
      requester: { address: "anna@example.org\r\nCc: x@y", name: "" },
    };
    expect(run({}, { ticket })[0]?.actions).toMatchObject([
      {
        to: ["anna@example.org Cc: x@y"],
        subject: "Opening TT42 - a Bcc: eve@evil.example - Ticket Id: 9x42",
      },
    ]);
  });

  test("what a mail says is no HTML and no piece of an address that is called", () => {
    const said = { kind: "mail field", field: "body" } as const;
    const actions: readonly ProgramProcessAction[] = [
      { ...send, html: ["<p>", said, "</p>"] },
      {
        kind: "call",
        at: place(1),
        url: ["https://hook.example/?q=", said],
        headers: [
          { name: "X-Said", value: { kind: "text", text: [said] } },
          {
            name: "Authorization",
            value: {
              kind: "secret",
              secret: {
                kind: "env",
                span: { file: "a.mcrules", start: 0, end: 1 },
                name: "HOOK",
              },
            },
          },
        ],
      },
    ];
    expect(run({ actions })[0]?.actions).toMatchObject([
      { html: "<p>says &quot;&lt;b&gt;&amp;hi&quot;<br>\nbye</p>" },
      {
        url: "https://hook.example/?q=says%20%22%3Cb%3E%26hi%22%0Abye",
        headers: [
          { name: "X-Said", value: 'says "<b>&hi" bye' },
          { name: "Authorization", value: { secret: { kind: "env", name: "HOOK" } } },
        ],
      },
    ]);
  });

  test("many values are as many recipients", () => {
    const actions = [{ ...send, cc: [[{ kind: "mail field", field: "to" } as const]] }];
    const headers = mailHeaders({ to: [address("a@b.it"), address("c@d.it")] });
    const mail = { ...arrived(headers), content: mailContent(headers) };
    expect(run({ actions }, { mail })[0]?.actions).toMatchObject([{ cc: ["a@b.it", "c@d.it"] }]);
  });

  test("set gives properties; dates count from when the mail was received", () => {
    const actions: readonly ProgramProcessAction[] = [
      {
        kind: "set",
        at: place(1),
        block: block({
          title: [{ kind: "ticket path", path: "title" }, "!"],
          status: { kind: "word", word: "In Progress" },
          fields: [{ name: "Due", value: { kind: "in", amount: 1, unit: "days" } }],
        }),
      },
    ];
    expect(run({ actions })[0]?.actions).toEqual([
      {
        kind: "set",
        title: "Printer broken!",
        properties: {
          status: "In Progress",
          tags: [],
          fields: [{ name: "Due", value: "2026-11-03T10:00:00+01:00" }],
        },
      },
    ]);
  });
});
