import { report, type RawFix } from "../diagnostics/report.ts";
import type { Block, Item, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Condition, EachCondition } from "../tree/index.ts";
import {
  conditionWords,
  type ConditionWord,
  flagOperator,
  mailFlags,
} from "../vocabulary/conditions.ts";
import { elementNames, type ElementName } from "../vocabulary/fields.ts";
import { foreignWord, joinerOf, unknownWord } from "./conditionWords.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import {
  fieldAt,
  headerName,
  isElementName,
  takesMail,
  type ConditionFields,
} from "./fieldNames.ts";
import { bindFieldTest } from "./fieldTests.ts";
import { bindFlag } from "./flags.ts";
import { inFront, placeInFront, skipBroken } from "./skipping.ts";
import { before, behind, didYouMean, lineBreak, replacement } from "./suggestions.ts";

export type { ConditionFields } from "./fieldNames.ts";

/**
 * Binds one condition, reading on as far as it goes. What is wrong is reported; then it is `broken`,
 * and what cannot belong to anything else on the line is skipped.
 */
export function bindCondition(
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const from = cursor.index;
  const condition = bindOne(cursor, context, fields);
  const { item } = cursor;
  if (item?.kind === "unknown") skipBroken(cursor);
  else if (item?.kind === "word" && joinerOf(item.text) !== undefined) {
    return bindJoined(item, from, condition, cursor, context, fields);
  }
  return condition;
}

/** `A and B`, as other languages join conditions; the fix makes a group of them. */
function bindJoined(
  joiner: Word,
  from: number,
  first: Condition,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const group = joinerOf(joiner.text);
  let sound = first.kind !== "broken" && group !== "none";
  const edits = [{ span: before(cursor.spanFrom(from)), text: `${group} {\n` }];
  const values = joinedValues(cursor);
  if (values !== undefined) {
    context.add(
      report(
        "MC1107",
        joiner.span,
        { word: joiner.text, instead: valuesInstead },
        { fixes: [values] },
      ),
    );
    skipBroken(cursor);
    return broken(cursor.spanFrom(from));
  }
  for (;;) {
    const { item } = cursor;
    if (item?.kind !== "word" || joinerOf(item.text) === undefined) break;
    if (joinerOf(item.text) !== group) sound = false;
    const left = cursor.spanFrom(from);
    cursor.take();
    const right = placeInFront(cursor);
    const gap = { ...left, start: left.end, end: right.start };
    if (first.kind === "flag" && isFlagAlone(cursor)) {
      edits.push({ span: gap, text: `\nmail ${flagOperator} ` });
      cursor.take();
      continue;
    }
    edits.push({ span: gap, text: "\n" });
    if (bindOne(cursor, context, fields).kind === "broken") sound = false;
  }
  const whole = cursor.spanFrom(from);
  edits.push({ span: behind(whole), text: "\n}" });
  foreignWord(joiner, context, sound ? [{ title: `Write ${group} { … }`, edits }] : []);
  skipBroken(cursor);
  return broken(whole);
}

/** `mail is reply or forward`: no condition bears a flag's name, so the flag is meant. */
function isFlagAlone({ item }: Cursor): boolean {
  return item?.kind === "word" && Object.hasOwn(mailFlags, item.text);
}

const valuesInstead = 'several values stand in brackets, as in ["…", "…"]; any of them will do';

/** `"A" or "B"`, the joiner in front: the fix that makes a list of them. */
function joinedValues(cursor: Cursor): RawFix | undefined {
  const first = cursor.peek(-1);
  if (first?.kind !== "text" || cursor.peek()?.kind !== "text") return undefined;
  const edits = [{ span: before(first.span), text: "[" }];
  let last: Item = first;
  for (let at = 0; ; at += 2) {
    const joiner = cursor.peek(at);
    const value = cursor.peek(at + 1);
    const joins = joiner?.kind === "word" && joinerOf(joiner.text) === "any";
    if (!joins || value?.kind !== "text") break;
    edits.push({ span: { ...last.span, start: last.span.end, end: value.span.start }, text: ", " });
    last = value;
  }
  if (last === first) return undefined;
  edits.push({ span: behind(last.span), text: "]" });
  return { title: "Make a list of them", edits };
}

