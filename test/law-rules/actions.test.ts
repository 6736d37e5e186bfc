import { afterEach, describe, expect, test } from "vitest";
import { Desks, mail, project, rule, told, toldOf } from "./kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const braces = (...lines: readonly string[]) =>
  `{\n${lines.map((line) => `      ${line}`).join("\n")}\n    }`;

describe("file under", () => {
  test("links the mail to each whose address is the sender's", async () => {
    const desk = await desks.of(
      rule("always", "file under contact, account, lead, vendor by from", "File"),
    );
    await desk.know("contact", "ANNA@cliente.example", "Anna");
    await desk.know("vendor", "anna@cliente.example", "Anna as vendor");
    await desk.know("lead", "bruno@cliente.example", "Bruno");
    expect(await desk.outcome(mail())).toBe("filed by File");
    const [entry] = await desk.helpdesk.journal({});
    const filed = await desk.helpdesk.filedUnder(entry?.id ?? 0);
    expect(filed.map(({ kind }) => kind).sort()).toEqual(["contact", "vendor"]);
  });

  test("by to: a recipient's", async () => {
    const desk = await desks.of(rule("always", "file under lead by to", "File"));
    await desk.know("lead", "bruno@cliente.example", "Bruno");
    expect(await desk.outcome(mail({ To: "x@x.example, bruno@cliente.example" }))).toBe(
      "filed by File",
    );
    expect(await desk.outcome(mail({ Cc: "bruno@cliente.example" }))).toBe("filed by File");
    expect(await desk.outcome(mail({ From: "bruno@cliente.example" }))).toBe("no rule");
  });

  test("is not done where there is none, so the search goes on", async () => {
    const desk = await desks.of(
      rule("always", "file under contact by from", "File") + rule("always", "create ticket", "New"),
    );
    expect(await desk.outcome(mail())).toBe("ticket created by New #1");
  });

  test("beside other actions is done for whoever is found and holds nothing up", async () => {
    const desk = await desks.of(
      rule("always", braces("file under contact by from", "create ticket"), "Both"),
    );
    expect(await desk.outcome(mail())).toBe("ticket created by Both #1");
    await desk.know("contact", "anna@cliente.example", "Anna");
    const handled = await desk.receive(mail());
    expect(handled.kind).toBe("handled");
    const filed = await desk.helpdesk.filedUnder(
      handled.kind === "handled" ? handled.journal.id : 0,
    );
    expect(filed).toHaveLength(1);
  });

  test("with continue: goes on either way", async () => {
    const desk = await desks.of(
      rule("always", braces("file under contact by from", "continue"), "File") +
        rule("always", "ignore", "End"),
    );
    expect((await desk.decision(mail())).rule).toBe("End");
    await desk.know("contact", "anna@cliente.example", "Anna");
    const decision = await desk.decision(mail());
    expect(decision.rules).toEqual(["File", "End"]);
    expect(decision.effects.map(({ kind }) => kind)).toEqual(["file under"]);
  });

  test.each([
    "file under customer by from",
    "file under contact by cc",
    "file under contact",
    "file under by from",
  ])("%s: one error, at its line", (action) => {
    const lines = toldOf(rule("always", action));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error at "then file under/);
  });
});

