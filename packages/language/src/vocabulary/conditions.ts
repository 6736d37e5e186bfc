import type { MailFlagWord } from "../tree/conditions.ts";
import type { WordRow } from "./words.ts";

/** What a condition may begin with, beside a field and the name of a condition. */
export const conditionWords = {
  all: {
    form: "all { … }",
    doc: "Holds where every condition in it holds; a condition a line.",
    example: 'all {\n  from.domain is "example.it"\n  mail is forward\n}',
  },
  any: {
    form: "any { … }",
    doc: "Holds where at least one condition in it holds; a condition a line.",
    example: 'any {\n  subject contains "invoice"\n  body contains "invoice"\n}',
  },
  not: {
    form: "not CONDITION",
    doc: "Holds where the condition behind it does not.",
    example: 'not to contains "info@"',
  },
  always: { form: "always", doc: "Holds for every mail.", example: "always" },
  some: {
    form: "some X { … }",
    doc: "Holds where one value meets everything in the braces.",
    example: 'some attachment {\n  name ends with ".exe"\n  size > 1 MB\n}',
  },
  every: {
    form: "every X { … }",
    doc: "Holds where each value meets everything in the braces, and where there is none.",
    example: 'every recipient {\n  domain is "example.it"\n}',
  },
  no: {
    form: "no X { … }",
    doc: "Holds where no value meets everything in the braces.",
    example: 'no attachment {\n  type is "application/pdf"\n}',
  },
  mail: {
    form: "mail is FLAG",
    doc: "Asks what kind of mail it is.",
    example: "mail is automatic",
  },
} as const satisfies Record<string, WordRow>;

export type ConditionWord = keyof typeof conditionWords;

/** Between `mail` and its flag. */
export const flagOperator = "is";

/** What `mail is` may ask. */
export const mailFlags = {
  automatic: {
    form: "mail is automatic",
    doc: "Made by a program: Auto-Submitted, Precedence, an empty Return-Path, every bounce.",
    example: "mail is automatic",
  },
  bounce: {
    form: "mail is bounce",
    doc: "A report that a mail could not be delivered.",
    example: "mail is bounce",
  },
  bulk: {
    form: "mail is bulk",
    doc: "Sent to many: List-Id, List-Unsubscribe, Precedence bulk, junk or list.",
    example: "mail is bulk",
  },
  reply: {
    form: "mail is reply",
    doc: "In-Reply-To, References, or a reply prefix in the subject.",
    example: "mail is reply",
  },
  forward: {
    form: "mail is forward",
    doc: "A forward prefix in the subject, or an attached mail and no In-Reply-To.",
    example: "mail is forward",
  },
  signed: {
    form: "mail is signed",
    doc: "Of an S/MIME or PGP signed kind; says nothing of its worth.",
    example: "mail is signed",
  },
  encrypted: {
    form: "mail is encrypted",
    doc: "Of an S/MIME or PGP encrypted kind.",
    example: "mail is encrypted",
  },
  spam: {
    form: "mail is spam",
    doc: "Marked by a spam filter: X-Spam-Flag, X-Spam-Status, SCL 5 and above.",
    example: "mail is spam",
  },
} as const satisfies Record<MailFlagWord, WordRow>;

/** Ways to deny that other languages have; here `not` stands before the condition. */
export const negations: readonly { readonly words: string; readonly plain: string }[] = [
  { words: "is not in", plain: "in" },
  { words: "is not", plain: "is" },
  { words: "isnt", plain: "is" },
  { words: "not in", plain: "in" },
  { words: "not is", plain: "is" },
  { words: "not contains", plain: "contains" },
  { words: "not contain", plain: "contains" },
  { words: "does not contain", plain: "contains" },
  { words: "does not contains", plain: "contains" },
  { words: "doesnt contain", plain: "contains" },
  { words: "not matches", plain: "matches" },
  { words: "does not match", plain: "matches" },
  { words: "does not matches", plain: "matches" },
  { words: "not starts with", plain: "starts with" },
  { words: "does not start with", plain: "starts with" },
  { words: "not ends with", plain: "ends with" },
  { words: "does not end with", plain: "ends with" },
  { words: "not exists", plain: "exists" },
  { words: "does not exist", plain: "exists" },
  { words: "not under", plain: "under" },
  { words: "is not under", plain: "under" },
  { words: "not before", plain: "before" },
  { words: "not after", plain: "after" },
  { words: "not on", plain: "on" },
  { words: "not during", plain: "during" },
];

/** Operators as other languages or other forms of the word have them, and the one that is meant. */
export const foreignOperators: Readonly<Record<string, string>> = {
  "=": "is",
  equals: "is",
  equal: "is",
  eq: "is",
  are: "is",
  contain: "contains",
  includes: "contains",
  include: "contains",
  has: "contains",
  like: "contains",
  match: "matches",
  regex: "matches",
  regexp: "matches",
  startswith: "starts with",
  startsWith: "starts with",
  "starts-with": "starts with",
  "begins with": "starts with",
  begins: "starts with",
  endswith: "ends with",
  endsWith: "ends with",
  "ends-with": "ends with",
  "start with": "starts with",
  "end with": "ends with",
  "is in": "in",
  "is one of": "in",
  "is before": "before",
  "is after": "after",
  "is on": "on",
  "is under": "under",
  "is during": "during",
  exist: "exists",
  present: "exists",
  gt: ">",
  lt: "<",
  over: ">",
  below: "<",
  "greater than": ">",
  "less than": "<",
  "is greater than": ">",
  "is less than": "<",
  "older than": ">",
  "newer than": "<",
};

/** Words that join conditions in other languages, and the group that joins them here. */
export const joiners: Readonly<Record<string, "all" | "any" | "none">> = {
  and: "all",
  AND: "all",
  or: "any",
  OR: "any",
  xor: "none",
};

/** Words of other languages in a condition, and how it is said here. */
export const foreignConditionWords: Readonly<Record<string, string>> = {
  and: "write all { … } with a condition a line",
  or: "write any { … } with a condition a line",
  AND: "write all { … } with a condition a line",
  OR: "write any { … } with a condition a line",
  NOT: "write not before the condition",
  xor: "write any { … } and all { … } with a condition a line",
  if: "a rule's condition stands behind when",
  unless: "write not before the condition",
  true: "write always",
  otherwise: "it continues an update ticket, on its line",
  else: "write a rule of its own below, or otherwise behind update ticket",
  elif: "write a rule of its own below",
  none: "write no X { … } or not any { … }",
  each: "write every X { … }",
  exists: "the field stands first: reply-to exists",
};
