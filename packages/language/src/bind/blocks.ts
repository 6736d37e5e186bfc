import { report } from "../diagnostics/report.ts";
import type { Block } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { TicketBlock } from "../tree/index.ts";
import {
  isRepeatable,
  ticketEntries,
  ticketEntriesOf,
  ticketEntryWords,
  type BlockPlace,
  type TicketEntry,
} from "../vocabulary/ticketBlock.ts";
import { bindEntries, checkOwnLine } from "./block.ts";
import {
  takeAddress,
  takeAssignee,
  takeBehalf,
  takeDocuments,
  takePicklistValue,
  takeRegister,
  takeTextValue,
  type BlockEntry,
} from "./blockValues.ts";
import type { Captures } from "./captures.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeOwnField } from "./ownFields.ts";
import { removal, unknownSetting } from "./settings.ts";

/** Whose block it is; each place has its own words. */
export type TicketBlockPlace = BlockPlace;

type Writable = { -readonly [K in keyof TicketBlock]: TicketBlock[K] };

/** The block that stands where there is none. */
export const emptyTicketBlock: TicketBlock = {
  span: undefined,
  title: undefined,
  description: undefined,
  code: undefined,
  contact: undefined,
  priority: undefined,
  severity: undefined,
  category: undefined,
  status: undefined,
  tags: [],
  assign: undefined,
  fields: [],
  register: undefined,
  addCc: undefined,
  documents: undefined,
  onBehalfOf: undefined,
  internal: undefined,
};

/** How messages call the place. */
const placeNames: Readonly<Record<BlockPlace, string>> = {
  create: "create ticket",
  update: "update ticket",
  set: "set",
  given: "given ticket",
  process: "set",
};

/**
 * Binds what a ticket is given. `extra` is asked first at each entry: it reads one that the caller
 * knows beside the words of the place, and says whether it did.
 */
export function bindTicketBlock(
  block: Block,
  context: BindContext,
  place: TicketBlockPlace,
  captures: Captures,
  extra?: (cursor: Cursor) => boolean,
): TicketBlock {
  const bound: Writable = { ...emptyTicketBlock, span: block.span };
  const seen = new Map<string, Span>();
  const words = ticketEntriesOf(place);
  bindEntries(block, context, (cursor) => {
    const from = cursor.index;
    if (extra?.(cursor) === true) {
      checkOwnLine(block, cursor, from, context);
      return;
    }
    const taken = cursor.takeOneOf(words);
    if (taken === undefined) {
      notOfThisPlace(cursor, context, place, words);
      return;
    }
    const { phrase, span } = taken;
    checkOwnLine(block, cursor, from, context);
    const entry: BlockEntry = {
      word: phrase,
      form: ticketEntries[phrase].form,
      span,
      place,
      captures,
    };
    const first = seen.get(phrase);
    if (first === undefined || isRepeatable(phrase)) {
      seen.set(phrase, span);
      bindEntry(phrase, cursor, context, entry, bound);
      return;
    }
    const thrownAway: Writable = { ...emptyTicketBlock };
    bindEntry(phrase, cursor, context, entry, thrownAway);
    context.add(
      report(
        "MC2102",
        span,
        { word: phrase, place: placeNames[place] },
        {
          related: [{ span: first, message: "it stands here first" }],
          fixes: [
            removal(cursor.line, from, cursor.spanFrom(from), `Take the second ${phrase} out`),
          ],
        },
      ),
    );
  });
  if (block.lines.length === 0 && block.closed && place !== "given") {
    const fixes =
      place === "create" || place === "update"
        ? [{ title: "Take the braces out", edits: [{ span: block.span, text: "" }] }]
        : [];
    context.add(report("MC1408", block.span, { word: placeNames[place] }, { fixes }));
  }
  return bound;
}

function notOfThisPlace(
  cursor: Cursor,
  context: BindContext,
  place: BlockPlace,
  words: readonly TicketEntry[],
): void {
  const other = cursor.takeOneOf(ticketEntryWords);
  if (other === undefined) {
    unknownSetting(cursor, context, placeNames[place], words);
    return;
  }
  const holes = { word: other.phrase, place: placeNames[place], known: words.join(", ") };
  const { phrase, span } = other;
  context.add(
    report(
      "MC1420",
      span,
      holes,
      place === "update" && phrase === "description"
        ? { help: "The mail becomes a comment; its text is that of the mail." }
        : {},
    ),
  );
  cursor.skipRest();
}

function bindEntry(
  word: TicketEntry,
  cursor: Cursor,
  context: BindContext,
  entry: BlockEntry,
  bound: Writable,
): void {
  switch (word) {
    case "title":
    case "description":
    case "code":
      bound[word] = takeTextValue(cursor, context, entry);
      return;
    case "contact":
      bound.contact = takeAddress(cursor, context, entry);
      return;
    case "priority":
    case "severity":
    case "category":
    case "status":
      bound[word] = takePicklistValue(cursor, context, entry, word);
      return;
    case "tag": {
      const text = takeTextValue(cursor, context, entry);
      if (text !== undefined) bound.tags = [...bound.tags, text];
      return;
    }
    case "assign":
      bound.assign = takeAssignee(cursor, context, entry);
      return;
    case "field": {
      const field = takeOwnField(cursor, context, entry);
      if (field === undefined) return;
      const first = bound.fields.find(({ name }) => name.value === field.name.value);
      if (first === undefined) {
        bound.fields = [...bound.fields, field];
        return;
      }
      const holes = {
        word: field.name.value,
        place: `the fields of ${placeNames[entry.place]}`,
      };
      const related = [{ span: first.name.span, message: "it stands here first" }];
      context.add(report("MC2102", field.name.span, holes, { related }));
      return;
    }
    case "register":
      bound.register = takeRegister(cursor, context, entry);
      return;
    case "add cc":
      bound.addCc = entry.span;
      return;
    case "documents":
      bound.documents = takeDocuments(cursor, context, entry);
      return;
    case "on behalf of":
      bound.onBehalfOf = takeBehalf(cursor, context, entry);
      return;
    case "internal":
      bound.internal = entry.span;
      return;
  }
}