describe("actions on the mail itself", () => {
  const fate = async (then: string, mailbox = "") => {
    const desk = await desks.of(rule("always", then), { mailbox });
    return desk.fate(mail());
  };

  test.each([
    ["nothing", []],
    ["mark read", ["mark read"]],
    ['move to "Done"', ["move Done"]],
    ["delete", ["delete"]],
  ])("after %s is done to a mail that a rule acted on, `ignore` counts", async (after, effects) => {
    expect(await fate("ignore", `after ${after}`)).toEqual(effects);
  });

  test("after is nothing where it is left out", async () => {
    expect(await fate("create ticket")).toEqual([]);
  });

  test.each([
    [braces('move to "Mine"', "create ticket"), ["move Mine"]],
    [braces("delete", "create ticket"), ["delete"]],
    ['move to "Mine"', ["move Mine"]],
    ["delete", ["delete"]],
  ])("a rule's own move or delete replaces it: %s", async (then, effects) => {
    expect(await fate(then, 'after move to "Done"')).toEqual(effects);
    expect(await fate(then, "after delete")).toEqual(effects);
  });

  test("a rule's own move replaces `after mark read` too", async () => {
    expect(await fate('move to "Mine"', "after mark read")).toEqual(["move Mine"]);
  });

  test("a mark is added to it, and comes before the move", async () => {
    expect(await fate(braces("mark flagged", "ignore"), 'after move to "Done"')).toEqual([
      "mark flagged",
      "move Done",
    ]);
    expect(await fate(braces("mark flagged", "ignore"), "after mark read")).toEqual([
      "mark read",
      "mark flagged",
    ]);
  });

  test("a copy leaves the mail to `after`", async () => {
    const effects = await fate(braces('copy to "Copies"', "ignore"), 'after move to "Done"');
    expect(effects).toEqual(["copy Copies", "move Done"]);
  });

  test("unread of the rule's own stands against `after mark read`", async () => {
    expect((await fate(braces("mark unread", "ignore"), "after mark read")).at(-1)).toBe(
      "mark unread",
    );
  });

  test.each([
    ["nothing", []],
    ["mark read", ["mark read"]],
    ['move to "Rest"', ["move Rest"]],
  ])("unmatched %s is done to a mail that no rule acted on", async (unmatched, effects) => {
    const desk = await desks.of(rule('subject is "x"', "ignore"), {
      mailbox: `unmatched ${unmatched}\n  after delete`,
    });
    expect(await desk.fate(mail())).toEqual(effects);
    expect(await desk.fate(mail({ Subject: "x" }))).toEqual(["delete"]);
  });

  test("unmatched is nothing where it is left out", async () => {
    const desk = await desks.of(rule('subject is "x"', "ignore"), { mailbox: "after delete" });
    expect(await desk.fate(mail())).toEqual([]);
  });

  test("a mail that only continued is unmatched, and keeps what it was given", async () => {
    const desk = await desks.of(rule("always", braces("mark flagged", "continue"), "Flag"), {
      mailbox: 'unmatched move to "Rest"\n  after delete',
    });
    const decision = await desk.decision(mail());
    expect(decision).toMatchObject({ outcome: "no rule", rule: null, rules: ["Flag"] });
    expect(decision.mailEffects).toEqual([
      { kind: "mark", as: "flagged" },
      { kind: "move", folder: "Rest" },
    ]);
  });

  test("of two moves the first rule's wins, where one continues", async () => {
    const desk = await desks.of(
      rule("always", braces('copy to "A"', "continue")) + rule("always", 'move to "B"', "Move"),
    );
    expect(await desk.fate(mail())).toEqual(["copy A", "move B"]);
  });
});

describe("a rule that only marks or copies", () => {
  test.each(["mark read", "mark unread", "mark flagged", 'copy to "F"'])(
    "%s alone is an error that names continue and ignore",
    (action) => {
      const lines = toldOf(rule("always", action));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^error at .*continue/s);
      expect(lines[0]).toContain("ignore");
    },
  );

  test("also where there are several", () => {
    const lines = toldOf(rule("always", braces("mark read", 'copy to "F"')));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("continue");
  });

  test.each(["continue", "ignore"])("is fine with %s", (end) => {
    const lines = toldOf(
      rule('subject is "x"', braces("mark read", end)) + rule("always", "ignore"),
    );
    expect(lines).toEqual([]);
  });
});

