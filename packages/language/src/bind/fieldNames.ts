import { report } from "../diagnostics/report.ts";
import type { FieldUse } from "../tree/index.ts";
import {
  elementFields,
  elementNames,
  mailFields,
  processFields,
  sentMailFields,
  ticketFields,
  type ElementFieldName,
  type ElementName,
  type FieldRow,
  type FieldType,
  type MailFieldName,
  type ProcessFieldName,
  type SentMailFieldName,
  type TicketFieldName,
} from "../vocabulary/fields.ts";
import { isOperatorWord } from "../vocabulary/operators.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { inFront, placeInFront } from "./skipping.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { plainText } from "./plainText.ts";

/** Whose fields a condition may ask. */
export type ConditionFields =
  "mail" | "process" | "ticket" | "sent mail" | "attachment" | "address" | "header";

/** Rules and processes look at the mail itself, and may use conditions by name. */
export function takesMail(fields: ConditionFields): boolean {
  return fields === "mail" || fields === "process";
}

/** Which field a word names, and its row. */
export type NamedField = { readonly row: FieldRow } & (
  | { readonly in: "mail"; readonly name: MailFieldName }
  | { readonly in: "process"; readonly name: ProcessFieldName }
  | { readonly in: "ticket"; readonly name: TicketFieldName }
  | { readonly in: "sent mail"; readonly name: SentMailFieldName }
  | { readonly in: "element"; readonly name: ElementFieldName }
);

/** The field that a word names at a place; undefined where it names none. */
export function fieldAt(word: string, fields: ConditionFields): NamedField | undefined {
  switch (fields) {
    case "mail":
      return isKey(mailFields, word)
        ? { in: "mail", name: word, row: mailFields[word] }
        : undefined;
    case "process":
      return isKey(processFields, word)
        ? { in: "process", name: word, row: processFields[word] }
        : fieldAt(word, "mail");
    case "ticket":
      return isKey(ticketFields, word)
        ? { in: "ticket", name: word, row: ticketFields[word] }
        : undefined;
    case "sent mail":
      return isKey(sentMailFields, word)
        ? { in: "sent mail", name: word, row: sentMailFields[word] }
        : undefined;
    case "attachment":
    case "address":
    case "header": {
      const name = `${fields}.${word}`;
      return isKey(elementFields, name)
        ? { in: "element", name, row: elementFields[name] }
        : undefined;
    }
  }
}

/** The fields of a place, as they are written there. */
export function fieldNames(fields: ConditionFields): readonly string[] {
  switch (fields) {
    case "mail":
      return wordsOf(mailFields);
    case "process":
      return [...wordsOf(processFields), ...wordsOf(mailFields)];
    case "ticket":
      return wordsOf(ticketFields);
    case "sent mail":
      return wordsOf(sentMailFields);
    case "attachment":
    case "address":
    case "header":
      return wordsOf(elementFields)
        .filter((name) => name.startsWith(`${fields}.`))
        .map((name) => name.slice(fields.length + 1));
  }
}

/** A field as it is used at one place. */
export interface UsedField {
  readonly use: FieldUse;
  readonly row: FieldRow;
  /** As it is written: `header "X-Id"`. */
  readonly written: string;
}

/** Takes the field in front with its argument; the word is known to name one. */
export function takeField(
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): UsedField | undefined {
  const from = cursor.index;
  const word = cursor.takeWord();
  const field = word === undefined ? undefined : fieldAt(word.text, fields);
  if (word === undefined || field === undefined) return undefined;
  const { row, ...name } = field;
  if (row.argument === undefined) {
    return { use: { ...name, span: cursor.spanFrom(from) }, row, written: word.text };
  }
  const own = row.argument === "own field";
  const argument = own
    ? ownFieldName(word.text, cursor, context)
    : headerName(word.text, cursor, context);
  if (argument === undefined) return undefined;
  const use: FieldUse = { ...name, span: cursor.spanFrom(from), argument };
  const written = `${word.text} ${quoted(argument)}`;
  if (!own) return { use, row, written };
  const type = typeOfOwnField(argument, context);
  return { use: { ...use, type }, row: { ...row, type }, written };
}

/** How an own field is compared: as the helpdesk declares it. */
function typeOfOwnField(name: string, context: BindContext): FieldType {
  switch (context.names.helpdesk.fields.get(name)?.kind) {
    case "number":
      return "number";
    case "date":
      return "moment";
    case "text":
    case "words":
    case undefined:
      return "text";
  }
}

/** The name of a header, in quotes; undefined where there is none or it can be none (reported). */
export function headerName(word: string, cursor: Cursor, context: BindContext): string | undefined {
  const text = takeArgument(word, cursor, context, "the name of a header in quotes");
  if (text === undefined) return undefined;
  if (/^[\x21-\x39\x3b-\x7e]+$/.test(text.value)) return text.value;
  const bare = text.value.replace(/\s*:\s*$/, "");
  const fixes =
    bare !== text.value && /^[\x21-\x39\x3b-\x7e]+$/.test(bare)
      ? [replacement(`Write ${quoted(bare)}`, text.span, quoted(bare))]
      : [];
  context.add(report("MC1119", text.span, { name: text.value }, { fixes }));
  return undefined;
}

/** The name of an own field of tickets, in quotes; undefined where the helpdesk has none of that name (reported). */
export function ownFieldName(
  word: string,
  cursor: Cursor,
  context: BindContext,
): string | undefined {
  const text = takeArgument(word, cursor, context, "the name of an own field in quotes");
  if (text === undefined) return undefined;
  const known = [...context.names.helpdesk.fields.keys()];
  if (known.includes(text.value)) return text.value;
  const list =
    known.length === 0 ? "The helpdesk has no own fields." : `It has: ${known.join(", ")}.`;
  context.add(
    report(
      "MC1120",
      text.span,
      { name: text.value, known: list },
      didYouMean(text.value, text.span, known, quoted),
    ),
  );
  return undefined;
}

function takeArgument(
  word: string,
  cursor: Cursor,
  context: BindContext,
  expected: string,
): ReturnType<typeof plainText> {
  const item = inFront(cursor);
  if (item?.kind === "text") {
    cursor.take();
    return plainText(item, context);
  }
  if (item?.kind === "unknown") return undefined;
  const fixes =
    item?.kind === "word" && !isOperatorWord(item.text)
      ? [replacement("Put it in quotes", item.span, quoted(item.text))]
      : [];
  context.add(
    report("MC1118", placeInFront(cursor), { word, expected, found: describe(item) }, { fixes }),
  );
  return undefined;
}

export function isElementName(word: string): word is ElementName {
  return elementNames.some((name) => name === word);
}

function isKey<T extends object>(rows: T, key: string): key is keyof T & string {
  return Object.hasOwn(rows, key);
}
