import type { Instant } from "@mcrules/mail";

/** A calendar day, without a zone. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A moment as a clock on the wall of a zone shows it. */
export interface WallTime extends Day {
  /** Milliseconds since midnight as the clock shows them. */
  readonly timeOfDay: number;
}

/** Conversions between instants and the wall time of one zone, daylight saving included. */
export interface Zone {
  readonly name: string;
  wallTime(instant: Instant): WallTime;
  /** Of a wall time that does not exist the instant as far behind the gap; of one that exists twice the earlier. */
  instant(time: WallTime): Instant;
  startOfDay(day: Day): Instant;
  /** The first instant that is no longer in the day. */
  endOfDay(day: Day): Instant;
  /** ISO 8601 with offset, to the second. */
  format(instant: Instant): string;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const dayLength = 24 * hour;

const asUtc = (time: WallTime): number =>
  Date.UTC(time.year, time.month - 1, time.day) + time.timeOfDay;

const wallTimeOfUtc = (shown: number): WallTime => {
  const date = new Date(shown);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    timeOfDay: shown - Math.floor(shown / dayLength) * dayLength,
  };
};

/** The day `count` days later, or earlier. */
export function addDays(day: Day, count: number): Day {
  const {
    year,
    month,
    day: of,
  } = wallTimeOfUtc(Date.UTC(day.year, day.month - 1, day.day) + count * dayLength);
  return { year, month, day: of };
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: Day): number {
  return ((new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7) + 1;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  return `${String(day.year).padStart(4, "0")}-${two(day.month)}-${two(day.day)}`;
}

/** The zone of an IANA name; throws a RangeError where there is none of that name. */
export function zone(name: string): Zone {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    era: "short",
  });

  /** What is added to an instant to get what the wall shows. */
  const offset = (instant: Instant): number => {
    if (name === "UTC") return 0;
    const shown: Record<string, string> = {};
    for (const part of parts.formatToParts(instant)) shown[part.type] = part.value;
    const year = Number(shown["year"]);
    const wall = Date.UTC(
      shown["era"] === "BC" ? 1 - year : year,
      Number(shown["month"]) - 1,
      Number(shown["day"]),
      Number(shown["hour"]),
      Number(shown["minute"]),
      Number(shown["second"]),
    );
    return wall - Math.floor(instant / 1000) * 1000;
  };

  const instantOf = (time: WallTime): Instant => {
    const shown = asUtc(time);
    const before = offset(shown - dayLength);
    const after = offset(shown + dayLength);
    const withBefore = shown - before;
    if (offset(withBefore) === before) return withBefore;
    const withAfter = shown - after;
    if (offset(withAfter) === after) return withAfter;
    return withBefore;
  };

  const startOfDay = (day: Day): Instant => instantOf({ ...day, timeOfDay: 0 });

  return {
    name,
    wallTime: (instant) => wallTimeOfUtc(instant + offset(instant)),
    instant: instantOf,
    startOfDay,
    endOfDay: (day) => startOfDay(addDays(day, 1)),
    format: (instant) => {
      const shift = offset(instant);
      const time = wallTimeOfUtc(instant + shift);
      const seconds = Math.floor(time.timeOfDay / 1000);
      const minutes = Math.floor(Math.abs(shift) / minute);
      return (
        `${formatDay(time)}T${two(Math.floor(seconds / 3600))}:` +
        `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` +
        `${shift < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
      );
    },
  };
}
