import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProject } from "./check.ts";
import { defaultConfiguration, isCode, readConfiguration } from "./configuration.ts";
import { report } from "./diagnostics/report.ts";
import { checkFixture, fixtureFiles, readFixture } from "./fixture.ts";
import type { Item, Line } from "./shape/shape.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(
  join(import.meta.dirname, "../fixtures/whole/language-page.mcrules"),
  "utf8",
);

function check(text: string) {
  return checkFixture(readFixture(text));
}

describe("the example projects are clean", () => {
  const folder = join(root, "examples");
  test.each(readdirSync(folder))("%s", (name) => {
    const place = join(folder, name);
    const paths = readdirSync(place, { recursive: true, encoding: "utf8" });
    const { project, diagnostics } = checkProject(
      {
        sources: paths.filter((path) => path.endsWith(".mcrules")),
        read: (path) => new Uint8Array(readFileSync(join(place, path))),
        exists: (path) => existsSync(join(place, path)),
      },
      defaultConfiguration,
    );
    expect(diagnostics).toEqual([]);
    expect(project).toBeDefined();
  });
});

describe("a project without errors is linked", () => {
  const { checked } = check(page);
  const { project } = checked;

  test("references point at declarations", () => {
    const [mailbox] = project?.mailboxes ?? [];
    expect(mailbox?.apply.map(({ rules }) => rules)).toEqual(project?.rules);
    const [first] = project?.rules[0]?.rules ?? [];
    expect(first?.when).toMatchObject({ kind: "test", operator: "in" });
    const list = project?.lists.find(({ name }) => name.value === "suppliers");
    const { when } = first ?? {};
    expect(when?.kind === "test" && when.operand.kind === "list" && when.operand.list).toBe(list);
  });

  test("defaults are filled in", () => {
    expect(project?.helpdesk).toMatchObject({
      zone: "UTC",
      status: ["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"],
      severity: ["Minor", "Major", "Critical"],
      number: { before: "TT", after: "" },
      sendLimit: { count: 10, within: { milliseconds: 10_800_000 } },
    });
    expect(project?.mailboxes[0]).toMatchObject({
      source: { kind: "server", host: "imap.example.it", port: 993, protocol: "imap4" },
      since: { kind: "now" },
      addresses: [{ name: "Support", address: "info@example.it" }],
      smtp: { login: { user: { value: "info@example.it" } } },
    });
  });

  test("the comments that touch a declaration are its documentation", () => {
    const { checked: one } = check(
      '# Not this one.\n\n# Who is served\n# mcrules-allow MC2110: why\n#  first\nlist vip = ["a"]\nlist plain = ["b"]\n',
    );
    expect(one.partial.lists.map(({ documentation }) => documentation)).toEqual([
      "Who is served\n first",
      undefined,
    ]);
  });
});

describe("where there is an error there is no project, but what could be understood", () => {
  const { checked } = check('list vip = ["a"]\nlist broken = []\n');

  test("the rest is there", () => {
    expect(checked.project).toBeUndefined();
    expect(checked.partial.lists.map(({ name }) => name.value)).toEqual(["vip", "broken"]);
  });

  test("a later error does not hide an earlier one", () => {
    const { diagnostics } = check("list one = []\nlist two = []\n}\n");
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual([
      "MC2111 1",
      "MC2111 2",
      "MC1012 3",
    ]);
  });
});

describe("severities", () => {
  const twice = 'list vip = ["a", "A"]\n';

  test("a warning that is an error by configuration leaves the project usable", () => {
    const { configuration } = readConfiguration('{ "diagnostics": { "MC2110": "error" } }');
    const { diagnostics } = checkProject(fixtureFiles(readFixture(twice)), configuration);
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      "MC2110 error",
    ]);
  });

  test("an allow comment does not silence a warning that was made an error", () => {
    const { configuration } = readConfiguration('{ "diagnostics": { "MC2110": "error" } }');
    const text = `# mcrules-allow MC2110: why\n${twice}`;
    const { diagnostics } = checkProject(fixtureFiles(readFixture(text)), configuration);
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      "MC4103 warning",
      "MC2110 error",
    ]);
  });
});

