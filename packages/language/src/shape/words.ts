import type { IToken, Lexer } from "chevrotain";
import { report, type RawDiagnostic, type ReportExtras } from "../diagnostics/report.ts";
import { foreignComments } from "../vocabulary/foreign.ts";
import { lineEnd } from "./extent.ts";
import { captureItem, dateItem, numberItem, patternItem, timeItem } from "./literals.ts";
import type { Reading } from "./reading.ts";
import type { Item } from "./shape.ts";
import { blockItem, textItem, type ReadHole } from "./texts.ts";
import * as types from "./tokens.ts";

/**
 * The item of a token that stands for itself, in a line or in a hole. A token that means nothing there is
 * reported and becomes `unknown`.
 */
export function wordItem(token: IToken, reading: Reading, lexer: Lexer, inHole = false): Item {
  const span = reading.spanOf(token);
  const readHole: ReadHole | undefined = inHole
    ? undefined
    : (from, to) => holeItems(from, to, reading, lexer);
  switch (token.tokenType) {
    case types.WordToken:
      return { kind: "word", span, text: token.image };
    case types.Text:
      return textItem(token, reading, readHole);
    case types.TextBlock:
      return blockItem(token, reading, readHole);
    case types.OtherQuotes: {
      const content = token.image.slice(1, -1).replace(/\\?"/g, '\\"');
      const fixes = [{ title: "Write straight quotes", edits: [{ span, text: `"${content}"` }] }];
      reading.add(report("MC1009", span, { quote: token.image.slice(0, 1) }, { fixes }));
      return textItem(token, reading, readHole);
    }
    case types.DateToken:
      return dateItem(token, reading);
    case types.TimeToken:
      return timeItem(token, reading);
    case types.NumberToken:
      return numberItem(token, reading);
    case types.CaptureToken:
      return captureItem(token, reading);
    case types.Pattern:
      return patternItem(token, reading);
    case types.Comma:
    case types.SymbolToken: {
      const symbol = symbols.find((one) => one === token.image);
      if (symbol !== undefined) return { kind: "symbol", span, symbol };
      return stray(token, reading);
    }
    case types.StrayPattern: {
      const mark = foreignComments.find((one) => reading.text.startsWith(one, span.start));
      if (mark === undefined) reading.add(report("MC1040", span, {}));
      else reading.add(foreignComment(mark, token, reading));
      return { kind: "unknown", span, text: token.image };
    }
    case types.Skipped:
      return { kind: "unknown", span, text: token.image };
    case types.Rest:
      reading.add(report("MC1060", reading.span(span.start, span.start + 1), {}));
      return { kind: "unknown", span, text: "" };
    default:
      return stray(token, reading);
  }
}

const symbols = ["=", "<", "<=", ">", ">=", ","] as const;

/** What other languages write between a field and its value, where a word means just that. */
const foreignOperators: ReadonlyMap<string, string> = new Map([
  ["==", "is"],
  ["===", "is"],
  ["=~", "matches"],
]);

const foreignSigns: readonly (readonly [RegExp, string])[] = [
  [/^==+$/, "Write `is`."],
  [/^=?~$/, "Write `matches` and a pattern between slashes."],
  [/^(?:!=|<>)/, 'Write `is`, and `not` before the whole condition: `not subject is "…"`.'],
  [/^!/, "Write `not` before the whole condition."],
  [/^&/, "Write `all { … }` with a condition a line."],
  [/^\|/, "Write `any { … }` with a condition a line."],
];

function stray(token: IToken, reading: Reading): Item {
  const span = reading.spanOf(token);
  const sign = [...token.image].slice(0, 20).join("");
  if (token.tokenType === types.ForeignOperator) {
    const word = foreignOperators.get(token.image);
    const fixes =
      word === undefined ? [] : [{ title: `Write \`${word}\``, edits: [{ span, text: word }] }];
    const help = foreignSigns.find(([signs]) => signs.test(token.image))?.[1];
    const extras = help === undefined ? { fixes } : { help, fixes };
    reading.add(report("MC1052", span, { sign }, extras));
  } else {
    reading.add(report("MC1050", span, { sign }, mendStray(token, reading)));
  }
  return { kind: "unknown", span, text: token.image };
}

/** A comment as other languages write it: the line behind the mark is one here behind `#`. */
function foreignComment(mark: string, token: IToken, reading: Reading): RawDiagnostic {
  const { startOffset: start } = token;
  const end = lineEnd(reading.text, start);
  const whole = reading.text.slice(start, end);
  const plain = whole
    .slice(mark.length)
    .replace(/\*+\/\s*$/, "")
    .trim();
  const ends = mark === "//" || /\*\/\s*$/.test(whole);
  const edits = [{ span: reading.span(start, end), text: `# ${plain}`.trim() }];
  const fixes = ends ? [{ title: "Write `#`", edits }] : [];
  const span = reading.span(start, start + mark.length);
  return report("MC1050", span, { sign: mark }, { help: "A comment begins with `#`.", fixes });
}

/** An address without quotes, of which the `@` cannot be read. */
function mendStray(token: IToken, reading: Reading): ReportExtras {
  const { text } = reading;
  if (token.image === "+") {
    return { help: 'Texts are put together in one: `"Order ${subject}"`.' };
  }
  if (token.image !== "@") return {};
  const before = /[\w.+-]+$/.exec(text.slice(0, token.startOffset))?.[0] ?? "";
  const behind = /^@[\p{L}\w.-]+/u.exec(text.slice(token.startOffset))?.[0] ?? "";
  const address = before + behind;
  if (behind === "") return {};
  const start = token.startOffset - before.length;
  const edits = [{ span: reading.span(start, start + address.length), text: `"${address}"` }];
  return {
    help: `An address stands in quotes: \`"${address}"\`.`,
    fixes: [{ title: "Put it in quotes", edits }],
  };
}

/** What stands in a hole, read as it would be outside of a text. Texts in it have no holes of their own. */
function holeItems(from: number, to: number, reading: Reading, lexer: Lexer): Item[] {
  const inside = lexer.tokenize(reading.text.slice(from, to));
  return [...inside.tokens, ...(inside.groups["comments"] ?? [])].map((token) =>
    wordItem({ ...token, startOffset: token.startOffset + from }, reading, lexer, true),
  );
}
