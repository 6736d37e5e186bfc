import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "./diagnostics/render.ts";
import { checkFixture, readFixture } from "./fixture.ts";

/** Programs as somebody writes them who has never read the language's page, with one habit amiss each. */

const mailbox = `mailbox support {
  files "mail"
  address "info@example.it"
  apply incoming
}
`;

/** A project whose one rule has this condition and these actions. */
function rule(when: string, then = "then create ticket"): string {
  return `${mailbox}
rules incoming {
  rule "Orders" {
    ${when.replaceAll("\n", "\n    ")}
    ${then.replaceAll("\n", "\n    ")}
  }
}
`;
}

function settings(...lines: readonly string[]): string {
  return `mailbox support {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

const programs: Readonly<Record<string, string>> = {
  "no quotes around a text": rule("when subject contains order"),
  "no quotes around several words": rule("when subject contains order number"),
  "no quotes around an address": rule("when from is anna@example.it"),
  "single quotes": rule("when subject contains 'order'"),
  "German quotes": rule("when subject contains „Bestellung“"),
  "smart quotes": rule("when subject contains “order”"),
  "French quotes": rule("when subject contains «commande»"),
  "a text that is not closed": rule('when subject contains "order'),
  "= for is": rule('when subject = "order"'),
  "== for is": rule('when subject == "order"'),
  "!= for not": rule('when subject != "order"'),
  "&& for all": rule('when subject contains "order" && from is "anna@example.it"'),
  "and for all": rule('when subject contains "order" and from is "anna@example.it"'),
  "or for any": rule('when subject contains "order" or subject contains "invoice"'),
  "|| for any": rule('when subject contains "order" || subject contains "invoice"'),
  "a function call": rule('when subject.contains("order")'),
  "parentheses around a condition": rule('when (subject contains "order")'),
  "if for when": rule('if subject contains "order"'),
  "if and then on one line": rule('if subject contains "order" then create ticket', ""),
  "when and then on one line": rule('when subject contains "order" then create ticket', ""),
  "a colon behind the word": rule('when: subject contains "order"'),
  "an arrow for then": rule('when subject contains "order"', "=> create ticket"),
  "no then": rule('when subject contains "order"', "create ticket"),
  "no when": rule('subject contains "order"'),
  "two conditions, one a line": rule('when subject contains "order"\nfrom is "anna@example.it"'),
  "a second when": rule('when subject contains "order"\nwhen from is "anna@example.it"'),
  "a comma between conditions": rule('when subject contains "order", from is "anna@example.it"'),
  "a list without brackets": rule('when subject contains "order", "invoice"'),
  "or between values": rule('when subject contains "order" or "invoice"'),
  "is in a list": rule('when from is in ["anna@example.it"]'),
  "not before the operator": rule('when subject not contains "order"'),
  "is not": rule('when subject is not "order"'),
  "does not contain": rule('when subject does not contain "order"'),
  "contain for contains": rule('when subject contain "order"'),
  "equals for is": rule('when subject equals "order"'),
  "include for contains": rule('when subject includes "order"'),
  "startsWith in one word": rule('when subject startsWith "order"'),
  "a misspelt field": rule('when subjekt contains "order"'),
  "sender for from": rule('when sender is "anna@example.it"'),
  "a header as a field": rule('when List-Id contains "lists.example.it"'),
  "a header with a colon": rule('when header "X-Order:" is "1"'),
  "the operator first": rule('when contains "order" in subject'),
  "contains text in field": rule('when "order" in subject'),
  "upper case words": rule('WHEN subject CONTAINS "order"', "THEN create ticket"),
  "capitals at the beginning": rule('When Subject contains "order"', "Then create ticket"),
  "a pattern in quotes": rule('when subject matches "order [0-9]+"'),
  "a pattern without slashes": rule("when subject matches order [0-9]+"),
  "a pattern behind contains": rule("when subject contains /order/"),
  "a wildcard": rule('when from is "*@example.it"'),
  "a percent sign in a text as in SQL": rule('when subject like "%order%"'),
  "a size without a unit": rule("when size > 5000000"),
  "a size in mb": rule("when size > 5 mb"),
  "a size in megabytes": rule("when size > 5 megabytes"),
  "a unit where a number is wanted": rule("when attachments > 3 MB"),
  "a comma in a number": rule("when size > 2,5 MB"),
  "a flag that is compared": rule("when mail.automatic is true"),
  "has attachment": rule("when has attachment"),
  "a date as at home": rule("when date > 31.12.2026"),
  "create a ticket": rule("when always", "then create a ticket"),
  "ticket words beside the action": rule("when always", 'then create ticket priority "High"'),
  "a colon behind a property": rule("when always", 'then create ticket {\n  priority: "High"\n}'),
  "an equals sign behind a property": rule(
    "when always",
    'then create ticket {\n  priority = "High"\n}',
  ),
  "a priority without quotes": rule("when always", "then create ticket {\n  priority High\n}"),
  "a priority in lower case": rule("when always", 'then create ticket {\n  priority "high"\n}'),
  "commas between properties": rule(
    "when always",
    'then create ticket {\n  priority "High",\n  title "Order"\n}',
  ),
  semicolons: rule('when subject contains "order";', "then create ticket;"),
  "two actions on two lines without braces": rule(
    "when always",
    "then mark read\n     create ticket",
  ),
  "two actions with and": rule("when always", "then mark read and create ticket"),
  "discard as in Sieve": rule('when subject contains "order"', "then discard"),
  "fileinto as in Sieve": rule('when subject contains "order"', 'then fileinto "Orders"'),
  "a hole with two braces": rule("when always", 'then create ticket {\n  title "{{subject}}"\n}'),
  "a hole without braces": rule("when always", 'then create ticket {\n  title "$subject"\n}'),
  "a numbered capture": rule(
    "when subject matches /order ([0-9]+)/",
    'then create ticket {\n  title "Order ${$1}"\n}',
  ),
  "a capture without its dollar": rule(
    "when subject matches /order (?<order>[0-9]+)/",
    'then create ticket {\n  title "Order ${order}"\n}',
  ),
  "a Python group": rule(
    "when subject matches /order (?P<order>[0-9]+)/",
    'then create ticket {\n  title "Order ${$order}"\n}',
  ),
  "a rule without its braces": `${mailbox}\nrules incoming {\n  rule "Orders"\n    when subject contains "order"\n    then create ticket\n}\n`,
  "a rule that is not closed": `${mailbox}\nrules incoming {\n  rule "Orders" {\n    when subject contains "order"\n    then create ticket\n\n  rule "Rest" {\n    when always\n    then ignore\n  }\n}\n`,
  "a brace too many": rule('when subject contains "order"', "then create ticket\n}"),
  "a rule outside of rules": `mailbox support {\n  files "mail"\n  apply incoming\n}\n\nrule "Orders" {\n  when always\n  then create ticket\n}\n`,
  "a rule's name without quotes": rule("when always").replace('"Orders"', "orders"),
  "the name of rules in quotes": rule("when always").replace("rules incoming", 'rules "incoming"'),
  "an equals sign behind a declaration": rule("when always").replace(
    "rules incoming",
    "rules incoming =",
  ),
  "the name of rules misspelt": rule("when always").replace("apply incoming", "apply incomming"),
  "a brace on the line below": rule("when always").replace("rules incoming {", "rules incoming\n{"),
  YAML: "mailbox:\n  name: support\n  files: mail\n  rules:\n    - name: Orders\n      when: always\n",
  Sieve:
    'require ["fileinto"];\nif header :contains "subject" "order" {\n  fileinto "Orders";\n}\n',
  JSON: '{\n  "mailbox": {\n    "files": "mail"\n  }\n}\n',
  "comments with slashes": `// orders\n${rule("when always")}`,
  "comments with stars": `/* orders */\n${rule("when always")}`,
  "a list with equals and commas only": `list suppliers = "a.example", "b.example"\n${rule("when from.domain in suppliers")}`,
  "a list in braces": `list suppliers = { "a.example", "b.example" }\n${rule("when from.domain in suppliers")}`,
  "a list without commas": `list suppliers = ["a.example" "b.example"]\n${rule("when from.domain in suppliers")}`,
  "a list without equals": `list suppliers ["a.example", "b.example"]\n${rule("when from.domain in suppliers")}`,
  "a list's name in quotes": `list suppliers = ["a.example"]\n${rule('when from.domain in "suppliers"')}`,
  "a list of domains for addresses": `list suppliers = ["a.example"]\n${rule("when from in suppliers")}`,
  "an import without quotes": `import ./lists.mcrules\n${rule("when always")}`,
  "include for import": `include "./lists.mcrules"\n${rule("when always")}`,
  "a server without quotes": settings(
    "server imap.example.it",
    'login "info@example.it" password env("SECRET")',
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "a password in the file": settings(
    'server "imap.example.it"',
    'login "info@example.it" password "secret"',
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "a user and a password as settings": settings(
    'server "imap.example.it"',
    'user "info@example.it"',
    'password env("SECRET")',
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "a port with a colon": settings(
    'server "imap.example.it:993"',
    'login "info@example.it" password env("SECRET")',
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "every in place of scan every": settings(
    'files "mail"',
    "every 5 minutes",
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "5min": settings('files "mail"', "scan every 5min", "apply incoming").concat(
    rule("when always").slice(mailbox.length),
  ),
  "a test that expects a ticket in plain words": `${rule("when always")}
test "orders" {
  receive "mail/1.eml"
  expect a ticket
}
#- mail/1.eml
From: anna@example.it
`,
  "a test that expects a rule without quotes": `${rule("when always")}
test "orders" {
  receive "mail/1.eml"
  expect rule Orders
}
#- mail/1.eml
From: anna@example.it
`,
  "an article before a flag": rule("when mail is a reply"),
  "a flag without mail": rule("when is reply"),
  "attachment for its name": rule('when attachment contains "pdf"'),
  "any before a list": rule('when subject contains any of ["order", "invoice"]'),
  "is empty": rule("when subject is empty"),
  "an age of the date": rule("when date older than 3 days"),
  "between two sizes": rule("when size between 1 MB and 2 MB"),
  "true for always": rule("when true"),
  "letter case": rule('when subject contains "order" ignoring case'),
  "a colon and indented lines": rule(
    'when any:\n  subject contains "order"\n  subject contains "invoice"',
  ),
  "texts put together with a plus": rule(
    "when always",
    'then create ticket {\n  title "Order " + subject\n}',
  ),
  "set before a property": rule("when always", 'then create ticket {\n  set priority "High"\n}'),
  "a ticket's id without its dollar": rule(
    "when subject matches /#(?<id>[0-9]{1,9})\\b/",
    "then update ticket id",
  ),
  "assign without its kind": rule("when always", 'then create ticket {\n  assign "Billing"\n}'),
  "a secret with a dollar": settings(
    'server "imap.example.it"',
    'login "info@example.it" password $SECRET',
    "apply incoming",
  ).concat(rule("when always").slice(mailbox.length)),
  "a scan without every": settings('files "mail"', "scan 5 minutes", "apply incoming").concat(
    rule("when always").slice(mailbox.length),
  ),
  "settings by other names": `helpdesk {\n  priorities ["Low"]\n  timezone "Europe/Rome"\n}\n${rule("when always")}`,
  "days with a dash": `calendar office {\n  open Mon-Fri 09:00 to 18:00\n}\n${rule("when always")}`,
  "a test that asserts": `${rule("when always")}
test "orders" {
  receive "mail/1.eml"
  assert rule "Orders"
}
#- mail/1.eml
From: anna@example.it
`,
  "a test without an operator": `${rule("when always")}
test "orders" {
  receive "mail/1.eml"
  expect ticket created {
    title "Order"
  }
}
#- mail/1.eml
From: anna@example.it
`,
  "a process that replies": `${rule("when always")}
process "Notice" {
  on ticket created
  then reply "We have it."
}
`,
  "a process with a wrong event": `${rule("when always")}
process "Notice" {
  on ticket opened
  then send mail {
    to ticket.requester
    subject "Opened"
    body "We have it."
  }
}
`,
};

describe("what a newcomer is told", () => {
  test.each(Object.entries(programs))("%s", (_, program) => {
    const fixture = readFixture(program);
    const { diagnostics } = checkFixture(fixture);
    const shown = diagnostics.map((one) =>
      renderDiagnostic(one, (file) => fixture.files.get(file), { colour: false, width: 80 }),
    );
    expect(`\n${shown.join("\n")}`).toMatchSnapshot();
  });
});
