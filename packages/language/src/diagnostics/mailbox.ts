import type { DiagnosticRow } from "./report.ts";

/** A whole project around the lines of a mailbox. */
function mailbox(...lines: readonly string[]): string {
  const inside = [...lines, "apply incoming"].map((line) => `  ${line}\n`).join("");
  return `mailbox support {\n${inside}}\nrules incoming {\n  rule "All" {\n    when always\n    then create ticket\n  }\n}\n`;
}

const server = 'server "imap.example.it"';
const login = 'login "info@example.it" password env("PASSWORD")';

/** MC2130 to MC2199: mailbox settings. */
export const mailboxTable = {
  MC2130: {
    name: "mailbox-without-source",
    severity: "error",
    message: 'mailbox "{name}" has no source',
    help: 'Add server "imap.example.it", or files "path".',
    why: "A mailbox is read from a server or from files.",
    wrong: mailbox("find unread"),
    right: mailbox(server, login, "find unread"),
  },
  MC2131: {
    name: "contradicting-settings",
    severity: "error",
    message: '"{second}" contradicts "{first}"',
    help: "Take one of the two out.",
    why: "With files there is no server that anybody could connect to, and a connection without protection checks no certificate.",
    wrong: mailbox('files "mail"', "security starttls"),
    right: mailbox('files "mail"'),
  },
  MC2132: {
    name: "pop3",
    severity: "error",
    message: "pop3 has no folders, no marks and no stable ids, so mcrules does not speak it",
    help: "Use imap4; nearly every server has both.",
    why: "Exactly once needs ids that stay, and after needs marks and folders. POP3 has neither.",
    wrong: mailbox(server, login, "protocol pop3"),
    right: mailbox(server, login, "protocol imap4"),
  },
  MC2133: {
    name: "imap2",
    severity: "warning",
    message: "imap2 is spoken as IMAP4rev1",
    help: "Write imap4.",
    why: "IMAP2 is obsolete (RFC 1176); what is called so is nearly always IMAP4rev1.",
    wrong: mailbox(server, login, "protocol imap2"),
    right: mailbox(server, login, "protocol imap4"),
  },
  MC2134: {
    name: "unprotected-connection",
    severity: "warning",
    message: 'password and mails go to "{host}" unprotected',
    help: "Use tls or starttls; none is for a server on the same machine.",
    why: "Everybody on the way can read them.",
    wrong: mailbox(server, login, "security none"),
    right: mailbox(server, login, "security starttls"),
  },
  MC2135: {
    name: "unverified-connection",
    severity: "warning",
    message: 'the certificate of "{host}" is not checked',
    help: 'Name the authority that made it: ca "ca.pem"',
    why: "Without a check anybody on the way can pretend to be the server and take the password.",
    wrong: mailbox(server, login, "security tls unverified"),
    right: mailbox(server, login, "security tls"),
  },
  MC2136: {
    name: "unknown-parameter",
    severity: "error",
    message: '"{name}" is no parameter of a connection',
    help: "The known ones are: {known}.",
    why: "A parameter that nothing reads would be believed to do something.",
    wrong: mailbox(server, login, 'parameter "DISABLE_AUTHENTICATION" "PLAIN"'),
    right: mailbox(server, login, 'parameter "DISABLE_AUTHENTICATOR" "PLAIN"'),
  },
  MC2137: {
    name: "unmatched-delete",
    severity: "error",
    message: "a mail that no rule acted on cannot be deleted",
    help: 'Move it: unmatched move to "Unmatched"',
    why: "Nobody has seen that mail, and nothing of it is stored.",
    wrong: mailbox('files "mail"', "unmatched delete"),
    right: mailbox('files "mail"', 'unmatched move to "Unmatched"'),
  },
  MC2138: {
    name: "bad-cron",
    severity: "error",
    message: "{problem}",
    help: 'Five fields: minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7; as in "*/5 8-18 * * 1-5".',
    why: "The expression says when the mailbox is scanned; one that cannot be read never would.",
    wrong: mailbox('files "mail"', 'scan cron "0 25 * * *"'),
    right: mailbox('files "mail"', 'scan cron "0 5 * * *"'),
  },
  MC2140: {
    name: "missing-login",
    severity: "error",
    message: 'the server of mailbox "{name}" wants a login',
    help: 'Add: login "user" password env("PASSWORD")',
    why: "A mailbox belongs to somebody, and a server gives it to nobody else.",
    wrong: mailbox(server, 'address "info@example.it"'),
    right: mailbox(server, login, 'address "info@example.it"'),
  },
  MC2141: {
    name: "bad-folder",
    severity: "error",
    message: '"{folder}" is no name of a folder: {reason}',
    why: "A folder is named as people read it; * stands for any text in it.",
    wrong: mailbox('files "mail"', 'folders ["INBOX", "A//B"]'),
    right: mailbox('files "mail"', 'folders ["INBOX", "A/B"]'),
  },
  MC2142: {
    name: "incomplete-oauth2",
    severity: "error",
    message: "oauth2 lacks {missing}",
    help: "Add it to the block: {form}",
    why: "A token is asked for at an address, for a scope, by an application that says who it is.",
    wrong: mailbox(
      server,
      'login "info@example.it" oauth2 {\n    provider google\n    client "app"\n  }',
    ),
    right: mailbox(
      server,
      'login "info@example.it" oauth2 {\n    provider google\n    client "app"\n    refresh env("REFRESH")\n  }',
    ),
  },
  MC2143: {
    name: "nothing-applied",
    severity: "warning",
    message: 'mailbox "{name}" applies no rules',
    help: "Add: apply NAME",
    why: "Every mail of it would be counted as unmatched.",
    wrong: mailbox('files "mail"').replace("  apply incoming\n", ""),
    right: mailbox('files "mail"'),
  },
  MC2144: {
    name: "folder-left-out",
    severity: "warning",
    message: '"{folder}" is left out, but was never in',
    help: "Take it out, or widen the folders.",
    why: "except takes away from what the folders name; what they do not name needs no except.",
    wrong: mailbox(server, login, 'folders "INBOX" except "Requests/Old"'),
    right: mailbox(server, login, 'folders ["INBOX", "Requests/*"] except "Requests/Old"'),
  },
} as const satisfies Record<string, DiagnosticRow>;
