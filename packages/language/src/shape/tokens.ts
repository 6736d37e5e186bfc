import {
  createToken,
  Lexer,
  type CustomPatternMatcherReturn,
  type IToken,
  type TokenType,
} from "chevrotain";
import { blockExtent, patternExtent, textExtent, type Extent } from "./extent.ts";

/** The tokens of the language. No word is a keyword here: words mean something only where they stand. */

/** More tokens than any project has in a file; what lies behind them is one token that is not read. */
const mostTokens = 1_000_000;

type Matcher = (text: string, offset: number, before: readonly IToken[]) => Matched;
type Matched = CustomPatternMatcherReturn | null;

/** One character of each bucket into which the lexer sorts the characters above 255. */
const aboveLatin = Array.from({ length: 512 }, (_, index) => 256 + index * 128).filter(
  (code) => code < 0x10000,
);
const anyCharacter = [...Array.from({ length: 256 }, (_, code) => code), ...aboveLatin];
const letters = anyCharacter.filter(
  (code) => code >= 0x80 || /[A-Za-z]/.test(String.fromCharCode(code)),
);

/** Every token but brackets, blanks and comments. */
export const Plain = createToken({ name: "Plain", pattern: Lexer.NA });

/** A bracket with all that stands inside of it, which is nested too deep to be read. */
export const Skipped = createToken({ name: "Skipped", pattern: Lexer.NA, categories: Plain });

const digits = "0123456789";

/** What the lexer would else find out of the pattern at each start: its first characters, and that it ends with its line. */
function onLine(first: string): { start_chars_hint: string[]; line_breaks: false } {
  return { start_chars_hint: [...first], line_breaks: false };
}

function custom(
  name: string,
  hint: readonly (string | number)[],
  match: Matcher,
  lines = false,
): TokenType {
  return createToken({
    name,
    categories: Plain,
    pattern: match,
    start_chars_hint: [...hint],
    line_breaks: lines,
  });
}

/** A pattern with the `u` flag, which Chevrotain does not take by itself. */
function unicode(name: string, hint: readonly (string | number)[], source: string): TokenType {
  const pattern = new RegExp(source, "uy");
  return custom(name, hint, (text, offset) => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    return found === null ? null : [found[0]];
  });
}

function withExtent(text: string, offset: number, extent: Extent): Matched {
  const matched: CustomPatternMatcherReturn = [text.slice(offset, extent.end)];
  matched.payload = extent.closed;
  return matched;
}

/** Whether the closing quotes or the closing slash of this token were found. */
export function isClosed(token: IToken): boolean {
  return token.payload === true;
}

export const Rest = custom(
  "Rest",
  anyCharacter,
  (text, offset, before) => (before.length < mostTokens ? null : [text.slice(offset)]),
  true,
);

export const Space = createToken({
  name: "Space",
  pattern: /[\s\u0000-\u001f\u007f-\u009f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]+/,
  line_breaks: true,
  group: Lexer.SKIPPED,
});

export const CommentToken = createToken({
  name: "Comment",
  pattern: /#[^\r\n]*/,
  ...onLine("#"),
  group: "comments",
});

export const TextBlock = custom(
  "TextBlock",
  ['"'],
  (text, offset) =>
    text.startsWith('"""', offset) ? withExtent(text, offset, blockExtent(text, offset)) : null,
  true,
);

export const Text = custom("Text", ['"'], (text, offset) =>
  text[offset] === '"' ? withExtent(text, offset, textExtent(text, offset)) : null,
);

const otherQuotes = new Map([
  ["'", "'"],
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
  ["‘", "’"],
]);

export const OtherQuotes = custom("OtherQuotes", [...otherQuotes.keys()], (text, offset) => {
  const opening = text[offset] ?? "";
  const closing = otherQuotes.get(opening);
  if (closing === undefined) return null;
  const extent = textExtent(text, offset, opening, closing);
  return extent.closed ? withExtent(text, offset, extent) : null;
});

