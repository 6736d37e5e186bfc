import {
  elementFields,
  mailFields,
  processFields,
  sentMailFields,
  ticketFields,
} from "@mcrules/language";
import type { Condition, FieldTest, FieldType, FieldUse } from "@mcrules/language";
import type { ProgramCondition, ProgramField, ProgramOperand, ProgramTest } from "./condition.ts";
import { notCompiled } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerFixedText } from "./lowerText.ts";

export function lowerCondition(condition: Condition, lowering: Lowering): ProgramCondition {
  const at = lowering.at(condition.span);
  switch (condition.kind) {
    case "always":
      return { kind: "always", at };
    case "all":
    case "any":
      return {
        kind: condition.kind,
        at,
        conditions: condition.conditions.map((one) => lowerCondition(one, lowering)),
      };
    case "not":
      return { kind: "not", at, condition: lowerCondition(condition.condition, lowering) };
    case "named":
      return {
        kind: "named",
        at,
        name: condition.declaration.name.value,
        index: lowering.condition(condition.declaration, (declaration) =>
          lowerCondition(declaration.condition, lowering),
        ),
      };
    case "each":
      return {
        kind: "each",
        at,
        quantifier: condition.quantifier,
        element: condition.element,
        ...(condition.argument === undefined ? {} : { argument: condition.argument }),
        condition: lowerCondition(condition.condition, lowering),
      };
    case "flag":
      return { kind: "flag", at, flag: condition.flag.value };
    case "test":
      return lowerTest(condition, lowering);
    case "broken":
      throw notCompiled("condition", at);
    default: {
      const unknown: never = condition;
      throw new TypeError(`No such condition: ${JSON.stringify(unknown)}`);
    }
  }
}

function typeOf(field: FieldUse): FieldType {
  if (field.type !== undefined) return field.type;
  switch (field.in) {
    case "mail":
      return mailFields[field.name].type;
    case "process":
      return processFields[field.name].type;
    case "ticket":
      return ticketFields[field.name].type;
    case "sent mail":
      return sentMailFields[field.name].type;
    case "element":
      return elementFields[field.name].type;
  }
}

function lowerField(field: FieldUse): ProgramField {
  return {
    in: field.in,
    name: field.name,
    ...(field.argument === undefined ? {} : { argument: field.argument }),
    type: typeOf(field),
  };
}

function lowerTest(test: FieldTest, lowering: Lowering): ProgramTest {
  return {
    kind: "test",
    at: lowering.at(test.span),
    field: lowerField(test.field),
    operator: test.operator,
    operand: lowerOperand(test, lowering),
    expected: expectedOf(test, lowering),
  };
}

function lowerOperand(test: FieldTest, lowering: Lowering): ProgramOperand {
  const { operand } = test;
  switch (operand.kind) {
    case "texts":
      return {
        kind: "texts",
        texts: operand.texts.map((text) => lowerFixedText(text, lowering)),
      };
    case "list":
      return { kind: "list", index: lowering.list(operand.list) };
    case "registry":
      return { kind: "registry", registry: operand.registry };
    case "pattern": {
      const { i, m, s } = operand.flags;
      return {
        kind: "pattern",
        source: operand.source,
        flags: `${i ? "i" : ""}${m ? "m" : ""}${s ? "s" : ""}`,
        captures: operand.captures.map((capture) => capture.value),
      };
    }
    case "number":
      return { kind: "number", value: operand.value };
    case "when":
      return { kind: "when", value: operand.value };
    case "calendar":
      return { kind: "calendar", index: lowering.calendar(operand.calendar) };
    case "none":
      return { kind: "none" };
    default: {
      const unknown: never = operand;
      throw new TypeError(`No such operand: ${JSON.stringify(unknown)}`);
    }
  }
}

const longestExpected = 200;

/** The operand as written, on one line. */
function expectedOf(test: FieldTest, lowering: Lowering): string {
  const { operand } = test;
  if (operand.kind === "none") return "";
  if (operand.kind === "list") return operand.name;
  // Where holes were filled the source does not tell what is expected.
  const written =
    operand.kind === "texts" && operand.texts.some((text) => text.parts.length > 1)
      ? operand.texts.map((text) => JSON.stringify(lowerFixedText(text, lowering))).join(", ")
      : lowering
          .source(test.span.file, test.operatorSpan.end, test.span.end)
          .replaceAll(/\s+/g, " ")
          .trim();
  return written.length > longestExpected ? `${written.slice(0, longestExpected)}…` : written;
}
