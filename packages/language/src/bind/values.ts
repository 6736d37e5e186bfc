import { report, type RawDiagnostic, type RawFix } from "../diagnostics/report.ts";
import type { DateItem, Item, NumberItem, TextItem } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import type { Duration, Placed } from "../tree/index.ts";
import {
  durationUnits,
  isDurationWord,
  longestDuration,
  type DurationUnit,
} from "../vocabulary/units.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { plainText } from "./plainText.ts";
import { quoted, replacement } from "./suggestions.ts";

/** The entry that a value is read for: how messages call it, and how it is written. */
export interface Entry {
  readonly word: string;
  readonly form: string;
}

/** Says what the entry wants at the place in front, and leaves the rest of the line unread. */
export function wrongValue(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  expected: string,
): undefined {
  if (cursor.item?.kind !== "unknown") {
    const found = describe(cursor.item);
    context.add(
      report("MC2103", cursor.here, { word: entry.word, expected, found, form: entry.form }),
    );
  }
  cursor.skipRest();
  return undefined;
}

/** Says that nothing more is expected, and leaves the rest of the line unread. */
export function leftOver(cursor: Cursor, context: BindContext): void {
  const item = cursor.item;
  if (item === undefined) return;
  if (item.kind !== "unknown") {
    context.add(leftOverFinding(item));
  }
  cursor.skipRest();
}

export function leftOverFinding(item: Item): RawDiagnostic {
  const extras =
    item.kind === "symbol" && item.symbol === ","
      ? { help: 'Where several values may stand, they stand in brackets: ["…", "…"].' }
      : {};
  return report("MC2105", item.span, { found: describe(item) }, extras);
}

/** A text without holes. */
export function takeText(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  expected = "a text",
): Placed<string> | undefined {
  const item = cursor.takeKind("text");
  if (item === undefined) return noText(cursor, context, entry, expected);
  return named(item, context, entry);
}

/** Says that a text is wanted; a bare word alone is offered in quotes. */
function noText(cursor: Cursor, context: BindContext, entry: Entry, expected: string): undefined {
  const { item } = cursor;
  if (item?.kind !== "word" || cursor.peek() !== undefined) {
    return wrongValue(cursor, context, entry, expected);
  }
  const text = quoted(item.text);
  context.add(
    report(
      "MC2103",
      item.span,
      { word: entry.word, expected, found: describe(item), form: entry.form },
      {
        help: `Write it in quotes: ${text}`,
        fixes: [replacement(`Write ${text}`, item.span, text)],
      },
    ),
  );
  cursor.skipRest();
  return undefined;
}

function named(item: TextItem, context: BindContext, entry: Entry): Placed<string> | undefined {
  const text = plainText(item, context);
  if (text === undefined) return undefined;
  if (text.value.trim() === "" && item.closed) {
    context.add(report("MC2122", text.span, { word: entry.word }));
    return undefined;
  }
  return text;
}

/** A list of texts, or one text alone. What stands twice is warned of. */
export function takeTexts(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  expected = "a list of texts",
): readonly Placed<string>[] | undefined {
  const items = takeItems(cursor);
  if (items === undefined) return noText(cursor, context, entry, expected);
  const texts: Placed<string>[] = [];
  let broken = false;
  for (const item of items) {
    if (item.kind === "text") {
      const text = named(item, context, entry);
      if (text === undefined) broken = true;
      else texts.push(text);
    } else {
      broken = true;
      if (item.kind === "unknown") continue;
      const found = describe(item);
      context.add(
        report("MC2103", item.span, { word: entry.word, expected, found, form: entry.form }),
      );
    }
  }
  warnOfDoubles(texts, context, `"${entry.word}"`);
  return broken && texts.length === 0 ? undefined : texts;
}

/** The items of the list in front, or the one text in front. */
function takeItems(cursor: Cursor): readonly Item[] | undefined {
  const text = cursor.takeKind("text");
  if (text !== undefined) return [text];
  return cursor.takeKind("list")?.items;
}

/** Warns of values that stand twice, letter case aside. */
export function warnOfDoubles(
  values: readonly Placed<string>[],
  context: BindContext,
  place: string,
): void {
  const seen = new Map<string, Span>();
  for (const [at, { value, span }] of values.entries()) {
    const key = value.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, span);
    else {
      context.add(
        report(
          "MC2110",
          span,
          { value, place },
          {
            related: [{ span: first, message: "it stands here first" }],
            fixes: takenOut(span, values[at - 1]?.span, context),
          },
        ),
      );
    }
  }
}

/** Takes a value out of its list, with the comma before it; comments between are not lost. */
function takenOut(span: Span, last: Span | undefined, context: BindContext): readonly RawFix[] {
  if (last === undefined || span.file !== context.file || last.file !== span.file) return [];
  const gap = { ...span, start: last.end };
  if (!/^[ \t\r\n]*,[ \t\r\n]*$/.test(context.text.slice(gap.start, span.start))) return [];
  return [replacement("Take it out", gap, "")];
}

