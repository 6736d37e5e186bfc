import { describe, expect, test } from "vitest";
import { answerTo, byId, decide, known, reply } from "../samples/deciding.ts";
import { ticket } from "../samples/helpdesk.ts";
import { always, create, matches, program, rule, update } from "../samples/program.ts";

const hour = 3_600_000;

describe("the ticket limit", () => {
  const limited = {
    program: {
      helpdesk: {
        ...program([]).helpdesk,
        ticketLimit: { count: 3, within: { milliseconds: hour } },
      },
    },
  };
  const rules = [rule("Support", always, create({ code: ["X-1"], title: ["A title"] }))];

  test("is asked for only where there is one", () => {
    expect(decide(rules, {}).asked).not.toContain("opened tickets");
    expect(decide(rules, limited).asked).toContain("opened tickets");
  });

  test("below it a mail opens its ticket", () => {
    const decision = decide(rules, { ...limited, desk: { opened: { count: 2 } } });
    expect(decision.effects).toMatchObject([{ kind: "create ticket", title: "A title" }]);
    expect(decision.marks).toEqual([]);
  });

  test("at it the flood ticket is opened, with what the mail says", () => {
    const decision = decide(rules, { ...limited, desk: { opened: { count: 3 } } });
    expect(decision.outcome).toBe("ticket created");
    expect(decision.effects).toMatchObject([
      {
        kind: "create ticket",
        flood: true,
        title: "Flood of mails from anna@example.org",
        description: "It does not print.",
      },
    ]);
    expect(decision.effects[0]).not.toHaveProperty("code");
    expect(decision.marks).toMatchObject([{ kind: "flood" }]);
  });

  test("beyond it the mail is kept on the flood ticket, and the trace says why", () => {
    const flood = ticket(9);
    const decision = decide(rules, { ...limited, desk: { opened: { count: 3, flood } } });
    expect([decision.outcome, decision.rule]).toEqual(["ticket updated", "Support"]);
    expect(decision.effects).toMatchObject([
      { kind: "update ticket", flood: true, internal: true, ticket: { id: 9 } },
    ]);
    expect(decision.trace.at(-1)?.because).toMatchObject([
      { field: "tickets opened by anna@example.org in 1 hour", expected: "3", actual: "3" },
    ]);
  });
});

describe("misses", () => {
  const anyone = [
    rule("Reply", reply, update(byId, { fromAnyone: true })),
    rule("New", always, create()),
  ];
  const eve = { headers: answerTo("42", "eve@evil.example"), desk: known };

  test("are counted where the number is nobody's, or not the sender's, once a mail", () => {
    const twice = [
      rule("Reply", reply, update(byId)),
      rule("Again", reply, update(byId)),
      rule("New", always, create()),
    ];
    const miss = { kind: "count miss", addresses: ["eve@evil.example"] };
    expect(decide(twice, eve).effects.filter(({ kind }) => kind === "count miss")).toEqual([miss]);
    expect(decide(anyone, eve).effects).toContainEqual(miss);
    const nobodys = { headers: answerTo("77"), desk: known };
    expect(decide(anyone, nobodys).effects.map(({ kind }) => kind)).toEqual([
      "create ticket",
      "count miss",
    ]);
  });

  test("are none of a participant, or where no number is named", () => {
    const anna = { headers: answerTo("42"), desk: known };
    const kinds = (of: ReturnType<typeof decide>) => of.effects.map(({ kind }) => kind);
    expect(kinds(decide(anyone, anna))).toEqual(["update ticket"]);
    expect(kinds(decide(anyone, { desk: known }))).toEqual(["create ticket"]);
  });

  test("so many of them, and from anyone holds no more by number; who takes part is not even asked about", () => {
    const desk = { ...known, misses: 20 };
    expect(decide(anyone, { ...eve, desk: { ...known, misses: 19 } }).rule).toBe("Reply");
    const guessing = decide(anyone, { ...eve, desk });
    expect(guessing.rule).toBe("New");
    expect(guessing.marks).toMatchObject([{ kind: "guesses" }]);
    const anna = decide(anyone, { headers: answerTo("42"), desk });
    expect([anna.rule, anna.asked.includes("misses")]).toEqual(["Reply", false]);
    const byCode = [
      rule("Code", always, update({ kind: "code", text: ["X"] }, { fromAnyone: true })),
      rule("New", always, create()),
    ];
    const coded = { ...desk, tickets: [ticket(5, { code: "X" })] };
    expect(decide(byCode, { ...eve, desk: coded }).rule).toBe("Code");
  });
});

test("a trace tells what else the pattern finds in the same field, in the branch that holds", () => {
  const rules = [rule("Reply", matches("subject", "#(?<id>[0-9]+)"), update(byId))];
  const actual = (subject: string) =>
    decide(rules, { headers: { subject }, desk: { tickets: [ticket(4)] } })
      .trace.flatMap(({ because }) => because)
      .find(({ field }) => field === "$id")?.actual;
  expect(actual("#4 #4 #5 #6 #5")).toBe("ticket 4 (the leftmost of 3: also 5, 6)");
  expect(actual("#4 #4")).toBe("ticket 4");
  expect(actual(`${"#7".repeat(500)}#8`)).toBe('none for "7"');
});
