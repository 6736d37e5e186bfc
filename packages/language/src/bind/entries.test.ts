import { expect, test } from "vitest";
import { parseFile } from "../shape/parse.ts";
import type { Line, SourceFile } from "../shape/shape.ts";
import { entriesOfFile } from "./entries.ts";

/** Each line of the file's own text, its entries between bars. */
function parted(text: string): readonly string[] {
  const file = parseFile("main.mcrules", text);
  const entries = entriesOfFile(file);
  return [...allLines(file)].map((line) =>
    line.items
      .map((item, index) => {
        const starts = (entries.get(line) ?? []).includes(index);
        const words = item.kind === "block" ? "{}" : text.slice(item.span.start, item.span.end);
        return `${starts ? "|" : ""}${words}`;
      })
      .join(" "),
  );
}

function* allLines(file: SourceFile): Generator<Line> {
  const open: (readonly Line[])[] = [file.lines];
  for (let lines = open.shift(); lines !== undefined; lines = open.shift()) {
    for (const line of lines) {
      yield line;
      for (const item of line.items) if (item.kind === "block") open.push(item.lines);
    }
  }
}

test("entries of a one-line block are parted, each with its tails", () => {
  expect(
    parted('mailbox m { server "h" port 993 find unread after move to "F" apply a, b }\n'),
  ).toEqual(["|mailbox m {}", '|server "h" port 993 |find unread |after move to "F" |apply a , b']);
});

test("expectations with blocks, names and conditions", () => {
  expect(
    parted(
      'test "t" { receive "a.eml" expect mail sent { to is "a" subject is "b" } expect no ticket }\n',
    ),
  ).toEqual([
    '|test "t" {}',
    '|receive "a.eml" |expect mail sent {} |expect no ticket',
    '|to is "a" |subject is "b"',
  ]);
});

test("rules on one line", () => {
  expect(
    parted('rules r { rule "A" { when always then ignore } rule "B" { when x then ignore } }\n'),
  ).toEqual([
    "|rules r {}",
    '|rule "A" {} |rule "B" {}',
    "|when always |then ignore",
    "|when x |then ignore",
  ]);
});

test("names that only another file could declare take nothing away", () => {
  expect(
    parted(
      'rules r { rule "A" { when x then create ticket { assign group "G" status "S" field "F" in 2 hours of c tag "t" } } }\n',
    ).at(-1),
  ).toBe('|assign group "G" |status "S" |field "F" in 2 hours of c |tag "t"');
  expect(
    parted('test "t" { given ticket 1 { rule "R" mailbox m priority "P" takes part ["a"] } }\n').at(
      -1,
    ),
  ).toBe('|rule "R" |mailbox m |priority "P" |takes part ["a"]');
  expect(
    parted(
      'process "p" { on ticket created when ticket.rule is "R" then set { severity "S" tag "t" } }\n',
    ).at(-2),
  ).toBe('|on ticket created |when ticket.rule is "R" |then set {}');
});

test("captures that a condition of another file sets take nothing away", () => {
  expect(
    parted(
      'rules r { rule "A" { when x then update ticket $id { priority $p tag "t" } otherwise ignore } rule "B" { when always then ignore } }\n',
    ),
  ).toEqual([
    "|rules r {}",
    '|rule "A" {} |rule "B" {}',
    "|when x |then update ticket $id {} otherwise ignore",
    "|when always |then ignore",
    '|priority $p |tag "t"',
  ]);
});
