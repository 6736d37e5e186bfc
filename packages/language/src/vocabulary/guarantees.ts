import type { WordRow } from "./words.ts";

/** What stands in a guarantee. */
export const guaranteeEntries = {
  when: {
    form: "when CONDITION",
    doc: "Which mails it speaks of; left out, every mail.",
    example: "when from in vip",
    default: "always",
  },
  never: {
    form: "never OUTCOME or OUTCOME …",
    doc: "None of these ever becomes of such a mail.",
    example: "never create ticket",
    repeatable: true,
  },
  expect: {
    form: "expect OUTCOME or OUTCOME …",
    doc: "One of these becomes of each such mail.",
    example: "expect create ticket or update ticket",
    repeatable: true,
  },
  in: {
    form: "in NAME",
    doc: "Limits it to one set of rules or one mailbox.",
    example: "in incoming",
  },
} as const satisfies Record<string, WordRow>;
export type GuaranteeEntry = keyof typeof guaranteeEntries;

/** What a guarantee may speak of. */
export const outcomes = {
  "create ticket": {
    form: "create ticket { … }",
    doc: "A ticket is created; the block holds conditions on what the rules give it.",
    example: 'never create ticket {\n  priority is "Low"\n}',
  },
  "update ticket": {
    form: "update ticket",
    doc: "A ticket is updated.",
    example: "expect update ticket",
  },
  ignore: { form: "ignore", doc: "The mail is ignored.", example: "never ignore" },
  delete: {
    form: "delete",
    doc: "The mail is deleted, also by after or unmatched.",
    example: "never delete",
  },
  "mark spam": {
    form: "mark spam",
    doc: "The sender is blocked.",
    example: "never mark spam",
  },
  "send mail": { form: "send mail", doc: "A process sends a mail.", example: "never send mail" },
  rule: {
    form: 'rule "…"',
    doc: "That rule ends the search.",
    example: 'expect rule "Support"',
  },
  decided: { form: "decided", doc: "A rule ends the search.", example: "expect decided" },
} as const satisfies Record<string, WordRow>;
export type OutcomeWord = keyof typeof outcomes;

export const outcomeWords: readonly OutcomeWord[] = Object.keys(outcomes).filter(
  (word): word is OutcomeWord => Object.hasOwn(outcomes, word),
);

/** Between two outcomes. */
export const orWord = "or";
