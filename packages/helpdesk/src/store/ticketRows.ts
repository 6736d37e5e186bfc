import type { Row, Value } from "../database.ts";
import {
  fieldValues,
  integer,
  mailInformation,
  optionalInteger,
  optionalText,
  text,
  textList,
  word,
} from "../row.ts";
import { bounded, nameKey, storable, storableJson } from "../text.ts";
import type { Assignee, MailInformation, Person, Ticket } from "../ticket.ts";

/** Longest texts that are kept; a longer one ends with `…`. The raw mail has all of it. */
export const LONGEST = {
  line: 1_000,
  text: 4_000_000,
  people: 1_000,
} as const;

/** Tickets with what is shown of their registry entries; a condition may follow. */
export const TICKETS = `
  SELECT t.*,
    contact.name AS contact_name,
    (SELECT address FROM registry_address WHERE entry = contact.id ORDER BY place LIMIT 1)
      AS contact_address,
    account.name AS account_name,
    (SELECT address FROM registry_address WHERE entry = account.id ORDER BY place LIMIT 1)
      AS account_address,
    employer.name AS employer_name,
    (SELECT count(*) FROM ticket_comment c WHERE c.ticket = t.id) AS comments,
    (SELECT count(*) FROM document d WHERE d.ticket = t.id) AS documents
  FROM ticket t
    LEFT JOIN registry_entry contact ON contact.id = t.contact_id
    LEFT JOIN registry_entry account ON account.id = t.account_id
    LEFT JOIN registry_entry employer ON employer.id = contact.account_id`;

/** The reference of a ticket, to be put into a subject. */
export function ticketReference(id: number): string {
  return `9x${id}`;
}

function assignee(row: Row): Assignee | undefined {
  return optionalText(row, "assigned_kind") === undefined
    ? undefined
    : { kind: word(row, "assigned_kind", ["group", "agent"]), name: text(row, "assigned_name") };
}

/** A person whose columns begin with `prefix`. */
export function person(row: Row, prefix: string): Person | undefined {
  const address = optionalText(row, `${prefix}_address`);
  return address === undefined ? undefined : { address, name: text(row, `${prefix}_name`) };
}

function connected(row: Row): Ticket["contact"] {
  for (const prefix of ["contact", "account"] as const) {
    const name = optionalText(row, `${prefix}_name`);
    if (name !== undefined) {
      return { address: optionalText(row, `${prefix}_address`) ?? "", name };
    }
  }
  return undefined;
}

/** A row of `TICKETS` as a ticket. */
export function ticketOf(row: Row): Ticket {
  const id = integer(row, "id");
  const mail = mailInformation(row, "mail");
  return {
    id,
    number: text(row, "number"),
    ref: ticketReference(id),
    title: text(row, "title"),
    description: text(row, "description"),
    status: text(row, "status"),
    priority: optionalText(row, "priority"),
    severity: optionalText(row, "severity"),
    category: optionalText(row, "category"),
    tags: textList(row, "tags"),
    code: optionalText(row, "code"),
    assigned: assignee(row),
    fields: Object.fromEntries(fieldValues(row, "fields")),
    requester: person(row, "requester"),
    contact: connected(row),
    account: optionalText(row, "account_name") ?? optionalText(row, "employer_name"),
    fromMail: mail !== undefined,
    mailbox: optionalText(row, "mailbox"),
    rule: optionalText(row, "rule"),
    mail,
    linkedTo: optionalInteger(row, "linked_to"),
    spam: integer(row, "spam") === 1,
    comments: integer(row, "comments"),
    documents: integer(row, "documents"),
    createdAt: integer(row, "created_at"),
    updatedAt: integer(row, "updated_at"),
    closedAt: optionalInteger(row, "closed_at"),
  };
}

function storablePeople(people: readonly Person[]): readonly Person[] {
  return people.slice(0, LONGEST.people).map(({ address, name }) => ({
    address: bounded(address, LONGEST.line),
    name: bounded(name, LONGEST.line),
  }));
}

/** Mail Information as it is stored. */
export function mailJson(mail: MailInformation): string {
  return storableJson({
    from: storablePeople(mail.from),
    to: storablePeople(mail.to),
    cc: storablePeople(mail.cc),
    bcc: storablePeople(mail.bcc),
    fromName: bounded(mail.fromName, LONGEST.line),
    sender: bounded(mail.sender, LONGEST.line),
    date: bounded(mail.date, LONGEST.line),
  });
}

/** Tags as they are stored: each once, in the order in which they came. */
export function tagsJson(...lists: readonly (readonly string[])[]): string {
  return storableJson([
    ...new Set(lists.flat().map((tag) => bounded(storable(tag), LONGEST.line))),
  ]);
}

/** Own fields as they are stored. */
export function fieldsJson(
  before: ReadonlyMap<string, string | number>,
  given: readonly { readonly name: string; readonly value: string | number }[],
): string {
  const fields = new Map(before);
  for (const { name, value } of given) {
    fields.set(name, typeof value === "string" ? bounded(value, LONGEST.text) : value);
  }
  return storableJson(Object.fromEntries(fields));
}

/** The columns of a code. An empty one is none. */
export function codeColumns(code: string | undefined): Readonly<Record<string, Value>> {
  const given = code !== undefined && code.trim() !== "" ? code : undefined;
  return {
    code: given === undefined ? null : bounded(given, LONGEST.line),
    code_key: given === undefined ? null : nameKey(given),
  };
}
