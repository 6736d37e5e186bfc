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
  filename: "attachment.name",
  "attachment.filename": "attachment.name",
  "attachment.count": "attachments",
  sent: "date",
};

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
