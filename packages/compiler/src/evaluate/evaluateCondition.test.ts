import { expect, test } from "vitest";
import { answered } from "../samples/helpdesk.ts";
import { address } from "../samples/mail.ts";
import { all, each, field, inRegistry, not, number, place, texts } from "../samples/program.ts";
import type { ProgramCondition, ProgramTest } from "../program/condition.ts";
import { evaluateCondition } from "./evaluateCondition.ts";
import type { Value } from "./values.ts";

const tables = {
  lists: [],
  conditions: [],
  calendars: [
    {
      name: "office",
      zone: "Europe/Rome",
      open: [{ weekdays: [1, 2, 3, 4, 5], from: 540, to: 1080 }],
      closed: [],
    },
  ],
  agents: [],
  helpdesk: { zone: "Europe/Rome" },
};

function evaluate(condition: ProgramCondition, values: Readonly<Record<string, readonly Value[]>>) {
  return answered(
    evaluateCondition(
      { condition, tables },
      {
        values: ({ name }) => values[name] ?? [],
        elements: () => [{ kind: "address", address: address("a@x.org", "A"), read: new Map() }],
      },
    ),
    { contacts: ["anna@example.org"] },
  ).result;
}

test("tells what held and what was seen", () => {
  const { holds, because } = evaluate(
    all(
      texts(field("title", "ticket"), "is", "printer BROKEN"),
      number(field("comments", "ticket"), "=", 2),
    ),
    { title: ["Printer broken"], comments: [1] },
  );
  expect(holds).toBe(false);
  expect(because).toMatchObject([
    { field: "title", operator: "is", actual: "Printer broken", result: true },
    { field: "comments", operator: "is", expected: "2", actual: "1", result: false },
  ]);
});

test("asks registries, and goes over values that are given", () => {
  expect(evaluate(inRegistry("from", "contacts"), { from: ["anna@example.org"] }).holds).toBe(true);
  expect(evaluate(not(inRegistry("from", "contacts")), { from: ["eve@x"] }).holds).toBe(true);
  expect(
    evaluate(each("some", "to", texts(field("address.domain", "element"), "is", "x.org")), {})
      .holds,
  ).toBe(true);
});

const moment = (
  operator: ProgramTest["operator"],
  operand: ProgramTest["operand"],
): ProgramTest => ({
  kind: "test",
  at: place(1),
  field: { in: "mail", name: "received", type: "moment" },
  operator,
  operand,
  expected: "",
});

test.each([
  ["2026-11-02T23:59:59+01:00", "on", true],
  ["2026-11-03T00:00:00+01:00", "on", false],
  ["2026-11-03T00:00:00+01:00", "after", true],
  ["2026-11-02T23:59:59+01:00", "after", false],
  ["2026-11-01T23:59:59+01:00", "before", true],
  ["2026-11-02T00:00:00+01:00", "before", false],
] as const)("%s is %s 2 November 2026 in Rome: %s", (instant, operator, holds) => {
  const day = { kind: "when", value: { kind: "day", year: 2026, month: 11, day: 2 } } as const;
  expect(evaluate(moment(operator, day), { received: [Date.parse(instant)] }).holds).toBe(holds);
});

test("a moment during a calendar is shown in the zone", () => {
  const { holds, because } = evaluate(moment("during", { kind: "calendar", index: 0 }), {
    received: [Date.parse("2026-11-02T08:30:00Z")],
  });
  expect(holds).toBe(true);
  expect(because[0]?.actual).toBe("2026-11-02T09:30:00+01:00");
});
