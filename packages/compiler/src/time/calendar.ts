import type { Instant } from "@mcrules/mail";
import { addDays, dayLength, formatDay, hour, minute, weekday } from "./zone.ts";
import type { Day, Zone } from "./zone.ts";

/** Opening hours: minutes after midnight, weekdays from 1 Monday to 7 Sunday. */
export interface OpeningHours {
  readonly open: readonly {
    readonly weekdays: readonly number[];
    readonly from: number;
    readonly to: number;
  }[];
  /** `YYYY-MM-DD`. */
  readonly closed: readonly string[];
}

export type TimeUnit = "seconds" | "minutes" | "hours" | "days" | "weeks";

/** Beyond ten years without an open hour a calendar is taken to have none. */
const longestSearch = 3660;

const unitLength: Readonly<Record<"seconds" | "minutes" | "hours", number>> = {
  seconds: 1000,
  minutes: minute,
  hours: hour,
};

/** The opening hours of one day, in order, overlaps joined. */
function openingsOf(
  hours: OpeningHours,
  day: Day,
): readonly { readonly from: number; readonly to: number }[] {
  if (hours.closed.includes(formatDay(day))) return [];
  const on = weekday(day);
  const sorted = hours.open
    .filter((opening) => opening.weekdays.includes(on) && opening.from < opening.to)
    .toSorted((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

const at = (zone: Zone, day: Day, minutes: number): Instant =>
  minutes >= 24 * 60 ? zone.endOfDay(day) : zone.instant({ ...day, timeOfDay: minutes * minute });

/** Whether the instant lies in the opening hours. */
export function isOpen(hours: OpeningHours, zone: Zone, instant: Instant): boolean {
  const day = zone.wallTime(instant);
  return openingsOf(hours, day).some(
    (opening) => at(zone, day, opening.from) <= instant && instant < at(zone, day, opening.to),
  );
}

/** Days and weeks keep the time that the clock shows; shorter units are a length of time. */
export function addTime(zone: Zone, from: Instant, amount: number, unit: TimeUnit): Instant {
  if (unit !== "days" && unit !== "weeks") return from + amount * unitLength[unit];
  const days = unit === "weeks" ? amount * 7 : amount;
  const time = zone.wallTime(from);
  const whole = Math.trunc(days);
  return (
    zone.instant({ ...addDays(time, whole), timeOfDay: time.timeOfDay }) +
    (days - whole) * dayLength
  );
}

/**
 * The instant by which so much time has passed in the opening hours. Days count open days and keep
 * the time of day, brought within the hours of the day that is reached; weeks count seven days each and
 * end on an open day. A calendar without open hours counts for nothing.
 */
export function addOpenTime(
  hours: OpeningHours,
  zone: Zone,
  from: Instant,
  amount: number,
  unit: TimeUnit,
): Instant {
  if (unit === "days" || unit === "weeks") return addOpenDays(hours, zone, from, amount, unit);
  let left = amount * unitLength[unit];
  let day: Day = zone.wallTime(from);
  for (let searched = 0; searched < longestSearch; searched += 1) {
    for (const opening of openingsOf(hours, day)) {
      const start = Math.max(from, at(zone, day, opening.from));
      const end = at(zone, day, opening.to);
      if (end <= start) continue;
      if (left <= end - start) return start + left;
      left -= end - start;
      searched = 0;
    }
    day = addDays(day, 1);
  }
  return addTime(zone, from, amount, unit);
}

function addOpenDays(
  hours: OpeningHours,
  zone: Zone,
  from: Instant,
  amount: number,
  unit: "days" | "weeks",
): Instant {
  const time = zone.wallTime(from);
  let day: Day = unit === "weeks" ? addDays(time, Math.trunc(amount) * 7 - 1) : time;
  let left = unit === "weeks" ? 1 : Math.max(1, Math.trunc(amount));
  for (let searched = 0; searched < longestSearch; searched += 1) {
    day = addDays(day, 1);
    const openings = openingsOf(hours, day);
    const first = openings[0];
    const last = openings.at(-1);
    if (first === undefined || last === undefined) continue;
    searched = 0;
    left -= 1;
    if (left > 0) continue;
    const kept = zone.instant({ ...day, timeOfDay: time.timeOfDay });
    return Math.min(Math.max(kept, at(zone, day, first.from)), at(zone, day, last.to));
  }
  return addTime(zone, from, amount, unit);
}
