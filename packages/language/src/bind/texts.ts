import { report } from "../diagnostics/report.ts";
import type { CaptureItem, Item, TextItem, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Expression, Hole, Text } from "../tree/index.ts";
import type { TicketPath } from "../tree/values.ts";
import { mailFields, processFields } from "../vocabulary/fields.ts";
import { sentMailId, ticketPaths, ticketPrefix } from "../vocabulary/processes.ts";
import { useCapture } from "./captureUse.ts";
import { noCaptures, type Captures } from "./captures.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { fieldAt, takeField } from "./fieldNames.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { didYouMean, replacement } from "./suggestions.ts";

export { plainText } from "./plainText.ts";

/** What the holes of a text may hold. */
export type HolePlace = "rule" | "process" | "test" | "none";

/** Binds a text with its holes. What is wrong in a hole is reported; the hole is then left out. */
export function bindText(
  item: TextItem,
  context: BindContext,
  holes: HolePlace,
  captures: Captures = noCaptures,
): Text {
  const parts: (string | Hole)[] = [];
  for (const part of item.parts) {
    if (part.kind === "string") {
      if (part.value !== "") parts.push(part.value);
      if (holes === "rule" || holes === "process")
        warnOfPlainHole(part.span, context, holes, captures);
      continue;
    }
    if (holes === "none") {
      context.add(report("MC1504", part.span, {}));
      continue;
    }
    const expression = bindHole(part.items, part.span, context, holes, captures);
    if (expression !== undefined) parts.push({ kind: "hole", span: part.span, expression });
  }
  return { kind: "text", span: item.span, block: item.block, parts };
}

/** A value as other languages put it into a text: `$name`, `{name}`, `{{name}}`. */
const foreignHole =
  /(?<![\\$\w])(?:\$(?<bare>[A-Za-z][\w-]*(?:\.[\w-]+)*)|\{\{? *(?<braced>[A-Za-z][\w-]*(?:\.[\w-]+)*) *\}\}?)/gu;

/** Warns where a part of a text would be a hole elsewhere and names a value that there is. */
function warnOfPlainHole(
  { file, start, end }: Span,
  context: BindContext,
  place: "rule" | "process",
  captures: Captures,
): void {
  for (const found of context.text.slice(start, end).matchAll(foreignHole)) {
    const name = found.groups?.["bare"] ?? found.groups?.["braced"] ?? "";
    const capture = captures.byName.has(name);
    const isValue =
      capture ||
      fieldAt(name, place === "rule" ? "mail" : "process") !== undefined ||
      (place === "process" && ticketPathOf(name) !== undefined);
    if (!isValue) continue;
    const at = start + found.index;
    const span = { file, start: at, end: at + found[0].length };
    const meant = `\${${capture ? "$" : ""}${name}}`;
    const fixes = [replacement(`Write ${meant}`, span, meant)];
    context.add(report("MC1508", span, { written: found[0], meant }, { fixes }));
    return;
  }
}

function bindHole(
  items: readonly Item[],
  span: Span,
  context: BindContext,
  holes: Exclude<HolePlace, "none">,
  captures: Captures,
): Expression | undefined {
  const last = items[items.length - 1];
  if (last === undefined || items.some((item) => item.kind === "unknown")) return undefined;
  const whole: Span = {
    file: span.file,
    start: items[0]?.span.start ?? span.start,
    end: last.span.end,
  };
  const cursor = new Cursor({ kind: "line", span: whole, items });
  const expression = takeExpression(cursor, context, holes, captures);
  if (expression !== undefined && !cursor.atEnd) {
    context.add(report("MC1505", cursor.here, { found: describe(cursor.item) }));
    return undefined;
  }
  return expression;
}

/** Takes what names a value: a field, a capture, a path. What is wrong with it is reported. */
export function takeExpression(
  cursor: Cursor,
  context: BindContext,
  place: Exclude<HolePlace, "none">,
  captures: Captures,
): Expression | undefined {
  const { item } = cursor;
  if (item?.kind === "capture") {
    cursor.take();
    return place === "test"
      ? testTicket(item, context)
      : captureExpression(item, context, captures);
  }
  if (item?.kind !== "word") {
    if (item?.kind !== "unknown") {
      context.add(report("MC1505", cursor.here, { found: describe(item) }));
    }
    return undefined;
  }
  if (place === "test") return takeOfTest(item, cursor, context);
  const path = ticketPathOf(item.text);
  if (path !== undefined || item.text === ticketWord) {
    cursor.take();
    return ticketPathExpression(item, path, context, place);
  }
  if (item.text === sentMailId) {
    cursor.take();
    context.add(report("MC1503", item.span, { expression: item.text }));
    return undefined;
  }
  if (fieldAt(item.text, place === "rule" ? "mail" : "process") !== undefined) {
    return takeFieldExpression(cursor, context, place);
  }
  cursor.take();
  if (place === "rule" && fieldAt(item.text, "process") !== undefined) {
    context.add(report("MC1502", item.span, { expression: item.text }));
    return undefined;
  }
  unknownExpression(item, context, place, captures);
  return undefined;
}