/** One of the words or phrases of a place. */
export function takeOneOf<P extends string>(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  phrases: readonly P[],
): Placed<P> | undefined {
  const taken = cursor.takeOneOf(phrases);
  if (taken !== undefined) return { value: taken.phrase, span: taken.span };
  unknownWord(cursor, context, entry, `value of ${entry.word}`, phrases);
  return undefined;
}

/** Says which words may stand here: the word in front is none of them. */
export function unknownWord(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  what: string,
  phrases: readonly string[],
): void {
  const item = cursor.item;
  const known = listed(phrases);
  if (item?.kind === "text" && item.parts.length === 1) {
    const part = item.parts[0];
    const inside = part?.kind === "string" ? part.value : "";
    if (phrases.includes(inside)) {
      context.add(
        report(
          "MC2103",
          item.span,
          { word: entry.word, expected: "the bare word", found: "a text", form: entry.form },
          {
            help: `Take the quotes away: ${inside}`,
            fixes: [{ title: `Write ${inside}`, edits: [{ span: item.span, text: inside }] }],
          },
        ),
      );
      cursor.skipRest();
      return;
    }
  }
  if (item?.kind !== "word") {
    wrongValue(cursor, context, entry, oneOf(phrases));
    return;
  }
  const guess = nearest(item.text, phrases) ?? begunBy(item.text, phrases);
  context.add(
    report(
      "MC2106",
      item.span,
      { word: `"${item.text}"`, what, known },
      guess === undefined
        ? {}
        : {
            help: `Do you mean ${guess}? It is one of: ${known}.`,
            fixes: [{ title: `Write ${guess}`, edits: [{ span: item.span, text: guess }] }],
          },
    ),
  );
  cursor.skipRest();
}

export function takeNumber(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
  expected = "a number",
): NumberItem | undefined {
  return cursor.takeKind("number") ?? wrongValue(cursor, context, entry, expected);
}

/** A moment with an offset; a bare day is told to be one. */
export function takeMoment(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Placed<number> | undefined {
  const item = cursor.takeKind("date");
  if (item === undefined) {
    return wrongValue(cursor, context, entry, "a moment, such as 2026-11-02T09:00Z");
  }
  if (item.instant !== undefined) return { value: item.instant, span: item.span };
  const example = `${dayText(item)}T09:00Z`;
  context.add(
    report(
      "MC2214",
      item.span,
      { word: `"${entry.word}"`, example },
      { fixes: [{ title: `Write ${example}`, edits: [{ span: item.span, text: example }] }] },
    ),
  );
  return undefined;
}

/** A day as `2026-12-25`. */
export function dayText(item: DateItem): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(item.year).padStart(4, "0")}-${two(item.month)}-${two(item.day)}`;
}

export interface Time {
  readonly span: Span;
  readonly duration: Duration;
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** A number and a unit of time: `5 minutes`. */
export function takeTime(cursor: Cursor, context: BindContext, entry: Entry): Time | undefined {
  const from = cursor.index;
  const number = takeNumber(cursor, context, entry, "a time, such as 5 minutes");
  if (number === undefined) return undefined;
  const word = cursor.item;
  if (word?.kind !== "word" || !isDurationWord(word.text)) {
    const units = Object.keys(durationUnits);
    const guess =
      word?.kind === "word" ? (nearest(word.text, units) ?? begunBy(word.text, units)) : undefined;
    context.add(
      report(
        "MC2113",
        cursor.here,
        { word: describe(word) },
        guess === undefined || word === undefined
          ? {}
          : {
              help: `Do you mean ${guess}?`,
              fixes: [{ title: `Write ${guess}`, edits: [{ span: word.span, text: guess }] }],
            },
      ),
    );
    cursor.skipRest();
    return undefined;
  }
  cursor.take();
  const { unit, milliseconds } = durationUnits[word.text];
  const duration = { milliseconds: Math.round(number.value * milliseconds) };
  const span = cursor.spanFrom(from);
  if (duration.milliseconds <= 0 || duration.milliseconds > longestDuration) {
    context.add(report("MC2114", span, { word: entry.word }));
    return undefined;
  }
  return { span, duration, amount: number.value, unit };
}

/** The last of the words that begin like an abbreviation of three letters or more: of two forms the plural. */
function begunBy(abbreviation: string, words: readonly string[]): string | undefined {
  const begin = abbreviation.toLowerCase();
  return begin.length < 3
    ? undefined
    : words.findLast((word) => word.toLowerCase().startsWith(begin));
}

/** `a, b, c`, as messages list words. */
export function listed(words: readonly string[]): string {
  return words.join(", ");
}

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return "nothing";
  return words.length === 1 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
