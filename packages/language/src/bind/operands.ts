import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Item, NumberItem, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Comparison, ListReference, When } from "../tree/index.ts";
import { registryKinds, type RegistryName } from "../tree/values.ts";
import type { OperatorWord } from "../vocabulary/operators.ts";
import { foreignSizeUnits } from "../vocabulary/foreign.ts";
import { isDurationWord, durationUnits, isSizeUnit, sizeUnits } from "../vocabulary/units.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { checkAddressesAgainst, checkTexts } from "./operandChecks.ts";
import { bindPattern } from "./patterns.ts";
import { inFront } from "./skipping.ts";
import { isNameOfAnything, takeCalendar, takeList } from "./references.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { expectedNumber, wrongOperand, type Tested } from "./tested.ts";
import { bindTexts, listedAsWords, singleText } from "./textOperands.ts";

/** Binds what stands on the right of an operator that the field has; what is wrong is reported. */
export function bindComparison(
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): Comparison | undefined {
  const { operator, field } = tested;
  switch (operator) {
    case "is":
      switch (field.row.type) {
        case "number":
        case "size":
        case "duration":
          return bindNumber("=", cursor, context, tested);
        default:
          return bindTextTest(operator, cursor, context, tested);
      }
    case "contains":
    case "starts with":
    case "ends with":
    case "under":
      return bindTextTest(operator, cursor, context, tested);
    case "matches":
      return bindMatches(cursor, context, tested);
    case "in":
      return bindIn(cursor, context, tested);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return bindNumber(operator, cursor, context, tested);
    case "before":
    case "after":
    case "on":
      return bindMoment(operator, cursor, context, tested);
    case "during":
      return bindDuring(cursor, context, tested);
    case "exists":
      return { operator, operand: { kind: "none" } };
  }
}

function bindTextTest(
  operator: "is" | "contains" | "starts with" | "ends with" | "under",
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): Comparison | undefined {
  const item = inFront(cursor);
  if (item?.kind === "word" && !listedAsWords(tested.field.row.type)) {
    return bindNamedTexts(operator, item, cursor, context, tested);
  }
  const texts = bindTexts(cursor, context, tested);
  if (texts === undefined) return undefined;
  if (!checkTexts(texts, context, tested)) return undefined;
  return { operator, operand: { kind: "texts", texts } };
}

/** A bare word behind a text operator: the name of a list, or a text whose quotes are missing. */
function bindNamedTexts(
  operator: "is" | "contains" | "starts with" | "ends with" | "under",
  item: Extract<Item, { kind: "word" }>,
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): Comparison | undefined {
  if (anyOfList(cursor, context)) return undefined;
  const known = context.names.list(item.text) !== undefined;
  if (operator === "is") {
    if (known || isRegistry(item.text)) {
      context.add(
        report(
          "MC1123",
          tested.operatorSpan,
          { name: item.text },
          { fixes: [replacement("Write in", tested.operatorSpan, "in")] },
        ),
      );
      return undefined;
    }
    return bareText(item, context);
  }
  if (!known && !isNameOfAnything(item.text, context)) {
    const near = didYouMean(item.text, item.span, context.names.visible("list"));
    if (near.fixes === undefined) {
      return bareText(item, context, {
        help: `No list is called ${item.text}; a text is written ${quoted(item.text)}.`,
      });
    }
  }
  const list = takeList(item, context);
  cursor.take();
  if (list === undefined || !checkAddressesAgainst(list, context, tested)) return undefined;
  return { operator, operand: list };
}

/** `contains any of [ … ]`: a list means any of its values by itself. */
function anyOfList(cursor: Cursor, context: BindContext): boolean {
  const { item } = cursor;
  const of = cursor.peek();
  const list = of?.kind === "list" ? of : cursor.peek(2);
  if (item?.kind !== "word" || list?.kind !== "list") return false;
  const group = item.text;
  if (group !== "any" && group !== "all") return false;
  const gap = { ...item.span, end: list.span.start };
  const help =
    group === "any"
      ? "A list on the right means any of its values: take any out."
      : "A list on the right means any of its values; for each of them write all { … } with a condition a line.";
  const fixes = group === "any" ? [replacement("Take any out", gap, "")] : [];
  context.add(report("MC1124", item.span, { found: group }, { help, fixes }));
  return true;
}

