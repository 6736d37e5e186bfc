import type { DiagnosticRow } from "./report.ts";
import { withRule } from "./samples.ts";

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
} as const satisfies Record<string, DiagnosticRow>;
