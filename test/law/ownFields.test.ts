import { afterAll, describe, expect, test } from "vitest";
import { formatText } from "@mcrules/prettier-plugin";
import { Law, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const helpdesk = `
helpdesk {
  zone "Europe/Rome"
  field "Count" number
  field "Due" date
  field "Kind" ["small", "big"]
  field "Note" text
}
`;

function project(block: string, expectations: string, processCondition = "always"): string {
  return `${helpdesk}
mailbox support {
  files "mail"
  address "info@example.it"
  apply incoming
}
rules incoming {
  rule "It" {
    when subject matches /(?<n>[0-9]+)/
    then create ticket {
${block}
    }
  }
}
process "Marks" {
  on ticket created
  when all {
    always
    ${processCondition}
  }
  then set { priority "Urgent" }
}
test "it" {
  given now 2026-11-02T09:00Z
  receive """
    From: anna@cliente.example
    Subject: Order 42

    Hello.
    """
  ${expectations}
}
`;
}

describe("an own field is what the helpdesk declares it to be", () => {
  test.each([
    ['field "Count" 5', 'field "Count" is 5'],
    ['field "Count" 10', 'field "Count" > 9'],
    ['field "Count" 10', 'not field "Count" > 10'],
    ['field "Count" 10', 'field "Count" >= 10'],
    ['field "Count" 5.5', 'field "Count" < 5.6'],
    ['field "Count" $n', 'field "Count" is 42'],
    ['field "Count" size', 'field "Count" > 40'],
    ['field "Due" 2026-12-01', 'field "Due" on 2026-12-01'],
    ['field "Due" 2026-12-01', 'field "Due" before 2026-12-02'],
    ['field "Due" 2026-12-01', 'not field "Due" before 2026-12-01'],
    ['field "Due" 2026-12-01', 'not field "Due" after 2026-12-01'],
    ['field "Due" 2026-12-01', 'field "Due" after 2026-11-30'],
    ['field "Due" in 2 days', 'field "Due" on 2026-11-04'],
    ['field "Due" 2026-12-01T00:30+01:00', 'field "Due" on 2026-12-01'],
    ['field "Due" received', 'field "Due" on 2026-11-02'],
    ['field "Kind" "big"', 'field "Kind" is "big"'],
    ['field "Kind" "big"', 'field "Kind" is ["small", "big"]'],
    ['field "Note" "${subject}"', 'field "Note" contains "order"'],
    ['tag "a"', 'not field "Due" before 2099-01-01'],
    ['tag "a"', 'not field "Count" exists'],
  ])("created with %s, a test sees %s, and a process too", async (block, condition) => {
    const process = condition.replace(/field "/, 'ticket.field "');
    const text = project(
      block,
      `expect ticket created {\n${condition}\npriority is "Urgent"\n}`,
      process,
    );
    expect(told(text)).toEqual([]);
    expect(await law.failures(text)).toEqual([]);
  });

  test.each([
    ['field "Count" contains "5"', /field "Count" has no "contains": it has is, </],
    ['field "Count" is "5"', /"is" .*a number/],
    ['field "Due" is 5', /field "Due" has no "is": it has before, after, on/],
    ['field "Due" < 5', /field "Due" has no "<": it has before, after, on/],
    ['field "Note" > 5', /field "Note" has no ">"/],
    ['field "Kind" is "huge"', /"huge".*"small", "big"/],
    ['field "Kuont" is 5', /"Kuont".*Count/],
  ])("%s is an error that says what it has", (condition, message) => {
    const found = told(project('field "Count" 5', `expect ticket created {\n${condition}\n}`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });
});

test("the formatter parts the entries of a one-line block behind an own field of any type", async () => {
  const text = project('field "Count" 5', "expect no mail sent").replace(
    /then create ticket \{\n.*\n *\}/,
    'then create ticket { field "Due" in 2 hours of office field "Due 2" in 2 days field "Count" 5 field "Kind" $n field "Day" 2026-01-31 assign agent "x@y.example" documents none }',
  );
  const formatted = await formatText(text, "main.mcrules");
  expect(formatted.kind === "formatted" && formatted.text).toContain(`    then create ticket {
      field "Due" in 2 hours of office
      field "Due 2" in 2 days
      field "Count" 5
      field "Kind" $n
      field "Day" 2026-01-31
      assign agent "x@y.example"
      documents none
    }`);
});
