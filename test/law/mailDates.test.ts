import { afterAll, describe, expect, test } from "vitest";
import { Law, monday, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const dated = (...values: readonly string[]) =>
  raw(
    `From: a@b.example\n${values.map((value) => `Date: ${value}\n`).join("")}Subject: x\n\nHello.\n`,
  );

const shown = async (bytes: Uint8Array, hole: string, helpdesk = "") =>
  await law.says("always", `"[\${${hole}}]"`, bytes, { helpdesk });

describe("date is the Date header", () => {
  test.each<readonly [string, string]>([
    ["Mon, 2 Nov 2026 10:00:00 +0100", "2026-11-02T09:00Z"],
    ["2 Nov 2026 10:00:00 +0100", "2026-11-02T09:00Z"],
    ["Mon, 02 Nov 2026 10:00 +0100", "2026-11-02T09:00Z"],
    ["Mon,2 Nov 2026 10:00:00 +0100", "2026-11-02T09:00Z"],
    ["mon, 2 nov 2026 10:00:00 gmt", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 GMT", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 UT", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 Z", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 EST", "2026-11-02T15:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 PDT", "2026-11-02T17:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 -0000", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 A", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 26 10:00:00 +0000", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 98 10:00:00 +0000", "1998-11-02T10:00Z"],
    ["Mon, 2 Nov 103 10:00:00 +0000", "2003-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 +0530 (IST)", "2026-11-02T04:30Z"],
    ["Mon (day), 2 (x) Nov 2026 10 : 00 : 00 +0100", "2026-11-02T09:00Z"],
    ["Mon, 2 Nov 2026\n 10:00:00 +0100", "2026-11-02T09:00Z"],
    ["Mon, 2 Nov 2026 10:00:00 +0100 (CET)", "2026-11-02T09:00Z"],
    ["Mon, 2 Nov 2026 10:00:00", "2026-11-02T10:00Z"],
    ["Mon, 2 Nov 2026 23:59:60 +0000", "2026-11-03T00:00Z"],
    ["Mon Nov  2 10:00:00 2026", "2026-11-02T10:00Z"],
    ["Mon Nov 2 10:00:00 CET 2026", "2026-11-02T09:00Z"],
    ["2026-11-02T10:00:00+01:00", "2026-11-02T09:00Z"],
    ["2026-11-02T10:00:00Z", "2026-11-02T10:00Z"],
    ["2026-11-02 10:00:00 +0100", "2026-11-02T09:00Z"],
    ["2026-11-02T10:00:00.123Z", "2026-11-02T10:00Z"],
    ["2026-11-02", "2026-11-02T00:00Z"],
    ["Thu, 29 Feb 2024 10:00:00 +0000", "2024-02-29T10:00Z"],
    ["Tue, 2 Nov 2026 10:00:00 +0000", "2026-11-02T10:00Z"],
  ])("%s", async (value, moment) => {
    const bytes = dated(value);
    const next = new Date(Date.parse(moment) + 60_000).toISOString().slice(0, 16);
    expect(
      await law.holding(
        ["date exists", `date before ${moment}`, `date before ${next}Z`, `date after ${moment}`],
        bytes,
      ),
    ).toEqual(expect.arrayContaining(["date exists", `date before ${next}Z`]));
    expect(await law.holds(`date before ${moment}`, bytes)).toBe(false);
  });

  test.each([
    ["nothing"],
    ["yesterday"],
    ["Mon, 32 Nov 2026 10:00:00 +0000"],
    ["Fri, 29 Feb 2023 10:00:00 +0000"],
    ["Mon, 2 Foo 2026 10:00:00 +0000"],
    ["Mon, 2 Nov 2026 25:00:00 +0000"],
    ["02/11/2026 10:00"],
    ["1793613600"],
    [""],
  ])("%s is unreadable: the date is absent", async (value) => {
    expect(
      await law.holding(
        [
          "date exists",
          "date before 2099-01-01",
          "date after 1970-01-01",
          "date on 2026-11-02",
          "received on 2026-11-02",
        ],
        dated(value),
      ),
    ).toEqual(["received on 2026-11-02"]);
    expect(await shown(dated(value), "date")).toBe("[]");
  });

  test("absent where there is none; of two the first counts", async () => {
    expect(await law.holds("date exists", dated())).toBe(false);
    expect(
      await law.holds(
        "date on 2026-11-01",
        dated("1 Nov 2026 10:00 +0000", "2 Nov 2026 10:00 +0000"),
      ),
    ).toBe(true);
  });
});

describe("a day is the helpdesk's", () => {
  const rome = 'zone "Europe/Rome"';
  // Half past midnight of the third in Rome, half past eleven of the second in UTC.
  const late = dated("Mon, 2 Nov 2026 23:30:00 +0000");

  test.each([
    [rome, ["date on 2026-11-03", "date after 2026-11-02"]],
    ['zone "UTC"', ["date before 2026-11-03", "date on 2026-11-02"]],
    ["", ["date before 2026-11-03", "date on 2026-11-02"]],
  ])("before its start, after its end, within it: %s", async (helpdesk, held) => {
    expect(
      await law.holding(
        [
          "date before 2026-11-03",
          "date on 2026-11-03",
          "date on 2026-11-02",
          "date after 2026-11-02",
          "date after 2026-11-03",
        ],
        late,
        { helpdesk },
      ),
    ).toEqual(expect.arrayContaining(held));
    expect(
      (
        await law.holding(
          [
            "date before 2026-11-03",
            "date on 2026-11-03",
            "date on 2026-11-02",
            "date after 2026-11-02",
            "date after 2026-11-03",
          ],
          late,
          { helpdesk },
        )
      ).length,
    ).toBe(held.length);
  });

  test("the day of a summer time's change has 23 or 25 hours", async () => {
    const around = { helpdesk: rome };
    expect(await law.holds("date on 2026-10-25", dated("25 Oct 2026 22:59:59 +0000"), around)).toBe(
      true,
    );
    expect(await law.holds("date on 2026-10-25", dated("25 Oct 2026 23:00:00 +0000"), around)).toBe(
      false,
    );
    expect(await law.holds("date on 2026-10-25", dated("24 Oct 2026 22:00:00 +0000"), around)).toBe(
      true,
    );
    expect(await law.holds("date on 2026-10-25", dated("24 Oct 2026 21:59:59 +0000"), around)).toBe(
      false,
    );
  });

  test("a moment in a text is in the helpdesk's zone", async () => {
    expect(await shown(late, "date", rome)).toMatch(/2026-11-03.00:30.*/);
    expect(await shown(late, "date")).toMatch(/2026-11-02.23:30/);
    expect(await shown(late, "received", rome)).toMatch(/2026-11-02.10:00/);
  });

  test("a moment with its offset is one moment everywhere", async () => {
    expect(
      await law.holding(
        [
          "date before 2026-11-03T00:31+01:00",
          "date after 2026-11-03T00:29+01:00",
          "date after 2026-11-02T23:31Z",
        ],
        late,
        { helpdesk: rome },
      ),
    ).toEqual(["date before 2026-11-03T00:31+01:00", "date after 2026-11-03T00:29+01:00"]);
  });
});

describe("received and age", () => {
  const bytes = raw(
    "Received: from a by b; Sun, 1 Nov 2026 10:00:00 +0000\nFrom: a@b.example\nDate: 1 Oct 2026 10:00 +0000\n\nx\n",
  );

  test("received is when the server took it in, whatever the mail says", async () => {
    expect(
      await law.holding(
        ["received on 2026-11-02", "received on 2026-11-01", "date on 2026-10-01"],
        bytes,
      ),
    ).toEqual(["received on 2026-11-02", "date on 2026-10-01"]);
  });

  test("age runs from then to now, never negative", async () => {
    const ages = [
      "age > 2 hours",
      "age < 2 hours",
      "age is 2 hours",
      "age >= 2 hours",
      "age < 1 day",
      "age is 0 seconds",
    ];
    expect(await law.holding(ages, bytes, { received: monday - 2 * 3_600_000 })).toEqual([
      "age is 2 hours",
      "age >= 2 hours",
      "age < 1 day",
    ]);
    expect(await law.holding(ages, bytes, { received: monday + 3_600_000 })).toEqual([
      "age < 2 hours",
      "age < 1 day",
      "age is 0 seconds",
    ]);
  });

  test("received during a calendar, in the helpdesk's zone", async () => {
    const around = {
      helpdesk: 'zone "Europe/Rome"',
      more: "calendar office {\n  open Monday to Friday 09:00 to 18:00\n  closed [2026-12-25]\n}",
    };
    const at = async (moment: string) =>
      await law.holds("received during office", bytes, { ...around, received: Date.parse(moment) });
    expect(await at("2026-11-02T09:00:00+01:00")).toBe(true);
    expect(await at("2026-11-02T08:59:59+01:00")).toBe(false);
    expect(await at("2026-11-02T17:59:59+01:00")).toBe(true);
    expect(await at("2026-11-02T18:00:00+01:00")).toBe(false);
    expect(await at("2026-11-01T10:00:00+01:00")).toBe(false);
    expect(await at("2026-12-25T10:00:00+01:00")).toBe(false);
    expect(await at("2026-07-06T09:00:00+02:00")).toBe(true);
  });

  test("folder and mailbox are one text each", async () => {
    expect(
      await law.holding(
        [
          'folder is "inbox"',
          'folder starts with "req"',
          'mailbox is "support"',
          'mailbox starts with "x"',
        ],
        bytes,
      ),
    ).toEqual(['folder is "inbox"', 'mailbox is "support"']);
    expect(
      await law.holds('folder starts with "Requests/"', bytes, { folder: "Requests/Old" }),
    ).toBe(true);
  });
});
