import { afterAll, describe, expect, test } from "vitest";
import { Law, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

/** A project with these settings, which opens a ticket for each mail, and one test. */
function project(helpdesk: string, steps: string, block = "", process = ""): string {
  return `helpdesk {
${helpdesk}
}
mailbox support {
  files "mail"
  smtp "smtp.example.it" {
    login "info@example.it" password env("P")
  }
  address "info@example.it"
  apply incoming
}
rules incoming {
  rule "Answer" {
    when mail is reply
    then update ticket thread otherwise create ticket
  }
  rule "New" {
    when always
    then create ticket ${block}
  }
}
${process}
test "t" {
  given now 2026-11-02T09:00Z
${steps}
}
`;
}

const receive = (subject = "Printer", more = "") => `  receive """
    From: anna@cliente.example
    Subject: ${subject}${more === "" ? "" : `\n    ${more}`}

    x
    """
`;

const created = (conditions: string) => `  expect ticket created {\n${conditions}\n}\n`;

/** What is told of a project, or else what its test says against it. */
async function amiss(text: string): Promise<readonly string[]> {
  const findings = told(text);
  return findings.length > 0 ? findings : law.failures(text);
}

/** The only finding, of a project without a test. */
function one(helpdesk: string): string {
  const lines = told(project(helpdesk, `${receive()}  expect rule "New"`));
  expect(lines).toEqual([expect.any(String)]);
  return lines[0] ?? "";
}

const notice = `process "Notice" {
  on ticket created
  then send mail {
    to ticket.requester
    subject "[\${ticket.number}] \${ticket.ref}"
    body "\${received}"
  }
}
`;

describe("what the settings mean", () => {
  test.each<
    readonly [what: string, helpdesk: string, steps: string, block?: string, process?: string]
  >([
    [
      "the first status is a new ticket's",
      'status ["Nuovo", "Risposto", "Attesa", "Chiuso"]\nclosed "Chiuso"\nwaiting "Attesa"\nanswered "Risposto"',
      receive() + created('status is "Nuovo"'),
    ],
    [
      "by default it is Open, without a priority",
      "",
      receive() +
        created(
          'status is "Open"\nnot priority exists\nnot severity exists\nnot category exists\nnot assigned exists',
        ),
    ],
    [
      "a list of one word",
      'priority "P1"\nseverity "S1"\ncategory "C1"\ngroups "G1"',
      receive() + created('priority is "P1"\nseverity is "S1"\ncategory is "C1"\nassigned is "G1"'),
      '{\npriority "P1"\nseverity "S1"\ncategory "C1"\nassign group "G1"\n}',
    ],
    [
      "words with blanks and accents",
      'priority ["Più alta", "In attesa – 2"]',
      receive() + created('priority is "Più alta"'),
      '{ priority "Più alta" }',
    ],
    [
      "priorities by default",
      "",
      receive() + created('priority is "Urgent"\nseverity is "Critical"'),
      '{\npriority "Urgent"\nseverity "Critical"\n}',
    ],
    [
      "number",
      'number "CASE-${n}/2026"',
      `${receive()}  expect mail sent {\nsubject contains "[CASE-1/2026] 9x1"\n}\n`,
      "",
      notice,
    ],
    [
      "number by default",
      "",
      `${receive()}  expect mail sent {\nsubject contains "[TT1] 9x1"\n}\n`,
      "",
      notice,
    ],
    [
      "zone",
      'zone "Asia/Tokyo"',
      `${receive()}  expect mail sent {\nbody contains "18:00"\n}\n`,
      "",
      notice,
    ],
    [
      "an own field of each kind",
      'field "T" text\nfield "N" number\nfield "D" date\nfield "L" ["a", "b"]',
      receive() +
        created('field "T" is "t"\nfield "N" is 5\nfield "D" on 2026-12-01\nfield "L" is "b"'),
      '{\nfield "T" "t"\nfield "N" 5\nfield "D" 2026-12-01\nfield "L" "b"\n}',
    ],
    [
      "a name of an own field may be a word of the language",
      'field "priority" text\nfield "from" text',
      receive() + created('field "priority" is "x"\nfield "from" is "y"'),
      '{\nfield "priority" "x"\nfield "from" "y"\n}',
    ],
    [
      "answer within: a mail that is older is not answered",
      "answer within 3 days",
      `${receive("Old", "Received: from a by b; Thu, 29 Oct 2026 08:00:00 +0000")}  expect ticket created\n  expect mail sent\n`,
      "",
      notice,
    ],
    [
      "send limit: no more than so many",
      "send limit 2 in 3 hours",
      `${receive("One")}  expect mail sent\n${receive("Two")}  expect mail sent\n${receive("Three")}  expect no mail sent\n  wait 4 hours\n${receive("Four")}  expect mail sent\n`,
      "",
      notice,
    ],
    [
      "a status that counts as closed: an answer opens the ticket again",
      'status ["Open", "Done", "Wait", "Answered"]\nclosed ["Done"]\nwaiting "Wait"\nanswered "Answered"',
      `  given ticket 7 {\nstatus "Done"\nrequester "anna@cliente.example"\n}\n${receive("Re: a")}  expect ticket created\n`,
    ],
  ])("%s", async (_, helpdesk = "", steps = "", block = "", process = "") => {
    expect(await amiss(project(helpdesk, steps, block, process))).toEqual([]);
  });
});

describe("one message each", () => {
  test.each<readonly [what: string, helpdesk: string, said: RegExp]>([
    ["a zone that is none", 'zone "Rome"', /^error MC\d{4} 2: .*Rome/],
    ["an offset is no zone", 'zone "+01:00"', /^error MC\d{4} 2: .*\+01:00/],
    ["no status", "status []", /^error MC\d{4} 2: /],
    [
      "a status twice",
      'status ["Open", "open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"]',
      /^(error|warning) MC\d{4} 2: .*open/,
    ],
    ["an empty word", 'priority ["Low", ""]', /^error MC\d{4} 2: /],
    ["a closed status that is none", 'closed "Done"', /^error MC\d{4} 2: .*"Done"/],
    [
      "a waiting status that is none",
      'waiting "Wait"',
      /^error MC\d{4} 2: .*"Wait".*Wait For Response/,
    ],
    ["a number without n", 'number "TT"', /^error MC\d{4} 2: .*\$\{n\}/],
    ["a number with another hole", 'number "${subject}"', /^error MC\d{4} 2: /],
    ["a field of another kind", 'field "A" boolean', /^error MC\d{4} 2: .*text, number, date/],
    ["a field without a kind", 'field "A"', /^error MC\d{4} 2: /],
    ["a field twice", 'field "A" text\nfield "A" number', /^error MC\d{4} 3: .*"A"/],
    ["a field without a name", "field text", /^error MC\d{4} 2: /],
    ["a send limit of nothing", "send limit 0 in 3 hours", /^(error|warning) MC\d{4} 2: .*0/],
    ["a send limit without a time", "send limit 5", /^error MC\d{4} 2: .*in/],
    ["a send limit with a fraction", "send limit 2.5 in 3 hours", /^error MC\d{4} 2: .*2\.5/],
    ["answer without its word", "answer 3 days", /^error MC\d{4} 2: .*within/],
    ["keep of another word", "keep everything", /^error MC\d{4} 2: .*forever/],
    ["keep without mails", "keep 90 days", /^error MC\d{4} 2: .*mails/],
    ["a store of another kind", 'store mysql "a"', /^error MC\d{4} 2: .*sqlite/],
    [
      "a store with its password",
      'store postgres "postgres://me:secret@host/db"',
      /^error MC\d{4} 2: .*env\(/,
    ],
    ["a setting twice", 'zone "UTC"\nzone "UTC"', /^error MC\d{4} 3: .*zone/],
    ["a setting that is none", 'timezone "UTC"', /^error MC\d{4} 2: .*timezone.*zone/],
    ["a setting of a mailbox", 'server "a.example"', /^error MC\d{4} 2: .*server/],
    ["a sign of another language", 'zone: "UTC"', /^error MC\d{4} 2: .*:/],
  ])("%s", (_, helpdesk, said) => {
    expect(one(helpdesk)).toMatch(said);
  });

  test("a secret that is written down is not shown", () => {
    const shown = one('store postgres "postgres://me:hunter2@host/db"');
    expect(shown).not.toContain("hunter2");
  });

  test("an unknown word of a list, with what there is", () => {
    for (const [property, given] of [
      ['priority "Hihg"', "High"],
      ['severity "Miner"', "Minor"],
      ['status "Opne"', "Open"],
      ['assign group "Biling"', "Billing"],
      ['category "Bilingg"', "Billingg"],
      ['field "Ordr" "1"', "Order"],
      ['field "Kind" "smal"', "small"],
    ] as const) {
      const lines = told(
        project(
          'groups ["Billing"]\ncategory ["Billingg"]\nfield "Order" text\nfield "Kind" ["small"]',
          `${receive()}  expect rule "New"`,
          `{\n${property}\n}`,
        ),
      );
      expect(lines).toEqual([expect.stringContaining(`"${given}"`)]);
    }
  });
});
