import type { TailRow, WordRow } from "./words.ts";

/** What stands in a rule. */
export const ruleEntries = {
  when: {
    form: "when CONDITION",
    doc: "Which mails the rule is for.",
    example: "when always",
  },
  then: {
    form: "then ACTION or then { … }",
    doc: "What is done; several actions stand in braces, an action a line.",
    example: "then create ticket",
  },
} as const satisfies Record<string, WordRow>;
export type RuleEntry = keyof typeof ruleEntries;

/** What a rule may do. */
export const actions = {
  ignore: { form: "ignore", doc: "Does nothing, and ends.", example: "then ignore" },
  "create ticket": {
    form: "create ticket { … }",
    doc: "Opens a ticket; the block says what it is given.",
    example: 'then create ticket {\n  priority "High"\n}',
  },
  "update ticket": {
    form: "update ticket KEY … { … }",
    doc: "The mail becomes a comment on that ticket. Without such a ticket the search goes on.",
    example: "then update ticket $id",
  },
  set: {
    form: "set { … }",
    doc: "Properties for the ticket that a rule below creates; the search goes on.",
    example: 'then set {\n  priority "High"\n}',
  },
  "file under": {
    form: "file under REGISTRY, … by from or by to",
    doc: "Links the mail to those in the registry whose address it is.",
    example: "then file under contact, account by from",
  },
  "mark read": { form: "mark read", doc: "Marks the mail as read.", example: "mark read" },
  "mark unread": { form: "mark unread", doc: "Marks the mail as unread.", example: "mark unread" },
  "mark flagged": { form: "mark flagged", doc: "Flags the mail.", example: "mark flagged" },
  "mark spam": {
    form: "mark spam",
    doc: "Blocks the sender, and ends.",
    example: "then mark spam",
  },
  "move to": {
    form: 'move to "FOLDER"',
    doc: "Moves the mail into a folder.",
    example: 'move to "Done"',
  },
  "copy to": {
    form: 'copy to "FOLDER"',
    doc: "Copies the mail into a folder.",
    example: 'copy to "Archive"',
  },
  delete: { form: "delete", doc: "Deletes the mail.", example: "delete" },
  continue: {
    form: "continue",
    doc: "Last of several: the search goes on with the next rule.",
    example: "then {\n  mark flagged\n  continue\n}",
  },
} as const satisfies Record<string, WordRow>;
export type ActionWord = keyof typeof actions;

export const actionWords: readonly ActionWord[] = Object.keys(actions).filter(
  (word): word is ActionWord => Object.hasOwn(actions, word),
);

/** How `update ticket` finds its ticket, beside a capture. */
export const ticketKeys = {
  code: { form: 'code "…"', doc: "The ticket with that code.", example: 'code "${$object}"' },
  titled: {
    form: 'titled "…"',
    doc: "The ticket with that title, reply and forward prefixes aside.",
    example: 'titled "${subject}"',
  },
  thread: {
    form: "thread",
    doc: "The ticket that the mail answers to, by In-Reply-To and References.",
    example: "update ticket thread",
  },
} as const satisfies Record<string, WordRow>;
export type TicketKeyWord = keyof typeof ticketKeys;

/** What continues `update ticket`, on its line and in this order; the block stands before the last. */
export const updateTails = {
  "from anyone": {
    of: ["update ticket"],
    form: "from anyone",
    doc: "The sender need not take part in the ticket.",
  },
  "unless closed": {
    of: ["update ticket"],
    form: "unless closed or unless closed for DURATION",
    doc: "Such a ticket is not updated; the search goes on.",
  },
  "if closed": {
    of: ["update ticket"],
    form: "if closed ACTION or if closed for DURATION ACTION",
    doc: "Such a ticket is not updated, and this is done instead.",
  },
  otherwise: {
    of: ["update ticket"],
    form: "otherwise ACTION",
    doc: "What is done in every case that is not named before it.",
  },
} as const satisfies Record<string, TailRow>;
export type UpdateTail = keyof typeof updateTails;

export const updateTailWords: readonly UpdateTail[] = Object.keys(updateTails).filter(
  (word): word is UpdateTail => Object.hasOwn(updateTails, word),
);

/** Between `closed` and how long. */
export const closedFor = "for";
/** The registries of `file under`. */
export const fileUnderRegistries = ["contact", "account", "lead", "vendor"] as const;
/** Before whose address it is. */
export const fileUnderBy = "by";
export const fileUnderSides = ["from", "to"] as const;

/** Words of other languages and programs for an action, and how it is said here. */
export const foreignActions: Readonly<Record<string, string>> = {
  stop: "The action ignore ends the search; the first rule that acts ends it anyway.",
  drop: "Write ignore, or delete for the mail itself.",
  discard: "Write ignore, or delete for the mail itself.",
  skip: "Write ignore.",
  do: "To do nothing with a mail, write ignore.",
  next: "Write continue, behind other actions.",
  else: "Write otherwise behind update ticket, or a rule of its own below.",
  open: "Write create ticket.",
  new: "Write create ticket.",
  reply: 'A process answers: process "…" { on ticket created … then send mail { … } }.',
  send: 'A process sends mail: process "…" { on ticket created … then send mail { … } }.',
  call: 'A process calls: process "…" { on ticket created … then call "https://…" }.',
  forward: "A process sends mail, with attach mail.",
  fileinto: 'Write move to "Folder".',
  remove: "Write delete.",
};
