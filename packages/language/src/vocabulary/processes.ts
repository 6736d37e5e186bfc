import type { ProcessEvent } from "../tree/declarations.ts";
import type { WordRow } from "./words.ts";

/** What stands in a process. */
export const processEntries = {
  on: {
    form: "on EVENT, …",
    doc: "After what it runs.",
    example: "on ticket created, updated",
  },
  when: {
    form: "when CONDITION",
    doc: "In which cases; left out, in every case.",
    example: 'when ticket.rule is "Support"',
    default: "always",
  },
  then: {
    form: "then ACTION or then { … }",
    doc: "What it does.",
    example: 'then set {\n  tag "new"\n}',
  },
} as const satisfies Record<string, WordRow>;
export type ProcessEntry = keyof typeof processEntries;

/** The events; behind a comma the word `ticket` or `mail` need not be repeated. */
export const processEvents = {
  "ticket created": {
    form: "on ticket created",
    doc: "A ticket was created.",
    example: "on ticket created",
  },
  "ticket updated": {
    form: "on ticket updated",
    doc: "A ticket was updated.",
    example: "on ticket updated",
  },
  "ticket closed": {
    form: "on ticket closed",
    doc: "A ticket became closed.",
    example: "on ticket closed",
  },
  "mail ignored": {
    form: "on mail ignored",
    doc: "A rule ignored a mail.",
    example: "on mail ignored",
  },
} as const satisfies Record<ProcessEvent, WordRow>;

export const processEventWords: readonly ProcessEvent[] = Object.keys(processEvents).filter(
  (word): word is ProcessEvent => Object.hasOwn(processEvents, word),
);

/** What a process may do. */
export const processActions = {
  "send mail": {
    form: "send mail { to … subject … body … }",
    doc: "Sends a mail from the mailbox's address.",
    example:
      'then send mail {\n  to ticket.requester\n  subject "Re: ${ticket.title}"\n  body "Thank you."\n}',
  },
  set: {
    form: "set { … }",
    doc: "Gives the ticket other properties.",
    example: 'then set {\n  priority "High"\n}',
  },
  call: {
    form: 'call "https://…" { header "NAME" VALUE }',
    doc: "Posts the event as JSON, signed.",
    example: 'then call "https://hooks.example.it/tickets"',
  },
} as const satisfies Record<string, WordRow>;
export type ProcessActionWord = keyof typeof processActions;

export const processActionWords: readonly ProcessActionWord[] = Object.keys(processActions).filter(
  (word): word is ProcessActionWord => Object.hasOwn(processActions, word),
);

/** What a mail that is sent has. */
export const sendMailEntries = {
  to: {
    form: 'to ADDRESS, "…" or a list',
    doc: "Who gets it.",
    example: "to ticket.requester",
  },
  cc: {
    form: 'cc ADDRESS, "…" or a list',
    doc: "Who gets a copy.",
    example: 'cc "boss@example.it"',
  },
  bcc: {
    form: 'bcc ADDRESS, "…" or a list',
    doc: "Who gets a copy that the others do not see.",
    example: 'bcc "archive@example.it"',
  },
  subject: { form: 'subject "…"', doc: "The subject.", example: 'subject "Re: ${ticket.title}"' },
  body: { form: 'body "…"', doc: "The text.", example: 'body "We have your request."' },
  html: { form: 'html "…"', doc: "The text as HTML.", example: 'html "<p>Thank you.</p>"' },
  attach: {
    form: "attach documents or attach mail",
    doc: "The ticket's documents, or the mail as it came, as .eml.",
    example: "attach documents",
    repeatable: true,
  },
} as const satisfies Record<string, WordRow>;
export type SendMailEntry = keyof typeof sendMailEntries;

export const attachables = ["documents", "mail"] as const;

/** What stands in the block of `call`. */
export const callEntries = {
  header: {
    form: 'header "NAME" "VALUE" or header "NAME" env("NAME")',
    doc: "A header of the request.",
    example: 'header "Authorization" env("HOOK_TOKEN")',
    repeatable: true,
  },
} as const satisfies Record<string, WordRow>;

/** How an address of a call begins. */
export const secureScheme = "https://";

/** The paths behind `ticket.` in holes, and as values in a process. */
export const ticketPaths = [
  "number",
  "id",
  "ref",
  "title",
  "status",
  "priority",
  "severity",
  "category",
  "tag",
  "rule",
  "mailbox",
  "requester",
  "requester.name",
  "contact",
  "contact.name",
  "assigned",
] as const;

/** Before the path of a ticket. */
export const ticketPrefix = "ticket.";
/** The signed Message-ID of the last mail sent, in a test. */
export const sentMailId = "mail.id";