export const DateToken = createToken({
  name: "Date",
  categories: Plain,
  pattern:
    /\d{4}-\d+(?:-\d+)*(?:T[\d:.]+(?:Z|[+-]\d+(?::\d+)?)?)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)/,
  ...onLine(digits),
});

export const TimeToken = createToken({
  name: "Time",
  categories: Plain,
  pattern: /\d+(?::\d+)+/,
  ...onLine(digits),
});

export const NumberToken = createToken({
  name: "Number",
  categories: Plain,
  pattern: /[-+]?\d+(?:[._]\d+)*/,
  ...onLine(`-+${digits}`),
});

const wordPart = "\\p{L}[\\p{L}\\p{M}\\p{N}_-]*";

export const CaptureToken = unicode(
  "Capture",
  ["$"],
  `\\$(?:\\d+|[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*(?:\\.${wordPart})*)`,
);

export const WordToken = unicode("Word", letters, `${wordPart}(?:\\.${wordPart})*`);

export const Pattern = custom("Pattern", ["/"], (text, offset, before) => {
  const last = before[before.length - 1];
  if (last?.image !== "matches" || breaksBetween(text, last, offset)) return null;
  const extent = patternExtent(text, offset);
  if (!extent.closed) return withExtent(text, offset, extent);
  const flags = /^[A-Za-z]*/.exec(text.slice(extent.end, extent.end + 20))?.[0] ?? "";
  return withExtent(text, offset, { end: extent.end + flags.length, closed: true });
});

/** What looks like a pattern where none may stand: between two slashes on one line, or a lone slash. */
export const StrayPattern = createToken({
  name: "StrayPattern",
  categories: Plain,
  pattern: /\/(?:[^/\\\r\n]|\\[^\r\n]){1,500}\/[A-Za-z]*|\//,
  ...onLine("/"),
});

export const LeftBrace = createToken({ name: "LeftBrace", pattern: "{" });
export const RightBrace = createToken({ name: "RightBrace", pattern: "}" });
export const LeftBracket = createToken({ name: "LeftBracket", pattern: "[" });
export const RightBracket = createToken({ name: "RightBracket", pattern: "]" });
export const LeftParenthesis = createToken({ name: "LeftParenthesis", pattern: "(" });
export const RightParenthesis = createToken({ name: "RightParenthesis", pattern: ")" });
export const Comma = createToken({ name: "Comma", categories: Plain, pattern: "," });

/** Signs of other languages between entries or between a word and its value. */
export const Separator = createToken({
  name: "Separator",
  categories: Plain,
  pattern: /[=-]>|:=|;+|:+/,
  ...onLine("=-:;"),
});

/** Signs of other languages that would compare or join. */
export const ForeignOperator = createToken({
  name: "ForeignOperator",
  categories: Plain,
  pattern: /=[=~]+|!=*~?|<>|&&?|\|\|?|~/,
  ...onLine("=!<&|~"),
});

export const SymbolToken = createToken({
  name: "Symbol",
  categories: Plain,
  pattern: /<=|>=|[=<>]/,
  ...onLine("<>="),
});

/** Anything else, up to where a token of the language may begin. */
export const Stray = unicode(
  "Stray",
  anyCharacter,
  "[^\\s\\p{L}\\p{N}\"'“„«‘#{}()\\[\\],;:$/=<>!&|~-]+|[^]",
);

/** In the order in which they are tried. */
export const tokenTypes = [
  Plain,
  Skipped,
  Rest,
  Space,
  CommentToken,
  TextBlock,
  Text,
  OtherQuotes,
  DateToken,
  TimeToken,
  NumberToken,
  CaptureToken,
  WordToken,
  Pattern,
  StrayPattern,
  LeftBrace,
  RightBrace,
  LeftBracket,
  RightBracket,
  LeftParenthesis,
  RightParenthesis,
  Comma,
  Separator,
  ForeignOperator,
  SymbolToken,
  Stray,
];

function breaksBetween(text: string, token: IToken, offset: number): boolean {
  return /[\r\n]/.test(text.slice((token.endOffset ?? token.startOffset) + 1, offset));
}
