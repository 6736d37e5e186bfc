import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { describe, expect, test } from "vitest";
import { createParser, isWordOfTheLanguage } from "../../../packages/language/src/index.ts";
import { tokensOf } from "../../../packages/language/src/shape/grammar.ts";

const root = join(import.meta.dirname, "../../..");
const path = join(root, "grammar/mcrules.tmLanguage.json");

const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(path, "utf8"), path)),
});
const grammar = await registry.loadGrammar("source.mcrules");
if (grammar === null) throw new Error("the grammar cannot be read");
const colours = grammar;

interface Coloured {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The pieces of a text with their scopes, without the ending `.mcrules`. */
function coloured(text: string): readonly Coloured[] {
  let state = textmate.INITIAL;
  let offset = 0;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = colours.tokenizeLine(line, state);
    state = ruleStack;
    const from = offset;
    offset += line.length + 1;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      start: from + startIndex,
      end: from + Math.min(endIndex, line.length),
      text: line.slice(startIndex, endIndex),
      scopes: scopes.slice(1).map((one) => one.replace(/\.mcrules$/, "")),
    }));
  });
}

/** The innermost scope of each word or sign of a line: what a theme colours. */
function line(text: string): string {
  return coloured(text)
    .filter((piece) => piece.text.trim() !== "" && piece.scopes.length > 0)
    .map((piece) => `${piece.text.trim()} ${piece.scopes.at(-1)}`)
    .join("\n");
}

describe("a word is coloured by what it is at its place", () => {
  test.each([
    ["mailbox support {", "mailbox keyword.declaration\nsupport entity.name.type"],
    ['  mailbox is "support"', "mailbox variable.language.field\nis keyword.operator.word"],
    ["  apply incoming", "apply support.type.property-name"],
    [
      '  subject starts with "x"',
      "subject variable.language.field\nstarts with keyword.operator.word",
    ],
    ['  subject "x"', "subject support.type.property-name"],
    [
      "  size > 10 MB",
      "size variable.language.field\n> keyword.operator.comparison\n10 constant.numeric\nMB keyword.other.unit",
    ],
    ['  header "X-Id" exists', "header variable.language.field\nexists keyword.operator.word"],
    [
      "  mail is automatic",
      "mail variable.language.field\nis keyword.operator.word\nautomatic constant.language.flag",
    ],
    ["  some attachment {", "some keyword.control\nattachment variable.language.field"],
    [
      "  then update ticket $id otherwise ignore",
      "then keyword.control\nupdate ticket support.function.action\n$id variable.other.capture\notherwise keyword.control.tail\nignore support.function.action",
    ],
    ["  expect no ticket", "expect keyword.control\nno ticket support.function.expectation"],
    ["  on ticket created", "on keyword.control\nticket created support.constant.event"],
    ["  from-abroad", ""],
    ["  since 2026-01-31", "since support.type.property-name\n2026-01-31 constant.numeric.date"],
  ])("%s", (text, expected) => {
    const words = line(text)
      .split("\n")
      .filter((one) => !/ (string|punctuation)/.test(one));
    expect(words.join("\n")).toBe(expected);
  });

  test("texts with holes, captures and escapes", () => {
    expect(line('title "a \\n ${$id} ${header "X"} b"')).toMatchInlineSnapshot(`
      "title support.type.property-name
      " string.quoted.double
      a string.quoted.double
      \\n constant.character.escape
      \${ punctuation.definition.template-expression.begin
      $id variable.other.capture
      } punctuation.definition.template-expression.end
      \${ punctuation.definition.template-expression.begin
      header variable.language.field
      " string.quoted.double
      X string.quoted.double
      " string.quoted.double
      } punctuation.definition.template-expression.end
      b string.quoted.double
      " string.quoted.double"
    `);
  });

  test("patterns with named groups and classes", () => {
    expect(line("subject matches /a(?<id>[0-9/]+)\\b/i")).toMatchInlineSnapshot(`
      "subject variable.language.field
      matches keyword.operator.word
      / punctuation.definition.string.begin
      a string.regexp
      (?< punctuation.definition.group
      id variable.other.capture
      > punctuation.definition.group
      [ constant.other.character-class.set
      0-9/ constant.other.character-class.set
      ] constant.other.character-class.set
      + keyword.operator.quantifier
      ) string.regexp
      \\b constant.character.escape
      / punctuation.definition.string.end
      i keyword.other.flags"
    `);
  });

  test("comments, and those that silence", () => {
    expect(line('ignore # why "x"')).toMatchInlineSnapshot(`
      "ignore support.function.action
      # punctuation.definition.comment
      why "x" comment.line.number-sign"
    `);
    expect(line("# mcrules-allow MC3102: why")).toMatchInlineSnapshot(`
      "# punctuation.definition.comment
      mcrules-allow keyword.other.suppression
      MC3102 constant.other.diagnostic-code
      : why comment.line.number-sign"
    `);
  });

  test("a text that is not closed ends with its line", () => {
    expect(coloured('title "x\nignore').at(-1)?.scopes).toEqual(["support.function.action"]);
  });
});