function bareText(
  item: Extract<Item, { kind: "word" }>,
  context: BindContext,
  extras: ReportExtras = {},
): undefined {
  context.add(
    report(
      "MC1124",
      item.span,
      { found: item.text },
      { ...extras, fixes: [replacement("Put it in quotes", item.span, quoted(item.text))] },
    ),
  );
  return undefined;
}

function bindMatches(cursor: Cursor, context: BindContext, tested: Tested): Comparison | undefined {
  const item = cursor.takeKind("pattern");
  if (item !== undefined) {
    const operand = bindPattern(item, context);
    return operand === undefined ? undefined : { operator: "matches", operand };
  }
  const text = cursor.item;
  if (text?.kind === "text" && text.parts.length === 1 && !text.block) {
    const [part] = text.parts;
    const source = part?.kind === "string" ? part.value.replaceAll("/", "\\/") : "";
    return wrongOperand(cursor, context, tested, {
      fixes: source === "" ? [] : [replacement(`Write /${source}/`, text.span, `/${source}/`)],
    });
  }
  return wrongOperand(cursor, context, tested);
}

function bindIn(cursor: Cursor, context: BindContext, tested: Tested): Comparison | undefined {
  const item = inFront(cursor);
  const name = item === undefined ? undefined : singleText(item);
  if (item !== undefined && name !== undefined && context.names.list(name) !== undefined) {
    const fixes = [replacement(`Write ${name}`, item.span, name)];
    const help = `A list is named without quotes: ${name}.`;
    context.add(report("MC1125", item.span, {}, { help, fixes }));
    return undefined;
  }
  if (item?.kind === "list" || item?.kind === "text") {
    context.add(
      report(
        "MC1125",
        tested.operatorSpan,
        {},
        { fixes: [replacement("Write is", tested.operatorSpan, "is")] },
      ),
    );
    return undefined;
  }
  if (item?.kind !== "word") return wrongOperand(cursor, context, tested);
  if (isRegistry(item.text)) {
    cursor.take();
    if (tested.field.row.type !== "address") {
      const holes = { registry: item.text, field: tested.field.written };
      context.add(report("MC1126", item.span, holes));
      return undefined;
    }
    const operand = { kind: "registry", span: item.span, registry: item.text } as const;
    return { operator: "in", operand };
  }
  const registries = tested.field.row.type === "address" ? registryKinds : [];
  const near = didYouMean(item.text, item.span, registries);
  if (
    near.fixes !== undefined &&
    context.names.list(item.text) === undefined &&
    !isNameOfAnything(item.text, context) &&
    didYouMean(item.text, item.span, context.names.visible("list")).fixes === undefined
  ) {
    context.add(report("MC2011", item.span, { kind: "list", name: item.text, known: "" }, near));
    return undefined;
  }
  const list: ListReference | undefined = takeList(item, context);
  cursor.take();
  if (list === undefined || !checkAddressesAgainst(list, context, tested)) return undefined;
  return { operator: "in", operand: list };
}

function isRegistry(word: string): word is RegistryName {
  return registryKinds.some((kind) => kind === word);
}

function bindNumber(
  operator: "=" | "<" | "<=" | ">" | ">=",
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): Comparison | undefined {
  const from = cursor.index;
  const item = cursor.item;
  if (item?.kind !== "number") {
    const several = { help: "Write any { … } with a test for each." };
    const extras = item?.kind === "list" ? several : unquotedNumber(item);
    return wrongOperand(cursor, context, tested, extras);
  }
  cursor.take();
  const unit = cursor.item;
  const number = (value: number): Comparison => ({
    operator,
    operand: { kind: "number", span: cursor.spanFrom(from), value },
  });
  const { type } = tested.field.row;
  const word = unit?.kind === "word" && isUnit(unit.text) ? unit.text : undefined;
  if (type === "size" && word !== undefined && isSizeUnit(word)) {
    cursor.take();
    return number(Math.round(item.value * sizeUnits[word]));
  }
  if (type === "duration" && word !== undefined && isDurationWord(word)) {
    cursor.take();
    return number(Math.round(item.value * durationUnits[word].milliseconds));
  }
  if (word !== undefined && unit !== undefined) {
    const holes = {
      unit: word,
      measures: isSizeUnit(word) ? "a size" : "a duration",
      field: tested.field.written,
      expected: expectedNumber(tested.field),
    };
    const plain = type !== "size" && type !== "duration";
    const gap = { ...unit.span, start: item.span.end };
    const fixes = plain ? [replacement(`Take ${word} out`, gap, "")] : [];
    context.add(report("MC1204", unit.span, holes, { fixes }));
    return undefined;
  }
  // What is wrong with the number itself was told where it was read.
  if (!/^\d+(\.\d+)?$/.test(item.raw)) return undefined;
  if (type !== "size" && type !== "duration") return number(item.value);
  const decimal = decimalComma(cursor, item);
  if (decimal !== undefined) {
    const { span, written, meant } = decimal;
    const reason = "a point stands before the decimals";
    const fixes = [replacement(`Write ${meant}`, span, meant)];
    context.add(report("MC1032", span, { number: written, reason }, { fixes }));
    return undefined;
  }
  const units = type === "size" ? Object.keys(sizeUnits) : plurals;
  const extras = unit?.kind === "word" ? meantUnit(unit, type, units) : {};
  const place = extras.fixes === undefined ? item.span : (unit?.span ?? item.span);
  context.add(report("MC1202", place, { number: item.raw, units: units.join(", ") }, extras));
  return undefined;
}

