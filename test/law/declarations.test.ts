import { afterAll, describe, expect, test } from "vitest";
import { Law, checked, told, type Files } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const mailbox = `mailbox support {
  files "mail"
  address "info@example.it"
  apply incoming
}
`;

function withRule(when: string, then = "ignore"): string {
  return `${mailbox}rules incoming {
  rule "It" {
    when ${when}
    then ${then}
  }
}
`;
}

/** A mail of Anna, and whether the rule takes it. */
function tested(expectation: string): string {
  return `test "t" {
  receive """
    From: anna@aruba.it
    Subject: urgent

    x
    """
  ${expectation}
}
`;
}

/** What is told of a project, or else what its tests say against it. */
async function amiss(main: string, more: Files = {}): Promise<readonly string[]> {
  const findings = told(main, more);
  return findings.length > 0 ? findings : law.failures(main, more);
}

/** The only finding. */
function one(main: string | Uint8Array, more: Files = {}): string {
  const lines = told(main, more);
  expect(lines).toEqual([expect.any(String)]);
  return lines[0] ?? "";
}

describe("import", () => {
  const lists = 'list suppliers = ["aruba.it"]\ncondition urgent = subject is "urgent"\n';

  test("that file's own names are visible here", async () => {
    const main = `import "./lists.mcrules"\n${withRule("all {\nurgent\nfrom.domain in suppliers\n}")}${tested('expect rule "It"')}`;
    expect(await amiss(main, { "lists.mcrules": lists })).toEqual([]);
    expect(
      await amiss(main.replace('"./lists', '"./parts/lists'), { "parts/lists.mcrules": lists }),
    ).toEqual([]);
  });

  test("a file of another folder imports from its own place, and upwards", async () => {
    const main = `import "./parts/a.mcrules"\n${withRule("urgent")}${tested('expect rule "It"')}`;
    expect(
      await amiss(main, {
        "parts/a.mcrules": 'import "../b.mcrules"\ncondition urgent = other\n',
        "b.mcrules": 'condition other = subject is "urgent"\n',
      }),
    ).toEqual([]);
  });

  test("not those that it imports", () => {
    const found = one(`import "./a.mcrules"\n${withRule("from.domain in suppliers")}`, {
      "a.mcrules": 'import "./lists.mcrules"\ncondition busy = from.domain in suppliers\n',
      "lists.mcrules": lists,
    });
    expect(found).toMatch(/^error MC\d{4} 9: .*suppliers.*lists\.mcrules/);
  });

  test("a name of a file that is not imported: the import is the fix", () => {
    expect(one(withRule("urgent"), { "lists.mcrules": lists })).toMatch(
      /^error MC\d{4} 8: .*urgent.*import.*lists\.mcrules/,
    );
  });

  test("a cycle is allowed, of itself too", async () => {
    const main = `import "./a.mcrules"\nimport "./main.mcrules"\nlist suppliers = ["aruba.it"]\n${withRule("both")}${tested('expect rule "It"')}`;
    expect(
      told(main.replace('import "./main.mcrules"\n', ""), {
        "a.mcrules": 'import "./main.mcrules"\ncondition both = from.domain in suppliers\n',
      }),
    ).toEqual([]);
    expect(
      await law.failures(main.replace('import "./main.mcrules"\n', ""), {
        "a.mcrules": 'import "./main.mcrules"\ncondition both = from.domain in suppliers\n',
      }),
    ).toEqual([]);
  });

  test.each<readonly [what: string, first: string, said: RegExp]>([
    ["a file that is missing", 'import "./lost.mcrules"', /^error MC\d{4} 1: .*lost\.mcrules/],
    ["a file of nearly that name", 'import "./list.mcrules"', /list\.mcrules.*lists\.mcrules/],
    ["without an ending", 'import "./lists"', /lists\.mcrules/],
    ["without quotes", "import lists", /quotes|"\.\//],
    ["twice", 'import "./lists.mcrules"\nimport "./lists.mcrules"', /^warning|^error/],
    ["an absolute path", 'import "/etc/passwd"', /\/etc\/passwd/],
    ["out of the project", 'import "../../other.mcrules"', /other\.mcrules/],
    ["with a hole", 'import "./${subject}.mcrules"', /hole|\$\{/],
    ["no file of rules", 'import "./vip.txt"', /vip\.txt/],
  ])("%s: one finding", (_, first, said) => {
    const found = one(`${first}\n${withRule("always")}`, {
      "lists.mcrules": lists,
      "vip.txt": "a@b.it\n",
    });
    expect(found).toMatch(said);
  });

  test("a name seen twice is an error that shows both places", () => {
    const { diagnostics } = checked(
      `import "./lists.mcrules"\nlist suppliers = ["b.it"]\n${withRule("from.domain in suppliers")}`,
      { "lists.mcrules": lists },
    );
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain("suppliers");
    expect(errors[0]?.related?.map(({ file }) => file)).toContain("lists.mcrules");
  });

  test("of two imports too, where nobody uses it", () => {
    const { diagnostics } = checked(
      `import "./a.mcrules"\nimport "./b.mcrules"\n${withRule("always")}`,
      { "a.mcrules": 'list x1 = ["b.it"]\n', "b.mcrules": 'list x1 = ["c.it"]\n' },
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });

  test("bare names share one namespace; two files that do not see each other may use one twice", () => {
    expect(
      told(withRule("always"), {
        "a.mcrules": 'list x1 = ["b.it"]\ncondition c1 = from.domain in x1\n',
        "b.mcrules": 'list x1 = ["c.it"]\ncondition c2 = from.domain in x1\n',
      }).filter((line) => line.startsWith("error")),
    ).toEqual([]);
    expect(one(`list support = ["a.it"]\n${withRule("from.domain in support")}`)).toMatch(
      /^error MC\d{4} 2: .*support/,
    );
    expect(one(`${withRule("busy")}condition busy = always\nlist busy = ["a"]\n`)).toMatch(
      /^error MC\d{4} 13: .*busy/,
    );
  });

  test("names in text are unique in the project and need no import", async () => {
    const process =
      'process "P" {\n  on ticket created\n  when ticket.rule is "It"\n  then set {\n    priority "High"\n  }\n}\n';
    expect(
      await amiss(
        `${withRule("always", "create ticket")}${tested('expect ticket created {\n    priority is "High"\n  }')}`,
        { "process.mcrules": process },
      ),
    ).toEqual([]);
    expect(
      one(`${withRule("always", "create ticket")}${process}`, { "process.mcrules": process }),
    ).toMatch(/^error MC\d{4} .*"P"/);
    expect(
      one(withRule("always", "create ticket"), {
        "process.mcrules": process.replace('"It"', '"Itt"'),
      }),
    ).toMatch(/^error MC\d{4} 3: .*"Itt".*"It"/);
  });

  test("a rule's name twice is an error, in whichever sets of rules", () => {
    expect(
      one(
        `${withRule("always")}rules more {\n  rule "It" {\n    when always\n    then ignore\n  }\n}\n`.replace(
          "apply incoming",
          "apply incoming, more",
        ),
      ),
    ).toMatch(/^error MC\d{4} 13: .*"It"/);
  });
});

describe("list", () => {
  const from = (file: string | Uint8Array | undefined, when = "from.domain in vip") =>
    [
      `list vip from "vip.txt"\n${withRule(when)}`,
      file === undefined ? {} : { "vip.txt": file },
    ] as const;

  test.each<readonly [what: string, file: string]>([
    ["a value a line", "register.it\naruba.it\n"],
    ["the last line without an end", "register.it\naruba.it"],
    ["CRLF", "register.it\r\naruba.it\r\n"],
    ["a byte-order mark", "\u{feff}aruba.it\n"],
    ["comments and blank lines", "# providers\n\n  # more\n\n   aruba.it  \n\t\n"],
    ["letter case", "ARUBA.it\n"],
    ["a comment behind a value", "aruba.it # provider\n"],
    ["old line ends", "register.it\raruba.it\r"],
  ])("from a file: %s", async (_, file) => {
    const [main, more] = from(file);
    expect(await amiss(main + tested('expect rule "It"'), more)).toEqual([]);
  });

  test.each<readonly [what: string, file: string | Uint8Array | undefined, said: RegExp]>([
    ["a file that is missing", undefined, /^error MC\d{4} 1: .*vip\.txt/],
    ["an empty file", "", /^(error|warning) MC\d{4} 1: .*(empty|no value|holds nothing)/],
    ["a file of comments only", "# nothing\n", /^(error|warning) MC\d{4} 1: /],
    ["a value twice", "aruba.it\nARUBA.it\n", /^warning MC\d{4} 2: .*ARUBA\.it/],
    ["a file that is no UTF-8", Buffer.from([0x61, 0xe8, 0x0a]), /^error MC\d{4} 1: .*UTF-8/],
  ])("%s: one finding", (_, file, said) => {
    const [main, more] = from(file);
    expect(one(main, more)).toMatch(said);
  });

  test("a huge file is read, and looked up at once", async () => {
    const values = Array.from({ length: 200_000 }, (_, index) => `d${index}.example`);
    const [main, more] = from([...values, "aruba.it"].join("\n"));
    expect(await amiss(main + tested('expect rule "It"'), more)).toEqual([]);
  });

  test.each<readonly [what: string, declaration: string, said: RegExp]>([
    ["an empty list", "list vip = []", /^(error|warning) MC\d{4} 1: /],
    ["a value twice", 'list vip = ["a.it", "A.it"]', /^warning MC\d{4} 1: .*A\.it/],
    ["an empty value", 'list vip = ["a.it", ""]', /^error MC\d{4} 1: /],
    ["a number", "list vip = [5]", /^error MC\d{4} 1: /],
    ["a hole", 'list vip = ["${subject}"]', /^error MC\d{4} 1: /],
    ["without a sign", 'list vip ["a.it"]', /^error MC\d{4} 1: .*=/],
    ["a text for its name", 'list "vip" = ["a.it"]', /^error MC\d{4} 1: .*bare name/],
    ["without a name", 'list = ["a.it"]', /^error MC\d{4} 1: .*name/],
    ["a word of the language", 'list contacts = ["a.it"]', /^error MC\d{4} 1: .*contacts/],
    ["a name that begins with a digit", 'list 1vip = ["a.it"]', /^error MC\d{4} 1: /],
  ])("%s: one finding", (_, declaration, said) => {
    expect(one(`${declaration}\n${withRule("always")}`)).toMatch(said);
  });

  test("one value may stand alone; a word of another place may name it", async () => {
    expect(
      await amiss(
        `list priority = "aruba.it"\n${withRule("from.domain in priority")}${tested('expect rule "It"')}`,
      ),
    ).toEqual([]);
    expect(
      await amiss(
        `list rule = ["aruba.it"]\n${withRule("from.domain in rule")}${tested('expect rule "It"')}`,
      ),
    ).toEqual([]);
  });

  test("names take letters of any alphabet, digits, - and _", async () => {
    for (const name of ["a", "Fornitori", "città", "a-b_c9", "поставщики"]) {
      expect(
        await amiss(
          `list ${name} = "aruba.it"\n${withRule(`from.domain in ${name}`)}${tested('expect rule "It"')}`,
        ),
      ).toEqual([]);
    }
  });
});

describe("condition", () => {
  test.each([
    "always",
    "not",
    "all",
    "any",
    "some",
    "every",
    "no",
    "from",
    "subject",
    "mail",
    "body",
    "to",
    "size",
    "spf",
    "attachments",
    "header",
    "rule",
    "is",
    "contains",
    "then",
    "when",
    "ignore",
    "in",
    "contacts",
    "otherwise",
    "create",
  ])("a condition may not be named %s, a word of the language: one error", (word) => {
    expect(one(`condition ${word} = always\n${withRule("always")}`)).toMatch(
      new RegExp(`^error MC\\d{4} 1: .*"?${word}"?`),
    );
  });

  test.each<readonly [what: string, declarations: string]>([
    ["itself", "condition c1 = c1"],
    ["itself inside a group", "condition c1 = any {\n  always\n  not c1\n}"],
    ["over two steps", "condition c1 = c2\ncondition c2 = c1"],
    ["over three steps", "condition c1 = c2\ncondition c2 = not c3\ncondition c3 = all { c1 }"],
  ])("that uses %s is one error", (_, declarations) => {
    expect(one(`${declarations}\n${withRule("c1")}`)).toMatch(/^error MC\d{4} \d+: .*c1/);
  });

  test("over files", () => {
    const found = one(`import "./a.mcrules"\ncondition c1 = c2\n${withRule("c1")}`, {
      "a.mcrules": 'import "./main.mcrules"\ncondition c2 = c1\n',
    });
    expect(found).toMatch(/^error MC\d{4} \d+: .*c[12]/);
  });

  test.each<readonly [what: string, declaration: string, when: string, said: RegExp]>([
    ["a name that is none", "", "urgnet", /urgnet/],
    ["nearly that name", 'condition urgent = subject is "a"', "urgnet", /urgnet.*urgent/],
    ["a list is no condition", 'list urgent = ["a"]', "urgent", /urgent/],
    ["twice", 'condition urgent = always\ncondition urgent = subject is "a"', "urgent", /urgent/],
    ["nothing behind the sign", "condition urgent =", "urgent", /condition/],
  ])("%s: one error", (_, declaration, when, said) => {
    expect(one(`${declaration}\n${withRule(when)}`)).toMatch(said);
  });
});

describe("the rest of the declarations", () => {
  test.each<readonly [what: string, text: string, said: RegExp]>([
    ["a word that declares nothing", 'lists a = ["b"]\n', /^error MC\d{4} 1: .*lists.*list/],
    [
      "a rule outside of rules",
      'rule "R" {\n  when always\n  then ignore\n}\n',
      /^error MC\d{4} 1: .*rules/,
    ],
    ["a setting outside of a mailbox", "find unread\n", /^error MC\d{4} 1: .*find/],
    [
      "a second mailbox of one name",
      'mailbox support {\n  files "x"\n  apply incoming\n}\n',
      /support/,
    ],
    [
      "an agent without an address",
      'agent "Marco" {\n  name "Marco"\n}\n',
      /^error MC\d{4} 1: .*Marco/,
    ],
    [
      "an agent twice",
      'agent "a@b.it" {\n  name "A"\n}\nagent "A@b.it" {\n  name "B"\n}\n',
      /^(error|warning) MC\d{4} 4: /,
    ],
    [
      "a calendar without a name",
      "calendar {\n  open Monday 09:00 to 18:00\n}\n",
      /^error MC\d{4} 1: .*name/,
    ],
  ])("%s: one finding", (_, text, said) => {
    expect(one(text + withRule("always"))).toMatch(said);
  });

  test("rules without a rule, and a mailbox without rules, are told", () => {
    expect(one(`${mailbox}rules incoming {\n}\n`)).toMatch(/incoming/);
  });

  test("rules are tried in the order of apply, then of the set", async () => {
    const two = (apply: string) => `mailbox support {
  files "mail"
  address "info@example.it"
  apply ${apply}
}
rules a {
  rule "A" {
    when subject is "urgent"
    then ignore
  }
}
rules b {
  rule "B" {
    when from.domain is "aruba.it"
    then ignore
  }
}
`;
    expect(await amiss(two("a, b") + tested('expect rule "A"'))).toEqual([]);
    expect(await amiss(two("b, a") + tested('expect rule "B"'))).toEqual([]);
  });

  test("an agent is one of agents", async () => {
    expect(
      await amiss(
        `agent "ANNA@aruba.it" {\n  name "Anna"\n}\n${withRule("from in agents")}${tested('expect rule "It"')}`,
      ),
    ).toEqual([]);
  });
});

describe("# mcrules-allow", () => {
  const warned = 'list vip = ["a.it", "A.it"]';
  const code =
    /warning (MC\d{4})/.exec(told(`${warned}\n${withRule("always")}`)[0] ?? "")?.[1] ?? "";

  test("silences a warning in place, and one that silences nothing is told", () => {
    expect(told(`# mcrules-allow ${code}: as it came\n${warned}\n${withRule("always")}`)).toEqual(
      [],
    );
    expect(
      one(`# mcrules-allow ${code}: no more\nlist vip = ["a.it"]\n${withRule("always")}`),
    ).toMatch(new RegExp(`^warning MC\\d{4} 1: .*${code}`));
  });

  test("an error cannot be silenced", () => {
    const lines = told(
      `# mcrules-allow MC2011: please\n${withRule("always").replace("always", "from in lost")}`,
    );
    expect(lines.filter((line) => line.startsWith("error")).length).toBeGreaterThan(0);
  });
});
