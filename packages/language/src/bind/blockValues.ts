import { report } from "../diagnostics/report.ts";
import type { Item } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { PicklistValue, Placed, Text, TicketBlock } from "../tree/index.ts";
import {
  assignees,
  behalfChoices,
  documentChoices,
  registerKinds,
  type BlockPlace,
} from "../vocabulary/ticketBlock.ts";
import { isAddress } from "./address.ts";
import { checkCapturedWords, useCapture } from "./captureUse.ts";
import type { Captures } from "./captures.ts";
import { bindConditionLines } from "./conditions.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { fieldAt } from "./fieldNames.ts";
import { checkPicklistWord, picklistWords, type PicklistKind } from "./picklists.ts";
import { literalOf } from "./plainText.ts";
import { quoted, replacement } from "./suggestions.ts";
import { bindText, holeOf, plainText, type HolePlace } from "./texts.ts";
import { takeOneOf, wrongValue, type Entry } from "./values.ts";

/** An entry of a ticket's block while its value is read. */
export interface BlockEntry extends Entry {
  /** The entry's word or words. */
  readonly span: Span;
  readonly place: BlockPlace;
  readonly captures: Captures;
}

/** What the holes of a text in the block may hold. */
export function holesIn(place: BlockPlace): HolePlace {
  switch (place) {
    case "create":
    case "update":
    case "set":
      return "rule";
    case "process":
      return "process";
    case "given":
      return "none";
  }
}

/** A text, with holes where the place has values for them. */
export function takeTextValue(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): Text | undefined {
  const item = cursor.takeKind("text");
  if (item === undefined) return wrongText(cursor, context, entry);
  return bindText(item, context, holesIn(entry.place), entry.captures);
}

/** Says that a text was expected, with the fix that makes one of what stands there. */
function wrongText(cursor: Cursor, context: BindContext, entry: BlockEntry): undefined {
  const { item } = cursor;
  const written = textFor(item, entry.place);
  if (item === undefined || written === undefined) {
    return wrongValue(cursor, context, entry, "a text in quotes");
  }
  const fixes = [replacement(`Write ${written}`, item.span, written)];
  const found = item.kind === "word" ? item.text : describe(item);
  context.add(report("MC1124", item.span, { found }, { fixes }));
  cursor.take();
  if (cursor.item?.kind === "unknown") cursor.skipRest();
  return undefined;
}

/** The text that a bare word, number or capture most likely was to be. */
function textFor(item: Item | undefined, place: BlockPlace): string | undefined {
  switch (item?.kind) {
    case "capture":
      return holeOf(`$${item.name}`);
    case "number":
    case "date":
      return quoted(item.raw);
    case "word": {
      const known = fieldAt(item.text, place === "process" ? "process" : "mail");
      const isField = place !== "given" && known !== undefined && known.row.argument === undefined;
      return isField ? holeOf(item.text) : quoted(item.text);
    }
    default:
      return undefined;
  }
}

/** A text that is an address, where it has no holes. */
export function takeAddress(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): Text | undefined {
  const text = takeTextValue(cursor, context, entry);
  return text === undefined || !checkAddress(text, context) ? undefined : text;
}

/** Whether a text is an address or has holes; else that is reported. */
export function checkAddress(text: Text, context: BindContext): boolean {
  const literal = literalOf(text);
  if (literal === undefined || isAddress(literal)) return true;
  context.add(report("MC2119", text.span, { text: literal }));
  return false;
}

/** A word of a picklist in quotes, or a capture that can be nothing but such words. */
export function takePicklistValue(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  kind: Exclude<PicklistKind, "rule" | "mailbox" | "group or agent">,
): PicklistValue | undefined {
  const { item } = cursor;
  if (item?.kind === "capture" && entry.place !== "given") {
    cursor.take();
    const capture = useCapture(item, context, entry.captures);
    if (capture === undefined) return undefined;
    const words = picklistWords(kind, context);
    if (!checkCapturedWords(capture, item.span, words, `a ${kind}`, context)) return undefined;
    return { kind: "capture", span: item.span, name: capture.name };
  }
  if (item?.kind !== "text") return wrongText(cursor, context, entry);
  cursor.take();
  const text = plainText(item, context);
  if (text === undefined || !checkPicklistWord(text.value, text.span, kind, context)) {
    return undefined;
  }
  const word = kind === "agent" ? text.value.toLowerCase() : text.value;
  return { kind: "word", span: text.span, word };
}

export function takeAssignee(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): TicketBlock["assign"] {
  const who = takeOneOf(cursor, context, entry, assignees);
  if (who === undefined) return undefined;
  const value = takePicklistValue(cursor, context, entry, who.value);
  if (value === undefined) return undefined;
  const span: Span = { ...entry.span, end: value.span.end };
  return who.value === "group"
    ? { kind: "group", span, name: value }
    : { kind: "agent", span, address: value };
}

export function takeRegister(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): Placed<"contact" | "lead"> | undefined {
  return takeOneOf(cursor, context, entry, registerKinds);
}

export function takeDocuments(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): TicketBlock["documents"] {
  const choice = takeOneOf(cursor, context, entry, documentChoices);
  if (choice === undefined) return undefined;
  const span: Span = { ...entry.span, end: choice.span.end };
  if (choice.value === "none") return { kind: "none", span };
  const block = cursor.takeKind("block");
  if (block === undefined) {
    return wrongValue(cursor, context, entry, "conditions on an attachment in braces");
  }
  const condition = bindConditionLines(block, context, "attachment");
  return { kind: "except", span: { ...entry.span, end: block.span.end }, condition };
}

export function takeBehalf(
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
): TicketBlock["onBehalfOf"] {
  const { item } = cursor;
  if (item?.kind === "capture") {
    cursor.take();
    const capture = useCapture(item, context, entry.captures);
    if (capture === undefined) return undefined;
    return { kind: "capture", span: { ...entry.span, end: item.span.end }, name: capture.name };
  }
  const choice = takeOneOf(cursor, context, entry, behalfChoices);
  if (choice === undefined) return undefined;
  return { kind: choice.value, span: { ...entry.span, end: choice.span.end } };
}
