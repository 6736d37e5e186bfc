import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { CalendarDeclaration, Placed } from "../tree/index.ts";
import { calendarSettings, rangeWord, weekdays } from "../vocabulary/helpdesk.ts";
import { declarations, fromFile } from "../vocabulary/declarations.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { fileProblem } from "./files.ts";
import { readHead, takeBlock } from "./head.ts";
import { valuesOf } from "./list.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { replacement } from "./suggestions.ts";
import { dayText, takeText, unknownWord, warnOfDoubles, wrongValue } from "./values.ts";

type Hours = CalendarDeclaration["open"][number];

/** Binds `calendar NAME { … }`. */
export function bindCalendar(line: Line, context: BindContext): CalendarDeclaration {
  const head = readHead(line, context, "calendar");
  const block = takeBlock(head, context);
  const open: Hours[] = [];
  const closed: Placed<string>[] = [];
  let opens = block === undefined;
  if (block !== undefined) {
    const understood = bindSettings(block, context, declarations.calendar.one, calendarSettings, {
      open: (cursor, entry) => {
        opens = true;
        const hours = takeHours(cursor, context, entry);
        if (hours !== undefined) open.push(hours);
      },
      closed: (cursor, entry) => {
        closed.push(...takeDays(cursor, context, entry));
      },
    });
    opens ||= !understood;
  }
  const { name } = head.declared;
  if (!opens) context.add(report("MC2117", name.span, { name: name.value }));
  warnOfDoubles(closed, context, `calendar "${name.value}"`);
  return { kind: "calendar", ...head.declared, open, closed };
}

/** `Monday to Friday 09:00 to 18:00`, `Saturday 09:00 to 13:00`, `[Monday, Friday] 09:00 to 13:00` */
function takeHours(cursor: Cursor, context: BindContext, entry: SettingEntry): Hours | undefined {
  const from = cursor.index;
  const days = takeWeekdays(cursor, context, entry);
  if (days === undefined) return undefined;
  const first = cursor.takeKind("time");
  if (first === undefined) return wrongValue(cursor, context, entry, "a time, such as 09:00");
  if (cursor.takePhrase(rangeWord) === undefined) {
    return wrongValue(cursor, context, entry, `${rangeWord} and a time`);
  }
  const last = cursor.takeKind("time");
  if (last === undefined) return wrongValue(cursor, context, entry, "a time, such as 18:00");
  const span = cursor.spanFrom(from);
  if (last.minutes <= first.minutes) {
    context.add(report("MC2116", { ...first.span, end: last.span.end }, {}));
    return undefined;
  }
  return { span, weekdays: days, from: first.minutes, to: last.minutes };
}

function takeWeekdays(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): readonly number[] | undefined {
  const list = cursor.takeKind("list");
  if (list !== undefined) {
    const days = new Set<number>();
    for (const item of list.items) {
      const day = weekdays.findIndex((name) => item.kind === "word" && item.text === name);
      if (day < 0) {
        const expected = "a list of days";
        const found = describe(item);
        context.add(
          report("MC2103", item.span, { word: entry.word, expected, found, form: entry.form }),
        );
      } else days.add(day + 1);
    }
    return [...days].toSorted((a, b) => a - b);
  }
  const first = takeWeekday(cursor, context, entry);
  if (first === undefined) return undefined;
  if (cursor.takePhrase(rangeWord) === undefined) return [first];
  const last = takeWeekday(cursor, context, entry);
  if (last === undefined) return undefined;
  // Friday to Monday goes over the week's end.
  const length = ((last - first + 7) % 7) + 1;
  const days = Array.from({ length }, (_, after) => ((first - 1 + after) % 7) + 1);
  return days.toSorted((a, b) => a - b);
}

/** `Mon-Fri` as it is written here. */
function rangeOf(text: string): string | undefined {
  const [, first, last] = /^(\p{L}{2,})-(\p{L}{2,})$/u.exec(text) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const dayOf = (word: string) =>
    weekdays.find((day) => day.toLowerCase().startsWith(word.toLowerCase()));
  const from = dayOf(first);
  const to = dayOf(last);
  return from === undefined || to === undefined ? undefined : `${from} ${rangeWord} ${to}`;
}

function takeWeekday(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): number | undefined {
  if (cursor.item?.kind !== "word") {
    return wrongValue(cursor, context, entry, "a day, such as Monday");
  }
  const taken = cursor.takeOneOf(weekdays);
  if (taken !== undefined) return weekdays.indexOf(taken.phrase) + 1;
  const range = rangeOf(cursor.item.text);
  if (range !== undefined) {
    const { span } = cursor.item;
    const holes = {
      word: entry.word,
      expected: "a day, such as Monday",
      found: describe(cursor.item),
      form: entry.form,
    };
    const fixes = [replacement(`Write ${range}`, span, range)];
    context.add(report("MC2103", span, holes, { help: `Write ${range}.`, fixes }));
    cursor.skipRest();
    return undefined;
  }
  unknownWord(cursor, context, entry, "day of the week", weekdays);
  return undefined;
}

/** `2026-12-25`, a list of days, or `from "holidays.txt"`. */
function takeDays(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): readonly Placed<string>[] {
  if (cursor.takePhrase(fromFile) !== undefined) return daysOfFile(cursor, context, entry);
  const single = cursor.takeKind("date");
  const items = single === undefined ? cursor.takeKind("list")?.items : [single];
  if (items === undefined) {
    wrongValue(cursor, context, entry, `a date, a list of dates, or ${fromFile} and a file`);
    return [];
  }
  const days: Placed<string>[] = [];
  for (const item of items) {
    if (item.kind === "date" && item.instant === undefined) {
      days.push({ value: dayText(item), span: item.span });
    } else if (item.kind !== "unknown") {
      const expected = "dates, such as 2026-12-25";
      const found = describe(item);
      context.add(
        report("MC2103", item.span, { word: entry.word, expected, found, form: entry.form }),
      );
    }
  }
  if (items.length === 0) {
    context.add(report("MC2111", entry.span, { place: `"${entry.word}"` }));
  }
  return days;
}

function daysOfFile(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): readonly Placed<string>[] {
  const path = takeText(cursor, context, entry, "the path of a file");
  if (path === undefined) return [];
  const file = context.names.readText(path.value);
  if ("kind" in file) {
    context.add(fileProblem(file, path));
    return [];
  }
  return valuesOf(file.text, file.path).filter(({ value, span }) => {
    if (isDay(value)) return true;
    context.add(report("MC2118", span, { text: value, path: file.path }));
    return false;
  });
}

/** Whether a text is a day of the calendar, as `2026-12-25`. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
