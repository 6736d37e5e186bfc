/**
 * The fields that conditions look at, one row each. Everything that speaks of fields (binder,
 * checker, completion, hover, reference page, readers in the compiler) reads these rows.
 */

export type FieldType =
  | "text"
  | "address"
  | "domain"
  | "header"
  | "number"
  | "size"
  | "duration"
  | "moment"
  | "authentication"
  | "pec"
  | "status"
  | "priority"
  | "severity"
  | "category"
  | "tag"
  | "rule"
  | "mailbox"
  | "assigned";

/** one: always there. optional: may be absent. many: any number of values. */
export type Cardinality = "one" | "optional" | "many";

export interface FieldRow {
  readonly type: FieldType;
  readonly cardinality: Cardinality;
  readonly doc: string;
  readonly example: string;
  /** Takes a text argument behind its name: `header "X-Id"`, `field "Order"`. */
  readonly argument?: "header name" | "own field";
  /** What must be at hand to read it. */
  readonly reads: "headers" | "content" | "arrival" | "ticket";
}

const row = <T extends FieldType, C extends Cardinality, R extends FieldRow["reads"]>(
  type: T,
  cardinality: C,
  reads: R,
  doc: string,
  example: string,
) => ({ type, cardinality, reads, doc, example });

/** The fields of a mail, as rules see them. */
export const mailFields = {
  from: row("address", "many", "headers", "The senders' addresses.", 'from is "anna@example.it"'),
  "from.name": row(
    "text",
    "many",
    "headers",
    "The senders' display names.",
    'from.name contains "Anna"',
  ),
  "from.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ of a sender.",
    'from.local is "info"',
  ),
  "from.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ of a sender.",
    'from.domain under "example.it"',
  ),
  to: row("address", "many", "headers", "The addresses in To.", 'to is "info@example.it"'),
  "to.name": row(
    "text",
    "many",
    "headers",
    "The display names in To.",
    'to.name contains "Support"',
  ),
  "to.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ in To.",
    'to.local is "info"',
  ),
  "to.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ in To.",
    'to.domain is "example.it"',
  ),
  cc: row("address", "many", "headers", "The addresses in Cc.", 'cc is "boss@example.it"'),
  "cc.name": row("text", "many", "headers", "The display names in Cc.", 'cc.name contains "Boss"'),
  "cc.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ in Cc.",
    'cc.local is "boss"',
  ),
  "cc.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ in Cc.",
    'cc.domain is "example.it"',
  ),
  bcc: row("address", "many", "headers", "The addresses in Bcc.", 'bcc is "archive@example.it"'),
  "bcc.name": row(
    "text",
    "many",
    "headers",
    "The display names in Bcc.",
    'bcc.name contains "Archive"',
  ),
  "bcc.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ in Bcc.",
    'bcc.local is "archive"',
  ),
  "bcc.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ in Bcc.",
    'bcc.domain is "example.it"',
  ),
  "reply-to": row("address", "many", "headers", "The addresses in Reply-To.", "reply-to exists"),
  "reply-to.name": row(
    "text",
    "many",
    "headers",
    "The display names in Reply-To.",
    'reply-to.name contains "Anna"',
  ),
  "reply-to.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ in Reply-To.",
    'reply-to.local is "no-reply"',
  ),
  "reply-to.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ in Reply-To.",
    'reply-to.domain is "example.it"',
  ),
  recipients: row(
    "address",
    "many",
    "headers",
    "The addresses in To, Cc and Bcc.",
    'recipients contains "sales@"',
  ),
  "recipients.name": row(
    "text",
    "many",
    "headers",
    "The display names in To, Cc and Bcc.",
    'recipients.name contains "Sales"',
  ),
  "recipients.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ in To, Cc and Bcc.",
    'recipients.local is "sales"',
  ),
  "recipients.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ in To, Cc and Bcc.",
    'recipients.domain under "brand-b.example"',
  ),
  "delivered-to": row(
    "address",
    "many",
    "headers",
    "The addresses that the receiving server wrote: Delivered-To, X-Original-To, Envelope-To.",
    'delivered-to is "info@example.it"',
  ),
  "delivered-to.name": row(
    "text",
    "many",
    "headers",
    "The display names of delivered-to.",
    "delivered-to.name exists",
  ),
  "delivered-to.local": row(
    "text",
    "many",
    "headers",
    "What stands before the @ of delivered-to.",
    'delivered-to.local is "info"',
  ),
  "delivered-to.domain": row(
    "domain",
    "many",
    "headers",
    "What stands behind the @ of delivered-to.",
    'delivered-to.domain is "example.it"',
  ),
  subject: row(
    "text",
    "one",
    "headers",
    "The subject, decoded and on one line; empty where there is none.",
    'subject contains "invoice"',
  ),
  "subject.base": row(
    "text",
    "one",
    "headers",
    "The subject without reply and forward prefixes.",
    'subject.base is "Printer broken"',
  ),
  body: row(
    "text",
    "one",
    "content",
    "The text that a person would read.",
    'body contains "password"',
  ),
  "body.new": row(
    "text",
    "one",
    "content",
    "The body without quoted history, reply header and signature.",
    'body.new contains "thank you"',
  ),
  html: row("text", "optional", "content", "The HTML part as sent.", 'html contains "<form"'),
  header: {
    type: "header",
    cardinality: "many",
    reads: "headers",
    argument: "header name",
    doc: "The values of the header of that name.",
    example: 'header "X-Priority" is "1"',
  },
  "attachment.name": row(
    "text",
    "many",
    "content",
    "The names of the attachments.",
    'attachment.name ends with ".pdf"',
  ),
  "attachment.type": row(
    "text",
    "many",
    "content",
    "The MIME types of the attachments.",
    'attachment.type is "application/pdf"',
  ),
  "attachment.size": row(
    "size",
    "many",
    "content",
    "The sizes of the attachments, decoded.",
    "attachment.size > 10 MB",
  ),
  attachments: row(
    "number",
    "one",
    "content",
    "How many attachments the mail has.",
    "attachments > 3",
  ),
  size: row("size", "one", "arrival", "The bytes of the whole mail as received.", "size > 20 MB"),
  date: row(
    "moment",
    "optional",
    "headers",
    "The Date header; absent where unreadable.",
    "date before 2026-01-01",
  ),
  received: row(
    "moment",
    "one",
    "arrival",
    "When the server took the mail in.",
    "received after 2026-01-01",
  ),
  age: row(
    "duration",
    "one",
    "arrival",
    "How long ago the server took the mail in.",
    "age > 3 days",
  ),
  folder: row("text", "one", "arrival", "The folder that the mail lies in.", 'folder is "INBOX"'),
  mailbox: row(
    "mailbox",
    "one",
    "arrival",
    "The mailbox that the mail came to.",
    'mailbox is "support"',
  ),
  spf: row(
    "authentication",
    "one",
    "headers",
    "The SPF result of the server that the mailbox trusts.",
    "spf is fail",
  ),
  dkim: row(
    "authentication",
    "one",
    "headers",
    "The DKIM result of the server that the mailbox trusts.",
    "dkim is pass",
  ),
  dmarc: row(
    "authentication",
    "one",
    "headers",
    "The DMARC result of the server that the mailbox trusts.",
    "dmarc is fail",
  ),
  "pec.kind": row(
    "pec",
    "optional",
    "headers",
    "What kind of certified mail this is.",
    "pec.kind is [acceptance, delivery]",
  ),
} as const satisfies Record<string, FieldRow>;
export type MailFieldName = keyof typeof mailFields;

