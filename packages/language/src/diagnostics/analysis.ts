import type { DiagnosticRow } from "./report.ts";
import { withRule, withRules } from "./samples.ts";

/** A project that makes a ticket of each mail, and more. */
function withMoreRules(more: string, settings = ""): string {
  return `mailbox support {\n  files "mail"\n  ${settings}apply incoming\n}\n\nrules incoming {\n  rule "All" {\n    when always\n    then create ticket\n  }\n}\n\n${more}\n`;
}

/** MC3xxx: what follows from several places together. */
export const analysisTable = {
  MC3101: {
    name: "domain-in-contains",
    severity: "info",
    message: "{field} contains more than this domain: x@{domain}.evil.com is hit too",
    help: "Write: {meant}",
    why: "contains looks anywhere in the address, and anybody can have a domain that begins like yours. under asks for that domain or one below it.",
    wrong: withRule('from contains "@aruba.it"'),
    right: withRule('from.domain under "aruba.it"'),
  },
  MC3102: {
    name: "cut-reference",
    severity: "warning",
    message: "{name} could be the beginning of a longer reference",
    help: "Say where the number ends: with \\b behind the group, or $.",
    why: "[0-9]+ with nothing behind it finds 9 in 9x123, and the mail would go into ticket 9.",
    wrong: withRule("subject matches /Ticket Id: (?<id>[0-9]+)/", "update ticket $id"),
    right: withRule("subject matches /Ticket Id: (?<id>[0-9]+)\\b/", "update ticket $id"),
  },
  MC3103: {
    name: "otherwise-after-unless-closed",
    severity: "warning",
    message: "otherwise is done for a closed ticket too, and wherever there is no ticket",
    help: "Write if closed with the action, where only the closed ticket is meant.",
    why: "unless closed alone lets the search go on. otherwise behind it takes every case, also mails that have nothing to do with a ticket.",
    wrong: withRule("always", "update ticket thread unless closed otherwise create ticket"),
    right: withRule("always", "update ticket thread if closed create ticket"),
  },
  MC3201: {
    name: "condition-never-holds",
    severity: "error",
    message: 'rule "{rule}" never acts: no mail at all fulfils its condition',
    help: "Mend the condition, or take the rule away.",
    why: "It is proved for every mail that there can be, not only for those that somebody thought of. An address always has an @, a subject is one line, and no value is two things at once.",
    wrong: withRule('all {\n  subject starts with "Re:"\n  subject matches /^Fwd:/\n}'),
    right: withRule('any {\n  subject starts with "Re:"\n  subject matches /^Fwd:/\n}'),
  },
  MC3202: {
    name: "rule-never-reached",
    severity: "error",
    message: 'rule "{rule}" never acts: {above} above it {takes} every mail that it is for',
    help: "Move it up, make what stands above narrower, or take it away.",
    why: "The search ends at the first rule that takes a mail. It is proved for every mail that there can be that none is left for this rule.",
    wrong: withRules(
      'rule "Suppliers" {\n  when from.domain under "aruba.it"\n  then ignore\n}\n\nrule "Alarms" {\n  when from is "alarm@aruba.it"\n  then create ticket\n}',
    ),
    right: withRules(
      'rule "Alarms" {\n  when from is "alarm@aruba.it"\n  then create ticket\n}\n\nrule "Suppliers" {\n  when from.domain under "aruba.it"\n  then ignore\n}',
    ),
  },
  MC3203: {
    name: "guarantee-fails",
    severity: "error",
    message: 'guarantee "{name}" does not hold: {how}',
    help: "Mend the rule, or say in the guarantee which mails it does not mean.",
    why: "A guarantee is a promise about every mail, whatever the helpdesk knows. A mail was built that breaks it, and the rules were asked what they do with it: `mcrules check` shows it.",
    wrong: withMoreRules(
      'guarantee "the suppliers open no ticket" {\n  when from.domain is "aruba.it"\n  never create ticket\n}',
    ),
    right: withMoreRules(
      'guarantee "the suppliers open no ticket" {\n  when from.domain is "aruba.it"\n  never update ticket\n}',
    ),
  },
  MC3204: {
    name: "guarantee-not-decided",
    severity: "warning",
    message: 'guarantee "{name}" is neither proved nor broken: {reason}',
    help: "Hold it by a test, or make it simpler.",
    why: "What is not proved may be wrong. Some questions lie outside what can be worked out; none is ever taken for proved.",
    wrong: withMoreRules(
      'process "Notice" {\n  on ticket created\n  when ticket.title contains "x"\n  then send mail {\n    to ticket.requester\n    subject "Opened"\n    body "We have it."\n  }\n}\n\nguarantee "nobody is written to" {\n  never send mail\n}',
      'smtp "smtp.example.it" {\n    login "info@example.it" password env("SMTP_PASSWORD")\n  }\n  address "info@example.it"\n  ',
    ),
    right: withMoreRules(
      'process "Notice" {\n  on ticket closed\n  when ticket.title contains "x"\n  then send mail {\n    to ticket.requester\n    subject "Closed"\n    body "It is done."\n  }\n}\n\nguarantee "nobody is written to" {\n  never send mail\n}',
      'smtp "smtp.example.it" {\n    login "info@example.it" password env("SMTP_PASSWORD")\n  }\n  address "info@example.it"\n  ',
    ),
  },
} as const satisfies Record<string, DiagnosticRow>;
