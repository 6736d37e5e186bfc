import type { Expression, Text } from "@mcrules/language";
import type { Lowering } from "./lowering.ts";
import type { ProgramExpression, ProgramText } from "./program.ts";

/** What stands in a hole, as plain data. A test's own expressions are filled by the test. */
export function lowerExpression(expression: Expression, lowering: Lowering): ProgramExpression {
  switch (expression.kind) {
    case "mail field":
    case "process field":
      return {
        kind: expression.kind,
        field: expression.field,
        ...(expression.argument === undefined ? {} : { argument: expression.argument }),
      };
    case "ticket path":
      return { kind: "ticket path", path: expression.path };
    case "capture":
      return { kind: "capture", name: expression.name };
    case "test ticket":
    case "sent mail id": {
      const at = lowering.at(expression.span);
      throw new Error(
        `"${lowering.source(expression.span.file, expression.span.start, expression.span.end)}" at ` +
          `${at.file}:${at.line}:${at.column} is known only while a test runs.`,
      );
    }
    default: {
      const unknown: never = expression;
      throw new TypeError(`No such expression: ${JSON.stringify(unknown)}`);
    }
  }
}

export function lowerText(text: Text, lowering: Lowering): ProgramText {
  const parts: (string | ProgramExpression)[] = [];
  for (const part of text.parts) {
    if (typeof part !== "string" && lowering.fillHole === undefined) {
      parts.push(lowerExpression(part.expression, lowering));
      continue;
    }
    const words = typeof part === "string" ? part : (lowering.fillHole?.(part.expression) ?? "");
    const last = parts.at(-1);
    if (typeof last === "string") parts[parts.length - 1] = last + words;
    else parts.push(words);
  }
  return parts;
}

/** A text that has to be known before the mail is: the operand of a test. */
export function lowerFixedText(text: Text, lowering: Lowering): string {
  return lowerText(text, lowering)
    .map((part) => {
      if (typeof part === "string") return part;
      const at = lowering.at(text.span);
      throw new Error(
        `The text at ${at.file}:${at.line}:${at.column} has a hole where none can be filled.`,
      );
    })
    .join("");
}
