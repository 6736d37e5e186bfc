import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Item } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Comparison, Condition } from "../tree/index.ts";
import { foreignOperators, negations, type ConditionWord } from "../vocabulary/conditions.ts";
import {
  isOperatorWord,
  operators,
  operatorsOf,
  operatorWords,
  type OperatorRow,
  type OperatorWord,
} from "../vocabulary/operators.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeField, type ConditionFields, type UsedField } from "./fieldNames.ts";
import { bindComparison } from "./operands.ts";
import { inFront, placeInFront, skipBroken } from "./skipping.ts";
import { before, didYouMean, replacement } from "./suggestions.ts";
import type { Tested } from "./tested.ts";

/** Binds the test of one field; the word in front is known to name one. */
export function bindFieldTest(
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): Condition {
  const from = cursor.index;
  const broken = (): Condition => {
    skipBroken(cursor);
    return { kind: "broken", span: cursor.spanFrom(from) };
  };
  const field = takeField(cursor, context, fields);
  if (field === undefined) return broken();
  const found = takeOperator(cursor, context, field);
  if (found === undefined) return broken();
  const tested: Tested = { field, fields, operator: found.word, operatorSpan: found.span };
  const comparison: Comparison | undefined = bindComparison(cursor, context, tested);
  if (comparison === undefined) return broken();
  return {
    kind: "test",
    span: cursor.spanFrom(from),
    field: field.use,
    operatorSpan: found.span,
    ...comparison,
  };
}

function takeOperator(
  cursor: Cursor,
  context: BindContext,
  field: UsedField,
): { word: OperatorWord; span: Span } | undefined {
  const has = operatorsOf(field.use.name, field.row);
  const item = inFront(cursor);
  if (item === undefined || item.kind === "unknown") {
    if (item === undefined) {
      context.add(
        report("MC1105", placeInFront(cursor), { field: field.written, operators: has.join(", ") }),
      );
    }
    return undefined;
  }
  if (item.kind === "symbol") return takeSymbol(cursor, context, field, has);
  if (deniedOperator(cursor, context, field)) return undefined;
  const foreign = foreignPhrase(cursor);
  if (foreign !== undefined) {
    wrongWord(foreign.written, foreign.span, foreign.meant, context, field, has);
    return undefined;
  }
  const taken = cursor.takeOneOf(operatorWords);
  if (taken !== undefined) return allowed(taken.phrase, taken.span, cursor, context, field, has);
  if (item.kind === "word") {
    unknownOperator(item.text, cursor, context, field, has);
  } else {
    const extras = missingWord(item, has);
    context.add(
      report("MC1105", cursor.here, { field: field.written, operators: has.join(", ") }, extras),
    );
  }
  return undefined;
}

/** `subject "Order"`: the word between them is missing. */
function missingWord(item: Item, has: readonly OperatorWord[]): ReportExtras {
  const [first] = has;
  if (first === undefined || (item.kind !== "text" && item.kind !== "list")) return {};
  return { fixes: [replacement(`Write ${first} between them`, before(item.span), `${first} `)] };
}

function takeSymbol(
  cursor: Cursor,
  context: BindContext,
  field: UsedField,
  has: readonly OperatorWord[],
): { word: OperatorWord; span: Span } | undefined {
  const item = cursor.takeKind("symbol");
  if (item === undefined) return undefined;
  if (isOperatorWord(item.symbol)) {
    return allowed(item.symbol, item.span, cursor, context, field, has);
  }
  wrongWord(item.symbol, item.span, foreignOperators[item.symbol], context, field, has);
  return undefined;
}

/** The operator, where the field has it; else that is reported. */
function allowed(
  word: OperatorWord,
  span: Span,
  cursor: Cursor,
  context: BindContext,
  field: UsedField,
  has: readonly OperatorWord[],
): { word: OperatorWord; span: Span } | undefined {
  if (has.includes(word)) return { word, span };
  const holes = { field: field.written, operator: word, operators: has.join(", ") };
  context.add(report("MC1203", span, holes, mendOperator(word, span, cursor, field)));
  return undefined;
}

function mendOperator(
  word: OperatorWord,
  span: Span,
  cursor: Cursor,
  field: UsedField,
): ReportExtras {
  if (word === "exists" && field.row.cardinality === "one") {
    return {
      help: `${field.written} is always there; leave the condition out, or ask for its value.`,
    };
  }
  const { row } = field;
  if (word === "under" && row.type === "address" && field.use.in === "mail") {
    const domain = `${field.use.name}.domain`;
    return {
      help: `A domain has it: ${domain}.`,
      fixes: [replacement(`Write ${domain}`, field.use.span, domain)],
    };
  }
  const only: OperatorRow["onlyField"] = rowOf(word).onlyField;
  if (only !== undefined) return { help: `Only ${only} has it.` };
  const value = cursor.item;
  if (row.type === "moment" && value?.kind === "date") {
    const meant = word === "is" ? "on" : word.startsWith("<") ? "before" : "after";
    return { fixes: [replacement(`Write ${meant}`, span, meant)] };
  }
  if (word === "in" && value?.kind === "list") {
    return { fixes: [replacement("Write is", span, "is")] };
  }
  return {};
}

