import type { DiagnosticRow } from "./report.ts";

const allRules =
  'rules incoming {\n  rule "All" {\n    when always\n    then create ticket\n  }\n}\n';
const oneMailbox = 'mailbox support {\n  files "mail"\n  apply incoming\n}\n';

/** A process beside a mailbox with these settings, that mails this recipient. */
function notice(settings: string, to: string): string {
  return `mailbox support {\n  files "mail"\n  ${settings}\n  apply incoming\n}\n${allRules}process "Notice" {\n  on ticket created\n  when always\n  then send mail {\n    to ${to}\n    subject "Opened"\n    body "We have it."\n  }\n}\n`;
}

/** A mailbox with these settings whose rules ask for DMARC. */
function asking(settings: string): string {
  return `mailbox support {\n  files "mail"\n${settings}  apply incoming\n}\nrules incoming {\n  rule "Forged" {\n    when dmarc is fail\n    then ignore\n  }\n}\n`;
}

/** MC4xxx: mcrules.json, files, allow comments, and what the project as a whole has to hold. */
export const projectTable = {
  MC4001: {
    name: "broken-configuration",
    severity: "error",
    message: "mcrules.json is no JSON: {problem}",
    help: 'The least is: { "language": 1 }',
    why: "The file marks the root of a project and says how it is checked.",
    wrong: '# A project\n#- mcrules.json\n{ "language": 1, }\n',
    right: '# A project\n#- mcrules.json\n{ "language": 1 }\n',
  },
  MC4002: {
    name: "unknown-key",
    severity: "error",
    message: 'mcrules.json has no "{key}"',
    help: "It has: {known}.",
    why: "A key that nothing reads would be believed to do something.",
    wrong: '# A project\n#- mcrules.json\n{ "langauge": 1 }\n',
    right: '# A project\n#- mcrules.json\n{ "language": 1 }\n',
  },
  MC4003: {
    name: "wrong-configuration-value",
    severity: "error",
    message: '"{key}" wants {expected}',
    why: "Each key of mcrules.json takes values of one kind.",
    wrong: '# A project\n#- mcrules.json\n{ "include": 5 }\n',
    right: '# A project\n#- mcrules.json\n{ "include": ["**/*.mcrules"] }\n',
  },
  MC4004: {
    name: "unknown-language",
    severity: "error",
    message: "this mcrules speaks version 1 of the language, not {version}",
    help: "Install a newer mcrules, or write 1.",
    why: "A later version may have words that this program does not know.",
    wrong: '# A project\n#- mcrules.json\n{ "language": 2 }\n',
    right: '# A project\n#- mcrules.json\n{ "language": 1 }\n',
  },
  MC4005: {
    name: "unknown-code",
    severity: "error",
    message: '"{code}" is the code of no finding',
    why: "A code begins with MC and has four digits; mcrules help lists them.",
    wrong: '# A project\n#- mcrules.json\n{ "diagnostics": { "MC9999": "off" } }\n',
    right: '# A project\n#- mcrules.json\n{ "diagnostics": { "MC2110": "off" } }\n',
  },
  MC4006: {
    name: "error-turned-down",
    severity: "error",
    message: "{code} is an error and stays one",
    help: "Only warnings and hints have a severity of their own choice.",
    why: "Rules with an error have no meaning that could be carried out.",
    wrong: '# A project\n#- mcrules.json\n{ "diagnostics": { "MC2011": "off" } }\n',
    right: '# A project\n#- mcrules.json\n{ "diagnostics": { "MC2110": "off" } }\n',
  },
  MC4007: {
    name: "unreadable-source",
    severity: "error",
    message: '"{path}" cannot be read: {reason}',
    why: "The file belongs to the project, and what it says is not known.",
    wrong: "# A project\n#- list.mcrules (unreadable)\n",
    right: "# A project\n#- list.mcrules\n# Nothing yet\n",
  },
  MC4101: {
    name: "allow-without-reason",
    severity: "warning",
    message: "the comment does not say why {code} is allowed",
    help: "Write the reason behind it: # mcrules-allow {code}: why",
    why: "Whoever reads the rules next has to know why a warning was silenced.",
    wrong: '# mcrules-allow MC2110\nlist vip = ["a@example.it", "a@example.it"]\n',
    right:
      '# mcrules-allow MC2110: the list is made by a program\nlist vip = ["a@example.it", "a@example.it"]\n',
  },
  MC4102: {
    name: "allow-of-unknown-code",
    severity: "warning",
    message: "{code} is the code of no finding",
    why: "The comment silences nothing.",
    wrong: '# mcrules-allow MC9999: because\nlist vip = ["a@example.it"]\n',
    right: 'list vip = ["a@example.it"]\n',
  },
  MC4103: {
    name: "allow-without-effect",
    severity: "warning",
    message: "the comment silences nothing: there is no {code} on its line",
    help: "Take it out, or put it on the line above the finding.",
    why: "A comment that outlives its warning would hide the next one.",
    wrong: '# mcrules-allow MC2110: made by a program\nlist vip = ["a@example.it"]\n',
    right: 'list vip = ["a@example.it"]\n',
  },
  MC4104: {
    name: "allow-of-an-error",
    severity: "warning",
    message: "{code} is an error, and an error cannot be silenced",
    help: "Mend it, and take the comment out.",
    why: "Rules with an error have no meaning that could be carried out.",
    wrong: '# mcrules-allow MC2011: later\nlist vip = ["a@example.it"]\n',
    right: 'list vip = ["a@example.it"]\n',
  },
  MC4105: {
    name: "malformed-allow",
    severity: "warning",
    message: "the comment does not say which finding is allowed",
    help: "Write: # mcrules-allow MC3102: why",
    why: "A comment silences the findings of the codes that it names.",
    wrong: '# mcrules-allow everything\nlist vip = ["a@example.it"]\n',
    right: 'list vip = ["a@example.it"]\n',
  },
  MC4201: {
    name: "rules-not-applied",
    severity: "warning",
    message: 'no mailbox applies rules "{name}"',
    help: "Add to a mailbox: apply {name}",
    why: "No mail ever meets them.",
    wrong: `${oneMailbox}${allRules}rules old {\n  rule "Rest" {\n    when always\n    then ignore\n  }\n}\n`,
    right: `${oneMailbox}${allRules}`,
  },
  MC4202: {
    name: "nobody-trusted",
    severity: "warning",
    message: '"{field}" is always none in mailbox "{mailbox}", which trusts no server',
    help: 'Add to the mailbox: trusts "mx.example.it"',
    why: "Everybody can write Authentication-Results into a mail. They count only where the mailbox says which server wrote them.",
    wrong: asking(""),
    right: asking('  trusts "mx.example.it"\n'),
  },
  MC4203: {
    name: "mail-to-ourselves",
    severity: "error",
    message: '"{address}" is the address of mailbox "{mailbox}"',
    help: "Write to a person, or to an address that no mailbox reads.",
    why: "The mail would come back as a mail to be judged. No mail of a process goes to the address of a mailbox of the project.",
    wrong: notice(
      'smtp "smtp.example.it" {\n    login "info@example.it" password env("PASSWORD")\n  }\n  address "info@example.it"',
      '"info@example.it"',
    ),
    right: notice(
      'smtp "smtp.example.it" {\n    login "info@example.it" password env("PASSWORD")\n  }\n  address "info@example.it"',
      "ticket.requester",
    ),
  },
  MC4204: {
    name: "mail-without-smtp",
    severity: "warning",
    message: 'process "{name}" sends mail, and mailbox "{mailbox}" has no smtp',
    help: 'Add to the mailbox: smtp "smtp.example.it"',
    why: "Mail goes out over the smtp of the ticket's mailbox; without one it stays.",
    wrong: notice('address "info@example.it"', "ticket.requester"),
    right: notice(
      'smtp "smtp.example.it" {\n    login "info@example.it" password env("PASSWORD")\n  }\n  address "info@example.it"',
      "ticket.requester",
    ),
  },
  MC4205: {
    name: "property-never-seen",
    severity: "warning",
    message: 'this {property} is never seen: the set of rule "{rule}" always comes first and wins',
    help: "Leave it out, or let that rule set it under a condition, or stand further down.",
    why: "What stands higher wins, over a later set and over the block of the ticket.",
    wrong: `${oneMailbox}rules incoming {\n  rule "Usual" {\n    when always\n    then set {\n      priority "Low"\n    }\n  }\n\n  rule "Rest" {\n    when always\n    then create ticket {\n      priority "High"\n    }\n  }\n}\n`,
    right: `${oneMailbox}rules incoming {\n  rule "Usual" {\n    when always\n    then set {\n      priority "Low"\n    }\n  }\n\n  rule "Rest" {\n    when always\n    then create ticket\n  }\n}\n`,
  },
} as const satisfies Record<string, DiagnosticRow>;
