import type { WordRow } from "./words.ts";

/** The settings of `helpdesk`. */
export const helpdeskSettings = {
  store: {
    form: 'store sqlite "PATH", or store postgres SECRET',
    doc: "Where tickets, contacts and the journal are kept.",
    example: 'store sqlite "helpdesk.db"',
  },
  zone: {
    form: 'zone "NAME"',
    doc: "The IANA name of the time zone; a day without a time is a day there.",
    example: 'zone "Europe/Rome"',
    default: '"UTC"',
  },
  status: {
    form: 'status ["…"]',
    doc: "The words for a ticket's status; the first is a new ticket's.",
    example: 'status ["Open", "Wait For Response", "Answered By Customer", "Closed"]',
    default: '["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"]',
  },
  closed: {
    form: 'closed ["…"]',
    doc: "Which statuses count as closed.",
    example: 'closed ["Closed", "Rejected"]',
    default: '["Closed"]',
  },
  waiting: {
    form: 'waiting "…"',
    doc: "The status that a reply of ours sets.",
    example: 'waiting "Wait For Response"',
    default: '"Wait For Response"',
  },
  answered: {
    form: 'answered "…"',
    doc: "The status that the customer's answer to a reply of ours sets.",
    example: 'answered "Answered By Customer"',
    default: '"Answered By Customer"',
  },
  priority: {
    form: 'priority ["…"]',
    doc: "The words for a ticket's priority that rules may use.",
    example: 'priority ["Low", "Normal", "High"]',
    default: '["Low", "Normal", "High", "Urgent"]',
  },
  severity: {
    form: 'severity ["…"]',
    doc: "The words for a ticket's severity that rules may use.",
    example: 'severity ["Minor", "Major"]',
    default: '["Minor", "Major", "Critical"]',
  },
  category: {
    form: 'category ["…"]',
    doc: "The words for a ticket's category that rules may use.",
    example: 'category ["Hardware", "Software"]',
  },
  groups: {
    form: 'groups ["…"]',
    doc: "The groups that tickets may be assigned to.",
    example: 'groups ["First level", "Billing"]',
  },
  field: {
    form: 'field "NAME" text, number, date, or a list of words',
    doc: "An own field of tickets.",
    example: 'field "Order" text',
    repeatable: true,
  },
  number: {
    form: 'number "TT${n}"',
    doc: "How a ticket's number is written; ${n} is the number in the store.",
    example: 'number "TT${n}"',
    default: '"TT${n}"',
  },
  "send limit": {
    form: "send limit N in DURATION",
    doc: "How many mails one recipient gets at most; beyond that none is sent and an alarm is raised. About one ticket go three times as many, to unknown people of one domain ten times.",
    example: "send limit 10 in 3 hours",
    default: "10 in 3 hours",
  },
  "ticket limit": {
    form: "ticket limit N in DURATION",
    doc: "How many tickets one requester's mails open at most in a mailbox; beyond that they are kept on one more ticket, and an alarm is raised. Left out: any number.",
    example: "ticket limit 50 in 1 hour",
  },
  answer: {
    form: "answer within DURATION, or answer always",
    doc: "A process sends nothing in answer to a mail that was received longer ago.",
    example: "answer within 3 days",
    default: "within 3 days",
  },
  keep: {
    form: "keep mails DURATION, keep forever, or keep nothing",
    doc: "How long the raw mail is kept, for replay and why.",
    example: "keep mails 90 days",
    default: "mails 90 days",
  },
} as const satisfies Record<string, WordRow>;

export type HelpdeskSetting = keyof typeof helpdeskSettings;

export const storeKinds = ["sqlite", "postgres"] as const;
export const ownFieldTypes = ["text", "number", "date"] as const;
export const answerKinds = ["within", "always"] as const;
export const keepKinds = ["mails", "forever", "nothing"] as const;
/** Between the number and the time of a limit. */
export const limitWithin = "in";
/** The hole of `number`. */
export const numberHole = "n";

/** What a project has that declares nothing. */
export const helpdeskDefaults = {
  zone: "UTC",
  status: ["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"],
  closed: ["Closed"],
  waiting: "Wait For Response",
  answered: "Answered By Customer",
  priority: ["Low", "Normal", "High", "Urgent"],
  severity: ["Minor", "Major", "Critical"],
  category: [],
  groups: [],
  number: { before: "TT", after: "" },
  sendLimit: { count: 10, within: { milliseconds: 3 * 3_600_000 } },
  answer: { kind: "within", duration: { milliseconds: 3 * 86_400_000 } },
  keep: { kind: "for", duration: { milliseconds: 90 * 86_400_000 } },
} as const;

/** The settings of `agent`. */
export const agentSettings = {
  name: {
    form: 'name "…"',
    doc: "How the agent is called in mails and comments.",
    example: 'name "Marco Bianchi"',
  },
  signature: {
    form: 'signature """…"""',
    doc: "What stands below the agent's answers.",
    example: 'signature "Marco, Example Srl"',
  },
  smtp: {
    form: 'smtp "HOST" port N { … }',
    doc: "The server for mail in the agent's own name.",
    example: 'smtp "smtp.example.it"',
  },
} as const satisfies Record<string, WordRow>;

export type AgentSetting = keyof typeof agentSettings;

/** The settings of `calendar`. */
export const calendarSettings = {
  open: {
    form: "open DAY to DAY TIME to TIME",
    doc: "Hours of the days from one to the other.",
    example: "open Monday to Friday 09:00 to 18:00",
    repeatable: true,
  },
  closed: {
    form: 'closed [DATE], or closed from "FILE"',
    doc: "Days on which it is closed. A file has a date a line.",
    example: "closed [2026-12-25]",
    repeatable: true,
  },
} as const satisfies Record<string, WordRow>;

export type CalendarSetting = keyof typeof calendarSettings;

/** Between two days and between two times. */
export const rangeWord = "to";

/** In the order of ISO 8601: the first is 1. */
export const weekdays = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
