import { readFileSync } from "node:fs";
import { createParser, type Item, type Line, type TextItem } from "@mcrules/language";
import fc from "fast-check";
import prettier from "prettier";
import { describe, expect, test } from "vitest";
import * as plugin from "./index.ts";
import { formatText } from "./index.ts";

const parser = createParser();

async function formatted(text: string): Promise<string> {
  const result = await formatText(text, "a.mcrules");
  if (result.kind !== "formatted") throw new Error(`${result.kind}: ${JSON.stringify(result)}`);
  return result.text;
}

const wholeNames = ["whole-project", "alarms", "properties"];
const whole = (name: string) =>
  readFileSync(new URL(`../../language/fixtures/${name}.mcrules`, import.meta.url), "utf8");

describe("what is formatted already", () => {
  test.each(wholeNames)("%s stays byte for byte", async (name) => {
    expect(await formatted(whole(name))).toBe(whole(name));
  });
});

describe("the one format", () => {
  test.each<[string, string, string]>([
    ["one blank between items", "list   a\t=  [ 'x' ]".replaceAll("'", '"'), 'list a = ["x"]\n'],
    [
      "a number and its unit are parted",
      'rules a { rule "A" { when size > 10MB\n then ignore } }',
      'rules a {\n  rule "A" {\n    when size > 10 MB\n    then ignore\n  }\n}\n',
    ],
    [
      "two blanks of indentation",
      'mailbox a {\n\t\tfiles "x"\n  }\n',
      'mailbox a {\n  files "x"\n}\n',
    ],
    ["LF and one line end at the end", 'list a = "x"\r\n\r\n\r\n', 'list a = "x"\n'],
    ["no byte-order mark", '\ufefflist a = "x"', 'list a = "x"\n'],
    ["nothing stays nothing", " \n\n", ""],
    ["a short one-line block stays", 'mailbox a { files "x" }', 'mailbox a { files "x" }\n'],
    ["a block over lines stays so", 'mailbox a {\n files "x"}', 'mailbox a {\n  files "x"\n}\n'],
    ["an empty block", "mailbox a {\n\n}", "mailbox a {}\n"],
    [
      "entries of one line are parted",
      'mailbox a { files "x" find unread apply b, c }',
      'mailbox a {\n  files "x"\n  find unread\n  apply b, c\n}\n',
    ],
    ["a list that fits", 'list a = [\n  "x",\n  "y",\n]', 'list a = ["x", "y"]\n'],
    [
      "a list that does not",
      `list a = ["${"x".repeat(60)}", "${"y".repeat(40)}"]`,
      `list a = [\n  "${"x".repeat(60)}",\n  "${"y".repeat(40)}",\n]\n`,
    ],
    [
      "a one-line block that does not fit",
      `condition a = any { subject contains "${"x".repeat(80)}" }`,
      `condition a = any {\n  subject contains "${"x".repeat(80)}"\n}\n`,
    ],
    [
      "declarations of one line may touch",
      'import "./a.mcrules"\nimport "./b.mcrules"',
      'import "./a.mcrules"\nimport "./b.mcrules"\n',
    ],
    [
      "others are parted",
      'list a = "x"\nmailbox a {\n files "x"\n}\nlist b = "y"',
      'list a = "x"\n\nmailbox a {\n  files "x"\n}\n\nlist b = "y"\n',
    ],
    [
      "at most one blank line is kept",
      'mailbox a {\n\n  files "x"\n\n\n  find all\n\n}',
      'mailbox a {\n  files "x"\n\n  find all\n}\n',
    ],
    [
      "rules are parted, above the comment that touches the second",
      'rules a {\n  rule "A" {\n    when always\n    then ignore\n  }\n  # B\n  rule "B" {\n    when always\n    then ignore\n  }\n}',
      'rules a {\n  rule "A" {\n    when always\n    then ignore\n  }\n\n  # B\n  rule "B" {\n    when always\n    then ignore\n  }\n}\n',
    ],
    [
      "a text block moves as a whole and keeps what is in it",
      'agent "a@example.it" {\n name "A"\n signature """\n        x  \n\n          y \\${z}\n\t\t\n        """\n}'.replace(
        "\t\t",
        "        \t",
      ),
      'agent "a@example.it" {\n  name "A"\n  signature """\n    x  \n\n      y \\${z}\n    \t\n    """\n}\n',
    ],
    [
      "patterns and texts stay as written",
      'condition a = subject matches /a  [#/]\\/"/im',
      'condition a = subject matches /a  [#/]\\/"/im\n',
    ],
  ])("%s", async (_name, text, expected) => {
    expect(await formatted(text)).toBe(expected);
    expect(await formatted(expected)).toBe(expected);
  });

  test("comments keep their places", async () => {
    const text = `# top

import "./a.mcrules"   # trailing


# about lists
list a = [ # open
  "x",    # x

  # own
  "y" , 10MB
  # end
] # after
list b = [
# nothing
]
helpdesk { # head
  # only comment
}
mailbox one {
  # first
  login "a" password env( # where
   "X" ) # pw

  # last
}
# end`;
    expect(await formatted(text)).toMatchInlineSnapshot(`
      "# top

      import "./a.mcrules" # trailing

      # about lists
      list a = [ # open
        "x", # x
        # own
        "y",
        10 MB,
        # end
      ] # after

      list b = [
        # nothing
      ]

      helpdesk { # head
        # only comment
      }

      mailbox one {
        # first
        login "a" password env( # where
          "X"
        ) # pw

        # last
      }
      # end
      "
    `);
    expect(await formatted(await formatted(text))).toBe(await formatted(text));
  });
});