describe("continue", () => {
  test.each(["create ticket", "update ticket thread"])("with %s is an error", (action) => {
    const lines = toldOf(
      rule('subject is "x"', braces(action, "continue")) + rule("always", "ignore"),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain("continue");
  });

  test("has to stand last", () => {
    const lines = toldOf(
      rule('subject is "x"', braces("continue", "mark read")) + rule("always", "ignore"),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error at "(continue|mark read)".*last/s);
  });
});

describe("one mail never touches two tickets", () => {
  test.each([
    ["create ticket", "create ticket"],
    ["update ticket thread", "create ticket"],
    ["update ticket thread", "update ticket thread"],
  ])("%s and %s in one rule is an error", (one, other) => {
    const lines = toldOf(rule("always", braces(one, other)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
  });

  test.each([
    ['move to "A"', 'move to "B"'],
    ['move to "A"', "delete"],
    ["ignore", "create ticket"],
    ["create ticket", "ignore"],
  ])("%s and %s is an error", (one, other) => {
    const lines = toldOf(rule("always", braces(one, other)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
  });
});

describe("a rule of several actions", () => {
  test("can be done where its update ticket can: else nothing of it is", async () => {
    const desk = await desks.of(
      rule("always", braces("update ticket thread", 'move to "Done"'), "Both") +
        rule("always", "create ticket", "New"),
    );
    expect(await desk.fate(mail({ "Message-ID": "<a@x>" }))).toEqual([]);
    expect(await desk.fate(mail({ "In-Reply-To": "<a@x>" }))).toEqual(["move Done"]);
  });
});

describe("mark spam", () => {
  test("blocks the sender and ends; the mail goes to the spam folder", async () => {
    const desk = await desks.of(
      rule("mail is spam", "mark spam", "Spam") + rule("always", "create ticket", "New"),
      { mailbox: 'spam-folder "Spam"\n  after move to "Done"' },
    );
    const decision = await desk.decision(mail({ "X-Spam-Flag": "YES" }));
    expect(decision).toMatchObject({ outcome: "spam", rule: "Spam" });
    expect(decision.mailEffects).toEqual([{ kind: "move", folder: "Spam" }]);
    expect(await desk.outcome(mail())).toBe("blocked");
  });

  test.each(["contact", "agent"])(
    "an address among the %ss is not blocked: it is reported",
    async (who) => {
      const desk = await desks.of(rule("mail is spam", "mark spam", "Spam"), {
        more: 'agent "marco@example.it" {\n  name "Marco"\n}\n',
      });
      await desk.know("contact", "anna@cliente.example", "Anna");
      const from = who === "agent" ? "marco@example.it" : "anna@cliente.example";
      expect(await desk.outcome(mail({ From: from, "X-Spam-Flag": "YES" }))).toBe("spam by Spam");
      expect(await desk.helpdesk.blockedAddresses()).toEqual([]);
      expect((await desk.helpdesk.alarms()).map(({ message }) => message)).toEqual([
        expect.stringContaining(from),
      ]);
    },
  );

  test("addresses of ours are never blocked", async () => {
    const desk = await desks.of(rule("mail is spam", "mark spam", "Spam"));
    await desk.outcome(mail({ From: "info@example.it", "X-Spam-Flag": "YES" }));
    expect(await desk.helpdesk.blockedAddresses()).toEqual([]);
  });
});

describe("move, copy and delete", () => {
  test("a folder is a text without holes: a capture is never a folder", () => {
    const lines = toldOf(rule("subject matches /(?<f>[a-z]+)/", 'move to "${$f}"'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error at "then move to/);
  });

  test("an empty folder is an error", () => {
    const lines = toldOf(rule("always", 'move to ""'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
  });
});

describe("rules of a mailbox", () => {
  test("several sets of rules are tried in the order of apply", async () => {
    const text = project(rule("always", "ignore", "Second")).replace(
      "apply incoming",
      "apply first, incoming",
    );
    const desk = await desks.written(
      `${text}\nrules first {\n${rule('subject is "x"', "create ticket", "First")}}\n`,
    );
    expect(await desk.outcome(mail({ Subject: "x" }))).toBe("ticket created by First #1");
    expect(await desk.outcome(mail({ Subject: "y" }))).toBe("ignored by Second");
  });

  test("a rule without `when` or without `then` is one error", () => {
    for (const body of ["then ignore", "when always"]) {
      const lines = toldOf(`  rule "Half" {\n    ${body}\n  }`);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^error/);
    }
  });

  test("two rules of one name: at the later, the earlier as related place", () => {
    const lines = toldOf(
      rule('subject is "x"', "ignore", "Same") + rule("always", "ignore", "Same"),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error at "rule "Same" {"/);
  });

  test("an unknown action is one error with a suggestion", () => {
    const lines = toldOf(rule("always", "creat ticket"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("create ticket");
  });
});

describe("the id of update ticket", () => {
  test.each([
    ["(?<id>[a-z0-9]+)", /^error.*digits/s],
    ["Id: (?<id>[0-9]*)\\b", /^(error|warning)/],
  ])("a capture that can be something else than digits is an error: %s", (pattern, expected) => {
    const lines = toldOf(rule(`subject matches /${pattern}/`, "update ticket $id"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(expected);
  });

  test("a pattern that could cut a longer reference short is warned, with the fix", () => {
    const lines = toldOf(rule("subject matches /Ticket Id: (?<id>[0-9]+)/", "update ticket $id"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^warning/);
    expect(lines[0]).toContain("\\b");
  });

  test("a group without a name: a rule that uses $1 is told to name it", () => {
    const lines = toldOf(rule("subject matches /Id: ([0-9]+)\\b/", "update ticket $1"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error at .*name.*\(\?<\w+>/s);
  });

  test("a capture that is not sure to be set is an error", () => {
    const lines = toldOf(
      rule(
        `any ${braces("subject matches /Id: (?<id>[0-9]+)\\b/", 'subject contains "x"')}`,
        "update ticket $id",
      ),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error/);
    expect(lines[0]).toContain("$id");
  });

  test("an unknown capture is an error that names those there are", () => {
    const lines = toldOf(rule("subject matches /Id: (?<id>[0-9]+)\\b/", "update ticket $di"));
    expect(lines.filter((line) => line.startsWith("error"))).toHaveLength(1);
    expect(lines.join()).toContain("$id");
  });
});

test("the page's own words for words in quotes: an error with the fix", () => {
  const lines = told(project(rule('spf is "pass"', "ignore"), { mailbox: 'trusts "mx"' }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^error/);
  expect(lines[0]).toContain("pass");
});

test.each(["agent", "rules", "test", "list"])(
  "the word of a declaration where a condition should stand is told: %s",
  (word) => {
    const lines = toldOf(rule(word, "ignore"));
    expect(lines).toEqual([expect.stringMatching(`^error at "when ${word}"`)]);
  },
);
