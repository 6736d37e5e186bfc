import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../decide/judgeProgram.ts";
import { condition, isNotNamed, mail, mailOf, programOf, rules } from "../samples/generated.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import { arrived, monday } from "../samples/mail.ts";

test("passing over rules that cannot hold changes no decision, and asks for no more", () => {
  let acted = 0;
  fc.assert(
    fc.property(rules, mail, condition.filter(isNotNamed), fc.nat(5), (list, of, named, some) => {
      const { headers, content } = mailOf(of);
      const ready = judge(programOf(list, named));
      const desk = {
        content,
        contacts: ["a@x.org"],
        tickets: [
          ticket(42, { takesPart: ["a@x.org"] }),
          ticket(7, { ids: ["<t@x>"], takesPart: ["a@x.org"], closedAt: monday }),
        ],
      };
      const plain = answered(ready.decide(arrived(headers)), desk);
      const fast = answered(ready.decide(arrived(headers), { trace: false }), desk);
      const partly = answered(ready.decide(arrived(headers), { trace: some }), desk);
      const meant = ({
        trace: _trace,
        answers: _answers,
        leftOut: _leftOut,
        ...rest
      }: typeof plain.result) => rest;
      expect(meant(fast.result)).toEqual(meant(plain.result));
      expect(meant(partly.result)).toEqual(meant(plain.result));
      let rank = 0;
      const kept = plain.result.trace.filter(
        ({ step, result }) => step || rank++ < some || (result && some > 0),
      );
      if (some > 0) expect(partly.result.trace).toEqual(kept);
      for (const { trace, leftOut } of [plain.result, fast.result, partly.result]) {
        expect(trace.length + (leftOut ?? 0)).toBe(plain.result.trace.length);
      }
      expect(plain.needs).toEqual(expect.arrayContaining([...fast.needs]));
      expect(fast.result.trace.filter((entry) => !entry.step).map((entry) => entry.rule)).toEqual(
        plain.result.rules,
      );
      // Each look-up is recorded, once: with them the decision can be made again.
      for (const { result, needs } of [plain, fast]) {
        const lookedUp = needs.filter((need) => need.need !== "content");
        expect(result.answers.map((one) => one.need)).toEqual(lookedUp);
        expect(new Set(lookedUp.map((need) => JSON.stringify(need))).size).toBe(lookedUp.length);
      }
      if (plain.result.rules.length > 0) acted += 1;
    }),
    { numRuns: 3000 },
  );
  expect(acted).toBeGreaterThan(500);
});