/** The fields of the event, in a process, beside the mail's own. */
export const processFields = {
  rule: row("rule", "optional", "ticket", "The rule that ended the search.", 'rule is "Support"'),
  "ticket.rule": row(
    "rule",
    "optional",
    "ticket",
    "The rule that opened the ticket.",
    'ticket.rule is "Support"',
  ),
  "ticket.number": row(
    "text",
    "optional",
    "ticket",
    "The ticket's number, as written.",
    'ticket.number starts with "TT"',
  ),
  "ticket.id": row(
    "number",
    "optional",
    "ticket",
    "The ticket's number in the store.",
    "ticket.id > 1000",
  ),
  "ticket.title": row(
    "text",
    "optional",
    "ticket",
    "The ticket's title.",
    'ticket.title contains "printer"',
  ),
  "ticket.status": row(
    "status",
    "optional",
    "ticket",
    "The ticket's status.",
    'ticket.status is "Open"',
  ),
  "ticket.priority": row(
    "priority",
    "optional",
    "ticket",
    "The ticket's priority.",
    'ticket.priority is "High"',
  ),
  "ticket.severity": row(
    "severity",
    "optional",
    "ticket",
    "The ticket's severity.",
    'ticket.severity is "Major"',
  ),
  "ticket.category": row(
    "category",
    "optional",
    "ticket",
    "The ticket's category.",
    'ticket.category is "Hardware"',
  ),
  "ticket.tag": row("text", "many", "ticket", "The ticket's tags.", 'ticket.tag is "brand-b"'),
  "ticket.requester": row(
    "address",
    "optional",
    "ticket",
    "The address that the ticket answers to.",
    'ticket.requester is "anna@example.it"',
  ),
  "ticket.contact": row(
    "address",
    "optional",
    "ticket",
    "The contact's address.",
    "ticket.contact exists",
  ),
  "ticket.mailbox": row(
    "mailbox",
    "optional",
    "ticket",
    "The mailbox of the mail that opened the ticket.",
    'ticket.mailbox is "support"',
  ),
  "ticket.field": {
    type: "text",
    cardinality: "optional",
    reads: "ticket",
    argument: "own field",
    doc: "An own field of the ticket.",
    example: 'ticket.field "Order" exists',
  },
} as const satisfies Record<string, FieldRow>;
export type ProcessFieldName = keyof typeof processFields;

