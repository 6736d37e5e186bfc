import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { Expression, OwnFieldType, OwnFieldValue, TicketBlock } from "../tree/index.ts";
import { isOnlyDigits } from "../pattern/language.ts";
import { mailFields, type MailFieldName } from "../vocabulary/fields.ts";
import { fromNow, hoursOf } from "../vocabulary/ticketBlock.ts";
import { isDurationWord } from "../vocabulary/units.ts";
import { holesIn, type BlockEntry } from "./blockValues.ts";
import { checkCapturedWords } from "./captureUse.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { fieldAt, ownFieldName } from "./fieldNames.ts";
import { whenOf } from "./operands.ts";
import { declaredAt } from "./picklists.ts";
import { literalOf } from "./plainText.ts";
import { takeCalendar } from "./references.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { bindText, takeExpression } from "./texts.ts";
import { takeTime, wrongValue } from "./values.ts";

/** `"NAME" VALUE`, behind the word `field`: the value has to fit the type that the helpdesk declares. */
export function takeOwnField(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): TicketBlock["fields"][number] | undefined {
  const nameItem = cursor.item;
  const name = ownFieldName(entry.word, cursor, context);
  const type = name === undefined ? undefined : context.names.helpdesk.fields.get(name);
  if (name === undefined || nameItem === undefined || type === undefined) {
    if (nameItem?.kind === "text") skipValue(cursor);
    else cursor.skipRest();
    return undefined;
  }
  const value = takeValue(cursor, context, entry, name, type);
  if (value === undefined) return undefined;
  const span: Span = { ...entry.span, end: value.span.end };
  return { span, name: { value: name, span: nameItem.span }, value };
}

/** Passes over the value of a field that nobody declares, but not over the entry behind it. */
function skipValue(cursor: Cursor): void {
  if (cursor.takePhrase(fromNow) === undefined) {
    const word = cursor.takeWord();
    if (word === undefined) cursor.take();
    else if (fieldAt(word.text, "process")?.row.argument !== undefined) cursor.takeKind("text");
    return;
  }
  cursor.takeKind("number");
  if (cursor.item?.kind === "word" && isDurationWord(cursor.item.text)) cursor.take();
  if (cursor.takePhrase(hoursOf) !== undefined) cursor.takeWord();
}

function takeValue(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  name: string,
  type: OwnFieldType,
): OwnFieldValue | undefined {
  const { item } = cursor;
  switch (item?.kind) {
    case "text":
      return takeTextOf(cursor, context, entry, name, type);
    case "number":
      cursor.take();
      if (type.kind === "number") return { kind: "number", span: item.span, value: item.value };
      return mismatch(item.span, context, name, type, describe(item), quoted(item.raw));
    case "date":
      cursor.take();
      if (type.kind === "date") return { kind: "when", span: item.span, value: whenOf(item) };
      return mismatch(item.span, context, name, type, describe(item), quoted(item.raw));
    case "capture":
      return takeExpressionOf(cursor, context, entry, name, type);
    case "word":
      return item.text === fromNow
        ? takeDistance(cursor, context, entry, name, type)
        : takeExpressionOf(cursor, context, entry, name, type);
    default:
      return wrongValue(cursor, context, entry, wanted(type));
  }
}

function wanted(type: OwnFieldType): string {
  switch (type.kind) {
    case "text":
      return "a text in quotes";
    case "number":
      return "a number";
    case "date":
      return "a date, or a distance such as in 2 days";
    case "words":
      return `one of ${type.words.map(quoted).join(", ")}`;
  }
}

function mismatch(
  span: Span,
  context: BindContext,
  name: string,
  type: OwnFieldType,
  found: string,
  instead?: string,
): undefined {
  const fixes = instead === undefined ? [] : [replacement(`Write ${instead}`, span, instead)];
  const holes = { name, expected: wanted(type), found };
  context.add(report("MC1206", span, holes, { fixes }));
  return undefined;
}

