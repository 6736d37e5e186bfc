import type { Instant, MailHeaders } from "@mcrules/mail";

/** ISO 8601 with the offset that holds at that place of the clock: `2026-11-02T10:00:00+01:00`. */
export function isoWithOffset(instant: Instant, offsetMinutes: number): string {
  const local = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? "-" : "+";
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  return `${local}${sign}${hours}:${String(size % 60).padStart(2, "0")}`;
}

/** By how many minutes the clocks of a zone are ahead of UTC at that instant. */
export function zoneOffset(instant: Instant, zone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const at = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(
    at("year"),
    at("month") - 1,
    at("day"),
    at("hour"),
    at("minute"),
    at("second"),
  );
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** The date of the Mail Information: what the mail says, else when it was received. */
export function mailDate(headers: MailHeaders, received: Instant, zone: string): string {
  return headers.date === undefined
    ? isoWithOffset(received, zoneOffset(received, zone))
    : isoWithOffset(headers.date.instant, headers.date.offsetMinutes);
}
