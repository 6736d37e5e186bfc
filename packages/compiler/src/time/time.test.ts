import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addOpenTime, addTime, isOpen } from "./calendar.ts";
import { zone } from "./zone.ts";

const rome = zone("Europe/Rome");
const at = (text: string): number => Date.parse(text);
const office = {
  open: [
    { weekdays: [1, 2, 3, 4, 5], from: 9 * 60, to: 13 * 60 },
    { weekdays: [1, 2, 3, 4, 5], from: 14 * 60, to: 18 * 60 },
  ],
  closed: ["2026-12-25"],
};

describe("a zone", () => {
  test.each([
    ["2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"],
    ["2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"],
  ])("%s is %s in Rome", (instant, shown) => {
    expect(rome.format(at(instant))).toBe(shown);
  });

  test.each([
    ["Asia/Kolkata", "2026-11-02T14:30:00+05:30"],
    ["America/St_Johns", "2026-11-02T05:30:00-03:30"],
    ["UTC", "2026-11-02T09:00:00+00:00"],
  ])("%s has its offset", (name, shown) => {
    expect(zone(name).format(at("2026-11-02T09:00:00Z"))).toBe(shown);
  });

  test("a day of 23 and of 25 hours", () => {
    const length = (month: number, day: number): number => {
      const of = { year: 2026, month, day };
      return (rome.endOfDay(of) - rome.startOfDay(of)) / 3_600_000;
    };
    expect([length(3, 29), length(10, 25), length(6, 1)]).toEqual([23, 25, 24]);
  });

  test("a wall time that does not exist lies behind the gap, one that exists twice is the earlier", () => {
    const time = (month: number, day: number): number =>
      rome.instant({ year: 2026, month, day, timeOfDay: 2.5 * 3_600_000 });
    expect(rome.format(time(3, 29))).toBe("2026-03-29T03:30:00+02:00");
    expect(rome.format(time(10, 25))).toBe("2026-10-25T02:30:00+02:00");
  });

  test("wall time and back", () => {
    const names = ["Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        (name, seconds) => {
          const of = zone(name);
          const instant = seconds * 1000;
          const back = of.instant(of.wallTime(instant));
          // Of an hour that exists twice the earlier one is given: the clock shows the same.
          expect(of.format(back).slice(0, 19)).toBe(of.format(instant).slice(0, 19));
        },
      ),
    );
  });
});

describe("adding time", () => {
  test("days keep the time of day over a change of the clocks", () => {
    const from = at("2026-03-28T10:00:00+01:00");
    expect(rome.format(addTime(rome, from, 1, "days"))).toBe("2026-03-29T10:00:00+02:00");
    expect(rome.format(addTime(rome, from, 24, "hours"))).toBe("2026-03-29T11:00:00+02:00");
    expect(rome.format(addTime(rome, from, 1, "weeks"))).toBe("2026-04-04T10:00:00+02:00");
  });

  test.each([
    ["2026-11-02T10:00:00+01:00", 2, "hours", "2026-11-02T12:00:00+01:00"],
    ["2026-11-02T12:00:00+01:00", 4, "hours", "2026-11-02T17:00:00+01:00"],
    ["2026-11-06T17:00:00+01:00", 2, "hours", "2026-11-09T10:00:00+01:00"],
    ["2026-11-07T12:00:00+01:00", 30, "minutes", "2026-11-09T09:30:00+01:00"],
    ["2026-11-02T10:00:00+01:00", 8, "hours", "2026-11-03T10:00:00+01:00"],
    ["2026-12-24T17:30:00+01:00", 1, "hours", "2026-12-28T09:30:00+01:00"],
    ["2026-11-06T10:00:00+01:00", 1, "days", "2026-11-09T10:00:00+01:00"],
    ["2026-11-06T22:00:00+01:00", 1, "days", "2026-11-09T18:00:00+01:00"],
    ["2026-11-02T10:00:00+01:00", 5, "days", "2026-11-09T10:00:00+01:00"],
    ["2026-11-07T10:00:00+01:00", 1, "weeks", "2026-11-16T10:00:00+01:00"],
  ] as const)("%s and %d %s of the office is %s", (from, amount, unit, due) => {
    expect(rome.format(addOpenTime(office, rome, at(from), amount, unit))).toBe(due);
  });

  test("a calendar that never opens counts for nothing", () => {
    const never = { open: [], closed: [] };
    const from = at("2026-11-02T10:00:00+01:00");
    expect(addOpenTime(never, rome, from, 2, "hours")).toBe(from + 2 * 3_600_000);
  });
});

test.each([
  ["2026-11-02T09:00:00+01:00", true],
  ["2026-11-02T08:59:59+01:00", false],
  ["2026-11-02T13:00:00+01:00", false],
  ["2026-11-02T17:59:59+01:00", true],
  ["2026-11-07T10:00:00+01:00", false],
  ["2026-12-25T10:00:00+01:00", false],
])("at %s the office is open: %s", (instant, open) => {
  expect(isOpen(office, rome, at(instant))).toBe(open);
});
