import type { Instant } from "./mail.ts";

/** A moment and the offset from UTC in which it was written. */
export interface DateWithOffset {
  readonly instant: Instant;
  readonly offsetMinutes: number;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** RFC 5322 4.3; every other name of letters counts as -0000, as that section says. */
const zones: Readonly<Record<string, number>> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  bst: 60,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
};

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;
const rfc =
  /^(?:[a-z]{2,9}\.?\s?,?\s?)?(\d{1,2})[\s-]([a-z]{3,9})\.?[\s-](\d{2,4})\s(\d{1,2})\s?[:.]\s?(\d\d)(?:\s?[:.]\s?(\d\d)(?:\.\d{1,9})?)?\s?(?:([+-].*|[a-z].*))?$/i;
const asctime =
  /^(?:[a-z]{3,9},?\s)?([a-z]{3,9})\.?\s(\d{1,2}),?\s(\d{1,2}):(\d\d)(?::(\d\d))?\s(?:([a-z]{1,5}|[+-]\d{4})\s)?(\d{4})(?:\s(.*))?$/i;

/**
 * Reads a Date header: RFC 5322 with its obsolete forms, asctime, ISO 8601. Without a zone it is
 * taken for UTC. Everything else is unreadable: undefined, never a guess.
 */
export function readDate(text: string): DateWithOffset | undefined {
  if (text.length > 500) return undefined;
  const plain = withoutComments(text).replace(/\s+/g, " ").trim();
  let found = iso.exec(plain);
  if (found !== null) {
    const [, year, month, day, hour, minute, second, zone] = found;
    return moment(Number(year), Number(month), day, hour, minute, second, zone);
  }
  found = rfc.exec(plain);
  if (found !== null) {
    const [, day, month, year = "", hour, minute, second, zone] = found;
    return moment(fullYear(year), monthNumber(month), day, hour, minute, second, zone);
  }
  found = asctime.exec(plain);
  if (found !== null) {
    const [, month, day, hour, minute, second, zone, year = "", zoneBehind] = found;
    return moment(
      fullYear(year),
      monthNumber(month),
      day,
      hour,
      minute,
      second,
      zone ?? zoneBehind,
    );
  }
  return undefined;
}

/** The date of a Received header: what stands behind its last `;`. */
export function readReceivedDate(text: string): Instant | undefined {
  const semicolon = text.lastIndexOf(";");
  return semicolon === -1 ? undefined : readDate(text.slice(semicolon + 1))?.instant;
}

function moment(
  year: number,
  month: number,
  dayText: string | undefined,
  hourText = "0",
  minuteText = "0",
  secondText = "0",
  zone = "Z",
): DateWithOffset | undefined {
  const day = Number(dayText);
  const hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  const offsetMinutes = readZone(zone);
  if (offsetMinutes === undefined || month < 1 || month > 12 || day < 1) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || year < 1900) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCMonth() !== month - 1) return undefined;
  // A leap second is the second after it, as in POSIX.
  const seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second;
  return { instant: midnight + seconds * 1000, offsetMinutes };
}

function readZone(text: string): number | undefined {
  const zone = text.trim();
  // Behind the digits some programs repeat the zone's name without parentheses.
  const numeric = /^(?:(?:GMT|UTC?)\s?)?([+-])(\d\d):?(\d\d)?(?:\s[a-z ]{1,40})?$/i.exec(zone);
  if (numeric !== null) {
    const [, sign, hours, minutes = "0"] = numeric;
    const offset = Number(hours) * 60 + Number(minutes);
    if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
    return sign === "-" && offset !== 0 ? -offset : offset;
  }
  // "9:00 AM" is no date of a mail, and its hour would be read wrong.
  if (!/^[a-z]{1,5}$/i.test(zone) || /^[ap]m$/i.test(zone)) return undefined;
  return zones[zone.toLowerCase()] ?? 0;
}

function monthNumber(name: string | undefined): number {
  return months.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;
}

/** RFC 5322 4.3: years of two and three digits. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}

function withoutComments(text: string): string {
  if (!text.includes("(")) return text;
  let depth = 0;
  let out = "";
  for (const char of text) {
    if (char === "(") depth += 1;
    else if (char === ")" && depth > 0) {
      depth -= 1;
      out += " ";
    } else if (depth === 0) out += char;
  }
  return out;
}
