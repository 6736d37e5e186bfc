import type { DiagnosticRow } from "./report.ts";
import { withMore, withProcess } from "./samples.ts";

/** MC16xx: processes and guarantees. */
export const processesTable = {
  MC1601: {
    name: "unknown-event",
    severity: "error",
    message: 'there is no event "{event}"',
    help: "There is: {known}.",
    why: "A process runs after one of a few things that happen to tickets and mails.",
    wrong: withProcess('on ticket creatd\nthen set {\n  tag "new"\n}'),
    right: withProcess('on ticket created\nthen set {\n  tag "new"\n}'),
  },
  MC1602: {
    name: "unknown-action-of-a-process",
    severity: "error",
    message: "a process cannot do {word}",
    help: "It can: {known}.",
    why: "A process acts when the mail is done with: it sends mail, changes the ticket or calls another program.",
    wrong: withProcess("on ticket created\nthen create ticket"),
    right: withProcess('on ticket created\nthen set {\n  tag "new"\n}'),
  },
  MC1603: {
    name: "incomplete-mail",
    severity: "error",
    message: 'the mail has no "{missing}"',
    why: "A mail goes to somebody, has a subject by which its answer is known, and says something.",
    wrong: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.requester\n  body "Opened."\n}',
    ),
    right: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.requester\n  subject "Ticket Id: ${ticket.ref}"\n  body "Opened."\n}',
    ),
  },
  MC1605: {
    name: "insecure-call",
    severity: "error",
    message: "a call goes to a whole address that begins with https://",
    why: "A call carries what a customer wrote. Over plain http anybody between could read it, and a host that comes from a mail would be a stranger's.",
    wrong: withProcess('on ticket created\nthen call "http://hooks.example.it/tickets"'),
    right: withProcess('on ticket created\nthen call "https://hooks.example.it/tickets"'),
  },
  MC1607: {
    name: "no-ticket-where-ignored",
    severity: "error",
    message: 'process "{name}" runs on mail ignored, where there is no ticket',
    help: "Use the fields of the mail, and rule for the rule that ignored it.",
    why: "Where a mail is ignored no ticket is opened or updated, so that nothing can be said of one.",
    wrong: withProcess(
      'on mail ignored\nthen send mail {\n  to "boss@example.it"\n  subject "Ignored"\n  body "By ${ticket.rule}"\n}',
    ),
    right: withProcess(
      'on mail ignored\nthen send mail {\n  to "boss@example.it"\n  subject "Ignored"\n  body "By ${rule}"\n}',
    ),
  },
  MC1606: {
    name: "no-recipient",
    severity: "error",
    message: "{written} is no address",
    help: 'Write ticket.requester, ticket.contact, an address field of the mail, or "user@host".',
    why: "A mail goes to addresses. What is none would be refused for each ticket anew.",
    wrong: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.title\n  subject "Ticket Id: ${ticket.ref}"\n  body "Opened."\n}',
    ),
    right: withProcess(
      'on ticket created\nthen send mail {\n  to ticket.requester\n  subject "Ticket Id: ${ticket.ref}"\n  body "Opened."\n}',
    ),
  },
  MC1620: {
    name: "unknown-outcome",
    severity: "error",
    message: "{word} is nothing that becomes of a mail",
    help: "It is one of: {known}.",
    why: "A guarantee speaks of a few outcomes, which can be proved of all mails.",
    wrong: withMore('guarantee "nothing is lost" {\n  expect decidd\n}'),
    right: withMore('guarantee "nothing is lost" {\n  expect decided\n}'),
  },
  MC1621: {
    name: "guarantee-of-nothing",
    severity: "error",
    message: "the guarantee claims nothing",
    help: "Write never or expect with an outcome.",
    why: "Without a claim there is nothing to prove.",
    wrong: withMore('guarantee "nothing is lost" {\n  when from exists\n}'),
    right: withMore('guarantee "nothing is lost" {\n  when from exists\n  expect decided\n}'),
  },
  MC1622: {
    name: "conditions-on-an-outcome",
    severity: "error",
    message: '"{outcome}" takes no conditions',
    help: "Only create ticket does: on what the rules give the ticket.",
    why: "The other outcomes give a ticket nothing that could be looked at for all mails.",
    wrong: withMore('guarantee "open" {\n  never update ticket { priority is "Low" }\n}'),
    right: withMore('guarantee "open" {\n  never create ticket { priority is "Low" }\n}'),
  },
} as const satisfies Record<string, DiagnosticRow>;
