import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const bytes = raw("From: anna@cliente.example\nSubject: a\n\nx\n");
const rome = '  zone "Europe/Rome"';

/** Those of the conditions whose answer is another than is said, for a mail received then. */
function amiss(
  received: string,
  conditions: Readonly<Record<string, boolean>>,
  more = "",
  helpdesk = rome,
) {
  return law.amiss(conditions, bytes, { received: Date.parse(received), helpdesk, more });
}

describe("a day is the helpdesk's: before its start, after its end, within it", () => {
  test.each<readonly [received: string, before: boolean, on: boolean, after: boolean]>([
    ["2026-01-31T22:59:59.999Z", true, false, false],
    ["2026-01-31T23:00:00Z", false, true, false],
    ["2026-02-01T12:00:00Z", false, true, false],
    ["2026-02-01T22:59:59.999Z", false, true, false],
    ["2026-02-01T23:00:00Z", false, false, true],
  ])("%s, in Rome, against 2026-02-01", async (received, before, on, after) => {
    expect(
      await amiss(received, {
        "received before 2026-02-01": before,
        "received on 2026-02-01": on,
        "received after 2026-02-01": after,
      }),
    ).toEqual([]);
  });

  test("without a zone it is UTC's", async () => {
    const at = { helpdesk: "" };
    expect(
      await law.amiss({ "received on 2026-02-01": false }, bytes, {
        ...at,
        received: Date.parse("2026-01-31T23:30:00Z"),
      }),
    ).toEqual([]);
  });

  test.each<readonly [received: string, day: string, on: boolean]>([
    ["2026-03-28T23:00:00Z", "2026-03-29", true],
    ["2026-03-29T21:59:59Z", "2026-03-29", true],
    ["2026-03-29T22:00:00Z", "2026-03-29", false],
    ["2026-03-29T22:00:00Z", "2026-03-30", true],
    ["2026-10-24T22:00:00Z", "2026-10-25", true],
    ["2026-10-25T22:59:59Z", "2026-10-25", true],
    ["2026-10-25T23:00:00Z", "2026-10-25", false],
  ])("the days of 23 and of 25 hours: %s on %s is %s", async (received, day, on) => {
    expect(await amiss(received, { [`received on ${day}`]: on })).toEqual([]);
  });

  test("a day that begins at one, since midnight is skipped there", async () => {
    const beirut = '  zone "Africa/Cairo"';
    expect(
      await amiss("2026-04-23T21:59:59Z", { "received on 2026-04-24": false }, "", beirut),
    ).toEqual([]);
    expect(
      await amiss("2026-04-23T22:00:00Z", { "received on 2026-04-24": true }, "", beirut),
    ).toEqual([]);
  });

  test("a moment is itself, whatever the zone", async () => {
    expect(
      await amiss("2026-02-01T09:30:00Z", {
        "received before 2026-02-01T10:30+01:00": false,
        "received after 2026-02-01T10:30+01:00": false,
        "received on 2026-02-01T10:30+01:00": true,
        "received before 2026-02-01T09:31Z": true,
        "received after 2026-02-01T09:29Z": true,
        "received after 2026-02-01T09:29:59Z": true,
        "received before 2026-02-01T09:30:01+00:00": true,
      }),
    ).toEqual([]);
  });

  test("of the Date header too, with whatever offset it came", async () => {
    const dated = raw("From: a@b.example\nDate: Sat, 31 Jan 2026 18:30:00 -0500\nSubject: a\n\n");
    expect(
      await law.amiss(
        { "date on 2026-02-01": true, "date on 2026-01-31": false, "date exists": true },
        dated,
        { helpdesk: rome },
      ),
    ).toEqual([]);
  });
});

