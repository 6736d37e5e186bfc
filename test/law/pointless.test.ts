import { describe, expect, test } from "vitest";
import { told } from "./kit.ts";

const mailbox = `mailbox support {
  files "mail"
  smtp "smtp.example.it" {
    login "info@example.it" password env("P")
  }
  address "info@example.it"
  apply incoming
}
helpdesk {
  field "Order" text
}
`;

const one = `rules incoming {
  rule "It" {
    when always
    then create ticket
  }
}
`;

function process(on: string, when: string, then: string): string {
  return `${mailbox}${one}process "P" {
  on ${on}
  when ${when}
  then ${then}
}
`;
}

const mail = (lines: string) => `send mail {\n    ${lines.replaceAll("\n", "\n    ")}\n  }`;
const whole = 'to "boss@partner.example"\nsubject "Ignored"\nbody "§"';

describe("a process that runs on mail ignored only has no ticket", () => {
  test.each<readonly [what: string, when: string, then: string, line: number]>([
    ["in its condition", 'ticket.rule is "It"', mail(whole), 20],
    ["inside a group", 'all {\n    always\n    not ticket.status is "Open"\n  }', mail(whole), 22],
    ["in a text", "always", mail(whole.replace("§", "${ticket.number}")), 24],
    ["in a path", "always", mail(whole.replace("§", "${ticket.requester.name}")), 24],
    [
      "as recipient",
      "always",
      mail(whole.replace('"boss@partner.example"', "ticket.requester")),
      22,
    ],
    ["in a call", "always", 'call "https://a.example/${ticket.id}"', 21],
    [
      "in a header of a call",
      "always",
      'call "https://a.example/" {\n    header "X" "${ticket.id}"\n  }',
      22,
    ],
    ["what it sets", "always", 'set {\n    priority "High"\n  }', 21],
  ])("%s: one error", (_, when, then, line) => {
    expect(told(process("mail ignored", when, then))).toEqual([
      expect.stringMatching(new RegExp(`^error MC1607 ${line}: process "P" .*no ticket.*rule`)),
    ]);
  });

  test("where it runs on tickets too, and where it speaks of the mail, nothing is said", () => {
    expect(
      told(process("mail ignored, ticket created", 'ticket.rule is "It"', mail(whole))),
    ).toEqual([]);
    expect(
      told(
        process("mail ignored", 'rule is "It"', mail(whole.replace("§", "${rule}: ${subject}"))),
      ),
    ).toEqual([]);
  });
});

describe("what a mail of a process lacks is told, each once", () => {
  test.each<readonly [what: string, lines: string, missing: string]>([
    ["a text", 'to ticket.requester\nsubject "a"', "body"],
    ["a subject", 'to ticket.requester\nbody "a"', "subject"],
    ["a recipient", 'cc ticket.requester\nsubject "a"\nbody "a"', "to"],
  ])("%s", (_, lines, missing) => {
    expect(told(process("ticket created", "always", mail(lines)))).toEqual([
      expect.stringMatching(new RegExp(`^error MC1603 21: the mail has no "${missing}"`)),
    ]);
  });

  test.each([
    'to ticket.requester\nsubject "a"\nbody "a"',
    'to ticket.requester\nsubject "a"\nhtml "<p>a</p>"',
    'to ticket.requester\nsubject "a"\nattach mail',
  ])("nothing: %j", (lines) => {
    expect(told(process("ticket created", "always", mail(lines)))).toEqual([]);
  });
});

describe("mark spam beside a ticket", () => {
  const rule = (then: string) =>
    `${mailbox}rules incoming {\n  rule "It" {\n    when always\n    then ${then}\n  }\n}\n`;

  test.each([
    "{\n      create ticket\n      mark spam\n    }",
    "{\n      mark spam\n      create ticket\n    }",
    "{\n      update ticket thread\n      mark spam\n    }",
  ])("%j is warned: whoever is blocked never answers", (then) => {
    expect(told(rule(then))).toEqual([expect.stringMatching(/^warning MC1430 1[67]: .*blocks/)]);
  });

  test.each([
    "mark spam",
    '{\n      mark spam\n      move to "Junk"\n    }',
    "update ticket thread otherwise mark spam",
  ])("%j is not", (then) => {
    expect(told(rule(then))).toEqual([]);
  });
});

describe("a property that a set above always gives is never seen below", () => {
  const usual = (
    when: string,
    then = 'set {\n      priority "Low"\n      field "Order" "1"\n      tag "a"\n    }',
  ) => `  rule "Usual" {\n    when ${when}\n    then ${then}\n  }\n`;
  const rest = (block: string) =>
    `  rule "Rest" {\n    when subject is "a"\n    then create ticket {\n      ${block}\n    }\n  }\n  rule "Last" {\n    when always\n    then create ticket\n  }\n`;
  const rules = (lines: string, more = "") => `${mailbox}rules incoming {\n${lines}}\n${more}`;

  test.each<readonly [what: string, text: string, said: RegExp]>([
    [
      "of a ticket",
      rules(usual("always") + rest('priority "High"')),
      /^warning MC4205 24: this priority .*"Usual"/,
    ],
    [
      "of one's own",
      rules(usual("always") + rest('field "Order" "2"')),
      /^warning MC4205 24: this field "Order" .*"Usual"/,
    ],
    [
      "through a condition that always holds",
      rules(
        usual("any-mail") + rest('priority "High"'),
        'condition any-mail = any {\n  always\n  subject is "b"\n}\n',
      ),
      /^warning MC4205 24: /,
    ],
    [
      "of a later set",
      rules(
        `${usual("always")}  rule "Late" {\n    when subject is "a"\n    then set { priority "High" }\n  }\n${rest('tag "b"')}`,
      ),
      /^warning MC4205 23: this priority /,
    ],
    [
      "in the rule itself",
      rules(
        '  rule "Both" {\n    when subject is "a"\n    then {\n      set { priority "Low" }\n      create ticket { priority "High" }\n    }\n  }\n',
      ),
      /^warning MC4205 17: this priority .*"Both"/,
    ],
  ])("%s: one warning", (_, text, said) => {
    expect(told(text)).toEqual([expect.stringMatching(said)]);
  });

  test.each<readonly [what: string, text: string]>([
    ["a condition", rules(usual('from is "a@b.it"') + rest('priority "High"'))],
    ["tags add up", rules(usual("always") + rest('tag "b"'))],
    ["another property", rules(usual("always") + rest('severity "Minor"'))],
    [
      "a set below",
      rules(
        rest('priority "High"').replace(/ {2}rule "Last"[^]*/, "") +
          usual("always") +
          rest('tag "x"').replace('"Rest"', '"Rest 2"'),
      ),
    ],
    [
      "the set of a rule that may not be done",
      rules(
        usual("always", '{\n      set { priority "Low" }\n      update ticket thread\n    }') +
          rest('priority "High"'),
      ),
    ],
    [
      "another mailbox that applies the rules without the set",
      `${rules(usual("always"))}rules other {\n${rest('priority "High"')}}\nmailbox second {\n  files "mail2"\n  smtp "smtp.example.it" {\n    login "x@example.it" password env("P")\n  }\n  apply other\n}\n`.replace(
        "apply incoming",
        "apply incoming, other",
      ),
    ],
  ])("nothing is said: %s", (_, text) => {
    expect(told(text)).toEqual([]);
  });
});
