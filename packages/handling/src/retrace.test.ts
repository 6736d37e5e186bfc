import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge } from "@mcrules/compiler";
import type { Helpdesk } from "@mcrules/helpdesk";
import { explainMail } from "./deciding.ts";
import { handleMail } from "./handleMail.ts";
import { wholeDecision } from "./retrace.ts";
import type { SampleDesk } from "./samples/desk.ts";
import { monday, sampleDesk, sampleMail } from "./samples/desk.ts";
import {
  always,
  create,
  ignore,
  mailbox,
  program,
  rule,
  subjectContains,
} from "./samples/program.ts";
import { readStoredDecision } from "./storedTrace.ts";

const printer = `
  From: Anna <anna@example.org>
  Subject: Printer broken
  Message-ID: <printer@example.org>

  It is broken.
`;

const many = program([
  mailbox("support", [
    ...Array.from({ length: 300 }, (_, number) =>
      rule(`Rule ${number}`, subjectContains(`nothing ${number}`), ignore),
    ),
    rule("Support", always, create()),
  ]),
]);

let desk: SampleDesk;
beforeEach(async () => {
  desk = await sampleDesk(many);
});
afterEach(() => desk.close());

async function received() {
  const explained = await explainMail(desk.context, sampleMail(printer));
  const { journal } = await desk.receive(printer);
  return { explained, journal };
}

describe("what the journal left out of a trace", () => {
  it("is had again from the mail that was kept and the answers of then", async () => {
    const { explained, journal } = await received();
    expect(readStoredDecision(journal)?.leftOut).toBe(200);
    const whole = await wholeDecision(desk.context, journal);
    expect(whole).toMatchObject({ leftOut: 0, rule: "Support" });
    expect(whole?.trace).toEqual(explained.trace);
  });

  it("is had again too where a clock was asked, which goes on between deciding and writing", async () => {
    let now = monday;
    const limited = judge({
      ...many,
      helpdesk: { ...many.helpdesk, ticketLimit: { count: 5, within: { milliseconds: 60_000 } } },
    });
    const ticking = { ...desk.context, judge: limited, now: () => (now += 7) };
    const handled = await handleMail(ticking, sampleMail(printer));
    if (handled.kind !== "handled") throw new Error(handled.kind);
    expect(readStoredDecision(handled.journal)?.answers.map(({ need }) => need.need)).toContain(
      "opened tickets",
    );
    expect(await wholeDecision(ticking, handled.journal)).toMatchObject({ leftOut: 0 });
  });

  it("stays left out where the rules are others now, or the mail was not kept", async () => {
    const { journal } = await received();
    const other = judge({ ...many, hash: "another" });
    expect(await wholeDecision({ ...desk.context, judge: other }, journal)).toMatchObject({
      leftOut: 200,
    });
    const forgetful: Helpdesk = { ...desk.helpdesk, rawMail: () => Promise.resolve(undefined) };
    expect(await wholeDecision({ ...desk.context, helpdesk: forgetful }, journal)).toMatchObject({
      leftOut: 200,
    });
  });
});