/** Binds the lines of a block, a condition a line; several are an `all`. */
export function bindConditionLines(
  block: Block,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const conditions = linesOf(block, context, fields);
  const [only] = conditions;
  if (only === undefined) {
    if (block.closed) context.add(report("MC1110", block.span, { word: "the block" }));
    return broken(block.span);
  }
  return conditions.length === 1 ? only : { kind: "all", span: block.span, conditions };
}

function linesOf(block: Block, context: BindContext, fields: ConditionFields): Condition[] {
  const conditions: Condition[] = [];
  for (const line of block.lines) {
    const cursor = new Cursor(line);
    while (!cursor.atEnd) {
      const from = cursor.index;
      if (from > 0) secondOnLine(cursor, block, context);
      context.entryAt(line, from);
      conditions.push(bindCondition(cursor, context, fields));
      if (cursor.index === from) cursor.skipRest();
      const next = cursor.item;
      if (
        next !== undefined &&
        !(next.kind === "word" && beginsCondition(next.text, context, fields))
      ) {
        leftOverOf(cursor, context);
      }
    }
  }
  return conditions;
}

function leftOverOf(cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item !== undefined && item.kind !== "unknown") {
    context.add(report("MC1111", item.span, { found: describe(item) }));
  }
  cursor.skipRest();
}

function secondOnLine(cursor: Cursor, block: Block, context: BindContext): void {
  const { item } = cursor;
  const last = cursor.peek(-1);
  if (item === undefined || last === undefined) return;
  const gap: Span = { file: item.span.file, start: last.span.end, end: item.span.start };
  const fixes = block.oneLine ? [] : [replacement("Part the line", gap, lineBreak(gap, context))];
  context.add(report("MC1112", item.span, {}, { fixes }));
}

/** Whether a word is one that a condition begins with at that place. */
export function beginsCondition(
  word: string,
  context: BindContext,
  fields: ConditionFields = "mail",
): boolean {
  return (
    isConditionWord(word) ||
    fieldAt(word, fields) !== undefined ||
    (takesMail(fields) && context.names.condition(word) !== undefined)
  );
}

function bindOne(cursor: Cursor, context: BindContext, fields: ConditionFields): Condition {
  const item = inFront(cursor);
  if (item?.kind !== "word") return conditionExpected(cursor, context);
  if (isConditionWord(item.text) && !(item.text === "mail" && !takesMail(fields))) {
    return bindConditionWord(item, item.text, cursor, context, fields);
  }
  if (fieldAt(item.text, fields) !== undefined) return bindFieldTest(cursor, context, fields);
  if (takesMail(fields)) {
    const declaration = context.names.condition(item.text);
    if (declaration !== undefined) {
      cursor.take();
      if (declaration === "cycle") return broken(item.span);
      return { kind: "named", span: item.span, name: item.text, declaration };
    }
  }
  unknownWord(item, cursor, context, fields);
  return broken(skipBroken(cursor) ?? item.span);
}

function bindConditionWord(
  item: Word,
  word: ConditionWord,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const from = cursor.index;
  cursor.take();
  switch (word) {
    case "always":
      return { kind: "always", span: item.span };
    case "all":
    case "any": {
      const block = takeBlock(word, item.span, cursor, context);
      if (block === undefined) return broken(skipBroken(cursor) ?? item.span);
      const conditions = linesOf(block, context, fields);
      const span = cursor.spanFrom(from);
      if (conditions.length > 0) return { kind: word, span, conditions };
      if (block.closed && block.lines.length === 0) {
        context.add(report("MC1110", span, { word: `"${word}"` }));
      }
      return broken(span);
    }
    case "not":
      return bindNot(item, from, cursor, context, fields);
    case "some":
    case "every":
    case "no":
      return bindEach(word, item.span, from, cursor, context, fields);
    case "mail":
      return bindFlag(item, from, cursor, context);
  }
}

