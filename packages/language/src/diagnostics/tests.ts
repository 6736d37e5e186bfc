import type { DiagnosticRow } from "./report.ts";

/** A whole project around the lines of a test. */
function test(...lines: readonly string[]): string {
  const inside = lines.map((line) => `  ${line}\n`).join("");
  return `mailbox support {\n  files "mail"\n  apply incoming\n}\nrules incoming {\n  rule "All" {\n    when always\n    then create ticket\n  }\n}\ntest "it works" {\n${inside}}\n`;
}

const receive = 'receive """\n    From: anna@example.it\n    Subject: Hello\n\n    Hello.\n    """';

/** MC22xx: test blocks. */
export const testsTable = {
  MC2201: {
    name: "unknown-given",
    severity: "error",
    message: "{word} cannot be given",
    help: "given takes: {known}.",
    why: "What a helpdesk can know before the first mail is a ticket, an entry of the registry, a blocked sender, or what the clock shows.",
    wrong: test('given contcat "anna@example.it"', receive, "expect ticket created"),
    right: test('given contact "anna@example.it"', receive, "expect ticket created"),
  },
  MC2202: {
    name: "unknown-expectation",
    severity: "error",
    message: "{word} cannot be expected",
    help: "expect takes: {known}.",
    why: "An expectation asks one of the things that can become of a mail.",
    wrong: test(receive, "expect tickets created"),
    right: test(receive, "expect ticket created"),
  },
  MC2203: {
    name: "nothing-to-expect-of",
    severity: "error",
    message: "nothing was received yet, so nothing can be expected",
    help: "Put the receive above it.",
    why: "An expectation speaks of the receive or wait above it.",
    wrong: test("expect ticket created", receive),
    right: test(receive, "expect ticket created"),
  },
  MC2204: {
    name: "unnamed-ticket",
    severity: "error",
    message: "{name} names no ticket here",
    help: "Name it above: expect ticket created as {name}",
    why: "A ticket has a name from the expectation on that gave it.",
    wrong: test(receive, "expect ticket $first updated"),
    right: test(
      receive,
      "expect ticket created as $first",
      receive,
      "expect ticket $first updated",
    ),
  },
  MC2205: {
    name: "ticket-named-twice",
    severity: "error",
    message: "{name} names two tickets",
    help: "Give the later one another name.",
    why: "A name stands for one ticket of the test.",
    wrong: test(
      receive,
      "expect ticket created as $first",
      receive,
      "expect ticket created as $first",
    ),
    right: test(
      receive,
      "expect ticket created as $first",
      receive,
      "expect ticket created as $second",
    ),
  },
  MC2206: {
    name: "which-mailbox",
    severity: "error",
    message: "the project has several mailboxes, and the test does not say which receives",
    help: "Add one of: {known}.",
    why: "The rules that a mail meets are those of the mailbox that it came to.",
    wrong:
      test(receive, "expect ticket created") +
      'mailbox billing {\n  files "more"\n  apply incoming\n}\n',
    right:
      test("mailbox support", receive, "expect ticket created") +
      'mailbox billing {\n  files "more"\n  apply incoming\n}\n',
  },
  MC2207: {
    name: "no-mailbox",
    severity: "error",
    message: "the project has no mailbox that could receive",
    help: 'Add: mailbox support { files "mail" … }',
    why: "A mail that a test receives comes to a mailbox, whose rules it meets.",
    wrong: `test "it works" {\n  ${receive}\n  expect no ticket\n}\n`,
    right: test(receive, "expect ticket created"),
  },
  MC2208: {
    name: "nothing-received",
    severity: "warning",
    message: 'test "{name}" receives nothing',
    help: 'Add: receive "mail/request.eml"',
    why: "A test without a mail says nothing about the rules.",
    wrong: test('given contact "anna@example.it"'),
    right: test('given contact "anna@example.it"', receive, "expect ticket created"),
  },
  MC2209: {
    name: "given-twice",
    severity: "error",
    message: "{what} is given twice",
    help: "Bring both together.",
    why: "The second would replace the first, or be a second of its kind where there can be one.",
    wrong: test(
      'given contact "anna@example.it"',
      'given contact "Anna@example.it"',
      receive,
      "expect ticket created",
    ),
    right: test('given contact "anna@example.it"', receive, "expect ticket created"),
  },
  MC2210: {
    name: "given-too-late",
    severity: "error",
    message: "given stands above the first receive",
    help: "Move it up.",
    why: "It says what the helpdesk knows before the first mail.",
    wrong: test(receive, "expect ticket created", 'given contact "anna@example.it"'),
    right: test('given contact "anna@example.it"', receive, "expect ticket created"),
  },
  MC2211: {
    name: "contradicting-expectations",
    severity: "error",
    message: "this can never hold together with the expectation above",
    help: "Take one of the two out.",
    why: "One mail cannot become both.",
    wrong: test(receive, "expect ticket created", "expect no ticket"),
    right: test(receive, "expect ticket created"),
  },
  MC2212: {
    name: "never-after-wait",
    severity: "error",
    message: "this can never hold after a wait: no mail arrives there",
    help: "Put a receive between.",
    why: "While the clock goes on no mail arrives; an expectation about a mail has to follow a receive.",
    wrong: test(receive, "expect ticket created", "wait 3 days", "expect ignored"),
    right: test(receive, "expect ticket created", "wait 3 days", receive, "expect ticket created"),
  },
  MC2213: {
    name: "no-ticket-number",
    severity: "error",
    message: "{number} is no number of a ticket",
    help: "A ticket's number is a whole number from 1 on, of at most 15 digits.",
    why: "Tickets are counted from 1.",
    wrong: test("given ticket 0", receive, "expect ticket created"),
    right: test("given ticket 1", receive, "expect ticket created"),
  },
  MC2214: {
    name: "no-moment",
    severity: "error",
    message: "{word} wants a moment, not a day",
    help: "Write it with time and offset: {example}",
    why: "The clock of a test stands still at one moment.",
    wrong: test("given now 2026-11-02", receive, "expect ticket created"),
    right: test("given now 2026-11-02T09:00Z", receive, "expect ticket created"),
  },
} as const satisfies Record<string, DiagnosticRow>;
