import { checkProject, defaultConfiguration, diagnosticTable, lineIndex } from "@mcrules/language";
import type { Analysis, DiagnosticRow } from "@mcrules/language";
import { describe, expect, test } from "vitest";
import { compile } from "../program/compile.ts";
import { proofFindings, proveRules } from "./proofs.ts";
import { worldsOf } from "./world.ts";

const analysis: Analysis = (project) => {
  const program = compile(project);
  return proofFindings(project, proveRules(worldsOf(program, program)));
};

/** What is found in a file, with the lines that it points at. */
function foundIn(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const { diagnostics } = checkProject(
    {
      sources: ["main.mcrules"],
      read: (path) => (path === "main.mcrules" ? bytes : { missing: true }),
      exists: () => true,
    },
    defaultConfiguration,
    analysis,
  );
  const lines = lineIndex(text).text.split("\n");
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, related = [] }) =>
      [
        message,
        ...related.map(({ line, message: words }) => `${lines[line - 1]?.trim()}: ${words}`),
      ].join(" | "),
    );
}

/** Rules of these conditions, each of which ignores what it takes, unless it says something else behind `=>`. */
function rules(...conditions: readonly string[]): string {
  const written = conditions.map((one, at) => {
    const [when = "", then = "ignore"] = one.split(" => ");
    return `  rule "${at + 1}" {\n    when ${when}\n    then ${then}\n  }\n`;
  });
  return `list ours = ["a.example", "b.example", "c.example"]
list theirs = ["b.example", "c.example", "d.example"]

mailbox support {
  files "mail"
  apply incoming
}

rules incoming {
${written.join("\n")}}
`;
}

const dead = (conditions: readonly string[]) =>
  foundIn(rules(...conditions)).map((found) => /^rule "(\d+)"/.exec(found)?.[1] ?? found);

describe("a rule that no mail can reach", () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["says again what stands above", ['subject contains "x"', 'subject contains "X"'], ["2"]],
    [
      "asks for more than what stands above",
      ['subject contains "voice"', 'subject contains "invoice 7"'],
      ["2"],
    ],
    ["asks for less", ['subject contains "invoice"', 'subject contains "voice"'], []],
    ["has a domain of a list", ["from.domain in ours", 'from.domain is "b.example"'], ["2"]],
    ["has another domain", ["from.domain in ours", 'from.domain is "d.example"'], []],
    [
      "has an address in a domain of a list",
      ["from.domain in ours", 'from is "anna@b.example"'],
      ["2"],
    ],
    ["has a list of which not all is taken", ["from.domain in ours", "from.domain in theirs"], []],
    [
      "has a list that two rules take together",
      ["from.domain in ours", 'from.domain is "d.example"', "from.domain in theirs"],
      ["3"],
    ],
    [
      "is under a domain that is taken",
      ['from.domain under "example"', 'from.domain ends with ".b.example"'],
      ["2"],
    ],
    [
      "matches a part of what is taken",
      ['subject contains "ticket"', "subject matches /^Ticket [0-9]+$/i"],
      ["2"],
    ],
    [
      "matches in another letter case",
      ["subject matches /ticket/", "subject matches /TICKET/"],
      [],
    ],
    ["is the rest of two", ["mail is reply", "not mail is reply", "always"], ["3"]],
    ["has a size that is taken", ["size > 1 MB", "size > 2 MB"], ["2"]],
    ["has a size between", ["size > 2 MB", "size > 1 MB"], []],
    [
      "is before a day that is taken",
      ["received before 2026-06-01", "received on 2026-05-31"],
      ["2"],
    ],
    ["is on the day itself", ["received before 2026-06-01", "received on 2026-06-01"], []],
    [
      "asks for an attachment that is taken",
      ["attachments > 0", 'attachment.name ends with ".pdf"'],
      ["2"],
    ],
    [
      "asks for all recipients",
      ["some recipient { domain in ours }", "every recipient { domain in ours }"],
      [],
    ],
    [
      "asks for all recipients, of which there is one",
      [
        "some recipient { domain in ours }",
        "all {\n      recipients exists\n      every recipient { domain in ours }\n    }",
      ],
      ["2"],
    ],
    [
      "is for contacts, of whom all are taken",
      ["from in contacts", 'all {\n      from in contacts\n      subject contains "x"\n    }'],
      ["2"],
    ],
    ["is for contacts where others are taken", ["not from in contacts", "from in contacts"], []],
  ])("%s", (_, conditions, expected) => {
    expect(dead(conditions)).toEqual(expected);
  });

  test.each<readonly [string, string]>([
    ["an update may find no ticket", "update ticket thread"],
    ["a mail may be for nobody who is registered", "file under contact by from"],
    ["a set ends nothing", 'set {\n      tag "x"\n    }'],
    ["the rule says continue", "{\n      mark read\n      continue\n    }"],
    [
      "a ticket that is not closed long enough is passed over",
      "update ticket thread unless closed otherwise ignore",
    ],
  ])("is not below a rule that may let it pass: %s", (_, then) => {
    expect(dead([`subject contains "x" => ${then}`, 'subject is "x"'])).toEqual([]);
  });

  test("is below an update that says what happens otherwise", () => {
    expect(
      dead(['subject contains "x" => update ticket thread otherwise ignore', 'subject is "x"']),
    ).toEqual(["2"]);
  });

  test("names the fewest rules that take its mails, and where they stand", () => {
    const [found] = foundIn(
      rules(
        'subject contains "b"',
        'subject contains "a"',
        'subject contains "a" => create ticket',
        'subject is "ab"',
      ),
    ).slice(-1);
    expect(found).toBe(
      'rule "4" never acts: "1" above it takes every mail that it is for | rule "1" {: takes them all',
    );
  });
});