function takeBlock(
  word: string,
  span: Span,
  cursor: Cursor,
  context: BindContext,
): Block | undefined {
  const block = cursor.takeKind("block");
  if (block === undefined && cursor.item?.kind !== "unknown") {
    context.add(report("MC1113", span, { word, found: describe(cursor.item) }));
  }
  return block;
}

function bindNot(
  item: Word,
  from: number,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const second = cursor.item;
  if (second?.kind === "word" && second.text === item.text) {
    const span: Span = { ...item.span, end: cursor.peek()?.span.start ?? second.span.end };
    const both = cursor.spanFrom(from);
    context.add(
      report(
        "MC1114",
        { ...both, end: second.span.end },
        {},
        { fixes: [replacement("Take both away", span, "")] },
      ),
    );
    cursor.take();
  }
  const condition = bindOne(cursor, context, fields);
  if (condition.kind === "broken") return broken(cursor.spanFrom(from));
  return { kind: "not", span: cursor.spanFrom(from), condition };
}

function bindEach(
  quantifier: EachCondition["quantifier"],
  wordSpan: Span,
  from: number,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const { item } = cursor;
  if (!takesMail(fields)) {
    context.add(report("MC1115", wordSpan, { word: quantifier }));
    return broken(skipBroken(cursor) ?? wordSpan);
  }
  if (item?.kind !== "word" || !isElementName(item.text)) {
    wrongElement(quantifier, cursor, context);
    return broken(skipBroken(cursor) ?? wordSpan);
  }
  const element: ElementName = item.text;
  cursor.take();
  let argument: string | undefined;
  if (element === "header") {
    argument = headerName(element, cursor, context);
    if (argument === undefined) return broken(skipBroken(cursor) ?? wordSpan);
  }
  const block = takeBlock(`${quantifier} ${element}`, wordSpan, cursor, context);
  if (block === undefined) return broken(skipBroken(cursor) ?? wordSpan);
  const inside =
    element === "attachment" ? "attachment" : element === "header" ? "header" : "address";
  const condition = bindConditionLines(block, context, inside);
  const span = cursor.spanFrom(from);
  if (condition.kind === "broken") return broken(span);
  return { kind: "each", span, quantifier, element, argument, condition };
}

function wrongElement(quantifier: string, cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item?.kind === "unknown") return;
  const extras = item?.kind === "word" ? didYouMean(item.text, item.span, elementNames) : {};
  context.add(
    report(
      "MC1116",
      cursor.here,
      { found: describe(item), word: quantifier, known: elementNames.join(", ") },
      extras,
    ),
  );
}

function conditionExpected(cursor: Cursor, context: BindContext): Condition {
  const item = inFront(cursor);
  if (item?.kind === "block") {
    const title = "Write all before the braces";
    const fixes = [replacement(title, before(item.span), `${groupWord} `)];
    context.add(report("MC1109", before(item.span), { found: describe(item) }, { fixes }));
  } else if (item?.kind !== "unknown") {
    const extras =
      item?.kind === "group"
        ? { help: "Leave the parentheses out; all { … } and any { … } hold conditions together." }
        : {};
    context.add(report("MC1109", placeInFront(cursor), { found: describe(item) }, extras));
  }
  return broken(skipBroken(cursor) ?? cursor.here);
}

const groupWord: ConditionWord = "all";

function isConditionWord(word: string): word is ConditionWord {
  return Object.hasOwn(conditionWords, word);
}

function broken(span: Span): Condition {
  return { kind: "broken", span };
}