function meantUnit(unit: Word, type: "size" | "duration", units: readonly string[]): ReportExtras {
  const meant =
    type === "size" && Object.hasOwn(foreignSizeUnits, unit.text)
      ? foreignSizeUnits[unit.text]
      : undefined;
  if (meant === undefined) return didYouMean(unit.text, unit.span, units);
  return {
    help: `It is written ${meant}.`,
    fixes: [replacement(`Write ${meant}`, unit.span, meant)],
  };
}

/** `2,5`: the number that was read, a comma and digits without a blank between them. */
function decimalComma(
  cursor: Cursor,
  whole: NumberItem,
): { readonly span: Span; readonly written: string; readonly meant: string } | undefined {
  const comma = cursor.item;
  const digits = cursor.peek();
  if (comma?.kind !== "symbol" || comma.symbol !== "," || digits?.kind !== "number")
    return undefined;
  if (comma.span.start !== whole.span.end || digits.span.start !== comma.span.end) return undefined;
  return {
    span: { ...whole.span, end: digits.span.end },
    written: `${whole.raw},${digits.raw}`,
    meant: `${whole.raw}.${digits.raw}`,
  };
}

const plurals = [...new Set(Object.values(durationUnits).map(({ unit }) => unit))];

function isUnit(word: string): boolean {
  return isSizeUnit(word) || isDurationWord(word);
}

/** `"10 MB"`: a number that stands in quotes. */
function unquotedNumber(item: Item | undefined): ReportExtras {
  const inside = textOf(item);
  if (item === undefined || inside === undefined || !/^\d+(\.\d+)?( ?[A-Za-z]+)?$/.test(inside)) {
    return {};
  }
  return { fixes: [replacement("Take the quotes away", item.span, inside)] };
}

function textOf(item: Item | undefined): string | undefined {
  if (item?.kind !== "text" || item.parts.length !== 1) return undefined;
  const [part] = item.parts;
  return part?.kind === "string" ? part.value : undefined;
}

function bindMoment(
  operator: Extract<OperatorWord, "before" | "after" | "on">,
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): Comparison | undefined {
  const item = cursor.takeKind("date");
  if (item === undefined) {
    const inside = textOf(cursor.item);
    const fixes =
      cursor.item !== undefined && inside !== undefined && /^\d{4}-\d\d-\d\d(T\S+)?$/.test(inside)
        ? [replacement("Take the quotes away", cursor.item.span, inside)]
        : [];
    return wrongOperand(cursor, context, tested, { fixes });
  }
  return { operator, operand: { kind: "when", span: item.span, value: whenOf(item) } };
}

/** The day or the moment that a date in the text is. */
export function whenOf(item: Extract<Item, { kind: "date" }>): When {
  const { year, month, day, instant } = item;
  return instant === undefined ? { kind: "day", year, month, day } : { kind: "moment", instant };
}

function bindDuring(cursor: Cursor, context: BindContext, tested: Tested): Comparison | undefined {
  const word = inFront(cursor);
  if (word?.kind !== "word") return wrongOperand(cursor, context, tested);
  cursor.take();
  const calendar = takeCalendar(word, context);
  if (calendar === undefined) return undefined;
  const operand = { kind: "calendar", span: word.span, name: word.text, calendar } as const;
  return { operator: "during", operand };
}