describe("a condition that no mail fulfils", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "two subjects",
      'all {\n      size > 1 MB\n      subject is "a"\n      subject is "b"\n    }',
      ['subject is "a": where this holds …', 'subject is "b": … this does not'],
    ],
    [
      "a subject of two lines",
      "subject matches /a\\nb/",
      ["when subject matches /a\\nb/: no mail fulfils this"],
    ],
    [
      "what stands within a word as a word",
      "subject matches /a\\bb/",
      ["when subject matches /a\\bb/: no mail fulfils this"],
    ],
    [
      "a list beside its contrary",
      "all {\n      subject in ours\n      not subject in ours\n    }",
      ["subject in ours: where this holds …", "not subject in ours: … this does not"],
    ],
    [
      "more than there is",
      "all {\n      attachments > 3\n      attachments < 2\n    }",
      ["attachments > 3: where this holds …", "attachments < 2: … this does not"],
    ],
  ])("has %s", (_, condition, related) => {
    expect(foundIn(rules(condition))).toEqual([
      ['rule "1" never acts: no mail at all fulfils its condition', ...related].join(" | "),
    ]);
  });

  test("may be fulfilled by two senders where one cannot do it", () => {
    expect(
      dead(['all {\n      from is "a@x.example"\n      from is "b@x.example"\n    }']),
    ).toEqual([]);
    expect(
      dead(['some from {\n      address is "a@x.example"\n      address is "b@x.example"\n    }']),
    ).toEqual(["1"]);
  });
});

test("a rule is dead only where it is dead in every mailbox that applies it", () => {
  const two = (second: string) => `mailbox one {
  files "one"
  apply spam, incoming
}

mailbox two {
  files "two"
  apply ${second}
}

rules spam {
  rule "All" {
    when always
    then ignore
  }
}

rules incoming {
  rule "Any" {
    when always
    then create ticket
  }
}
`;
  expect(foundIn(two("incoming"))).toEqual([]);
  expect(foundIn(two("spam, incoming"))).toHaveLength(1);
});

const proved: readonly (readonly [string, DiagnosticRow])[] = Object.entries(
  diagnosticTable,
).filter(([code]) => code === "MC3201" || code === "MC3202");

test.each(proved)(
  "%s: the wrong example of its page raises it, the right one is clean",
  (code, row) => {
    const codes = (text: string) =>
      checkProject(
        {
          sources: ["main.mcrules"],
          read: () => new TextEncoder().encode(text),
          exists: () => true,
        },
        defaultConfiguration,
        analysis,
      ).diagnostics.map((one) => one.code);
    expect(codes(row.wrong)).toEqual([code]);
    expect(codes(row.right)).toEqual([]);
  },
);
