import type { TailRow, WordRow } from "./words.ts";

/** What stands in a `test`. */
export const testEntries = {
  mailbox: {
    form: "mailbox NAME",
    doc: "The mailbox that receives; needed where the project has several.",
    example: "mailbox support",
  },
  given: {
    form: "given …",
    doc: "What the helpdesk knows before the first mail.",
    example: 'given blocked "spam@example.it"',
    repeatable: true,
  },
  receive: {
    form: 'receive "FILE.eml" or receive """…""", optional in "FOLDER"',
    doc: "A mail arrives and is scanned.",
    example: 'receive "mail/request.eml"',
    repeatable: true,
  },
  wait: {
    form: "wait DURATION",
    doc: "The clock goes on.",
    example: "wait 3 days",
    repeatable: true,
  },
  expect: {
    form: "expect …",
    doc: "What has to have become of the mail above.",
    example: "expect ticket created",
    repeatable: true,
  },
} as const satisfies Record<string, WordRow>;

export type TestEntry = keyof typeof testEntries;

/** The registries that a mail is filed under and that `given` fills. */
export const registryWords = ["contact", "account", "lead", "vendor"] as const;
export type RegistryWord = (typeof registryWords)[number];

/** What stands behind `given`. */
export const givenWords = {
  ticket: {
    form: "given ticket N { … }",
    doc: "A ticket that is there, with that number in the store.",
    example: 'given ticket 42 {\n  title "Printer broken"\n}',
  },
  contact: {
    form: 'given contact "ADDRESS" { name "…" account "…" }',
    doc: "A contact of the registry.",
    example: 'given contact "anna@example.it"',
  },
  account: {
    form: 'given account "NAME" { … }',
    doc: "An account of the registry, by its name or address.",
    example: 'given account "Rossi Srl"',
  },
  lead: {
    form: 'given lead "ADDRESS" { … }',
    doc: "A lead of the registry.",
    example: 'given lead "bruno@example.it"',
  },
  vendor: {
    form: 'given vendor "ADDRESS" { … }',
    doc: "A vendor of the registry.",
    example: 'given vendor "orders@example.it"',
  },
  blocked: {
    form: 'given blocked "ADDRESS"',
    doc: "A sender whose mail is not taken.",
    example: 'given blocked "spam@example.it"',
  },
  now: {
    form: "given now MOMENT",
    doc: "What the clock shows.",
    example: "given now 2026-11-02T09:00Z",
  },
} as const satisfies Record<string, WordRow>;

export type GivenWord = keyof typeof givenWords;

/** What a given contact, account, lead or vendor may have. */
export const givenPersonSettings = {
  name: { form: 'name "…"', doc: "How it is called.", example: 'name "Anna"' },
  account: { form: 'account "…"', doc: "The account it belongs to.", example: 'account "Rossi"' },
} as const satisfies Record<string, WordRow>;

/** What a given ticket may have beside the words of the block of `create ticket`. */
export const givenTicketSettings = {
  rule: { form: 'rule "…"', doc: "The rule that opened it.", example: 'rule "Support"' },
  mailbox: {
    form: "mailbox NAME",
    doc: "The mailbox of the mail that opened it.",
    example: "mailbox support",
  },
  account: { form: 'account "…"', doc: "The account it belongs to.", example: 'account "Rossi"' },
  requester: {
    form: 'requester "ADDRESS"',
    doc: "The address that it answers to, with the name if you like: Anna <anna@example.it>.",
    example: 'requester "anna@example.it"',
  },
  created: {
    form: "created MOMENT",
    doc: "When it was opened.",
    example: "created 2026-10-01T09:00Z",
  },
  closed: {
    form: "closed MOMENT",
    doc: "When it was closed.",
    example: "closed 2026-10-02T09:00Z",
  },
  "takes part": {
    form: 'takes part ["ADDRESS"]',
    doc: "Who takes part in it beside the requester.",
    example: 'takes part ["boss@example.it"]',
  },
} as const satisfies Record<string, WordRow>;

