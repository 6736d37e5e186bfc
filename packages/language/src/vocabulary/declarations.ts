import type { WordRow } from "./words.ts";

/** How a declaration is named: not at all, by a bare name, by a text. */
export type Naming = "none" | "bare" | "text";

export interface DeclarationRow extends WordRow {
  readonly named: Naming;
  /** What a message calls one of its kind, with its article. */
  readonly one: string;
}

/** What may stand at the top of a file. */
export const declarations = {
  import: {
    named: "none",
    one: "an import",
    form: 'import "./file.mcrules"',
    doc: "Makes the names that the file declares visible here, but not those it imports.",
    example: 'import "./lists.mcrules"',
  },
  helpdesk: {
    named: "none",
    one: "a helpdesk",
    form: "helpdesk { … }",
    doc: "The helpdesk's settings; once in a project.",
    example: 'helpdesk {\n  zone "Europe/Rome"\n}',
  },
  agent: {
    named: "text",
    one: "an agent",
    form: 'agent "ADDRESS" { name "…" signature """…""" smtp … }',
    doc: "Somebody who answers tickets.",
    example: 'agent "marco@example.it" {\n  name "Marco"\n}',
  },
  list: {
    named: "bare",
    one: "a list",
    form: 'list NAME = ["…"], or list NAME from "FILE"',
    doc: "Values under a name. A file has a value a line; comments and blank lines are skipped.",
    example: 'list suppliers = ["aruba.it", "register.it"]',
  },
  condition: {
    named: "bare",
    one: "a condition",
    form: "condition NAME = CONDITION",
    doc: "A condition under a name, for every place where a condition may stand.",
    example: 'condition urgent = subject contains "urgent"',
  },
  calendar: {
    named: "bare",
    one: "a calendar",
    form: "calendar NAME { … }",
    doc: "Hours in which the helpdesk is open, in its zone.",
    example: "calendar office {\n  open Monday to Friday 09:00 to 18:00\n}",
  },
  mailbox: {
    named: "bare",
    one: "a mailbox",
    form: "mailbox NAME { … }",
    doc: "Where mail comes from, and which rules it meets.",
    example: 'mailbox support {\n  files "mail"\n  apply incoming\n}',
  },
  rules: {
    named: "bare",
    one: "a set of rules",
    form: "rules NAME { rule … }",
    doc: "Rules in an order; the order is their priority.",
    example: 'rules incoming {\n  rule "All" {\n    when always\n    then create ticket\n  }\n}',
  },
  process: {
    named: "text",
    one: "a process",
    form: 'process "…" { on … when … then … }',
    doc: "What happens after a ticket was created or updated.",
    example:
      'process "Notice" {\n  on ticket created\n  when always\n  then set {\n    tag "new"\n  }\n}',
  },
  guarantee: {
    named: "text",
    one: "a guarantee",
    form: 'guarantee "…" { when … never … expect … }',
    doc: "What holds for every mail; proved, or refuted by a mail.",
    example: 'guarantee "nothing is lost" {\n  expect decided\n}',
  },
  test: {
    named: "text",
    one: "a test",
    form: 'test "…" { given … receive … expect … }',
    doc: "Mails, and what has to become of them.",
    example: 'test "a request" {\n  receive "mail/request.eml"\n  expect ticket created\n}',
  },
} as const satisfies Record<string, DeclarationRow>;

export type DeclarationWord = keyof typeof declarations;

/** What stands in a set of rules. */
export const ruleWord = "rule";

/** What stands between the name of a list and the file that holds it. */
export const fromFile = "from";

/** The end of the name of a file in the language. */
export const fileEnding = ".mcrules";