const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
  .filter((one) => one.endsWith(".mcrules") && !one.includes(".mcrules-data"))
  .toSorted();

/** What the colours have to agree on with the lexer. */
const kinds: Readonly<Record<string, string>> = {
  Text: "string.quoted.double",
  TextBlock: "string.quoted.triple",
  Pattern: "string.regexp",
  Capture: "variable.other.capture",
};

describe("texts, patterns, captures and comments are those that the lexer reads", () => {
  const parser = createParser();
  test.each(examples)("examples/%s", (name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const pieces = coloured(text);
    const scopesAt = (offset: number) =>
      pieces.find(({ start, end }) => start <= offset && offset < end)?.scopes ?? [];
    const expected = [
      ...tokensOf(text).flatMap(({ name: kind, start, image }) => {
        const wanted = kinds[kind];
        return wanted === undefined ? [] : [{ wanted, start, end: start + image.length }];
      }),
      ...parser.parse(name, text).comments.map(({ span }) => ({
        wanted: "comment.line.number-sign",
        start: span.start,
        end: span.end,
      })),
    ];
    const missing = expected.filter(
      ({ wanted, start, end }) =>
        !scopesAt(start).includes(wanted) || !scopesAt(end - 1).includes(wanted),
    );
    expect(missing.map(({ wanted, start, end }) => `${wanted}: ${text.slice(start, end)}`)).toEqual(
      [],
    );
    const inside = (offset: number, which: string) =>
      expected.some(
        ({ wanted, start, end }) => wanted === which && start <= offset && offset < end,
      );
    const tooMuch = pieces.filter(({ scopes, start }) =>
      Object.values({ ...kinds, comment: "comment.line.number-sign" }).some(
        (kind) => !kind.startsWith("variable") && scopes[0] === kind && !inside(start, kind),
      ),
    );
    expect(tooMuch.map((piece) => piece.text)).toEqual([]);
  });
});

test("no word of the examples that the language has stays without a colour, but for names", () => {
  const plain = new Set<string>();
  const names = new Set<string>();
  for (const name of examples) {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const pieces = coloured(text);
    const declared = /^(?:list|condition|calendar|mailbox|rules) (\S+)/gm;
    for (const [, one = ""] of text.matchAll(declared)) names.add(one);
    for (const { name: kind, image, start } of tokensOf(text)) {
      if (kind !== "Word" || !isWordOfTheLanguage(image)) continue;
      const piece = pieces.find((one) => one.start <= start && start < one.end);
      if (piece?.scopes.length === 0) plain.add(image);
    }
  }
  expect([...plain].filter((word) => !names.has(word))).toEqual([]);
});
