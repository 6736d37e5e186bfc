import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../decide/judgeProgram.ts";
import type { ProgramGuarantee } from "../program/compile.ts";
import { condition, isNotNamed, mail, mailOf, programOf, rules } from "../samples/generated.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import { arrived, monday } from "../samples/mail.ts";
import {
  always,
  create,
  ignore,
  mailbox,
  place,
  program,
  rule,
  set,
  texts,
  update,
} from "../samples/program.ts";
import type { ProgramRule } from "../program/program.ts";
import type { ProgramCondition } from "../program/condition.ts";
import type { Claim } from "./guarantees.ts";
import { breaksClaim, proveGuarantees } from "./guarantees.ts";
import { worldsOf } from "./world.ts";

const desk = {
  contacts: ["a@x.org"],
  tickets: [
    ticket(42, { takesPart: ["a@x.org"] }),
    ticket(7, { ids: ["<t@x>"], takesPart: ["a@x.org"], closedAt: monday }),
  ],
};

function claim(kind: "never" | "expect", ...outcomes: Claim["outcomes"]): Claim {
  return { kind, at: place(1), outcomes };
}

function guarantee(when: ProgramCondition, ...claims: readonly Claim[]): ProgramGuarantee {
  return { name: "held", at: place(1), when, in: undefined, claims };
}

const outcomes = fc.constantFrom<Claim["outcomes"][number]>(
  { kind: "create ticket", condition: undefined },
  {
    kind: "create ticket",
    condition: texts({ in: "ticket", name: "priority", type: "priority" }, "is", "High"),
  },
  { kind: "update ticket" },
  { kind: "ignore" },
  { kind: "mark spam" },
  { kind: "decided" },
  { kind: "rule", name: "R1" },
);

const claims = fc
  .tuple(
    fc.constantFrom("never" as const, "expect" as const),
    fc.array(outcomes, { minLength: 1, maxLength: 2 }),
  )
  .map(([kind, some]) => claim(kind, ...some));

/** Some of them give a priority. */
const giving = rules.map((list) =>
  list.map((one, at): ProgramRule => {
    const word = ["High", "Low"][at % 3];
    if (word === undefined) return one;
    const priority = { kind: "word", word } as const;
    return at % 2 === 0
      ? { ...one, actions: [set({ priority })] }
      : { ...one, actions: [create({ priority })] };
  }),
);

test("a claim that is proved is broken by no mail", () => {
  let proved = 0;
  let broken = 0;
  fc.assert(
    fc.property(
      fc.oneof(rules, giving),
      condition.filter(isNotNamed),
      condition.filter(isNotNamed),
      claims,
      fc.array(mail, { minLength: 12, maxLength: 12 }),
      (list, named, when, one, mails) => {
        const whole = programOf(list, named);
        const [proof] = proveGuarantees(whole, [guarantee(when, one)], worldsOf(whole, whole));
        if (proof?.verdict.kind === "proved") proved += 1;
        const decide = judge(whole);
        // The guarantee's condition, asked of the same mail.
        const asked = judge(programOf([rule("when", when, ignore)], named));
        for (const of of mails) {
          const { headers, content } = mailOf(of);
          const is =
            answered(asked.decide(arrived(headers)), { content, ...desk }).result.rule === "when";
          if (!is) continue;
          const { result } = answered(decide.decide(arrived(headers)), { content, ...desk });
          if (breaksClaim(one, result, whole) !== true) continue;
          broken += 1;
          expect(proof?.verdict.kind).not.toBe("proved");
        }
      },
    ),
    { numRuns: 3_000 },
  );
  expect(Math.min(proved, broken)).toBeGreaterThan(200);
});

describe("what is proved and what may be broken", () => {
  const verdict = (of: ProgramGuarantee, list: readonly ProgramRule[]) => {
    const whole = program(list);
    const [proof] = proveGuarantees(whole, [of], worldsOf(whole, whole));
    return proof?.verdict.kind === "found"
      ? proof.verdict.suspects.map((one) => one.rule?.name ?? "no rule")
      : proof?.verdict.kind;
  };
  const supplier = texts("from.domain", "is", "aruba.it");
  const open = rule("Open", always, create());
  const high = texts({ in: "ticket", name: "priority", type: "priority" }, "is", "High");

  test("a rule above keeps mails from a rule that would break it", () => {
    const never = guarantee(
      supplier,
      claim("never", { kind: "create ticket", condition: undefined }),
    );
    expect(verdict(never, [open])).toEqual(["Open"]);
    expect(verdict(never, [rule("Suppliers", supplier, ignore), open])).toBe("proved");
    expect(verdict(never, [rule("Suppliers", supplier, update({ kind: "thread" })), open])).toEqual(
      ["Open"],
    );
  });

  test("what no rule decides breaks what is expected", () => {
    const decided = guarantee(always, claim("expect", { kind: "decided" }));
    expect(verdict(decided, [rule("Suppliers", supplier, ignore)])).toEqual(["no rule"]);
    expect(verdict(decided, [rule("Suppliers", supplier, ignore), open])).toBe("proved");
  });

  test("the highest that gives a property wins", () => {
    const never = guarantee(always, claim("never", { kind: "create ticket", condition: high }));
    const low = { priority: { kind: "word", word: "Low" } } as const;
    const opensHigh = rule("High", always, create({ priority: { kind: "word", word: "High" } }));
    expect(verdict(never, [opensHigh])).toEqual(["High"]);
    expect(verdict(never, [rule("All", always, set(low)), opensHigh])).toBe("proved");
    expect(verdict(never, [rule("Some", supplier, set(low)), opensHigh])).toEqual(["High"]);
  });

  test("an update that says what happens otherwise is one of several ways", () => {
    const expected = guarantee(
      always,
      claim("expect", { kind: "update ticket" }, { kind: "ignore" }),
    );
    const answer = (otherwise: typeof ignore) =>
      rule("Answer", always, update({ kind: "thread" }, { otherwise: [otherwise] }));
    expect(verdict(expected, [answer(ignore)])).toBe("proved");
    expect(verdict(expected, [answer(create())])).toEqual(["Answer"]);
  });

  test("beyond a ticket limit a new ticket is a comment on another one", () => {
    const never = guarantee(always, claim("never", { kind: "update ticket" }));
    const unlimited = program([open]);
    const helpdesk = {
      ...unlimited.helpdesk,
      ticketLimit: { count: 50, within: { milliseconds: 3_600_000 } },
    };
    const kinds = [unlimited, { ...unlimited, helpdesk }].map(
      (whole) => proveGuarantees(whole, [never], worldsOf(whole, whole))[0]?.verdict.kind,
    );
    expect(kinds).toEqual(["proved", "found"]);
  });

  test("a guarantee for one set of rules speaks of its rules alone", () => {
    const whole = program([], { mailboxes: [mailbox([{ ...open, set: "first" }])] });
    const never = claim("never", { kind: "create ticket", condition: undefined });
    const of = (name: string): ProgramGuarantee => ({ ...guarantee(always, never), in: name });
    const kinds = proveGuarantees(whole, [of("first"), of("second")], worldsOf(whole, whole)).map(
      (proof) => proof.verdict.kind,
    );
    expect(kinds).toEqual(["found", "proved"]);
  });
});