describe("an analysis", () => {
  const text = '# mcrules-allow MC3101: seen\nlist vip = ["a"]\n';
  const files = fixtureFiles(readFixture(text));

  test("is asked where there is no error, and obeys allow comments", () => {
    const { diagnostics } = checkProject(files, defaultConfiguration, (project) =>
      project.lists.map(({ name }) => ({
        ...report("MC2110", name.span, { value: "a", place: "b" }),
        code: "MC3101" as const,
      })),
    );
    expect(diagnostics).toEqual([]);
  });

  test("is not asked where there is one, and comments about it are not judged then", () => {
    const broken = fixtureFiles(readFixture(`${text}list empty = []\n`));
    const { diagnostics } = checkProject(broken, defaultConfiguration, () => {
      throw new Error("asked");
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["MC2111"]);
  });
});

test("a file that cannot be read is told, and the others are checked", () => {
  const { diagnostics } = check("list vip = []\n#- other.mcrules (unreadable)\n");
  expect(diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
    "main.mcrules MC2111",
    "other.mcrules MC4007",
  ]);
});

test("findings are sorted by file and place, and none stands twice", () => {
  const { diagnostics } = check("list b = []\nlist a = []\n#- a.mcrules\nlist c = []\n");
  expect(diagnostics.map(({ file, line }) => `${file}:${line}`)).toEqual([
    "a.mcrules:1",
    "main.mcrules:1",
    "main.mcrules:2",
  ]);
});

describe("one mistake, one message", () => {
  const [main = "", ...others] = page.split("\n#- ");
  const rest = others.map((other) => `\n#- ${other}`).join("");
  const { checked } = check(page);
  const file = checked.files.find(({ path }) => path === "main.mcrules");
  const items = [...itemsOf(file?.lines ?? [])].filter(({ kind }) => kind !== "block");

  test("a word deleted anywhere costs one message at most", () => {
    const costly = items.flatMap(({ span }) => {
      const text = main.slice(0, span.start) + main.slice(span.end);
      const { diagnostics } = check(text + rest);
      return diagnostics.length <= 1
        ? []
        : [`${main.slice(span.start, span.end)} at ${span.start}`];
    });
    expect(costly).toEqual([]);
  });

  test("a letter lost anywhere is told at that place first, if at all", () => {
    for (const { kind, span } of items) {
      if (kind !== "word") continue;
      const text = main.slice(0, span.end - 1) + main.slice(span.end);
      const { diagnostics } = check(text + rest);
      const found = diagnostics.map(({ code, message }) => `${code} ${message}`);
      expect(found.slice(1)).toEqual([]);
    }
  });
});

function* itemsOf(lines: readonly Line[]): Generator<Item> {
  for (const line of lines) for (const item of line.items) yield* withInner(item);
}

function* withInner(item: Item): Generator<Item> {
  yield item;
  if (item.kind === "block") yield* itemsOf(item.lines);
  if (item.kind === "list" || item.kind === "group")
    for (const inner of item.items) yield* withInner(inner);
}

describe("any text can be checked", () => {
  test("cut off anywhere, and with any stretch replaced", () => {
    fc.assert(
      fc.property(
        fc.nat(page.length),
        fc.nat(40),
        fc.oneof(
          fc.string(),
          fc.constantFrom("{", "}", '"', "[", "$x", "5", " = ", "\n", "/", "#"),
        ),
        (at, length, instead) => {
          const text = page.slice(0, at) + instead + page.slice(at + length);
          for (const { code, line, column } of check(text).diagnostics) {
            expect(isCode(code)).toBe(true);
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("lines of any words of the language", () => {
    const words = [...new Set(page.match(/[\w.-]+|[{}=,[\]]|"[^"\n]*"/g) ?? [])];
    const line = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((all) => all.join(" "));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const { checked } = check(lines.join("\n"));
        const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
        expect(checked.project === undefined).toBe(errors.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
