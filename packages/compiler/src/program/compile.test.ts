import { checkProject, defaultConfiguration } from "@mcrules/language";
import type { Project } from "@mcrules/language";
import { describe, expect, test } from "vitest";
import { judge } from "../decide/judgeProgram.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import { address, arrived, attachment, mailContent, mailHeaders } from "../samples/mail.ts";
import { compile, compileCondition, compileText } from "./compile.ts";

const sample = `
list suppliers = ["aruba.it", "register.it"]
list unused = ["x.it"]

condition urgent = any {
  subject contains "urgent"
  some attachment { name ends with ".pdf" }
}

calendar office {
  open Monday to Friday 09:00 to 18:00
  closed [2026-12-25]
}

helpdesk {
  zone "Europe/Rome"
  priority ["Low", "Normal", "High"]
  groups ["First level", "Billing"]
  field "Order" text
  field "Due" date
}

agent "Marco@Example.it" {
  name "Marco"
}

mailbox support {
  files "mails"
  address "Support <Info@Example.it>"
  after mark read
  smtp "smtp.example.it"
  apply incoming
}

rules incoming {
  rule "Suppliers" {
    when from.domain in suppliers
    then ignore
  }

  rule "VIP" {
    when urgent
    then set {
      priority "High"
    }
  }

  rule "Answer" {
    when mail is reply
    then update ticket thread if closed for 30 days create ticket
  }

  rule "Reply" {
    when any {
      subject matches /Ticket Id: 9x(?<id>[0-9]+)\\b/
      body.new matches /^Ticket Id: 9x(?<id>[0-9]+)$/m
    }
    then update ticket $id {
      status "Open"
    } otherwise ignore
  }

  rule "Support" {
    when received during office
    then create ticket {
      title "\${subject} [\${header "X-Id"}]"
      assign group "First level"
      field "Due" in 4 hours of office
      documents except {
        type starts with "image/"
      }
    }
  }
}

process "Opening notice" {
  on ticket created
  when ticket.rule is "Support"
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.number} - Ticket Id: \${ticket.ref}"
    body """
      Dear \${ticket.requester.name},
      we have opened it.
      """
  }
}
`;

function checked(text: string): Project {
  const bytes = new TextEncoder().encode(text);
  const { project, diagnostics } = checkProject(
    {
      sources: ["support.mcrules"],
      read: (path) => (path === "support.mcrules" ? bytes : { missing: true }),
      exists: (path) => path === "support.mcrules" || path === "mails",
    },
    defaultConfiguration,
  );
  if (project === undefined)
    throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return project;
}

const program = compile(checked(sample));

describe("a compiled program", () => {
  test("is plain data", () => {
    const read: unknown = JSON.parse(JSON.stringify(program));
    expect(JSON.stringify(read)).toBe(JSON.stringify(program));
  });

  test("has the rules of a mailbox in their order, with their places", () => {
    const [mailbox] = program.mailboxes;
    expect(mailbox?.ownAddresses).toEqual(["info@example.it"]);
    expect(mailbox?.rules.map(({ name, set, at, reads }) => [name, set, at.line, reads])).toEqual([
      ["Suppliers", "incoming", lineOf('rule "Suppliers"'), "headers"],
      ["VIP", "incoming", lineOf('rule "VIP"'), "content"],
      ["Answer", "incoming", lineOf('rule "Answer"'), "content"],
      ["Reply", "incoming", lineOf('rule "Reply"'), "content"],
      ["Support", "incoming", lineOf('rule "Support"'), "headers"],
    ]);
  });

  test("has what rules use and no more", () => {
    expect(program.lists.map((list) => list.name)).toEqual(["suppliers"]);
    expect(program.conditions.map((condition) => condition.name)).toEqual(["urgent"]);
    expect(program.calendars.map((calendar) => calendar.closed)).toEqual([["2026-12-25"]]);
    expect(program.agents).toMatchObject([{ address: "marco@example.it", name: "Marco" }]);
  });

  test("says what is expected as it is written", () => {
    expect(program.mailboxes[0]?.rules[0]?.when).toMatchObject({ expected: "suppliers" });
    expect(program.mailboxes[0]?.rules[3]?.when).toMatchObject({
      conditions: [{ expected: "/Ticket Id: 9x(?<id>[0-9]+)\\b/" }, {}],
    });
  });
});

