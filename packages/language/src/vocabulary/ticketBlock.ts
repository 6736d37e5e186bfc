import type { WordRow } from "./words.ts";

export type BlockPlace = "create" | "update" | "set" | "given" | "process";

export interface TicketEntryRow extends WordRow {
  readonly places: readonly BlockPlace[];
}

const everywhere = ["create", "update", "set", "given", "process"] as const;
const named = ["create", "update", "given", "process"] as const;

/** What a ticket may be given, in the blocks of actions and in `given ticket`. */
export const ticketEntries = {
  title: {
    form: 'title "…"',
    places: named,
    doc: "The ticket's title.",
    example: 'title "${subject.base}"',
    default: '"${subject}"',
  },
  description: {
    form: 'description "…"',
    places: ["create", "given"],
    doc: "The ticket's description.",
    example: 'description "${body.new}"',
    default: '"${body}"',
  },
  code: {
    form: 'code "…"',
    places: named,
    doc: "A key by which update ticket code finds it again.",
    example: 'code "${$object}"',
  },
  contact: {
    form: 'contact "ADDRESS"',
    places: named,
    doc: "The address of the contact to connect.",
    example: 'contact "anna@example.it"',
  },
  priority: {
    form: 'priority "WORD" or priority $CAPTURE',
    places: everywhere,
    doc: "One of the helpdesk's priorities.",
    example: 'priority "High"',
  },
  severity: {
    form: 'severity "WORD" or severity $CAPTURE',
    places: everywhere,
    doc: "One of the helpdesk's severities.",
    example: 'severity "Major"',
  },
  category: {
    form: 'category "WORD" or category $CAPTURE',
    places: everywhere,
    doc: "One of the helpdesk's categories.",
    example: 'category "Hardware"',
  },
  status: {
    form: 'status "WORD" or status $CAPTURE',
    places: everywhere,
    doc: "One of the helpdesk's statuses.",
    example: 'status "Open"',
  },
  tag: {
    form: 'tag "…"',
    places: everywhere,
    doc: "A tag; tags add up.",
    example: 'tag "brand-b"',
    repeatable: true,
  },
  assign: {
    form: 'assign group "NAME" or assign agent "ADDRESS"',
    places: everywhere,
    doc: "Who works on it.",
    example: 'assign group "Billing"',
  },
  field: {
    form: 'field "NAME" VALUE',
    places: everywhere,
    doc: "An own field of tickets; a date field also takes in 2 days.",
    example: 'field "Order" $order',
    repeatable: true,
  },
  register: {
    form: "register contact or register lead",
    places: ["create"],
    doc: "An unknown requester is entered in the registry.",
    example: "register contact",
  },
  "add cc": {
    form: "add cc",
    places: ["create", "update", "set"],
    doc: "The people in Cc take part in the ticket.",
    example: "add cc",
  },
  documents: {
    form: "documents none or documents except { … }",
    places: ["create", "update"],
    doc: "Which attachments become documents.",
    example: 'documents except {\n  type is "text/calendar"\n}',
  },
  "on behalf of": {
    form: "on behalf of reply-to, $mail or forwarded",
    places: ["create"],
    doc: "Whose ticket it is, in place of the sender.",
    example: "on behalf of reply-to",
  },
  internal: {
    form: "internal",
    places: ["update"],
    doc: "The customer does not see the comment.",
    example: "internal",
  },
} as const satisfies Record<string, TicketEntryRow>;

export type TicketEntry = keyof typeof ticketEntries;

const table: Readonly<Record<TicketEntry, TicketEntryRow>> = ticketEntries;

export const ticketEntryWords: readonly TicketEntry[] = Object.keys(ticketEntries).filter(
  (word): word is TicketEntry => Object.hasOwn(ticketEntries, word),
);

/** The entries that a block has at a place. */
export function ticketEntriesOf(place: BlockPlace): readonly TicketEntry[] {
  return ticketEntryWords.filter((word) => table[word].places.includes(place));
}

/** Whether an entry may stand in its block more than once. */
export function isRepeatable(word: TicketEntry): boolean {
  return table[word].repeatable === true;
}

/** The entries whose value is a word that the helpdesk declares. */
export const picklists = ["priority", "severity", "category", "status"] as const;
export type Picklist = (typeof picklists)[number];

export const assignees = ["group", "agent"] as const;
export const registerKinds = ["contact", "lead"] as const;
export const documentChoices = ["none", "except"] as const;
export const behalfChoices = ["reply-to", "forwarded"] as const;
/** Between a moment's distance and the calendar whose hours count. */
export const hoursOf = "of";
/** Before a distance from now. */
export const fromNow = "in";
