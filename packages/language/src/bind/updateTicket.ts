import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { Action, ClosedClause, TicketBlock, TicketKey, UpdateTicket } from "../tree/index.ts";
import {
  closedFor,
  ticketKeys,
  updateTails,
  updateTailWords,
  type UpdateTail,
} from "../vocabulary/actions.ts";
import { bindTicketBlock, emptyTicketBlock } from "./blocks.ts";
import { checkTicketId, useCapture } from "./captureUse.ts";
import type { Captures } from "./captures.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { literalOf } from "./plainText.ts";
import { before, didYouMean, replacement } from "./suggestions.ts";
import { bindText, intoText } from "./texts.ts";
import { takeTime } from "./values.ts";

/** Binds the actions that `if closed` and `otherwise` end with; `behind` is the word in front of them. */
type BindInner = (cursor: Cursor, behind: string) => readonly Action[];

/** Binds `update ticket`, its words being read: the key, the tails in their order, the block. */
export function bindUpdateTicket(
  from: number,
  words: Span,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  inner: BindInner,
): UpdateTicket | undefined {
  const key = takeKey(words, cursor, context, captures);
  const tails = new Tails();
  for (;;) {
    const { item } = cursor;
    const tail = updateTailWords.find((word) => cursor.isPhrase(word));
    if (tail !== undefined) takeTail(tail, tails, cursor, context, inner);
    else if (item?.kind === "block") takeBlock(tails, cursor, context, captures);
    else {
      mistakenTail(cursor, context);
      break;
    }
  }
  warnOfOtherwise(tails, context);
  if (key === undefined) return undefined;
  const { fromAnyone, closed, block, otherwise } = tails;
  return {
    kind: "update ticket",
    span: cursor.spanFrom(from),
    key,
    fromAnyone,
    closed,
    block: block ?? emptyTicketBlock,
    otherwise,
  };
}

/** What was read behind the key so far. */
class Tails {
  fromAnyone = false;
  closed: ClosedClause | undefined;
  block: TicketBlock | undefined;
  otherwise: readonly Action[] | undefined;
  otherwiseSpan: Span | undefined;
  readonly seen: { readonly tail: UpdateTail | "{ … }"; readonly span: Span }[] = [];
}

/** The order in which the tails and the block stand. */
const order: Readonly<Record<UpdateTail | "{ … }", number>> = {
  "from anyone": 0,
  "unless closed": 1,
  "if closed": 1,
  "{ … }": 2,
  otherwise: 3,
};

/** Reports a tail that stands there already, or behind one that it has to stand before. */
function checkOrder(
  tail: UpdateTail | "{ … }",
  span: Span,
  tails: Tails,
  context: BindContext,
): void {
  const place = order[tail];
  const same = tails.seen.find((other) => order[other.tail] === place);
  const later = tails.seen.find((other) => order[other.tail] > place);
  if (same !== undefined) {
    const related = [{ span: same.span, message: "it stands here first" }];
    const holes = { tail, first: same.tail };
    const out = [{ tail, span }, same].find((one) => isWhole(one.tail));
    const fixes =
      out === undefined
        ? []
        : [replacement(`Take "${out.tail}" out`, withBlank(out.span, context), "")];
    context.add(report("MC1417", span, holes, { related, fixes }));
  } else if (later !== undefined) {
    const related = [{ span: later.span, message: `"${later.tail}" stands here` }];
    const edits = [
      { span: before(later.span), text: `${tail} ` },
      { span: withBlank(span, context), text: "" },
    ];
    const fixes = isWhole(tail) ? [{ title: `Move "${tail}" there`, edits }] : [];
    context.add(report("MC1416", span, { tail, later: later.tail }, { related, fixes }));
  }
  tails.seen.push({ tail, span });
}

/** Whether nothing belongs to the tail but its own words. */
function isWhole(tail: UpdateTail | "{ … }"): boolean {
  return tail === "from anyone" || tail === "unless closed";
}

/** The place with the blanks before it. */
function withBlank(span: Span, { text }: BindContext): Span {
  const blanks = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
  return { ...span, start: span.start - blanks };
}

function takeTail(
  tail: UpdateTail,
  tails: Tails,
  cursor: Cursor,
  context: BindContext,
  inner: BindInner,
): void {
  const from = cursor.index;
  const span = cursor.takePhrase(tail) ?? cursor.here;
  checkOrder(tail, span, tails, context);
  switch (tail) {
    case "from anyone":
      tails.fromAnyone = true;
      return;
    case "unless closed":
    case "if closed": {
      const closed = takeClosed(tail, from, cursor, context, inner);
      tails.closed ??= closed;
      return;
    }
    case "otherwise": {
      const actions = inner(cursor, tail);
      tails.otherwise ??= actions;
      tails.otherwiseSpan ??= span;
      return;
    }
  }
}

