import type { FieldRow, FieldType } from "./fields.ts";

/** What stands on the right of an operator. */
export type OperandForm =
  /** One text or several. */
  | "texts"
  /** The name of a list; of an address also a registry. */
  | "list name"
  | "pattern"
  /** A number with the unit that the field has. */
  | "number"
  | "moment"
  | "calendar name"
  | "nothing";

export interface OperatorRow {
  /** The types of field that have it. */
  readonly of: readonly FieldType[];
  /** Fields that have it although others of their type have not. */
  readonly onlyField?: string;
  readonly operand: OperandForm;
  readonly doc: string;
  readonly example: string;
}

const texts = ["text", "address", "domain", "header", "tag", "mailbox"] as const;
const numbers = ["number", "size", "duration"] as const;
/** Fields whose values are words of a fixed or declared list. */
const words = [
  "authentication",
  "pec",
  "status",
  "priority",
  "severity",
  "category",
  "rule",
  "assigned",
] as const;
const declaredWords = ["status", "priority", "severity", "category", "assigned"] as const;

/** The operators in the order in which messages list them. */
export const operators = {
  is: {
    of: [...texts, ...words, ...numbers],
    operand: "texts",
    doc: "Equal; letter case does not count. With a list written out: any of it.",
    example: 'subject is "Order"',
  },
  contains: {
    of: texts,
    operand: "texts",
    doc: "The text stands somewhere in it; letter case does not count.",
    example: 'subject contains "invoice"',
  },
  "starts with": {
    of: texts,
    operand: "texts",
    doc: "It begins with the text; letter case does not count.",
    example: 'subject starts with "[Contact form]"',
  },
  "ends with": {
    of: texts,
    operand: "texts",
    doc: "It ends with the text; letter case does not count.",
    example: 'attachment.name ends with ".pdf"',
  },
  under: {
    of: ["domain"],
    operand: "texts",
    doc: "That domain or one below it.",
    example: 'from.domain under "example.it"',
  },
  matches: {
    of: texts,
    operand: "pattern",
    doc: "The pattern matches somewhere in it; letter case counts unless /…/i.",
    example: "subject matches /Ticket Id: (?<id>[0-9]+)\\b/",
  },
  in: {
    of: [...texts, ...declaredWords],
    operand: "list name",
    doc: "One of the values of a list by its name; of an address also of a registry.",
    example: "from in contacts",
  },
  "<": {
    of: [...numbers, "header"],
    operand: "number",
    doc: "Less than the number.",
    example: "size < 10 MB",
  },
  "<=": {
    of: [...numbers, "header"],
    operand: "number",
    doc: "The number or less.",
    example: "size <= 10 MB",
  },
  ">": {
    of: [...numbers, "header"],
    operand: "number",
    doc: "More than the number.",
    example: "attachments > 3",
  },
  ">=": {
    of: [...numbers, "header"],
    operand: "number",
    doc: "The number or more.",
    example: 'header "X-Spam-Score" >= 5.3',
  },
  before: {
    of: ["moment"],
    operand: "moment",
    doc: "Before the moment, or before the day begins.",
    example: "date before 2026-01-01",
  },
  after: {
    of: ["moment"],
    operand: "moment",
    doc: "After the moment, or after the day's end.",
    example: "received after 2026-01-31T09:30+01:00",
  },
  on: {
    of: ["moment"],
    operand: "moment",
    doc: "Within the day, or at the very moment.",
    example: "received on 2026-01-31",
  },
  during: {
    of: ["moment"],
    onlyField: "received",
    operand: "calendar name",
    doc: "Within the open hours of a calendar.",
    example: "received during office",
  },
  exists: {
    of: [...texts, ...words, ...numbers, "moment"],
    operand: "nothing",
    doc: "There is one; for fields that may have no value.",
    example: "reply-to exists",
  },
} as const satisfies Record<string, OperatorRow>;

export type OperatorWord = keyof typeof operators;

const operatorTable: Readonly<Record<OperatorWord, OperatorRow>> = operators;

/** Every operator, in the order in which messages list them. */
export const operatorWords: readonly OperatorWord[] = keysOf(operators);

export function isOperatorWord(word: string): word is OperatorWord {
  return Object.hasOwn(operators, word);
}

/** The operators that a field has. */
export function operatorsOf(field: string, row: FieldRow): readonly OperatorWord[] {
  return operatorWords.filter((word) => {
    const { of, onlyField } = operatorTable[word];
    if (onlyField !== undefined && onlyField !== field) return false;
    if (word === "exists" && row.cardinality === "one") return false;
    return of.includes(row.type);
  });
}

/** The words that `spf`, `dkim` and `dmarc` may be. */
export const authenticationWords = [
  "pass",
  "fail",
  "softfail",
  "neutral",
  "none",
  "temperror",
  "permerror",
] as const;

/** The words that `pec.kind` may be. */
export const pecWords = [
  "message",
  "anomaly",
  "acceptance",
  "refusal",
  "takeover",
  "delivery",
  "failure",
  "delay",
  "virus",
] as const;

function keysOf<T extends object>(rows: T): readonly (keyof T & string)[] {
  return Object.keys(rows).filter((key): key is keyof T & string => Object.hasOwn(rows, key));
}