/** The fields of a ticket, in the expectations of a test and in guarantees. */
export const ticketFields = {
  title: row("text", "one", "ticket", "The title.", 'title is "Printer broken"'),
  description: row("text", "one", "ticket", "The description.", 'description contains "toner"'),
  comment: row(
    "text",
    "optional",
    "ticket",
    "The shown text of the comment that the mail became.",
    'comment contains "works again"',
  ),
  code: row("text", "optional", "ticket", "The code that a rule gave.", 'code is "db1/CPU"'),
  contact: row(
    "address",
    "optional",
    "ticket",
    "The connected contact's address.",
    'contact is "anna@example.it"',
  ),
  requester: row(
    "address",
    "optional",
    "ticket",
    "The address that the ticket answers to.",
    'requester is "anna@example.it"',
  ),
  priority: row("priority", "optional", "ticket", "The priority.", 'priority is "High"'),
  severity: row("severity", "optional", "ticket", "The severity.", 'severity is "Major"'),
  category: row("category", "optional", "ticket", "The category.", 'category is "Hardware"'),
  status: row("status", "one", "ticket", "The status.", 'status is "Open"'),
  tag: row("tag", "many", "ticket", "The tags.", 'tag is "brand-b"'),
  assigned: row(
    "assigned",
    "optional",
    "ticket",
    "The group's name or the agent's address.",
    'assigned is "Billing"',
  ),
  documents: row("number", "one", "ticket", "How many documents it has.", "documents is 2"),
  comments: row("number", "one", "ticket", "How many comments it has.", "comments is 1"),
  rule: row("rule", "optional", "ticket", "The rule that opened it.", 'rule is "Support"'),
  mailbox: row(
    "mailbox",
    "optional",
    "ticket",
    "The mailbox of its first mail.",
    'mailbox is "support"',
  ),
  field: {
    type: "text",
    cardinality: "optional",
    reads: "ticket",
    argument: "own field",
    doc: "An own field.",
    example: 'field "Order" is "ORD-123456"',
  },
  "mail.from": row(
    "text",
    "many",
    "ticket",
    "Mail Information: From.",
    'mail.from contains "anna@example.it"',
  ),
  "mail.to": row(
    "text",
    "many",
    "ticket",
    "Mail Information: To.",
    'mail.to contains "info@example.it"',
  ),
  "mail.cc": row(
    "text",
    "many",
    "ticket",
    "Mail Information: Cc.",
    'mail.cc contains "boss@example.it"',
  ),
  "mail.bcc": row("text", "many", "ticket", "Mail Information: Bcc.", "mail.bcc exists"),
  "mail.date": row(
    "moment",
    "optional",
    "ticket",
    "Mail Information: date.",
    "mail.date on 2026-11-02",
  ),
} as const satisfies Record<string, FieldRow>;
export type TicketFieldName = keyof typeof ticketFields;

/** The fields of a mail that was sent, in the expectations of a test. */
export const sentMailFields = {
  to: row("address", "many", "ticket", "To.", 'to is "anna@example.it"'),
  cc: row("address", "many", "ticket", "Cc.", 'cc is "boss@example.it"'),
  subject: row("text", "one", "ticket", "The subject.", 'subject contains "Ticket Id: 9x"'),
  body: row("text", "one", "ticket", "The text.", 'body contains "we have opened"'),
} as const satisfies Record<string, FieldRow>;
export type SentMailFieldName = keyof typeof sentMailFields;

/** What `some`, `every` and `no` go over, and the fields of one such value. */
export const elementFields = {
  "attachment.name": row(
    "text",
    "optional",
    "content",
    "The attachment's name.",
    'name ends with ".pdf"',
  ),
  "attachment.type": row(
    "text",
    "one",
    "content",
    "The attachment's MIME type.",
    'type is "application/pdf"',
  ),
  "attachment.size": row("size", "one", "content", "The attachment's size.", "size > 1 MB"),
  "address.address": row(
    "address",
    "one",
    "headers",
    "The bare address.",
    'address is "anna@example.it"',
  ),
  "address.name": row("text", "optional", "headers", "The display name.", "name exists"),
  "address.local": row("text", "one", "headers", "What stands before the @.", 'local is "info"'),
  "address.domain": row(
    "domain",
    "one",
    "headers",
    "What stands behind the @.",
    'domain under "example.it"',
  ),
  "header.value": row("header", "one", "headers", "The header's value.", 'value contains "YES"'),
} as const satisfies Record<string, FieldRow>;
export type ElementFieldName = keyof typeof elementFields;

/** What `some`, `every` and `no` go over. */
export const elementNames = [
  "attachment",
  "from",
  "to",
  "cc",
  "recipient",
  "delivered-to",
  "header",
] as const;
export type ElementName = (typeof elementNames)[number];