function rowOf(word: OperatorWord): OperatorRow {
  return operators[word];
}

/** `is not`, `does not contain` and the like: `not` stands before the condition. */
function deniedOperator(cursor: Cursor, context: BindContext, field: UsedField): boolean {
  const denied = negations
    .filter(({ words }) => cursor.isPhrase(words))
    .toSorted((one, other) => other.words.length - one.words.length)[0];
  if (denied === undefined) return false;
  const span = cursor.takePhrase(denied.words) ?? cursor.here;
  context.add(
    report(
      "MC1106",
      span,
      { words: denied.words },
      {
        fixes: [
          {
            title: "Write not before the condition",
            edits: [
              { span: before(field.use.span), text: `${denyWord} ` },
              { span, text: denied.plain },
            ],
          },
        ],
      },
    ),
  );
  return true;
}

const denyWord: ConditionWord = "not";

/** Nearly every operator is one of ours: their first words tell it. */
const foreignBeginnings: ReadonlySet<string> = new Set(
  Object.keys(foreignOperators).flatMap((phrase) => phrase.split(" ").slice(0, 1)),
);

/** An operator of several words that only other languages have, or one whose words begin with one of ours. */
function foreignPhrase(cursor: Cursor): { written: string; meant: string; span: Span } | undefined {
  const { item } = cursor;
  if (item?.kind !== "word" || !foreignBeginnings.has(item.text)) return undefined;
  const [longest] = Object.keys(foreignOperators)
    .filter((phrase) => cursor.isPhrase(phrase))
    .toSorted((one, other) => other.length - one.length);
  if (longest === undefined) return undefined;
  const ours = operatorWords.some((word) => cursor.isPhrase(word) && word.length >= longest.length);
  const meant = foreignOperators[longest];
  if (ours || meant === undefined) return undefined;
  const span = cursor.takePhrase(longest) ?? cursor.here;
  return { written: longest, meant, span };
}

function wrongWord(
  written: string,
  span: Span,
  meant: string | undefined,
  context: BindContext,
  field: UsedField,
  has: readonly OperatorWord[],
): void {
  const known = has.find((word) => word === meant);
  const extras: ReportExtras =
    known === undefined
      ? otherWay(field, meant)
      : { help: `It is written: ${known}`, fixes: [replacement(`Write ${known}`, span, known)] };
  const holes = { word: written, field: field.written, operators: has.join(", ") };
  context.add(report("MC1104", span, holes, extras));
}

/** A moment has no greater and less, but every mail has an age. */
function otherWay(field: UsedField, meant: string | undefined): ReportExtras {
  if (field.row.type !== "moment" || (meant !== ">" && meant !== "<")) return {};
  return { help: `Ask for the age: age ${meant} 3 days; or write before or after with a date.` };
}

function unknownOperator(
  text: string,
  cursor: Cursor,
  context: BindContext,
  field: UsedField,
  has: readonly OperatorWord[],
): void {
  const from = cursor.index;
  cursor.take();
  const second = cursor.item;
  // `starts wiht`, `ends in`: the first word is right or nearly so, and the second is part of it.
  const twoWords = operatorWords.filter((word) => word.includes(" "));
  const phrase = second?.kind === "word" ? `${text} ${second.text}` : undefined;
  const together = phrase === undefined ? {} : didYouMean(phrase, cursor.here, twoWords);
  let span = cursor.spanFrom(from);
  let written = text;
  let extras: ReportExtras;
  if (phrase !== undefined && together.fixes !== undefined) {
    cursor.take();
    span = cursor.spanFrom(from);
    written = phrase;
    extras = didYouMean(
      phrase,
      span,
      twoWords.filter((word) => has.includes(word)),
    );
  } else {
    const halves = has.flatMap((word) => [word, word.split(" ")[0] ?? word]);
    extras = didYouMean(text, span, halves, (half) => {
      return operatorWords.find((word) => word === half || word.startsWith(`${half} `)) ?? half;
    });
  }
  const holes = { word: written, field: field.written, operators: has.join(", ") };
  context.add(report("MC1104", span, holes, extras));
}
