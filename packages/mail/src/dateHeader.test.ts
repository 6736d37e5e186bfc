import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDate, readReceivedDate } from "./dateHeader.ts";

function iso(text: string): string | undefined {
  const read = readDate(text);
  return read === undefined ? undefined : new Date(read.instant).toISOString();
}

describe("dates that can be read", () => {
  it.each([
    ["Tue, 3 Mar 2026 10:20:30 +0100", "2026-03-03T09:20:30.000Z"],
    ["3 Mar 2026 10:20 +0100", "2026-03-03T09:20:00.000Z"],
    ["Tue,3 Mar 2026 10:20:30 -0530 (IST (sort of))", "2026-03-03T15:50:30.000Z"],
    ["Tue, 03 Mar 26 10:20:30 GMT", "2026-03-03T10:20:30.000Z"],
    ["Tue, 3 Mar 99 10:20:30 EST", "1999-03-03T15:20:30.000Z"],
    ["3 Mar 126 10:20:30 Z", "2026-03-03T10:20:30.000Z"],
    ["Tue (comment), 3 (third) Mar 2026 10 : 20 : 30 PDT", "2026-03-03T17:20:30.000Z"],
    ["Tuesday, 3 March 2026 10:20:30 +0000", "2026-03-03T10:20:30.000Z"],
    ["Tue, 3 Mar 2026 10:20:30", "2026-03-03T10:20:30.000Z"],
    ["Tue, 3 Mar 2026 10:20:30 X", "2026-03-03T10:20:30.000Z"],
    ["Tue, 3 Mar 2026 10:20:30 GMT+0200", "2026-03-03T08:20:30.000Z"],
    ["Tue, 3 Mar 2026 10:20:30 +02:00", "2026-03-03T08:20:30.000Z"],
    ["01 Jan 2001 00:01+0000", "2001-01-01T00:01:00.000Z"],
    ["3-Mar-2026 10:20:30 +0000", "2026-03-03T10:20:30.000Z"],
    ["Wed, 31 Dec 2025 23:59:60 +0000", "2026-01-01T00:00:00.000Z"],
    ["Tue Mar  3 10:20:30 2026", "2026-03-03T10:20:30.000Z"],
    ["Tue Mar 3 10:20:30 CET 2026", "2026-03-03T09:20:30.000Z"],
    ["Tue Mar 3 10:20:30 2026 +0100", "2026-03-03T09:20:30.000Z"],
    ["2026-03-03T10:20:30Z", "2026-03-03T10:20:30.000Z"],
    ["2026-03-03T10:20:30.5+01:00", "2026-03-03T09:20:30.000Z"],
    ["2026-03-03 10:20:30 +0100", "2026-03-03T09:20:30.000Z"],
    ["2026-03-03", "2026-03-03T00:00:00.000Z"],
    ["29 Feb 2024 00:00 +0000", "2024-02-29T00:00:00.000Z"],
  ])("%s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it("keeps the offset", () => {
    expect(readDate("3 Mar 2026 10:20:30 -0330")?.offsetMinutes).toBe(-210);
    expect(readDate("3 Mar 2026 10:20:30 -0000")?.offsetMinutes).toBe(0);
  });
});

describe("dates that cannot", () => {
  it.each([
    "",
    "yesterday",
    "Tue, 32 Mar 2026 10:20:30 +0000",
    "Tue, 29 Feb 2026 10:20:30 +0000",
    "Tue, 3 Foo 2026 10:20:30 +0000",
    "Tue, 3 Mar 2026 25:20:30 +0000",
    "Tue, 3 Mar 2026 10:61:30 +0000",
    "Tue, 3 Mar 2026 10:20:30 +9900",
    "Tue, 3 Mar 2026 10:20:30 +0090",
    "18 Feb 01 12:29:13 AM",
    "Thu, Jan 28, 2016 at 4:00 PM",
    "03/04/2026 10:20",
    "Tue, 3 Mar 2026 10:20:30 +0000 From: someone <a@example.org>",
    "%date_raw_header%",
    "3 Mar 0026 10:20:30 +0000",
  ])("%s", (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it("a header of 300,000 characters is none", () => {
    expect(readDate(`${"(".repeat(150_000)}${" ".repeat(150_000)}`)).toBeUndefined();
  });
});

it("what RFC 5322 writes reads back", () => {
  const moments = fc.date({
    min: new Date("1950-01-01"),
    max: new Date("2400-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (moment) => {
      const seconds = Math.floor(moment.getTime() / 1000) * 1000;
      expect(readDate(new Date(seconds).toUTCString())?.instant).toBe(seconds);
    }),
  );
});

it("a Received header is dated behind its last semicolon", () => {
  const line = "from a (b; c) by d; comment; Tue, 3 Mar 2026 10:20:30 +0000";
  expect(readReceivedDate(line)).toBe(Date.UTC(2026, 2, 3, 10, 20, 30));
  expect(readReceivedDate("from a by b")).toBeUndefined();
});
