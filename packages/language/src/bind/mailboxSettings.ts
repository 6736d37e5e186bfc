import { report } from "../diagnostics/report.ts";
import { nearest } from "../suggest.ts";
import type { Afterwards, MailboxDeclaration } from "../tree/index.ts";
import {
  afterwardsPhrases,
  connectionParameters,
  scanPhrases,
  sinceWords,
  type ConnectionParameter,
} from "../vocabulary/mailbox.ts";
import { describe, type BindContext } from "./context.ts";
import { cronProblem } from "./cron.ts";
import type { Cursor } from "./cursor.ts";
import { takeFolder } from "./folders.ts";
import { unknownName } from "./references.ts";
import { type SettingEntry } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { before, didYouMean, quoted, replacement } from "./suggestions.ts";
import {
  listed,
  oneOf,
  takeOneOf,
  takeText,
  takeTime,
  unknownWord,
  warnOfDoubles,
  wrongValue,
} from "./values.ts";

export type Parameter = Extract<
  MailboxDeclaration["source"],
  { kind: "server" }
>["parameters"][number];

/** `"NAME" "VALUE"` of a connection parameter. */
export function takeParameter(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Parameter | undefined {
  const from = cursor.index;
  const name = takeText(cursor, context, entry, "the name of a parameter");
  if (name === undefined) return undefined;
  const value = takeText(cursor, context, entry, "the value of the parameter");
  const known = wordsOf(connectionParameters);
  const parameter = known.find((one): one is ConnectionParameter => one === name.value);
  if (parameter === undefined) {
    context.add(
      report(
        "MC2136",
        name.span,
        { name: name.value, known: listed(known) },
        didYouMean(name.value, name.span, known, quoted),
      ),
    );
    return undefined;
  }
  if (value === undefined) return undefined;
  const values: readonly string[] = connectionParameters[parameter].values;
  if (!values.includes(value.value.toUpperCase())) {
    const guess = nearest(value.value, values);
    context.add(
      report(
        "MC2106",
        value.span,
        { word: `"${value.value}"`, what: `value of ${parameter}`, known: listed(values) },
        guess === undefined ? {} : didYouMean(value.value, value.span, values, quoted),
      ),
    );
    return undefined;
  }
  return { span: cursor.spanFrom(from), name: name.value, value: value.value.toUpperCase() };
}

/** `now`, `beginning`, a day or a moment. */
export function takeSince(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): MailboxDeclaration["since"] | undefined {
  const date = cursor.takeKind("date");
  if (date !== undefined) {
    if (date.instant !== undefined) return { kind: "moment", instant: date.instant };
    const { year, month, day } = date;
    return { kind: "day", year, month, day };
  }
  const word = cursor.takeOneOf(sinceWords);
  if (word !== undefined) return { kind: word.phrase };
  if (cursor.item?.kind === "word")
    unknownWord(cursor, context, entry, `value of ${entry.word}`, sinceWords);
  else wrongValue(cursor, context, entry, "now, beginning or a date");
  return undefined;
}

/** `nothing`, `mark read`, `move to "Folder"` or `delete`. */
export function takeAfterwards(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Afterwards | undefined {
  const phrase = takeOneOf(cursor, context, entry, afterwardsPhrases);
  if (phrase === undefined) return undefined;
  if (phrase.value !== "move to") return { kind: phrase.value };
  const folder = takeFolder(cursor, context, entry);
  return folder === undefined ? undefined : { kind: "move", folder };
}

/** `manually`, `every DURATION`, `cron "…"` or `on arrival`. */
export function takeScan(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): MailboxDeclaration["scan"] | undefined {
  if (cursor.item?.kind === "number") {
    const { span } = cursor.item;
    const fixes = [replacement("Write every before it", before(span), "every ")];
    const expected = oneOf(scanPhrases);
    const holes = { word: entry.word, expected, found: describe(cursor.item), form: entry.form };
    context.add(report("MC2103", span, holes, { help: "Write every before it.", fixes }));
    cursor.skipRest();
    return undefined;
  }
  const phrase = takeOneOf(cursor, context, entry, scanPhrases);
  if (phrase === undefined) return undefined;
  switch (phrase.value) {
    case "manually":
      return { kind: "manually" };
    case "on arrival":
      return { kind: "on arrival" };
    case "every": {
      const time = takeTime(cursor, context, entry);
      return time === undefined ? undefined : { kind: "every", duration: time.duration };
    }
    case "cron": {
      const expression = takeText(cursor, context, entry, "a cron expression");
      if (expression === undefined) return undefined;
      const problem = cronProblem(expression.value);
      if (problem === undefined) return { kind: "cron", expression: expression.value };
      context.add(report("MC2138", expression.span, { problem }));
      return undefined;
    }
    default: {
      const none: never = phrase.value;
      return none;
    }
  }
}

/** Names of sets of rules, between commas. */
export function takeApply(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): MailboxDeclaration["apply"] {
  const applied: MailboxDeclaration["apply"][number][] = [];
  const names = [];
  for (;;) {
    const word = cursor.takeWord();
    if (word === undefined) {
      wrongValue(cursor, context, entry, "the name of a set of rules");
      break;
    }
    names.push({ value: word.text, span: word.span });
    const rules = context.names.rules(word.text);
    if (rules === undefined) unknownName(word, "rules", context);
    else applied.push({ span: word.span, rules });
    const comma = cursor.item;
    if (comma?.kind !== "symbol" || comma.symbol !== ",") break;
    cursor.take();
  }
  warnOfDoubles(names, context, `"${entry.word}"`);
  return applied.filter(
    (one, index) => applied.findIndex(({ rules }) => rules === one.rules) === index,
  );
}
