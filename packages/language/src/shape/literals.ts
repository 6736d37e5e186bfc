import type { IToken } from "chevrotain";
import { report } from "../diagnostics/report.ts";
import { endOf, type Reading } from "./reading.ts";
import type { DateItem, Item, NumberItem, PatternItem, TimeItem } from "./shape.ts";
import { isClosed } from "./tokens.ts";

/** Numbers, dates, times, patterns and captures: from a token to its value. */

export function numberItem(token: IToken, reading: Reading): NumberItem {
  const raw = token.image;
  const plain = /^\d+(?:\.\d+)?$/.test(raw);
  const value = Number(plain ? raw : raw.replace(/[^\d.]/g, "").replace(/\.(?=.*\.)/g, ""));
  const readable = Number.isFinite(value) ? value : Number.MAX_SAFE_INTEGER;
  if (!plain || value > Number.MAX_SAFE_INTEGER) {
    const reason = /^[-+]/.test(raw)
      ? "a number has no sign"
      : plain
        ? "it is too large"
        : "digits, and at most one point with digits behind it, were expected";
    const span = reading.spanOf(token);
    const digits = raw.replace(/[.,'_]/g, "");
    const parted = /^\d{1,3}(?:[.,'_]\d{3}){2,}$/.test(raw) && Number.isSafeInteger(Number(digits));
    const fixes = parted ? [{ title: `Write \`${digits}\``, edits: [{ span, text: digits }] }] : [];
    reading.add(report("MC1032", span, { number: raw, reason }, { fixes }));
  }
  return { kind: "number", span: reading.spanOf(token), value: readable, raw };
}

const momentForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export function dateItem(token: IToken, reading: Reading): DateItem {
  const raw = token.image;
  const span = reading.spanOf(token);
  const [, years, months, days, hours, minutes, seconds, offset] = momentForm.exec(raw) ?? [];
  const year = Number(years ?? 1970);
  const month = Number(months ?? 1);
  const day = Number(days ?? 1);
  const dated = { kind: "date", span, raw, year, month, day, instant: undefined } as const;
  const wrong = (reason: string): DateItem => {
    reading.add(report("MC1030", span, { date: raw, reason }));
    return { ...dated, year: 1970, month: 1, day: 1, instant: raw.includes("T") ? 0 : undefined };
  };
  if (years === undefined) {
    const local = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(raw);
    return wrong(local === null ? "it is not written in full" : "the year comes first");
  }
  if (month < 1 || month > 12) return wrong(`there is no month ${months}`);
  const last = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const days31 = month === 2 && !isLeap(year) ? 28 : last;
  if (day < 1 || day > days31) return wrong(`month ${months} of ${years} has ${days31} days`);
  if (hours === undefined) return dated;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) {
    return wrong("there is no such time");
  }
  if (offset === undefined) return wrong("a moment says how far it is from UTC");
  const instant = Date.parse(raw);
  return Number.isNaN(instant) ? wrong("there is no such time") : { ...dated, instant };
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function timeItem(token: IToken, reading: Reading): TimeItem {
  const span = reading.spanOf(token);
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(token.image) ?? [];
  const value = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  const right = hours !== undefined && Number(minutes) < 60 && value <= 24 * 60;
  if (!right) {
    const padded = /^\d:\d{2}$/.test(token.image);
    const fixes = padded
      ? [{ title: `Write 0${token.image}`, edits: [{ span, text: `0${token.image}` }] }]
      : [];
    reading.add(report("MC1031", span, { time: token.image }, { fixes }));
  }
  return { kind: "time", span, minutes: right ? value : 0 };
}

export function patternItem(token: IToken, reading: Reading): PatternItem | Item {
  const span = reading.spanOf(token);
  if (!isClosed(token)) {
    const end = endOf(token);
    const edits = [{ span: reading.span(end, end), text: "/" }];
    reading.add(report("MC1041", span, {}, { fixes: [{ title: "Close the pattern", edits }] }));
    return { kind: "unknown", span, text: token.image };
  }
  const slash = token.image.lastIndexOf("/");
  const written = token.image.slice(slash + 1);
  const flags = [...new Set(written)].filter((flag) => "ims".includes(flag)).join("");
  if (flags !== written) {
    const wrong = [...written].find(
      (flag, at) => !flags.includes(flag) || written.indexOf(flag) !== at,
    );
    const at = reading.span(token.startOffset + slash + 1, endOf(token));
    const fixes = [{ title: `Write the flags \`${flags}\``, edits: [{ span: at, text: flags }] }];
    reading.add(report("MC1042", at, { flag: wrong ?? written }, { fixes }));
  }
  return { kind: "pattern", span, source: token.image.slice(1, slash), flags };
}

export function captureItem(token: IToken, reading: Reading): Item {
  const [name = "", ...path] = token.image.slice(1).split(".");
  return {
    kind: "capture",
    span: reading.spanOf(token),
    name,
    path: path.length === 0 ? undefined : path.join("."),
  };
}
