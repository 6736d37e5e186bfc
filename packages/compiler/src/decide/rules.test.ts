import { describe, expect, test } from "vitest";
import { answerTo, byId, decide, known, reply } from "../samples/deciding.ts";
import { address } from "../samples/mail.ts";
import {
  all,
  always,
  create,
  each,
  field,
  flag,
  goOn,
  ignore,
  rule,
  set,
  texts,
  update,
} from "../samples/program.ts";

describe("the order of the rules", () => {
  test("the first whose condition holds ends the search", () => {
    const decision = decide([
      rule("Nobody", texts("subject", "is", "x"), ignore),
      rule("First", always, create({ title: ["first"] })),
      rule("Second", always, ignore),
    ]);
    expect(decision.rule).toBe("First");
    expect(decision.rules).toEqual(["First"]);
    expect(decision.trace.filter((entry) => !entry.step).map((entry) => entry.rule)).toEqual([
      "Nobody",
      "First",
    ]);
  });

  test("no rule left: unmatched, though a rule marked the mail", () => {
    const decision = decide(
      [
        rule("Mark", always, { kind: "mark", at: reply.at, as: "flagged" }, goOn),
        rule("Nobody", texts("subject", "is", "x"), ignore),
      ],
      {
        program: {
          settings: { after: { kind: "delete" }, unmatched: { kind: "move", folder: "Rest" } },
        },
      },
    );
    expect(decision.outcome).toBe("no rule");
    expect(decision.rule).toBeNull();
    expect(decision.rules).toEqual(["Mark"]);
    expect(decision.mailEffects).toEqual([
      { kind: "mark", as: "flagged" },
      { kind: "move", folder: "Rest" },
    ]);
  });

  test("headers alone decide where nothing more is needed", () => {
    expect(decide([rule("Out", texts("from.domain", "under", "org"), ignore)]).asked).not.toContain(
      "content",
    );
  });

  test("the content is asked for when a condition comes to it, once", () => {
    const { asked, rule: ended } = decide([
      rule("Other", texts("from", "is", "x@y"), ignore),
      rule("Body", texts("body", "contains", "PRINT"), ignore),
      rule("Body again", texts("body", "contains", "nothing"), ignore),
    ]);
    expect(ended).toBe("Body");
    expect(asked.filter((need) => need === "content")).toHaveLength(1);
  });
});

describe("set", () => {
  test("what stands higher wins, tags add up", () => {
    const [effect] = decide([
      rule("VIP", always, set({ priority: { kind: "word", word: "High" }, tags: [["vip"]] })),
      rule(
        "Late",
        always,
        set({ priority: { kind: "word", word: "Low" }, tags: [["late"], ["vip"]] }),
      ),
      rule(
        "New",
        always,
        create({
          priority: { kind: "word", word: "Normal" },
          severity: { kind: "word", word: "Major" },
          tags: [["new"]],
        }),
      ),
    ]).effects;
    expect(effect).toMatchObject({
      properties: { priority: "High", severity: "Major", tags: ["vip", "late", "new"] },
    });
  });

  test("an update takes none of it", () => {
    const decision = decide(
      [
        rule("VIP", always, set({ priority: { kind: "word", word: "High" } })),
        rule("Reply", reply, update(byId)),
      ],
      { headers: answerTo("42"), desk: known },
    );
    expect(decision.rules).toEqual(["VIP", "Reply"]);
    expect(decision.effects).toMatchObject([
      { kind: "update ticket", properties: { tags: [], fields: [] } },
    ]);
  });
});

describe("file under", () => {
  const file = {
    kind: "file under",
    at: reply.at,
    registries: ["contact", "account"],
    by: "from",
  } as const;

  test("alone it is done only where somebody is found", () => {
    expect(decide([rule("F", always, file), rule("New", always, create())]).rule).toBe("New");
    const found = decide([rule("F", always, file)], { desk: { contacts: ["anna@example.org"] } });
    expect(found.outcome).toBe("filed");
    expect(found.effects).toEqual([
      { kind: "file under", rule: "F", registry: "contact", address: "anna@example.org" },
    ]);
  });

  test("beside others it holds nothing up", () => {
    const decision = decide([
      rule("F", always, file, { kind: "move", at: reply.at, folder: "Filed" }),
    ]);
    expect(decision.outcome).toBe("moved");
    expect(decision.effects).toEqual([]);
  });
});

