import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createParser, parseFile } from "./parse.ts";
import type { Item, Line, TextItem } from "./shape.ts";

const parser = createParser();
const read = (text: string) => parser.parse("a.mcrules", text);

/** A shape in brief: `word "text" [list] {block}`. */
function brief(lines: readonly Line[]): string[] {
  return lines.map((line) => line.items.map(briefItem).join(" "));
}

function briefItem(item: Item): string {
  switch (item.kind) {
    case "word":
      return item.text;
    case "text":
      return JSON.stringify(cooked(item));
    case "pattern":
      return `/${item.source}/${item.flags}`;
    case "number":
      return `number ${item.value}`;
    case "date":
      return `date ${item.year}-${item.month}-${item.day}${item.instant === undefined ? "" : ` ${item.instant}`}`;
    case "time":
      return `time ${item.minutes}`;
    case "capture":
      return `capture ${item.name}${item.path === undefined ? "" : ` path ${item.path}`}`;
    case "symbol":
      return item.symbol;
    case "list":
      return `[${item.items.map(briefItem).join(" | ")}]`;
    case "group":
      return `(${item.items.map(briefItem).join(" ")})`;
    case "block":
      return `{${brief(item.lines).join("; ")}}`;
    case "unknown":
      return `unknown ${item.text}`;
  }
}

function cooked(item: TextItem): string {
  return item.parts
    .map((part) =>
      part.kind === "string" ? part.value : `<${part.items.map(briefItem).join(" ")}>`,
    )
    .join("");
}

const shape = (text: string) => {
  const file = read(text);
  expect(file.diagnostics).toEqual([]);
  return brief(file.lines);
};

function only(text: string): Item {
  const item = read(text).lines[0]?.items[0];
  if (item === undefined) throw new Error("nothing was read");
  return item;
}

describe("lines", () => {
  test("end at the line end, and go on behind what closes on a later line", () => {
    expect(
      shape(
        'a "x" port 3\nb {\n  c\n} otherwise d\ne ["x",\n  "y"\n] except "z"\nf """\n  x\n  """ in "F"',
      ),
    ).toEqual([
      'a "x" port number 3',
      "b {c} otherwise d",
      'e ["x" | "y"] except "z"',
      'f "x\\n" in "F"',
    ]);
  });

  test("of a one-line block are one", () => {
    const [line] = read('expect mail sent { to is "a" subject is "b" }').lines;
    expect(line?.items[3]).toMatchObject({
      kind: "block",
      oneLine: true,
      closed: true,
      lines: [{}],
    });
  });

  test("may end with CRLF, and the file may begin with a byte-order mark", () => {
    const file = parseFile("a", new TextEncoder().encode("\ufeffa {\r\n  b\r\n}\r\n"));
    expect(brief(file.lines)).toEqual(["a {b}"]);
    expect(file.text.startsWith("a")).toBe(true);
    expect(file.diagnostics).toEqual([]);
  });

  test("may be indented in any way while brackets agree", () => {
    expect(shape("a {\nb {\nc\n}\nd\n}\ne")).toEqual(["a {b {c}; d}", "e"]);
  });

  test("have spans from the first to the last item", () => {
    const [line] = read("  a {\n  b\n} # c").lines;
    expect(line?.span).toEqual({ file: "a.mcrules", start: 2, end: 11 });
  });
});

