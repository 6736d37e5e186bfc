import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionsTable } from "../diagnostics/actions.ts";
import { analysisTable } from "../diagnostics/analysis.ts";
import { holesTable } from "../diagnostics/holes.ts";
import { patternsTable } from "../diagnostics/patterns.ts";
import { processesTable } from "../diagnostics/processes.ts";
import type { DiagnosticRow } from "../diagnostics/report.ts";
import { withRule } from "../diagnostics/samples.ts";
import { typesTable } from "../diagnostics/types.ts";
import { wordsTable } from "../diagnostics/words.ts";
import { checkFixture, readFixture } from "../fixture.ts";
import type { Rule } from "../tree/index.ts";
import { actionWords, updateTailWords } from "../vocabulary/actions.ts";
import { conditionWords, foreignConditionWords, negations } from "../vocabulary/conditions.ts";
import { mailFields } from "../vocabulary/fields.ts";
import { operatorWords } from "../vocabulary/operators.ts";
import { ticketEntryWords } from "../vocabulary/ticketBlock.ts";

function check(text: string) {
  return checkFixture(readFixture(text)).checked;
}

function codesOf(text: string): readonly string[] {
  return check(text).diagnostics.map(({ code }) => code);
}

/** The only rule of a project that is right. */
function ruleOf(text: string): Rule {
  const { project, diagnostics } = check(text);
  expect(diagnostics).toEqual([]);
  const rule = project?.rules[0]?.rules[0];
  if (rule === undefined) throw new Error("there is no rule");
  return rule;
}

const rows: readonly (readonly [string, DiagnosticRow])[] = Object.entries({
  ...wordsTable,
  ...typesTable,
  ...patternsTable,
  ...actionsTable,
  ...holesTable,
  ...processesTable,
  ...analysisTable,
});

/** The text with the edits of a fix, those of its own file. */
function mended(text: string, edits: readonly { start: number; end: number; text: string }[]) {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
}

describe("a fix takes its finding away and brings no error", () => {
  const withFixes = rows.flatMap(([code, row]) =>
    check(row.wrong).diagnostics.flatMap(({ fixes = [] }) =>
      fixes.map((fix) => [`${code} ${fix.title}`, row.wrong, fix] as const),
    ),
  );

  test("many findings have one", () => {
    expect(withFixes.length).toBeGreaterThan(25);
  });

  test.each(withFixes)("%s", (_title, wrong, fix) => {
    expect(codesOf(mended(wrong, fix.edits))).toEqual([]);
  });
});

describe("what a rule becomes", () => {
  test("sizes are bytes, durations milliseconds, is of a number is =", () => {
    const { when } = ruleOf(
      withRule("all {\n  size > 1.5 MB\n  age <= 2 days\n  attachments is 3\n}", "ignore"),
    );
    expect(when).toMatchObject({
      kind: "all",
      conditions: [
        { operator: ">", operand: { value: 1_572_864 } },
        { operator: "<=", operand: { value: 172_800_000 } },
        { operator: "=", operand: { value: 3 } },
      ],
    });
  });

  test("a pattern keeps its source, its flags and the places of its captures", () => {
    const text = withRule("subject matches /a\\/b\\\\(?<id>[0-9]+)\\b/im", "update ticket $id");
    const { when, actions } = ruleOf(text);
    expect(when).toMatchObject({
      operator: "matches",
      operand: {
        source: "a/b\\\\(?<id>[0-9]+)\\b",
        flags: { i: true, m: true, s: false },
        captures: [{ value: "id", span: { start: text.indexOf("id>") } }],
      },
    });
    expect(actions).toMatchObject([{ kind: "update ticket", key: { kind: "id", capture: "id" } }]);
  });

  test("texts keep their holes, in their order", () => {
    const { actions } = ruleOf(
      withRule(
        "subject matches /(?<who>x)/",
        'create ticket {\n  title "a ${header "X-Id"} ${subject}${$who}"\n}',
      ),
    );
    expect(actions).toMatchObject([
      {
        block: {
          title: {
            parts: [
              "a ",
              { expression: { kind: "mail field", field: "header", argument: "X-Id" } },
              " ",
              { expression: { kind: "mail field", field: "subject" } },
              { expression: { kind: "capture", name: "who" } },
            ],
          },
        },
      },
    ]);
  });

  test("a field that has the name of a capture stays the field", () => {
    const { actions } = ruleOf(
      withRule("body matches /(?<subject>x)/", 'create ticket {\n  title "${subject}"\n}'),
    );
    expect(actions).toMatchObject([
      { block: { title: { parts: [{ expression: { kind: "mail field", field: "subject" } }] } } },
    ]);
  });

  test("the tails of an update belong to the update on whose line they stand", () => {
    const { actions } = ruleOf(
      withRule(
        "always",
        'update ticket thread from anyone if closed for 30 days create ticket {\n  tag "late"\n} {\n  internal\n} otherwise {\n  mark read\n  ignore\n}',
      ),
    );
    expect(actions).toMatchObject([
      {
        kind: "update ticket",
        key: { kind: "thread" },
        fromAnyone: true,
        closed: {
          kind: "if",
          longerThan: { milliseconds: 2_592_000_000 },
          actions: [{ kind: "create ticket", block: { tags: [{ parts: ["late"] }] } }],
        },
        block: { internal: {} },
        otherwise: [{ kind: "mark", as: "read" }, { kind: "ignore" }],
      },
    ]);
  });

  test("an inner update takes the tails behind it", () => {
    const { actions } = ruleOf(
      withRule(
        "always",
        'update ticket thread if closed update ticket code "x" unless closed otherwise ignore',
      ).replace("unless closed ", ""),
    );
    expect(actions).toMatchObject([
      { otherwise: undefined, closed: { actions: [{ otherwise: [{ kind: "ignore" }] }] } },
    ]);
  });

  test("a rule on one line is parted where its words begin", () => {
    const text = withRule("always", "ignore").replace(
      /rule "One" \{[^]*?\n {2}\}/,
      'rule "One" { when not subject is "then" then { mark read ignore } }',
    );
    expect(ruleOf(text)).toMatchObject({
      when: { kind: "not", condition: { operand: { texts: [{ parts: ["then"] }] } } },
      actions: [{ kind: "mark" }, { kind: "ignore" }],
    });
  });

  test("a list by its name is the list itself, from whatever file", () => {
    const text = withRule("from in people", "ignore", 'import "./lists/people.mcrules"');
    const { when } = ruleOf(`${text}#- lists/people.mcrules\nlist people = ["anna@example.it"]\n`);
    expect(when).toMatchObject({
      operator: "in",
      operand: { kind: "list", name: "people", list: { values: [{ value: "anna@example.it" }] } },
    });
  });

  test("a name that is declared in a file without an import has the import as fix", () => {
    const text = withRule("from in people", "ignore");
    const lists = '#- lists/people.mcrules\nlist people = ["anna@example.it"]\n';
    const [finding] = check(text + lists).diagnostics;
    expect(finding?.code).toBe("MC2012");
    expect(codesOf(mended(text, finding?.fixes?.[0]?.edits ?? []) + lists)).toEqual([]);
  });

  test.each([
    ["mail is reply or forward or bulk", "any { mail is reply mail is forward mail is bulk }"],
    ['mail is reply and subject is "a"', 'all { mail is reply subject is "a" }'],
    ['from is "cliente.example"', 'from.domain is "cliente.example"'],
    ['from is ["a@b.example", "cliente.example"]', undefined],
    ['from.domain under ".it"', 'from.domain under "it"'],
    ['from.domain is "aruba.it."', 'from.domain is "aruba.it"'],
  ])("%s is one finding, and mended is %s", (when, right) => {
    const text = withRule(when, "ignore");
    const findings = check(text).diagnostics;
    expect(findings).toHaveLength(1);
    const fixes = findings[0]?.fixes ?? [];
    expect(fixes).toHaveLength(right === undefined ? 0 : 1);
    if (right === undefined) return;
    const mends = mended(text, fixes[0]?.edits ?? []);
    expect(mends.replace(/\s+/g, " ")).toContain(`when ${right}`);
    expect(codesOf(mends)).toEqual([]);
  });
});

