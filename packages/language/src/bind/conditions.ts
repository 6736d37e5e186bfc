import { report } from "../diagnostics/report.ts";
import type { Block, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Condition, EachCondition, Placed } from "../tree/index.ts";
import type { MailFlagWord } from "../tree/conditions.ts";
import {
  conditionWords,
  flagOperator,
  foreignConditionWords,
  mailFlags,
  negations,
  type ConditionWord,
} from "../vocabulary/conditions.ts";
import { elementNames, type ElementName } from "../vocabulary/fields.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { bindFieldTest } from "./field-tests.ts";
import {
  fieldAt,
  fieldNames,
  headerName,
  isElementName,
  type ConditionFields,
} from "./field-names.ts";
import { isNameOfAnything, unknownName } from "./references.ts";
import { inFront, placeInFront, skipBroken } from "./skipping.ts";
import { before, didYouMean, replacement } from "./suggestions.ts";
import { wordsOf } from "../vocabulary/words.ts";

export type { ConditionFields } from "./field-names.ts";

/**
 * Binds one condition, reading on as far as it goes. What is wrong is reported; then it is `broken`,
 * and what cannot belong to anything else on the line is skipped.
 */
export function bindCondition(
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const condition = bindOne(cursor, context, fields);
  const { item } = cursor;
  if (item?.kind === "unknown") skipBroken(cursor);
  else if (item?.kind === "word" && isJoiner(item.text)) {
    foreignWord(item, context);
    skipBroken(cursor);
    return broken(condition.span);
  }
  return condition;
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
  const fixes = block.oneLine ? [] : [replacement("Part the line", gap, "\n")];
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

/** Rules and processes look at the mail itself, and may use conditions by name. */
function takesMail(fields: ConditionFields): boolean {
  return fields === "mail" || fields === "process";
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

function bindFlag(word: Word, from: number, cursor: Cursor, context: BindContext): Condition {
  const flags = wordsOf(mailFlags);
  const denied = negations.find(({ words }) => cursor.isPhrase(words));
  if (denied !== undefined) {
    const operator = cursor.takePhrase(denied.words) ?? cursor.here;
    context.add(
      report(
        "MC1106",
        operator,
        { words: denied.words },
        {
          fixes: [
            {
              title: "Write not before the condition",
              edits: [
                { span: before(word.span), text: `${denyWord} ` },
                { span: operator, text: flagOperator },
              ],
            },
          ],
        },
      ),
    );
    return broken(skipBroken(cursor) ?? cursor.spanFrom(from));
  }
  if (cursor.takePhrase(flagOperator) === undefined) {
    missingIs(cursor, context, flags);
    return broken(skipBroken(cursor) ?? word.span);
  }
  const flag = takeFlag(cursor, context, flags);
  if (flag === undefined) return broken(skipBroken(cursor) ?? word.span);
  return { kind: "flag", span: cursor.spanFrom(from), flag };
}

function missingIs(cursor: Cursor, context: BindContext, flags: readonly MailFlagWord[]): void {
  const item = inFront(cursor);
  if (item?.kind === "unknown") return;
  const isFlag = item?.kind === "word" && flags.some((flag) => flag === item.text);
  const fixes = isFlag
    ? [replacement(`Write ${flagOperator} between them`, before(item.span), `${flagOperator} `)]
    : [];
  const holes = { field: mailWord, operators: flagOperator };
  context.add(report("MC1105", placeInFront(cursor), holes, { fixes }));
}

const mailWord: ConditionWord = "mail";
const denyWord: ConditionWord = "not";

function takeFlag(
  cursor: Cursor,
  context: BindContext,
  flags: readonly MailFlagWord[],
): Placed<MailFlagWord> | undefined {
  const item = inFront(cursor);
  const text = item?.kind === "word" ? item.text : singleText(item);
  const flag = flags.find((known) => known === text);
  if (flag !== undefined && item?.kind === "word") {
    cursor.take();
    return { value: flag, span: item.span };
  }
  if (item === undefined) {
    const holes = { operator: flagOperator, expected: `one of ${flags.join(", ")}` };
    context.add(report("MC1122", placeInFront(cursor), holes));
    return undefined;
  }
  if (item.kind === "unknown") return undefined;
  if (flag !== undefined) {
    context.add(
      report(
        "MC1121",
        item.span,
        { word: flag },
        { fixes: [replacement("Take the quotes away", item.span, flag)] },
      ),
    );
    return undefined;
  }
  const extras = text === undefined ? {} : didYouMean(text, item.span, flags);
  context.add(
    report("MC1117", item.span, { found: describe(item), known: flags.join(", ") }, extras),
  );
  return undefined;
}

function singleText(item: Cursor["item"]): string | undefined {
  if (item?.kind !== "text" || item.parts.length !== 1) return undefined;
  const [part] = item.parts;
  return part?.kind === "string" ? part.value : undefined;
}

function conditionExpected(cursor: Cursor, context: BindContext): Condition {
  const item = inFront(cursor);
  if (item?.kind === "block") {
    const title = "Write all before the braces";
    const fixes = [replacement(title, before(item.span), `${groupWord} `)];
    context.add(report("MC1109", before(item.span), { found: describe(item) }, { fixes }));
  } else if (item?.kind !== "unknown") {
    context.add(report("MC1109", placeInFront(cursor), { found: describe(item) }));
  }
  return broken(skipBroken(cursor) ?? cursor.here);
}

const groupWord: ConditionWord = "all";

/** A word that is no field, no condition and no word of a condition: says what was most likely meant. */
function unknownWord(
  item: Word,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): void {
  if (isForeign(item.text)) {
    foreignWord(item, context);
    return;
  }
  if (takesMail(fields) && isNameOfAnything(item.text, context)) {
    unknownName(item, "condition", context);
    return;
  }
  const names = fieldNames(fields);
  cursor.take();
  const behind = inFront(cursor);
  const [base = ""] = item.text.split(".");
  if (item.text.includes(".") && fieldAt(base, fields) !== undefined) {
    const parts = names.filter((name) => name.startsWith(`${base}.`));
    const part = item.text.slice(base.length + 1);
    const known = parts.length === 0 ? "It has no parts." : `It has: ${parts.join(", ")}.`;
    context.add(
      report(
        "MC1102",
        item.span,
        { field: base, part, known },
        didYouMean(item.text, item.span, parts),
      ),
    );
    return;
  }
  if (!names.includes(base) && isElementField(item.text, fields)) {
    const plain = item.text.slice(item.text.indexOf(".") + 1);
    context.add(
      report(
        "MC1103",
        item.span,
        { field: item.text, plain },
        { fixes: [replacement(`Write ${plain}`, item.span, plain)] },
      ),
    );
    return;
  }
  const conditions = takesMail(fields) ? context.names.visible("condition") : [];
  const words = wordsOf(conditionWords);
  const candidates =
    behind === undefined
      ? [...conditions, ...names, ...words]
      : behind.kind === "block"
        ? words
        : [...names, ...words, ...conditions];
  const extras = didYouMean(item.text, item.span, candidates);
  if (behind === undefined && takesMail(fields)) {
    context.add(report("MC1108", item.span, { word: item.text }, extras));
  } else {
    context.add(
      report(
        "MC1101",
        item.span,
        { word: item.text, known: wholeFields(names).join(", ") },
        extras,
      ),
    );
  }
}

/** The fields without those that are a part of another. */
function wholeFields(names: readonly string[]): readonly string[] {
  return names.filter((name) => !names.includes(name.split(".")[0] ?? "") || !name.includes("."));
}

/** `attachment.size` inside `some attachment { … }`, where it is `size`. */
function isElementField(word: string, fields: ConditionFields): boolean {
  const dot = word.indexOf(".");
  return dot > 0 && !takesMail(fields) && fieldAt(word.slice(dot + 1), fields) !== undefined;
}

function foreignWord(item: Word, context: BindContext): void {
  const instead = foreignConditionWords[item.text] ?? "";
  context.add(report("MC1107", item.span, { word: item.text, instead }));
}

function isForeign(word: string): boolean {
  return Object.hasOwn(foreignConditionWords, word);
}

/** Words that would join two conditions in another language. */
function isJoiner(word: string): boolean {
  return /^(?:and|or|xor)$/i.test(word) && isForeign(word);
}

function isConditionWord(word: string): word is ConditionWord {
  return Object.hasOwn(conditionWords, word);
}

function broken(span: Span): Condition {
  return { kind: "broken", span };
}