function takeTextOf(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  name: string,
  type: OwnFieldType,
): OwnFieldValue | undefined {
  const item = cursor.takeKind("text");
  if (item === undefined) return undefined;
  const text = bindText(item, context, holesIn(entry.place), entry.captures);
  if (type.kind === "text") return { kind: "text", span: item.span, text };
  const word = literalOf(text);
  if (type.kind === "words" && word !== undefined) {
    if (type.words.includes(word)) return { kind: "text", span: item.span, text };
    const known = `There is: ${type.words.map(quoted).join(", ")}.`;
    const extras = didYouMean(word, item.span, type.words, quoted);
    context.add(
      report(
        "MC1131",
        item.span,
        { kind: `value of field ${quoted(name)}:`, word, known },
        { ...extras, related: declaredAt(`field ${quoted(name)}`, context) },
      ),
    );
    return undefined;
  }
  const [only] = text.parts;
  const holed = text.parts.length === 1 && typeof only !== "string" ? only : undefined;
  if (holed?.expression.kind === "capture") {
    const bare = `$${holed.expression.name}`;
    const fixes = [replacement(`Write ${bare}`, item.span, bare)];
    const holes = { name, expected: wanted(type), found: "a text" };
    context.add(report("MC1206", item.span, holes, { fixes }));
    return undefined;
  }
  return mismatch(item.span, context, name, type, "a text", bareValue(word, type));
}

/** What a text in quotes is without them, where that is a value of the type. */
function bareValue(word: string | undefined, type: OwnFieldType): string | undefined {
  if (word === undefined) return undefined;
  const { kind } = type;
  if (kind === "number") return /^\d{1,15}(\.\d{1,15})?$/.test(word) ? word : undefined;
  return kind === "date" && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(word)
    ? word
    : undefined;
}

function takeExpressionOf(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  name: string,
  type: OwnFieldType,
): OwnFieldValue | undefined {
  const place = holesIn(entry.place);
  if (place === "none") return wrongValue(cursor, context, entry, wanted(type));
  const { item } = cursor;
  const expression = takeExpression(cursor, context, place, entry.captures);
  if (expression === undefined || item === undefined) return undefined;
  if (!fits(expression, context, entry, type, name)) return undefined;
  return { kind: "expression", span: expression.span, expression };
}

function fits(
  expression: Expression,
  context: BindContext,
  entry: BlockEntry,
  type: OwnFieldType,
  name: string,
): boolean {
  if (type.kind === "text") return true;
  if (expression.kind === "capture") {
    const capture = entry.captures.byName.get(expression.name);
    if (capture === undefined) return true;
    if (type.kind === "words") {
      const what = `a value of field ${quoted(name)}`;
      return checkCapturedWords(capture, expression.span, type.words, what, context);
    }
    const digits = capture.groups.every(({ group }) => isOnlyDigits(group.node));
    if (type.kind === "number" && digits) return true;
  }
  if (expression.kind === "mail field" && isOfType(expression.field, type)) return true;
  mismatch(expression.span, context, name, type, "a value that may be something else");
  return false;
}

function isOfType(field: MailFieldName, type: OwnFieldType): boolean {
  const fieldType = mailFields[field].type;
  if (type.kind === "number") return fieldType === "number" || fieldType === "size";
  return type.kind === "date" && fieldType === "moment";
}

/** `in 2 days`, `in 4 hours of office`: from when the mail was received. */
function takeDistance(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  name: string,
  type: OwnFieldType,
): OwnFieldValue | undefined {
  const from = cursor.index;
  cursor.take();
  const time = takeTime(cursor, context, entry);
  if (time === undefined) return undefined;
  let calendar: Extract<OwnFieldValue, { kind: "in" }>["calendar"];
  if (cursor.takePhrase(hoursOf) !== undefined) {
    const word = cursor.takeWord();
    if (word === undefined) return wrongValue(cursor, context, entry, "the name of a calendar");
    const declaration = takeCalendar(word, context);
    if (declaration === undefined) return undefined;
    calendar = { name: word.text, calendar: declaration };
  }
  const span = cursor.spanFrom(from);
  if (type.kind !== "date") return mismatch(span, context, name, type, "a distance in time");
  const { duration, unit, amount } = time;
  return { kind: "in", span, duration, unit, amount, calendar };
}