const ticketWord = ticketPrefix.slice(0, -1);

function captureExpression(
  item: CaptureItem,
  context: BindContext,
  captures: Captures,
): Expression | undefined {
  const capture = useCapture(item, context, captures);
  if (capture === undefined) return undefined;
  return { kind: "capture", span: item.span, name: capture.name };
}

function testTicket(item: CaptureItem, context: BindContext): Expression | undefined {
  const known = `It has: ${ticketPaths.join(", ")}.`;
  const path = ticketPaths.find((one) => one === item.path);
  if (path !== undefined) {
    return { kind: "test ticket", span: item.span, name: item.name, path };
  }
  const holes = { expression: `$${item.name}`, path: item.path ?? "", known };
  if (item.path === undefined) {
    context.add(report("MC1506", item.span, { ...holes, path: "nothing" }));
    return undefined;
  }
  const extras = didYouMean(item.path, item.span, ticketPaths, (one) => `$${item.name}.${one}`);
  context.add(report("MC1506", item.span, holes, extras));
  return undefined;
}

function takeOfTest(item: Word, cursor: Cursor, context: BindContext): Expression | undefined {
  cursor.take();
  if (item.text === sentMailId) return { kind: "sent mail id", span: item.span };
  context.add(
    report(
      "MC1507",
      item.span,
      { expression: item.text },
      didYouMean(item.text, item.span, [sentMailId]),
    ),
  );
  cursor.skipRest();
  return undefined;
}

function ticketPathOf(word: string): TicketPath | undefined {
  if (!word.startsWith(ticketPrefix)) return undefined;
  const path = word.slice(ticketPrefix.length);
  return ticketPaths.find((one) => one === path);
}

function ticketPathExpression(
  item: Word,
  path: TicketPath | undefined,
  context: BindContext,
  place: "rule" | "process",
): Expression | undefined {
  if (place === "rule") {
    context.add(report("MC1502", item.span, { expression: item.text }));
    return undefined;
  }
  if (path !== undefined) return { kind: "ticket path", span: item.span, path };
  const holes = {
    expression: item.text,
    path: "nothing",
    known: `It has: ${ticketPaths.join(", ")}.`,
  };
  context.add(report("MC1506", item.span, holes));
  return undefined;
}

function takeFieldExpression(
  cursor: Cursor,
  context: BindContext,
  place: "rule" | "process",
): Expression | undefined {
  const field = takeField(cursor, context, place === "rule" ? "mail" : "process");
  if (field === undefined) return undefined;
  const { use } = field;
  const argument = use.argument === undefined ? {} : { argument: use.argument };
  if (use.in === "mail")
    return { kind: "mail field", span: use.span, field: use.name, ...argument };
  if (use.in === "process") {
    return { kind: "process field", span: use.span, field: use.name, ...argument };
  }
  return undefined;
}

/** A word that names nothing: says what was most likely meant. */
function unknownExpression(
  item: Word,
  context: BindContext,
  place: "rule" | "process",
  captures: Captures,
): void {
  if (place === "process" && item.text.startsWith(ticketPrefix)) {
    const path = item.text.slice(ticketPrefix.length);
    const known = `It has: ${ticketPaths.join(", ")}.`;
    const extras = didYouMean(path, item.span, ticketPaths, (one) => `${ticketPrefix}${one}`);
    context.add(report("MC1506", item.span, { expression: ticketWord, path, known }, extras));
    return;
  }
  if (place === "rule" && item.text.startsWith(ticketPrefix)) {
    context.add(report("MC1502", item.span, { expression: item.text }));
    return;
  }
  if (captures.byName.has(item.text)) {
    const meant = `$${item.text}`;
    const fixes = [replacement(`Write ${meant}`, item.span, meant)];
    const help = `A capture stands with its sign: \${${meant}}.`;
    context.add(report("MC1501", item.span, { expression: item.text }, { help, fixes }));
    return;
  }
  const fields =
    place === "rule" ? wordsOf(mailFields) : [...wordsOf(processFields), ...wordsOf(mailFields)];
  const names = [...captures.byName.keys()].map((name) => `$${name}`);
  const extras = didYouMean(item.text, item.span, [...fields, ...names]);
  context.add(report("MC1501", item.span, { expression: item.text }, extras));
}

/** A hole that holds a capture alone, as it stands in a file. */
export function holeOf(written: string): string {
  return `"\${${written}}"`;
}

/** The fix that puts what stands there into a text. */
export function intoText(span: Span, written: string): ReturnType<typeof replacement> {
  const text = holeOf(written);
  return replacement(`Write ${text}`, span, text);
}