describe("its hash", () => {
  test("does not count comments, spelling and places", () => {
    const respelled = sample
      .replace("list suppliers", "# our suppliers\n\n\nlist suppliers")
      .replace('["aruba.it", "register.it"]', '[\n  "aruba.it",\n  "register.it",\n]');
    expect(compile(checked(respelled)).hash).toBe(program.hash);
  });

  test.each([
    ['"register.it"', '"register.eu"'],
    ["for 30 days", "for 31 days"],
    ["after mark read", "after nothing"],
    ['"Opening ', '"opening '],
  ])("counts %s made %s", (from, to) => {
    expect(compile(checked(sample.replace(from, to))).hash).not.toBe(program.hash);
  });
});

describe("decides", () => {
  const decide = (headers: Parameters<typeof mailHeaders>[0], desk = {}) => {
    const of = mailHeaders(headers);
    return answered(judge(program).decide(arrived(of)), {
      content: mailContent(of, {
        attachments: [
          attachment("a.png", "image/png", 1),
          attachment("b.pdf", "application/pdf", 1),
        ],
      }),
      ...desk,
    }).result;
  };

  test("by its rules", () => {
    expect(decide({ from: [address("x@aruba.it")] })).toMatchObject({ rule: "Suppliers" });
    const created = decide({ fields: [{ name: "X-ID", raw: "7", value: "7" }] });
    expect(created).toMatchObject({
      rules: ["VIP", "Support"],
      mailEffects: [{ kind: "mark", as: "read" }],
      effects: [
        {
          kind: "create ticket",
          title: "Printer broken [7]",
          documents: [1],
          properties: {
            priority: "High",
            assigned: { kind: "group", name: "First level" },
            fields: [{ name: "Due", value: "2026-11-02T14:00:00+01:00" }],
          },
        },
      ],
    });
  });

  test("and shows each test where it stands", () => {
    const { trace } = decide(
      { subject: "Re: Ticket Id: 9x42" },
      { tickets: [ticket(42, { takesPart: [] })] },
    );
    const reply = trace.find((entry) => entry.rule === "Reply");
    expect(reply?.position?.line).toBe(lineOf('rule "Reply"'));
    expect(reply?.because[0]?.position).toMatchObject({
      file: "support.mcrules",
      line: lineOf("subject matches"),
      column: 7,
    });
  });
});

test("what a process sends is filled", () => {
  const runs = answered(
    judge(program).processes({
      events: ["ticket created"],
      now: 0,
      mail: undefined,
      rule: "Support",
      ticket: {
        id: 1,
        number: "TT1",
        ref: "9x1",
        title: "T",
        status: "Open",
        priority: undefined,
        severity: undefined,
        category: undefined,
        tags: [],
        rule: "Support",
        mailbox: "support",
        requester: { address: "anna@example.org", name: "Anna" },
        contact: undefined,
        assigned: undefined,
        fields: {},
      },
    }),
  ).result;
  expect(runs).toMatchObject([
    {
      process: "Opening notice",
      actions: [
        {
          to: ["anna@example.org"],
          subject: "Opening TT1 - Ticket Id: 9x1",
          body: "Dear Anna,\nwe have opened it.\n",
        },
      ],
    },
  ]);
});

test("a project with errors is not compiled", () => {
  const project = checked(sample);
  const [first] = project.conditions;
  if (first === undefined) throw new Error("no condition");
  const span = first.span;
  expect(() => compileCondition({ kind: "broken", span }, project)).toThrow(
    /with errors is not compiled.*support\.mcrules:\d+/,
  );
});

test("a text is filled where its holes are known", () => {
  const project = checked(sample);
  const span = { file: "support.mcrules", start: 0, end: 1 };
  const hole = {
    kind: "hole",
    span,
    expression: { kind: "test ticket", span, name: "first", path: "number" },
  } as const;
  const text = { kind: "text", span, block: false, parts: ["No ", hole, "!"] } as const;
  expect(compileText(text, project, () => "TT1")).toEqual(["No TT1!"]);
  expect(() => compileText(text, project)).toThrow(/only while a test runs/);
});

function lineOf(text: string): number {
  return sample.slice(0, sample.indexOf(text)).split("\n").length;
}
