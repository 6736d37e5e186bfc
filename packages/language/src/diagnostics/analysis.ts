import type { DiagnosticRow } from "./report.ts";
import { withRule, withRules } from "./samples.ts";

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
} as const satisfies Record<string, DiagnosticRow>;