describe("any words", () => {
  const words = [
    ...Object.keys(mailFields),
    ...operatorWords,
    ...Object.keys(conditionWords),
    ...Object.keys(foreignConditionWords),
    ...negations.map((negation) => negation.words),
    ...actionWords,
    ...updateTailWords,
    ...ticketEntryWords,
    '"a"',
    '"a@example.it"',
    '""',
    '"${subject}"',
    '["a", "b"]',
    "[]",
    "5",
    "10 MB",
    "3 days",
    "2026-01-31",
    "$id",
    "$1",
    "/(?<id>[0-9]+)\\b/",
    "matches /(?<id>[0-9]+)\\b/",
    "matches /(?<id>x)|y/",
    "/(?=a)/",
    "{",
    "}",
    '{ name is "x" }',
    '{ subject is "x" }',
    ",",
    "=",
    "<",
    "!=",
    "people",
    "office",
    "urgent",
    "nobody",
    "when",
    "then",
    "rule",
    "pass",
    "code",
    "titled",
    "thread",
    "group",
    "agent",
    "contact",
    "for 30 days",
    "by from",
    "\n",
  ];
  const line = fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((some) => some.join(" "));
  const above = [
    'list people = ["anna@example.it"]',
    "calendar office {\n  open Monday 09:00 to 18:00\n}",
    'condition urgent = subject contains "urgent"',
  ].join("\n\n");

  test("as a condition are bound, or said to be wrong", () => {
    fc.assert(
      fc.property(line, (condition) => {
        const { project, diagnostics } = check(withRule(condition, "create ticket", above));
        const wrong = diagnostics.some(({ severity }) => severity === "error");
        expect(wrong).toBe(project === undefined);
      }),
      { numRuns: 400 },
    );
  });

  test("as an action are bound, or said to be wrong", () => {
    fc.assert(
      fc.property(line, (action) => {
        const { project, partial, diagnostics } = check(
          withRule("subject matches /(?<id>[0-9]+)\\b/", action, above),
        );
        const wrong = diagnostics.some(({ severity }) => severity === "error");
        expect(wrong).toBe(project === undefined);
        if (!wrong) expect(JSON.stringify(partial.rules)).not.toContain('"kind":"broken"');
      }),
      { numRuns: 400 },
    );
  });

  test("a condition that is broken is said to be wrong", () => {
    fc.assert(
      fc.property(line, (condition) => {
        const { partial, diagnostics } = check(withRule(condition, "create ticket", above));
        const broken = JSON.stringify(partial.rules).includes('"kind":"broken"');
        if (broken) expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
