import { mailFields } from "@mcrules/language";
import type { ProgramExpression, ProgramText } from "../program/program.ts";
import { isMailField } from "../evaluate/mailFields.ts";
import { isNeed } from "../evaluate/facts.ts";
import type { Facts } from "../evaluate/facts.ts";
import type { Captures } from "../evaluate/prepared.ts";
import type { Value } from "../evaluate/values.ts";
import { durationInWords } from "../text/durations.ts";
import type { Zone } from "../time/zone.ts";

/** What an expression can speak of. */
export interface Speaking {
  readonly facts: Facts;
  readonly captures: Captures;
  readonly zone: Zone;
  /** The values of `rule`, `ticket.title`, `ticket.field "Order"`; in a process. */
  readonly processField?: (field: string, argument: string | undefined) => readonly Value[];
  /** The values of `ticket.requester.name` and its like; in a process. */
  readonly ticketPath?: (path: string) => readonly Value[];
}

/**
 * The values of an expression: none where it is absent. The content of the mail has to be known where
 * `looksAtContent` says so.
 */
export function valuesOf(expression: ProgramExpression, speaking: Speaking): readonly Value[] {
  switch (expression.kind) {
    case "mail field": {
      if (!isMailField(expression.field)) return [];
      const values = speaking.facts.values({
        in: "mail",
        name: expression.field,
        type: mailFields[expression.field].type,
        ...(expression.argument === undefined ? {} : { argument: expression.argument }),
      });
      return isNeed(values) ? [] : values.raw;
    }
    case "process field":
      return speaking.processField?.(expression.field, expression.argument) ?? [];
    case "ticket path":
      return speaking.ticketPath?.(expression.path) ?? [];
    case "capture": {
      const capture = speaking.captures.get(expression.name);
      return capture === undefined ? [] : [capture];
    }
    default: {
      const unknown: never = expression;
      throw new TypeError(`No such expression: ${JSON.stringify(unknown)}`);
    }
  }
}

/** One value as a text shows it: a moment in the helpdesk's zone. */
function shown(value: Value, expression: ProgramExpression, zone: Zone): string {
  if (typeof value === "string") return value;
  if (expression.kind === "mail field" && isMailField(expression.field)) {
    const { type } = mailFields[expression.field];
    if (type === "moment") return zone.format(value);
    if (type === "duration") return durationInWords(value);
  }
  return String(value);
}

/** The values of an expression as texts show them. */
export function wordsOf(expression: ProgramExpression, speaking: Speaking): readonly string[] {
  return valuesOf(expression, speaking).map((value) => shown(value, expression, speaking.zone));
}

/** A text with its holes filled: what is absent is empty, many values are joined by `, `. */
export function filled(
  text: ProgramText,
  speaking: Speaking,
  hole: (words: string) => string = (words) => words,
): string {
  return text
    .map((part) => (typeof part === "string" ? part : hole(wordsOf(part, speaking).join(", "))))
    .join("");
}

/** Line ends and other control characters as one space each run: for what is one line wherever it goes. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

/** Whether filling the expression needs the content of the mail. */
export function looksAtContent(expression: ProgramExpression): boolean {
  if (expression.kind !== "mail field" || !isMailField(expression.field)) return false;
  // The size is known on arrival or from the content: it is asked for where arrival does not tell.
  return mailFields[expression.field].reads === "content" || expression.field === "size";
}

export function textLooksAtContent(text: ProgramText): boolean {
  return text.some((part) => typeof part !== "string" && looksAtContent(part));
}
