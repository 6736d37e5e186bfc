import { afterAll, describe, expect, test } from "vitest";
import { Law, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

function project(
  when: string,
  given: string,
  headers: string,
  expectation = 'expect rule "It"',
  more = "",
): string {
  return `mailbox support {
  files "mail"
  address "info@example.it"
  apply incoming
}
mailbox sales {
  files "sales"
  address "sales@example.it"
  apply incoming
}
${more}
rules incoming {
  rule "It" {
    when ${when}
    then ignore
  }
}
test "t" {
  mailbox support
${given}
  receive """
    ${headers.replaceAll("\n", "\n    ")}
    Subject: a

    x
    """
  ${expectation}
}
`;
}

async function amiss(text: string): Promise<readonly string[]> {
  const findings = told(text).filter((line) => !line.startsWith("warning"));
  return findings.length > 0 ? findings : law.failures(text);
}

const anna = 'From: "Anna" <Anna@Cliente.Example>\nTo: info@example.it, boss@partner.example';

describe("contacts, accounts, leads, vendors are looked up in the helpdesk, agents in the project", () => {
  test.each(["contact", "account", "lead", "vendor"])("%s", async (kind) => {
    const registry = `${kind}s`;
    const given = `  given ${kind} "anna@cliente.example" {\n    name "Anna"\n  }`;
    expect(await amiss(project(`from in ${registry}`, given, anna))).toEqual([]);
    expect(await amiss(project(`from in ${registry}`, "", anna, "expect no rule"))).toEqual([]);
    expect(await amiss(project(`not from in ${registry}`, "", anna))).toEqual([]);
    expect(
      await amiss(project(`some from {\nname is "anna"\naddress in ${registry}\n}`, given, anna)),
    ).toEqual([]);
    expect(await amiss(project(`no recipient { address in ${registry} }`, given, anna))).toEqual(
      [],
    );
    for (const other of ["contacts", "accounts", "leads", "vendors"].filter(
      (one) => one !== registry,
    )) {
      expect(await amiss(project(`from in ${other}`, given, anna, "expect no rule"))).toEqual([]);
    }
  });

  test("agents", async () => {
    const more = 'agent "ANNA@cliente.example" {\n  name "Anna"\n}';
    expect(await amiss(project("from in agents", "", anna, undefined, more))).toEqual([]);
    expect(await amiss(project("to in agents", "", anna, "expect no rule", more))).toEqual([]);
  });

  test("any of the recipients", async () => {
    const given = '  given vendor "boss@partner.example" {\n    name "B"\n  }';
    expect(await amiss(project("to in vendors", given, anna))).toEqual([]);
    expect(
      await amiss(project("every to { address in vendors }", given, anna, "expect no rule")),
    ).toEqual([]);
  });
});

describe("folder and mailbox", () => {
  const inFolder = (condition: string, folder: string, expectation = 'expect rule "It"') =>
    project(condition, "", anna, expectation).replace(
      '    """\n  expect',
      `    """ in "${folder}"\n  expect`,
    );

  test.each<readonly [condition: string, folder: string, holds: boolean]>([
    ['folder is "Requests/New"', "Requests/New", true],
    ['folder is "requests/new"', "Requests/New", true],
    ['folder starts with "Requests/"', "Requests/New", true],
    ['folder is "Requests"', "Requests/New", false],
    ['folder is "Büro & Co"', "Büro & Co", true],
    ['folder is ["A", "INBOX"]', "INBOX", true],
    ['mailbox is "support"', "INBOX", true],
    ['mailbox is "sales"', "INBOX", false],
    ['not mailbox is "sales"', "INBOX", true],
    ['mailbox is ["sales", "support"]', "INBOX", true],
  ])("%s in %s: %s", async (condition, folder, holds) => {
    expect(
      await amiss(inFolder(condition, folder, holds ? 'expect rule "It"' : "expect no rule")),
    ).toEqual([]);
  });

  test("a mailbox is a symbol: a wrong name is an error with a suggestion", () => {
    expect(told(project('mailbox is "suport"', "", anna))).toEqual([
      expect.stringMatching(/^error MC\d{4} 14: .*"suport".*"support"/),
    ]);
  });
});
