import type { ElementFieldName, MailFieldName } from "@mcrules/language";
import type { Address, Instant, MailContent, MailHeaders } from "@mcrules/mail";
import type { Arrival } from "../decide/needs.ts";
import type { Element } from "./facts.ts";
import type { Value } from "./values.ts";

/** What of a mail is at hand. */
export interface MailAtHand {
  /** The headers that rules see. */
  readonly headers: MailHeaders;
  /** Undefined where it was not asked for yet. */
  readonly content: MailContent | undefined;
  readonly arrival: Arrival;
  readonly now: Instant;
}

/** Gives the values of a field; `undefined` where the content has to be read first. */
export type Reader = (mail: MailAtHand, argument: string) => readonly Value[] | undefined;

type People = (headers: MailHeaders) => readonly Address[];

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

const from: People = (headers) => headers.from;
const to: People = (headers) => headers.to;
const cc: People = (headers) => headers.cc;
const bcc: People = (headers) => headers.bcc;
const replyTo: People = (headers) => headers.replyTo;
const deliveredTo: People = (headers) => headers.deliveredTo;
export const recipients: People = (headers) => [...headers.to, ...headers.cc, ...headers.bcc];

const addresses =
  (people: People): Reader =>
  (mail) =>
    people(mail.headers).map((person) => person.address);
/** A person without a display name has none: `from.name exists` is then false. */
const nameOf = ({ name }: Address): readonly string[] => (name === "" ? [] : [name]);
const names =
  (people: People): Reader =>
  (mail) =>
    people(mail.headers).flatMap(nameOf);
const locals =
  (people: People): Reader =>
  (mail) =>
    people(mail.headers).map((person) => person.local);
const domains =
  (people: People): Reader =>
  (mail) =>
    people(mail.headers).map((person) => person.domain);

/** The values of the header of that name, in any letter case. */
export function headerValues(headers: MailHeaders, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.fields
    .filter((field) => field.name.toLowerCase() === wanted)
    .map((field) => field.value);
}

/** One reader for each field of the vocabulary: a field without one does not compile. */
export const mailReaders: Readonly<Record<MailFieldName, Reader>> = {
  from: addresses(from),
  "from.name": names(from),
  "from.local": locals(from),
  "from.domain": domains(from),
  to: addresses(to),
  "to.name": names(to),
  "to.local": locals(to),
  "to.domain": domains(to),
  cc: addresses(cc),
  "cc.name": names(cc),
  "cc.local": locals(cc),
  "cc.domain": domains(cc),
  bcc: addresses(bcc),
  "bcc.name": names(bcc),
  "bcc.local": locals(bcc),
  "bcc.domain": domains(bcc),
  "reply-to": addresses(replyTo),
  "reply-to.name": names(replyTo),
  "reply-to.local": locals(replyTo),
  "reply-to.domain": domains(replyTo),
  recipients: addresses(recipients),
  "recipients.name": names(recipients),
  "recipients.local": locals(recipients),
  "recipients.domain": domains(recipients),
  "delivered-to": addresses(deliveredTo),
  "delivered-to.name": names(deliveredTo),
  "delivered-to.local": locals(deliveredTo),
  "delivered-to.domain": domains(deliveredTo),
  subject: (mail) => [mail.headers.subject],
  "subject.base": (mail) => [mail.headers.subjectBase],
  body: (mail) => mail.content && [mail.content.body],
  "body.new": (mail) => mail.content && [mail.content.bodyNew],
  html: (mail) => mail.content && present(mail.content.html),
  header: (mail, argument) => headerValues(mail.headers, argument),
  "attachment.name": (mail) =>
    mail.content?.attachments.flatMap((attachment) => present(attachment.name)),
  "attachment.type": (mail) => mail.content?.attachments.map((attachment) => attachment.type),
  "attachment.size": (mail) => mail.content?.attachments.map((attachment) => attachment.size),
  attachments: (mail) => mail.content && [mail.content.attachments.length],
  size: (mail) => {
    const size = mail.arrival.size ?? mail.content?.size;
    return size === undefined ? undefined : [size];
  },
  date: (mail) => present(mail.headers.date?.instant),
  received: (mail) => [mail.arrival.received],
  age: (mail) => [Math.max(0, mail.now - mail.arrival.received)],
  folder: (mail) => [mail.arrival.folder],
  mailbox: (mail) => [mail.arrival.mailbox],
  spf: (mail) => [mail.headers.authentication.spf],
  dkim: (mail) => [mail.headers.authentication.dkim],
  dmarc: (mail) => [mail.headers.authentication.dmarc],
  "pec.kind": (mail) => present(mail.headers.pecKind),
};

export function isMailField(name: string): name is MailFieldName {
  return Object.hasOwn(mailReaders, name);
}

type ElementReader = (element: Element) => readonly Value[];

/** One reader for each field of `some X { … }`. */
export const elementReaders: Readonly<Record<ElementFieldName, ElementReader>> = {
  "attachment.name": (element) =>
    element.kind === "attachment" ? present(element.attachment.name) : [],
  "attachment.type": (element) => (element.kind === "attachment" ? [element.attachment.type] : []),
  "attachment.size": (element) => (element.kind === "attachment" ? [element.attachment.size] : []),
  "address.address": (element) => (element.kind === "address" ? [element.address.address] : []),
  "address.name": (element) => (element.kind === "address" ? nameOf(element.address) : []),
  "address.local": (element) => (element.kind === "address" ? [element.address.local] : []),
  "address.domain": (element) => (element.kind === "address" ? [element.address.domain] : []),
  "header.value": (element) => (element.kind === "header" ? [element.value] : []),
};

export function isElementField(name: string): name is ElementFieldName {
  return Object.hasOwn(elementReaders, name);
}
