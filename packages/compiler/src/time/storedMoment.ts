import type { Instant } from "@mcrules/mail";
import { hour, minute, type Zone } from "./zone.ts";

const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The instant that the date of an own field means: of a day its start in the zone; of a time without
 * an offset what the zone's clock shows then. Undefined where the text is no date.
 */
export function storedMoment(text: string, zone: Zone): Instant | undefined {
  const found = form.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hours = "0", minutes = "0", seconds = "0", offset] = found;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const timeOfDay = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000;
  if (offset === undefined) return zone.instant({ ...date, timeOfDay });
  const shown = Date.UTC(date.year, date.month - 1, date.day) + timeOfDay;
  return shown - (offset === "Z" ? 0 : offsetOf(offset));
}

function offsetOf(offset: string): number {
  const distance = Number(offset.slice(1, 3)) * hour + Number(offset.slice(-2)) * minute;
  return offset.startsWith("-") ? -distance : distance;
}
