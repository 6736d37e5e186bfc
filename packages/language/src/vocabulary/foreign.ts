import type { DeclarationWord } from "./declarations.ts";
import type { MailFieldName } from "./fields.ts";
import type { SizeUnit } from "./units.ts";

/** What people who come from other programs write, and how it is said here. */

/** Fields of a mail. */
export const foreignFields: Readonly<Record<string, MailFieldName>> = {
  sender: "from",
  author: "from",
  recipient: "to",
  receiver: "to",
  title: "subject",
  text: "body",
  content: "body",
  message: "body",
  attachment: "attachment.name",
  filename: "attachment.name",
  "attachment.filename": "attachment.name",
  "attachment.count": "attachments",
  sent: "date",
};

/** Settings of a mailbox or of the helpdesk, and entries of a test or of a ticket. */
export const foreignSettings: Readonly<Record<string, string>> = {
  host: "server",
  hostname: "server",
  imap: "server",
  maildir: "files",
  mbox: "files",
  user: "login",
  username: "login",
  credentials: "login",
  ssl: "security",
  tls: "security",
  encryption: "security",
  interval: "scan",
  schedule: "scan",
  every: "scan every",
  sender: "address",
  rules: "apply",
  unread: "find",
  enabled: "status",
  disabled: "status",
  timezone: "zone",
  "time-zone": "zone",
  tz: "zone",
  database: "store",
  db: "store",
  teams: "groups",
  departments: "groups",
  queues: "groups",
  assert: "expect",
  should: "expect",
  body: "description",
  text: "description",
  labels: "tag",
  owner: "assign",
  assignee: "assign",
};

/** Words that stand before a setting in other languages. */
export const foreignSettingPrefixes: readonly string[] = ["set", "with", "add", "use", "let"];

/** What a process does by `send mail`. */
export const foreignSending: readonly string[] = [
  "reply",
  "answer",
  "email",
  "mail",
  "notify",
  "respond",
];

/** Units of a size. */
export const foreignSizeUnits: Readonly<Record<string, SizeUnit>> = {
  byte: "B",
  bytes: "B",
  k: "KB",
  kilobyte: "KB",
  kilobytes: "KB",
  KiB: "KB",
  M: "MB",
  m: "MB",
  megabyte: "MB",
  megabytes: "MB",
  MiB: "MB",
  G: "GB",
  gigabyte: "GB",
  gigabytes: "GB",
  GiB: "GB",
};

/** Declarations at the beginning of a line. */
export const foreignDeclarations: Readonly<Record<string, DeclarationWord>> = {
  include: "import",
  require: "import",
  use: "import",
  account: "mailbox",
  inbox: "mailbox",
  ruleset: "rules",
  filters: "rules",
  hours: "calendar",
  user: "agent",
  automation: "process",
  trigger: "process",
};

/** What marks a comment elsewhere. */
export const foreignComments = ["//", "/*"] as const;