/** A tail whose first word stands there without its second. */
function mistakenTail(cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item?.kind !== "word") return;
  const meant = updateTailWords.find((tail) => tail.startsWith(`${item.text} `));
  if (meant === undefined) return;
  cursor.take();
  const wrong = cursor.item;
  if (wrong?.kind !== "unknown") {
    const second = meant.slice(item.text.length + 1);
    const holes = { word: item.text, expected: second, found: describe(wrong) };
    const extras = wrong?.kind === "word" ? didYouMean(wrong.text, wrong.span, [second]) : {};
    context.add(report("MC2103", cursor.here, { ...holes, form: updateTails[meant].form }, extras));
  }
  cursor.skipRest();
}

function takeBlock(tails: Tails, cursor: Cursor, context: BindContext, captures: Captures): void {
  const block = cursor.takeKind("block");
  if (block === undefined) return;
  checkOrder("{ … }", { ...block.span, end: block.span.start + 1 }, tails, context);
  const bound = bindTicketBlock(block, context, "update", captures);
  tails.block ??= bound;
}

function takeClosed(
  tail: "unless closed" | "if closed",
  from: number,
  cursor: Cursor,
  context: BindContext,
  inner: BindInner,
): ClosedClause {
  let longerThan: ClosedClause["longerThan"];
  if (cursor.takePhrase(closedFor) !== undefined) {
    const entry = { word: `${tail} ${closedFor}`, form: updateTails[tail].form };
    const time = takeTime(cursor, context, entry);
    const span = cursor.spanFrom(from);
    if (time === undefined) {
      return { kind: "if", span, longerThan: undefined, actions: [{ kind: "broken", span }] };
    }
    longerThan = time.duration;
  }
  if (tail === "unless closed") return { kind: "unless", span: cursor.spanFrom(from), longerThan };
  const actions = inner(cursor, tail);
  return { kind: "if", span: cursor.spanFrom(from), longerThan, actions };
}

/** `unless closed otherwise ACTION` does the action in every other case too, where `if closed ACTION` was meant. */
function warnOfOtherwise(tails: Tails, context: BindContext): void {
  const { closed, otherwise, otherwiseSpan } = tails;
  if (closed?.kind !== "unless" || otherwise === undefined || otherwiseSpan === undefined) return;
  const words: Span = { ...closed.span, end: closed.span.start + unlessClosed.length };
  const fixes =
    tails.block === undefined
      ? [
          {
            title: "Do it only where the ticket is closed",
            edits: [
              { span: words, text: ifClosed },
              {
                span: { ...otherwiseSpan, start: closed.span.end },
                text: "",
              },
            ],
          },
        ]
      : [];
  const related = [{ span: closed.span, message: "the closed ticket's case" }];
  context.add(report("MC3103", otherwiseSpan, {}, { fixes, related }));
}

const unlessClosed: UpdateTail = "unless closed";
const ifClosed: UpdateTail = "if closed";

function takeKey(
  words: Span,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): TicketKey | undefined {
  const { item } = cursor;
  if (item?.kind === "capture") {
    cursor.take();
    const capture = useCapture(item, context, captures);
    if (capture === undefined || !checkTicketId(capture, item.span, context)) return undefined;
    return { kind: "id", span: item.span, capture: capture.name };
  }
  const keys = wordsOf(ticketKeys);
  const taken = cursor.takeOneOf(keys);
  if (taken !== undefined) {
    if (taken.phrase === "thread") return { kind: "thread", span: taken.span };
    return takeTextKey(taken.phrase, taken.span, cursor, context, captures);
  }
  if (item?.kind === "number" || item?.kind === "text") {
    cursor.take();
    context.add(report("MC1418", item.span, { found: describe(item) }));
    return undefined;
  }
  if (item?.kind === "unknown") return undefined;
  const isTail = updateTailWords.some((word) => cursor.isPhrase(word));
  const place = item?.kind === "word" && !isTail ? item.span : words;
  const extras =
    item?.kind !== "word" || isTail
      ? {}
      : captures.byName.has(item.text)
        ? {
            help: `Write $${item.text}.`,
            fixes: [replacement(`Write $${item.text}`, item.span, `$${item.text}`)],
          }
        : didYouMean(item.text, item.span, keys);
  const found = isTail || item === undefined ? "nothing" : describe(item);
  context.add(report("MC1421", place, { found }, extras));
  if (item?.kind === "word" && !isTail) {
    cursor.take();
    // The text of a key whose word is misspelt.
    cursor.takeKind("text");
  }
  return undefined;
}

function takeTextKey(
  word: "code" | "titled",
  span: Span,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): TicketKey | undefined {
  const { item } = cursor;
  if (item?.kind === "capture") {
    cursor.take();
    const fixes = [intoText(item.span, `$${item.name}`)];
    context.add(report("MC1124", item.span, { found: describe(item) }, { fixes }));
    return undefined;
  }
  if (item?.kind !== "text") {
    if (item?.kind !== "unknown") {
      const holes = { word, expected: "a text in quotes", found: describe(item) };
      context.add(report("MC2103", cursor.here, { ...holes, form: ticketKeys[word].form }));
    }
    return undefined;
  }
  cursor.take();
  const text = bindText(item, context, "rule", captures);
  const holes = item.parts.some((part) => part.kind === "hole");
  if (!holes && literalOf(text)?.trim() === "") {
    context.add(report("MC1422", item.span, { word }));
    return undefined;
  }
  return { kind: word, span: { ...span, end: item.span.end }, text };
}
