import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import { operators, type OperatorWord } from "../vocabulary/operators.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import type { ConditionFields, UsedField } from "./fieldNames.ts";
import { inFront, placeInFront } from "./skipping.ts";

/** One test of a field: what is compared, by which operator. */
export interface Tested {
  readonly field: UsedField;
  readonly fields: ConditionFields;
  readonly operator: OperatorWord;
  readonly operatorSpan: Span;
}

/** Says that another value was expected in front, unless something was said about it already. */
export function wrongOperand(
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
  extras: ReportExtras = {},
): undefined {
  const item = inFront(cursor);
  if (item?.kind === "unknown") return undefined;
  const { operator } = tested;
  const expected = expectedOperand(operator, tested.field);
  if (item === undefined) {
    context.add(report("MC1122", placeInFront(cursor), { operator, expected }, extras));
  } else {
    const holes = { operator, field: tested.field.written, expected, found: describe(item) };
    context.add(report("MC1201", item.span, holes, extras));
  }
  return undefined;
}

/** How a message calls what stands on the right of an operator. */
export function expectedOperand(word: OperatorWord, field: UsedField): string {
  switch (operators[word].operand) {
    case "texts":
      return expectedValue(field);
    case "list name":
      return field.row.type === "address"
        ? "the name of a list or of a registry"
        : "the name of a list";
    case "pattern":
      return "a regular expression, such as /[0-9]+/";
    case "number":
      return expectedNumber(field);
    case "moment":
      return "a day or a moment, such as 2026-01-31";
    case "calendar name":
      return "the name of a calendar";
    case "nothing":
      return "nothing";
  }
}

function expectedValue(field: UsedField): string {
  switch (field.row.type) {
    case "number":
    case "size":
    case "duration":
      return expectedNumber(field);
    case "authentication":
    case "pec":
      return "a word, such as pass";
    case "text":
    case "address":
    case "domain":
    case "header":
    case "moment":
    case "status":
    case "priority":
    case "severity":
    case "category":
    case "tag":
    case "rule":
    case "mailbox":
    case "assigned":
      return "a text in quotes, or several in [ ]";
  }
}

/** The kind of number that a field is compared with. */
export function expectedNumber(field: UsedField): string {
  switch (field.row.type) {
    case "size":
      return "a size, such as 10 MB";
    case "duration":
      return "a duration, such as 3 days";
    case "text":
    case "address":
    case "domain":
    case "header":
    case "number":
    case "moment":
    case "authentication":
    case "pec":
    case "status":
    case "priority":
    case "severity":
    case "category":
    case "tag":
    case "rule":
    case "mailbox":
    case "assigned":
      return "a number";
  }
}
