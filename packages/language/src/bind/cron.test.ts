import { expect, test } from "vitest";
import { cronProblem } from "./cron.ts";

test.each([
  "* * * * *",
  "*/5 8-18 * * 1-5",
  "0,30 6 1 jan,JUL mon-fri",
  "0 0 29 2 *",
  "0 0 31 2 1",
  "0 0 * * 7",
  "5/10 * * * *",
])("%s can come", (expression) => {
  expect(cronProblem(expression)).toBeUndefined();
});

test.each([
  ["", "a cron expression has five fields, and this one has 0"],
  ["* * * *", "a cron expression has five fields, and this one has 4"],
  ["60 * * * *", '"60" is no minute from 0 to 59'],
  ["* 24 * * *", '"24" is no hour from 0 to 23'],
  ["* * 0 * *", '"0" is no day from 1 to 31'],
  ["* * * foo *", '"foo" is no month from 1 to 12'],
  ["* * * * 8", '"8" is no weekday from 0 to 7'],
  ["10-5 * * * *", '"10-5" ends before it begins'],
  ["*/0 * * * *", '"*/0" goes on by nothing'],
  ["1,,2 * * * *", '"" is no minute of a cron expression'],
  ["0 0 30 2 *", "no month that it names has a day 30, so it never comes"],
  ["0 0 31 4,6 *", "no month that it names has a day 31, so it never comes"],
  ["@daily", "a cron expression has five fields, and this one has 1"],
])("%s: %s", (expression, problem) => {
  expect(cronProblem(expression)).toBe(problem);
});
