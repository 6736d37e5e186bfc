import {
  shapeGrammar,
  tokenForms,
  type ShapeRule,
  type TokenForm,
} from "../../../packages/language/src/shape/grammar.ts";
import { chapters } from "./grammar.ts";
import type { Chapter, Rule } from "./rule.ts";

/** The names of parts have no blanks in EBNF. */
export const nameInEbnf = (name: string): string => name.replaceAll(" ", "-");

/** The whole grammar in the EBNF of the W3C: entries, shapes, tokens. */
export function ebnf(): string {
  return [
    ...comment(
      "The grammar of .mcrules files, made by `npm run generate`.",
      "",
      "The notation is that of the W3C: ? none or one, * any number, | or. Words within one pair",
      "of quotes stand on one line with blanks between them. Names in capitals are tokens.",
      "",
      "A line end ends an entry: an optional tail belongs to an entry only where it begins on the",
      "line on which what stands before it ends. Lists, blocks and text blocks may span lines.",
      "`#` begins a comment. A list may be written wherever one text may stand.",
    ),
    ...Object.values<Chapter>(chapters).flatMap(({ title, parts }) => [
      "",
      ...comment(title),
      ...Object.entries(parts).map(([name, rule]) =>
        production(nameInEbnf(name), alternatives(rule)),
      ),
    ]),
    "",
    ...comment(
      "The shape of a file",
      "",
      "What the parser reads before any word means something, so that a wrong word never hides the",
      "rest of a file. An item belongs to the line of the item before it where it begins on the",
      "line on which that one ends.",
    ),
    ...[...shapeGrammar()].map(([name, rule]) => production(`shape-${name}`, [shapeText(rule)])),
    "",
    ...comment(
      "Tokens",
      "",
      "In the order in which they are tried. A regular expression stands between slashes; what is",
      "told in words is read by code. Tokens that no file should hold are read too, so that what",
      "is wrong with them can be said.",
    ),
    production(
      "Plain",
      tokenForms()
        .filter(({ plain }) => plain)
        .map(({ name }) => name),
    ),
    ...tokenForms().map((form) => production(form.name, [tokenText(form)])),
    "",
    ...comment("The tokens of entries"),
    production("TEXT", ["Text", "TextBlock"]),
    production("PATTERN", ["Pattern"]),
    production("NUMBER", ["Number"]),
    production("DATE", ["Date /* 2026-01-31 */"]),
    production("MOMENT", ["Date /* 2026-01-31T09:30+01:00 */"]),
    production("TIME", ["Time"]),
    production("NAME", ["Word /* without a dot; no word of the language at that place */"]),
    production("CAPTURE", ["Capture"]),
    production("hole", ['"${" expression "}" /* in TEXT */']),
    "",
  ].join("\n");
}

/** How the tokens are read that no regular expression describes. */
const told: Readonly<Record<string, string>> = {
  Rest: "all that stands behind the first million tokens",
  TextBlock: 'three quotes, lines, three quotes alone on their line; \\${ and \\""" are escapes',
  Text: 'a quote, characters and ${holes} of one line, a quote; escapes \\" \\\\ \\n \\t \\u{…} \\$',
  OtherQuotes: "what stands between quotes of other kinds",
  Capture: "a dollar sign and a name, with dots between names",
  Word: "a letter, then letters, digits, - and _; dots between such",
  Pattern: "behind `matches` on the same line: between slashes, and the flags i, m, s",
  Stray: "any other signs",
};

function tokenText({ name, pattern, sign }: TokenForm): string {
  if (sign !== undefined) return `"${sign}"`;
  if (pattern !== undefined) return `/${pattern.replace(/^\\\//, "\\/")}/`;
  const words = told[name];
  if (words === undefined) throw new Error(`the EBNF does not tell how ${name} is read`);
  return `/* ${words} */`;
}

function comment(...lines: readonly string[]): readonly string[] {
  return ["/*", ...lines.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"];
}

/** `name ::= …`, an alternative a line where one line is too short. */
function production(name: string, options: readonly string[]): string {
  const line = `${name} ::= ${options.join(" | ")}`;
  if (line.length <= 100 || options.length === 1) return line;
  return `${name} ::=\n    ${options.join("\n  | ")}`;
}

function alternatives(rule: Rule): readonly string[] {
  return rule.kind === "choice" ? rule.rules.map((one) => text(one, false)) : [text(rule, false)];
}

/** A rule; in brackets where it stands among others and would fall apart. */
function text(rule: Rule, within: boolean): string {
  switch (rule.kind) {
    case "words":
    case "sign":
      return `"${rule.text}"`;
    case "token":
      return rule.token;
    case "part":
      return nameInEbnf(rule.name);
    case "sequence": {
      const all = rule.rules.map((one) => text(one, one.kind === "choice")).join(" ");
      return within ? `( ${all} )` : all;
    }
    case "choice": {
      const all = rule.rules.map((one) => text(one, false)).join(" | ");
      return within ? `( ${all} )` : all;
    }
    case "optional":
      return `${text(rule.rule, true)}?`;
    case "repeat":
      return `${text(rule.rule, true)}*`;
  }
}

function shapeText(rule: ShapeRule, within = false): string {
  switch (rule.kind) {
    case "token":
      return rule.name;
    case "part":
      return `shape-${rule.name}`;
    case "sequence": {
      const all = rule.rules.map((one) => shapeText(one, one.kind === "choice")).join(" ");
      return within ? `( ${all} )` : all;
    }
    case "choice": {
      const all = rule.rules.map((one) => shapeText(one)).join(" | ");
      return within ? `( ${all} )` : all;
    }
    case "optional":
      return `${shapeText(rule.rule, true)}?`;
    case "repeat":
      return `${shapeText(rule.rule, true)}*`;
  }
}