describe("mark spam", () => {
  const spam = rule("Spam", always, { kind: "mark spam", at: reply.at });

  test("blocks a stranger and moves the mail to the spam folder", () => {
    const decision = decide([spam], { program: { settings: { spamFolder: "Junk" } } });
    expect(decision.outcome).toBe("spam");
    expect(decision.effects).toEqual([
      { kind: "block sender", rule: "Spam", addresses: ["anna@example.org"] },
    ]);
    expect(decision.mailEffects).toEqual([{ kind: "move", folder: "Junk" }]);
  });

  test("a contact or an agent is only reported", () => {
    const decision = decide([spam], {
      headers: { from: [address("anna@example.org"), address("marco@example.it")] },
      desk: { contacts: ["anna@example.org"] },
      program: { settings: { spamFolder: "Junk" } },
    });
    expect(decision.effects).toEqual([
      {
        kind: "report spam",
        rule: "Spam",
        addresses: ["anna@example.org", "marco@example.it"],
      },
    ]);
    expect(decision.mailEffects).toEqual([]);
  });
});

describe("what becomes of the mail", () => {
  const settings = { after: { kind: "mark read" }, unmatched: { kind: "nothing" } } as const;
  const after = (...actions: Parameters<typeof rule>[2][]) =>
    decide([rule("R", always, ...actions)], { program: { settings } }).mailEffects;

  test("after counts for what a rule acted on, ignore too", () => {
    expect(after(ignore)).toEqual([{ kind: "mark", as: "read" }]);
  });

  test("a rule's own move replaces it, its own mark is added", () => {
    expect(after({ kind: "move", at: reply.at, folder: "X" })).toEqual([
      { kind: "move", folder: "X" },
    ]);
    expect(after({ kind: "mark", at: reply.at, as: "flagged" }, ignore)).toEqual([
      { kind: "mark", as: "read" },
      { kind: "mark", as: "flagged" },
    ]);
  });
});

describe("the trace", () => {
  test("names the test that made a rule fail, and what it saw", () => {
    const decision = decide([
      rule("R", all(flag("reply"), texts("subject", "is", "x")), ignore),
      rule(
        "S",
        all(texts("subject", "contains", "PRINTER"), texts("from.domain", "is", "x.it")),
        ignore,
      ),
    ]);
    expect(decision.trace.filter((entry) => !entry.step)).toMatchObject([
      { rule: "R", result: false, because: [{ field: "mail", expected: "reply", result: false }] },
      {
        rule: "S",
        result: false,
        because: [
          { field: "subject", operator: "contains", actual: "Printer broken", result: true },
          { field: "from.domain", operator: "is", actual: "example.org", result: false },
        ],
      },
    ]);
  });

  test("says why an update was not done", () => {
    const decision = decide([rule("Reply", reply, update(byId))], {
      headers: answerTo("42", "eve@evil.example"),
      desk: known,
    });
    expect(decision.trace.at(-1)).toMatchObject({
      rule: "Reply",
      result: false,
      because: [
        { field: "subject", result: true },
        { field: "$id", actual: "ticket 42", result: true },
        { operator: "takes part in", actual: "eve@evil.example", result: false },
      ],
    });
  });

  test("very many reasons are cut, the one that decided is kept", () => {
    const to = Array.from({ length: 3000 }, (_, index) => address(`a${index}@x.org`));
    const some = each("some", "recipient", texts(field("address.local", "element"), "is", "a2999"));
    const { trace } = decide([rule("R", some, ignore)], { headers: { to } });
    const because = trace.at(-1)?.because ?? [];
    expect(because.length).toBeLessThan(100);
    expect(because.at(-1)).toMatchObject({ actual: "a2999", result: true });
  });

  test("a long value is cut", () => {
    const decision = decide([rule("R", texts("body", "contains", "x"), ignore)], {
      content: { body: "a".repeat(5000) },
    });
    expect(decision.trace.at(-1)?.because[0]?.actual.length).toBeLessThan(210);
  });
});