describe("received during a calendar", () => {
  const office = `calendar office {
  open Monday to Friday 09:00 to 13:00
  open Monday to Friday 14:00 to 18:00
  open Saturday 10:00 to 12:00
  closed [2026-12-25, 2026-12-28]
}`;

  test.each<readonly [what: string, received: string, open: boolean]>([
    ["before it opens", "2026-11-02T07:59:59Z", false],
    ["as it opens", "2026-11-02T08:00:00Z", true],
    ["as it closes for lunch", "2026-11-02T12:00:00Z", false],
    ["just before", "2026-11-02T11:59:59Z", true],
    ["during lunch", "2026-11-02T12:30:00Z", false],
    ["after lunch", "2026-11-02T13:00:00Z", true],
    ["as it closes", "2026-11-02T17:00:00Z", false],
    ["Friday, the last minute", "2026-11-06T16:59:00Z", true],
    ["Saturday", "2026-11-07T09:30:00Z", true],
    ["Saturday afternoon", "2026-11-07T11:30:00Z", false],
    ["Sunday", "2026-11-08T10:00:00Z", false],
    ["summer time", "2026-07-06T07:00:00Z", true],
    ["summer time, before", "2026-07-06T06:59:00Z", false],
    ["a holiday", "2026-12-25T10:00:00Z", false],
    ["another holiday, a Monday", "2026-12-28T10:00:00Z", false],
    ["the day after", "2026-12-29T10:00:00Z", true],
  ])("%s", async (_, received, open) => {
    expect(await amiss(received, { "received during office": open }, office)).toEqual([]);
  });

  test("day and night, over midnight by two lines", async () => {
    const night = `calendar night {
  open Monday to Sunday 22:00 to 24:00
  open Monday to Sunday 00:00 to 06:00
}`;
    expect(await amiss("2026-11-02T22:30:00Z", { "received during night": true }, night)).toEqual(
      [],
    );
    expect(await amiss("2026-11-03T04:59:00Z", { "received during night": true }, night)).toEqual(
      [],
    );
    expect(await amiss("2026-11-03T05:00:00Z", { "received during night": false }, night)).toEqual(
      [],
    );
  });

  test("a week that goes on over its end", async () => {
    const weekend = "calendar weekend {\n  open Friday to Monday 08:00 to 20:00\n}";
    expect(
      await amiss("2026-11-08T10:00:00Z", { "received during weekend": true }, weekend),
    ).toEqual([]);
    expect(
      await amiss("2026-11-03T10:00:00Z", { "received during weekend": false }, weekend),
    ).toEqual([]);
  });

  test("closed days from a file: a day a line, comments, CRLF, a mark", async () => {
    const around = {
      helpdesk: rome,
      more: 'calendar office {\n  open Monday to Friday 09:00 to 18:00\n  closed from "holidays.txt"\n}',
      files: { "holidays.txt": "\u{feff}# days\r\n\r\n2026-12-25 \r\n2026-12-28 # Monday\r\n" },
    };
    for (const [received, open] of [
      ["2026-12-25T10:00:00Z", false],
      ["2026-12-28T10:00:00Z", false],
      ["2026-12-29T10:00:00Z", true],
    ] as const) {
      expect(
        await law.amiss({ "received during office": open }, bytes, {
          ...around,
          received: Date.parse(received),
        }),
      ).toEqual([]);
    }
  });

  test.each<readonly [what: string, lines: string, said: RegExp]>([
    ["a day that is none", "open Mondays 09:00 to 18:00", /Mondays.*Monday/],
    ["another language", "open Lunedi 09:00 to 18:00", /Lunedi.*Monday/],
    ["an hour that is none", "open Monday 09:00 to 25:00", /25:00/],
    ["a time without minutes", "open Monday 9 to 18", /09:00|HH:MM|9/],
    ["an end before its start", "open Monday 18:00 to 09:00", /end before they begin/],
    ["no end", "open Monday 09:00", /to/],
    ["no opening", "closed [2026-12-25]", /open/],
    [
      "a closed day in quotes",
      'open Monday 09:00 to 18:00\nclosed ["2026-12-25"]',
      /2026-12-25|day/,
    ],
    ["a closed day that is none", "open Monday 09:00 to 18:00\nclosed [2026-02-30]", /2026-02-30/],
    ["a file that is missing", 'open Monday 09:00 to 18:00\nclosed from "none.txt"', /none\.txt/],
    ["nothing", "", /open/],
  ])("%s: one message", (_, lines, said) => {
    const found = told(
      project("received during office", { more: `calendar office {\n${lines}\n}` }),
    );
    expect(found).toEqual([expect.stringMatching(said)]);
  });

  test.each([
    ["age during office", /during.*received|received/],
    ["date during office", /during|received/],
    ["received during offices", /offices.*office/],
    ["received during rule", /rule|calendar/],
    ["received during", /calendar/],
  ])("%s: one error", (condition, said) => {
    const found = told(
      project(condition, { more: "calendar office {\n  open Monday 09:00 to 18:00\n}" }),
    );
    expect(found.filter((line) => !line.startsWith("warning"))).toEqual([
      expect.stringMatching(said),
    ]);
  });
});
