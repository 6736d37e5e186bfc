import type { DiagnosticRow } from "./report.ts";
import { withRule } from "./samples.ts";

/** MC13xx: regular expressions and what they capture. */
export const patternsTable = {
  MC1301: {
    name: "bad-pattern",
    severity: "error",
    message: "this is no regular expression: {problem}",
    why: "Patterns are written in the syntax of RE2, with named groups as in JavaScript.",
    wrong: withRule("subject matches /order (no|nr/"),
    right: withRule("subject matches /order (no|nr)/"),
  },
  MC1302: {
    name: "look-around",
    severity: "error",
    message: "there is no look-around here, and this is {what}",
    why: "Every pattern takes time linear in the mail, so that no mail can stop the scan. That rules look-around out.",
    wrong: withRule("subject matches /order (?=[0-9])/"),
    right: withRule("subject matches /order [0-9]/"),
  },
  MC1303: {
    name: "back-reference",
    severity: "error",
    message: "there are no back-references here, and {what} is one",
    why: "Every pattern takes time linear in the mail, so that no mail can stop the scan. That rules back-references out.",
    wrong: withRule("subject matches /(ab|cd)-\\1/"),
    right: withRule("subject matches /ab-ab|cd-cd/"),
  },
  MC1304: {
    name: "unknown-pattern-escape",
    severity: "error",
    message: "{escape} means nothing in a pattern",
    why: "A backslash before a letter has a meaning of its own, and RE2 has not given one to this letter.",
    wrong: withRule("subject matches /end\\Z/"),
    right: withRule("subject matches /end\\z/"),
  },
  MC1305: {
    name: "too-large-pattern",
    severity: "error",
    message: "the pattern is too large: {size} steps, where {most} are accepted",
    help: "Count to less, or write several tests in an any { … }.",
    why: "A repeat that counts is written out when it is compiled. Large patterns make each mail slow.",
    wrong: withRule("body matches /(?:a{1,100}b){1,30}/"),
    right: withRule("body matches /(?:a+b)+/"),
  },
  MC1306: {
    name: "named-group-of-python",
    severity: "error",
    message: "a named group is written (?<name>…)",
    why: "There is one way to write each thing; named groups are written as in JavaScript.",
    wrong: withRule("subject matches /order (?P<order>[0-9]+)/"),
    right: withRule("subject matches /order (?<order>[0-9]+)/"),
  },
  MC1307: {
    name: "empty-pattern",
    severity: "error",
    message: "the pattern is empty",
    help: "Write what has to stand in the text.",
    why: "An empty pattern is found in every text, so the test says nothing.",
    wrong: withRule("subject matches //"),
    right: withRule("subject matches /order/"),
  },
  MC1311: {
    name: "numbered-capture",
    severity: "error",
    message: "{name} names nothing: captures have names here",
    help: "Give the group a name, (?<order>…), and write $order.",
    why: "A number changes its meaning when a group is put in before it. A name does not, and says what was found.",
    wrong: withRule("subject matches /order ([0-9]+)/", 'create ticket {\n  tag "${$1}"\n}'),
    right: withRule(
      "subject matches /order (?<order>[0-9]+)/",
      'create ticket {\n  tag "${$order}"\n}',
    ),
  },
  MC1312: {
    name: "unknown-capture",
    severity: "error",
    message: "nothing captures {name}",
    help: "{known}",
    why: "A capture is a named group of a pattern in the condition of the same rule, or of a condition that it names.",
    wrong: withRule(
      "subject matches /order (?<order>[0-9]+)/",
      'create ticket {\n  tag "${$ordr}"\n}',
    ),
    right: withRule(
      "subject matches /order (?<order>[0-9]+)/",
      'create ticket {\n  tag "${$order}"\n}',
    ),
  },
  MC1313: {
    name: "capture-not-sure",
    severity: "error",
    message: "{name} is not set for every mail of this rule: {why}",
    help: "Take a capture that every mail sets, or write two rules.",
    why: "A capture is used only where it is sure to be set, so that no ticket is made of half a value. Under any, every branch has to set it.",
    wrong: withRule(
      'any {\n  subject matches /order (?<order>[0-9]+)/\n  from is "shop@example.it"\n}',
      'create ticket {\n  tag "${$order}"\n}',
    ),
    right: withRule(
      "any {\n  subject matches /order (?<order>[0-9]+)/\n  body matches /order (?<order>[0-9]+)/\n}",
      'create ticket {\n  tag "${$order}"\n}',
    ),
  },
  MC1314: {
    name: "captured-twice",
    severity: "error",
    message: "{name} is captured twice for one mail",
    help: "Give one of the groups another name.",
    why: "Where both patterns have to match, nobody could say which of the two values is meant. In the branches of any one name may stand in each.",
    wrong: withRule(
      "all {\n  subject matches /order (?<order>[0-9]+)/\n  body matches /order (?<order>[0-9]+)/\n}",
    ),
    right: withRule(
      "all {\n  subject matches /order (?<order>[0-9]+)/\n  body matches /order (?<second>[0-9]+)/\n}",
    ),
  },
  MC1315: {
    name: "capture-is-no-number",
    severity: "error",
    message: "{name} can be something else than digits, and names a ticket",
    help: "Let its group take digits alone: [0-9]+.",
    why: "A ticket is named by its number. What can be anything but one or more digits would find no ticket, or the wrong one.",
    wrong: withRule("subject matches /Ticket Id: (?<id>\\w+)\\b/", "update ticket $id"),
    right: withRule("subject matches /Ticket Id: (?<id>[0-9]+)\\b/", "update ticket $id"),
  },
  MC1316: {
    name: "path-of-a-capture",
    severity: "error",
    message: "{name} is a text and has no {path}",
    why: "A capture is what a group of a pattern took. Only tickets that a test names have more to tell.",
    wrong: withRule(
      "subject matches /order (?<order>[0-9]+)/",
      'create ticket {\n  tag "${$order.number}"\n}',
    ),
    right: withRule(
      "subject matches /order (?<order>[0-9]+)/",
      'create ticket {\n  tag "${$order}"\n}',
    ),
  },
  MC1317: {
    name: "capture-of-other-words",
    severity: "error",
    message: "{name} can be {example}, which is not {what}",
    help: "Let its group take nothing but: {known}.",
    why: "Where a known word is wanted, a capture is accepted whose group can be nothing but such words.",
    wrong: withRule("subject matches /priority (?<p>\\w+)/", "create ticket {\n  priority $p\n}"),
    right: withRule(
      "subject matches /priority (?<p>Low|High)/",
      "create ticket {\n  priority $p\n}",
    ),
  },
} as const satisfies Record<string, DiagnosticRow>;