describe("words and values", () => {
  test.each([
    ["from.domain front-desk X_1 è", "from.domain front-desk X_1 è"],
    ["42 5.5 10MB 10 MB", "number 42 number 5.5 number 10 MB number 10 MB"],
    ["2026-01-31 2024-02-29", "date 2026-1-31 date 2024-2-29"],
    ["2026-01-31T09:30+01:00", "date 2026-1-31 1769848200000"],
    ["2026-11-02T09:00Z", "date 2026-11-2 1793610000000"],
    ["09:00 to 24:00", "time 540 to time 1440"],
    [
      "$id $first.number $first.contact.name $1",
      "capture id capture first path number capture first path contact.name capture 1",
    ],
    ["size <= 1 = , < > >=", "size <= number 1 = , < > >="],
    ['env("X")', 'env ("X")'],
    ["x [] {}", "x [] {}"],
    [
      '[acceptance, "b", 10 MB, 5 minutes,]',
      '[acceptance | "b" | number 10 | MB | number 5 | minutes]',
    ],
  ])("%s", (text, expected) => {
    const file = read(text);
    expect(brief(file.lines)).toEqual([expected]);
  });

  test.each([
    ["matches /a[/]b/i", "matches /a[/]b/i"],
    ['matches /[]/]\\/#"/ims otherwise', 'matches /[]/]\\/#"/ims otherwise'],
    ["matches /[a/", "matches /[a/"],
  ])("%s", (text, expected) => {
    expect(shape(text)).toEqual([expected]);
  });

  test("a pattern knows where its source begins", () => {
    const text = "matches /ab/i";
    const pattern = read(text).lines[0]?.items[1];
    expect(
      pattern?.kind === "pattern" && text.slice(pattern.span.start + 1).startsWith(pattern.source),
    ).toBe(true);
  });
});

describe("texts", () => {
  test.each([
    [String.raw`"a\"b\\c\nd\te\u{1F525}\$x"`, 'a"b\\c\nd\te🔥$x'],
    ['"${subject} and ${$id.name}"', "<subject> and <capture id path name>"],
    ['"${header "X-Id"}!"', '<header "X-Id">!'],
    [String.raw`"\${subject} $5"`, "${subject} $5"],
    ['"# no comment"', "# no comment"],
    ['""', ""],
  ])("%s", (text, expected) => {
    const item = only(text);
    expect(read(text).diagnostics).toEqual([]);
    expect(item.kind === "text" && item.closed ? cooked(item) : item).toBe(expected);
  });

  test("holes have their items at the offsets of the file", () => {
    const text = 'x "a ${header "X"} b"';
    const item = read(text).lines[0]?.items[1];
    const hole = item?.kind === "text" ? item.parts[1] : undefined;
    expect(
      hole?.kind === "hole" ? hole.items.map(({ span }) => text.slice(span.start, span.end)) : hole,
    ).toEqual(["header", '"X"']);
    expect(hole === undefined ? "" : text.slice(hole.span.start, hole.span.end)).toBe(
      '${header "X"}',
    );
  });

  test.each([
    ['"""\n  a\n    b\n\n  c\n  """', "a\n  b\n\nc\n"],
    ['"""\n"""', ""],
    ['"""\n  \n   \n  """', "\n \n"],
    ['"""\r\n\ta\r\n\t"""', "a\n"],
    [
      String.raw`"""` + '\n C:\\temp\\n "x" \\${a} \\""" ${subject}\n """',
      'C:\\temp\\n "x" ${a} """ <subject>\n',
    ],
    ['"""\na\n"""', "a\n"],
  ])("block %j", (text, expected) => {
    const item = only(text);
    expect(read(text).diagnostics).toEqual([]);
    expect(item.kind === "text" && item.block && item.closed ? cooked(item) : item).toBe(expected);
  });
});

describe("comments", () => {
  test("are kept with their place", () => {
    const file = read('# one\na "#" # two\n  [ # three\n  ]\n');
    expect(file.comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      [" one", true],
      [" two", false],
      [" three", false],
    ]);
  });
});

describe("whole files", () => {
  test.each(["whole-project", "alarms", "properties"])("%s is read without a finding", (name) => {
    const text = readFileSync(new URL(`../../fixtures/${name}.mcrules`, import.meta.url), "utf8");
    expect(read(text).diagnostics).toEqual([]);
  });

  test("of ten thousand lines keep every line", () => {
    const text = 'a {\n  b "c" [1, 2]\n}\n'.repeat(3_334);
    expect(read(text).lines).toHaveLength(3_334);
  });
});
