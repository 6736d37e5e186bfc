import type { DiagnosticRow } from "./report.ts";
import { withProcess, withRule, withMore } from "./samples.ts";

/** MC15xx: the holes of texts. */
export const holesTable = {
  MC1501: {
    name: "unknown-value-in-a-text",
    severity: "error",
    message: 'there is no "{expression}" to put into a text',
    help: "A hole takes a field of the mail, or a capture: $name.",
    why: "What stands in a hole is what it would be outside of a text.",
    wrong: withRule("always", 'create ticket {\n  title "${subjct}"\n}'),
    right: withRule("always", 'create ticket {\n  title "${subject}"\n}'),
  },
  MC1502: {
    name: "ticket-in-a-rule",
    severity: "error",
    message: "{expression} is known in processes only",
    help: "A process runs when the ticket is there: it can put it into texts.",
    why: "While rules are tried there is no ticket yet.",
    wrong: withRule("always", 'create ticket {\n  title "${ticket.number}"\n}'),
    right: withRule("always", 'create ticket {\n  title "${subject}"\n}'),
  },
  MC1503: {
    name: "value-of-a-test",
    severity: "error",
    message: "{expression} is known in tests only",
    why: "It is what the test saw before: outside of a test there is nothing of that kind.",
    wrong: withRule("always", 'create ticket {\n  title "${mail.id}"\n}'),
    right: withRule("always", 'create ticket {\n  title "${header "Message-ID"}"\n}'),
  },
  MC1504: {
    name: "hole-not-here",
    severity: "error",
    message: "this text takes no ${…}",
    help: "Write the value out; a ${ that is meant as it stands is written \\${.",
    why: "Names, words and the values of conditions are known before a mail comes.",
    wrong: withRule('subject contains "${from}"'),
    right: withRule('subject contains "anna"'),
  },
  MC1505: {
    name: "no-value",
    severity: "error",
    message: "a hole takes one value, and there is {found}",
    help: "It is a field, a capture or a path, and nothing else.",
    why: "Texts are put together, never computed.",
    wrong: withRule("always", 'create ticket {\n  title "${subject 5}"\n}'),
    right: withRule("always", 'create ticket {\n  title "${subject}"\n}'),
  },
  MC1506: {
    name: "unknown-path",
    severity: "error",
    message: "{expression} has no {path}",
    help: "{known}",
    why: "A ticket tells a few things about itself, by their paths.",
    wrong: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.requester\n  subject "${ticket.titel}"\n  body "Opened."\n}',
    ),
    right: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.requester\n  subject "${ticket.title}"\n  body "Opened."\n}',
    ),
  },
  MC1507: {
    name: "value-not-in-a-test",
    severity: "error",
    message: "a test does not know {expression}",
    help: "It knows the tickets that it named, ${$first.number}, and ${mail.id}.",
    why: "The mail of a test is written by the test: what it holds stands there already.",
    wrong: withMore(
      'test "one" {\n  receive """\n    From: Anna <anna@example.it>\n    Subject: ${subject}\n\n    Hello.\n    """\n  expect rule "One"\n}',
    ),
    right: withMore(
      'test "one" {\n  receive """\n    From: Anna <anna@example.it>\n    Subject: Hello\n\n    Hello.\n    """\n  expect rule "One"\n}',
    ),
  },
  MC1508: {
    name: "hole-of-another-language",
    severity: "warning",
    message: "{written} is plain text here, and no value is put in",
    help: "Write {meant} for the value.",
    why: "Other programs put values into texts by $name or {{name}}. Here only a dollar with braces does, so that no amount of money and no piece of code in a text is ever taken for a value.",
    wrong: withRule("always", 'create ticket {\n  title "Mail: $subject"\n}'),
    right: withRule("always", 'create ticket {\n  title "Mail: ${subject}"\n}'),
  },
} as const satisfies Record<string, DiagnosticRow>;