export type GivenTicketSetting = keyof typeof givenTicketSettings;

/** Before the folder of `receive`. */
export const inFolder = "in";
/** Before the name that a test gives to a ticket. */
export const nameAs = "as";

/** What continues an entry of a test on its line. */
export const testTails = {
  [inFolder]: {
    of: ["receive"],
    form: 'in "FOLDER"',
    doc: "The folder that the mail arrives in.",
  },
  [nameAs]: { of: ["expect"], form: "as $NAME", doc: "Names the ticket for the rest of the test." },
} as const satisfies Record<string, TailRow>;

export interface ExpectationRow extends WordRow {
  /** Speaks of a mail that arrived, so it can never hold after `wait`. */
  readonly needsMail?: true;
}

/** What stands behind `expect`. */
export const expectations = {
  rule: {
    form: 'expect rule "…"',
    doc: "A rule that acted.",
    example: 'expect rule "Support"',
    needsMail: true,
  },
  "no rule": {
    form: "expect no rule",
    doc: "No rule ended the search.",
    example: "expect no rule",
  },
  ignored: {
    form: "expect ignored",
    doc: "A rule ignored the mail.",
    example: "expect ignored",
    needsMail: true,
  },
  blocked: {
    form: "expect blocked",
    doc: "The sender is blocked.",
    example: "expect blocked",
    needsMail: true,
  },
  failed: {
    form: "expect failed",
    doc: "Handling the mail failed.",
    example: "expect failed",
  },
  "already seen": {
    form: "expect already seen",
    doc: "The mail was in the journal.",
    example: "expect already seen",
    needsMail: true,
  },
  "own mail": {
    form: "expect own mail",
    doc: "The mail was one of ours that came back.",
    example: "expect own mail",
    needsMail: true,
  },
  "bounce of ticket": {
    form: "expect bounce of ticket N",
    doc: "The mail was the bounce of a mail of that ticket.",
    example: "expect bounce of ticket 42",
    needsMail: true,
  },
  ticket: {
    form: "expect ticket created { … } as $NAME, or expect ticket N updated { … }",
    doc: "A ticket was opened or updated; the block holds conditions on it.",
    example: "expect ticket created as $first",
    needsMail: true,
  },
  "no ticket": {
    form: "expect no ticket",
    doc: "No ticket was created, and none updated.",
    example: "expect no ticket",
  },
  "mail sent": {
    form: "expect mail sent { … }",
    doc: "A mail was sent; the block holds conditions on it.",
    example: 'expect mail sent {\n  to is "anna@example.it"\n}',
  },
  "no mail sent": {
    form: "expect no mail sent",
    doc: "No mail was sent.",
    example: "expect no mail sent",
  },
  "filed under": {
    form: 'expect filed under contact "ADDRESS"',
    doc: "The mail was linked to that entry of the registry.",
    example: 'expect filed under contact "anna@example.it"',
    needsMail: true,
  },
  marked: {
    form: "expect marked read, unread or flagged",
    doc: "The mail was marked.",
    example: "expect marked read",
    needsMail: true,
  },
  "moved to": {
    form: 'expect moved to "FOLDER"',
    doc: "The mail was moved.",
    example: 'expect moved to "Done"',
    needsMail: true,
  },
  "copied to": {
    form: 'expect copied to "FOLDER"',
    doc: "The mail was copied.",
    example: 'expect copied to "Archive"',
    needsMail: true,
  },
  deleted: {
    form: "expect deleted",
    doc: "The mail was deleted.",
    example: "expect deleted",
    needsMail: true,
  },
  untouched: {
    form: "expect untouched",
    doc: "Nothing became of the mail itself.",
    example: "expect untouched",
    needsMail: true,
  },
} as const satisfies Record<string, ExpectationRow>;

export type ExpectationPhrase = keyof typeof expectations;

export const ticketOutcomes = ["created", "updated"] as const;
export const markWords = ["read", "unread", "flagged"] as const;