describe("what cannot be read", () => {
  test("is not formatted", async () => {
    const result = await formatText('list a = "x\n', "lists.mcrules");
    expect(result).toMatchObject({
      kind: "syntax errors",
      diagnostics: [{ code: "MC1001", file: "lists.mcrules", line: 1, column: 10 }],
    });
  });

  test("but what the words mean does not matter", async () => {
    expect(await formatted("mailbox  a {\n  flies   away\n}")).toBe(
      "mailbox a {\n  flies away\n}\n",
    );
  });
});

describe("any layout of the same entries", () => {
  const blanks = fc.constantFrom(" ", "  ", "\t", " \t ");
  const layouts = fc.record({
    name: fc.constantFrom(...wholeNames),
    indentation: fc.constantFrom("", " ", "   ", "\t"),
    ends: fc.constantFrom("\n", "\r\n", "  \n"),
    blanks: fc.infiniteStream(blanks),
    commas: fc.infiniteStream(fc.constantFrom(", ", ",", " ,\t", ",\n      ")),
  });

  test("is formatted alike", async () => {
    await fc.assert(
      fc.asyncProperty(layouts, async (layout) => {
        const text = whole(layout.name);
        expect(await formatted(shuffled(text, layout))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps every comment, and is stable", async () => {
    const remarks = fc.infiniteStream(fc.constantFrom("", "", "", "end", "own", "blank"));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...wholeNames), remarks, async (name, stream) => {
        const text = remarked(whole(name), stream);
        const once = await formatted(text);
        expect(commentsOf(once)).toEqual(commentsOf(text));
        expect(await formatted(once)).toBe(once);
      }),
      { numRuns: 100 },
    );
  });
});

describe("whatever can be read", () => {
  const places = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
  const changes = fc.constantFrom("left out", "twice", "on a new line", "on the line above");

  test("is formatted, whether its words mean anything or not, and is stable", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...wholeNames),
        places,
        changes,
        async (name, at, change) => {
          const text = at.reduce((result, place) => moved(result, place, change), whole(name));
          const result = await formatText(text, "a.mcrules");
          if (result.kind === "syntax errors") return;
          expect(result.kind === "formatted" ? "" : result.reason).toBe("");
          if (result.kind === "formatted") expect(await formatted(result.text)).toBe(result.text);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("as a plugin", () => {
  test("Prettier formats files by their name, whatever its options", async () => {
    const options = { filepath: "a.mcrules", plugins: [plugin], tabWidth: 8, printWidth: 20 };
    expect(await prettier.format('mailbox a {\nfiles   "x"\n}', options)).toBe(
      'mailbox a {\n  files "x"\n}\n',
    );
    expect(await prettier.check(whole("properties"), options)).toBe(true);
  });

  test("and code in Markdown, also where it is indented", async () => {
    const text =
      '- a\n\n  ```mcrules\n  agent   "a" {\n  signature """\n    x  \n\n    """\n  }\n  ```\n';
    expect(await prettier.format(text, { parser: "markdown", plugins: [plugin] })).toBe(
      '- a\n\n  ```mcrules\n  agent "a" {\n    signature """\n      x  \n\n      """\n  }\n  ```\n',
    );
  });

  test("and shows the place of an error", async () => {
    const options = { parser: "mcrules", plugins: [plugin] };
    await expect(prettier.format('a {\n  b "x\n}', options)).rejects.toThrow(
      /not closed[^]*\(2:5\)/,
    );
  });
});

function commentsOf(text: string): string[] {
  return parser.parse("a", text).comments.map((comment) => comment.text.trimEnd());
}

/** Items without others inside, and the quotes of blocks: between them stand only blanks and commas. */
function leaves(lines: readonly Line[]): Item[] {
  const inside = (item: Item): Item[] => {
    if (item.kind === "block") return leaves(item.lines);
    if (item.kind === "list" || item.kind === "group") return item.items.flatMap(inside);
    return [item];
  };
  return lines.flatMap((line) => line.items.flatMap(inside));
}

function textBlocks(text: string): TextItem[] {
  return leaves(parser.parse("a", text).lines).flatMap((item) =>
    item.kind === "text" && item.block ? [item] : [],
  );
}

/** The text with one of its items left out, twice, or on another line. */
function moved(text: string, number: number, change: string): string {
  const items = leaves(parser.parse("a", text).lines);
  const item = items[number % Math.max(1, items.length)];
  if (item === undefined) return text;
  const before = text.slice(0, item.span.start);
  const source = text.slice(item.span.start, item.span.end);
  const after = text.slice(item.span.end);
  switch (change) {
    case "left out":
      return before + after.replace(/^ /, "");
    case "twice":
      return `${before}${source} ${source}${after}`;
    case "on a new line":
      return `${before}\n${/[^\n]*$/.exec(before)?.[0].match(/^ */)?.[0] ?? ""}${source}${after}`;
    default:
      return `${before.trimEnd()} ${source}${after}`;
  }
}

interface Layout {
  readonly indentation: string;
  readonly ends: string;
  readonly blanks: fc.Stream<string>;
  readonly commas: fc.Stream<string>;
}

/** The same text with other blanks between its items, and other line ends and indentation outside of text blocks. */
function shuffled(text: string, layout: Layout): string {
  const items = leaves(parser.parse("a", text).lines);
  const edits: { start: number; end: number; text: string }[] = [];
  items.forEach((item, index) => {
    const next = items[index + 1];
    if (next === undefined) return;
    const gap = text.slice(item.span.end, next.span.start);
    const blank = gap === " " ? layout.blanks : gap === ", " ? layout.commas : undefined;
    const value = blank?.next().value;
    if (value === undefined) return;
    edits.push({ start: item.span.end, end: next.span.start, text: value });
  });
  const blocks = textBlocks(text);
  for (const found of text.matchAll(/^( *)|\n/gm)) {
    const at = found.index;
    if (blocks.some(({ span }) => span.start <= at && at < span.end)) continue;
    if (found[0] === "\n") edits.push({ start: at, end: at + 1, text: layout.ends });
    else if (found[0] !== "") {
      const depth = found[0].length / 2;
      edits.push({ start: at, end: at + found[0].length, text: layout.indentation.repeat(depth) });
    }
  }
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end),
      text,
    );
}

/** The same text with comments at the ends of lines and between them, outside of text blocks. */
function remarked(text: string, remarks: fc.Stream<string>): string {
  const blocks = textBlocks(text);
  let count = 0;
  let offset = 0;
  return text
    .split("\n")
    .map((line) => {
      const start = offset;
      const end = start + line.length;
      offset = end + 1;
      const inText = blocks.some(({ span }) => span.start < start && start < span.end);
      const endsInText = blocks.some(({ span }) => span.start < end && end < span.end);
      const { value: kind } = remarks.next();
      count += 1;
      if (kind === "end" && !endsInText && !line.includes("#")) return `${line} # ${count}`;
      if (kind === "own" && !inText) return `  # ${count}\n${line}`;
      if (kind === "blank" && !inText) return `\n\n${line}`;
      return line;
    })
    .join("\n");
}
