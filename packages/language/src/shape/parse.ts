import { EmbeddedActionsParser, Lexer, type IToken, type ParserMethod } from "chevrotain";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import { balance } from "./balance.ts";
import { decode } from "./decode.ts";
import { lineStart } from "./extent.ts";
import { endOf, firstLineOf, lastLineOf, Reading } from "./reading.ts";
import type { Block, Comment, GroupItem, Item, Line, ListItem, SourceFile } from "./shape.ts";
import * as types from "./tokens.ts";
import { wordItem } from "./words.ts";

/** Reads files into their shape, one after the other. */
export interface Parser {
  /** Takes any bytes or any text, and never throws. */
  parse(path: string, bytesOrText: Uint8Array | string): SourceFile;
}

/** A parser. It takes some milliseconds to make: make one for many files. */
export function createParser(): Parser {
  const lexer = new Lexer(types.tokenTypes, { positionTracking: "full", skipValidations: true });
  const shapes = new ShapeParser(lexer);
  return { parse: (path, bytesOrText) => parseWith(lexer, shapes, path, bytesOrText) };
}

/**
 * The shape of one file: lines of words, literals and blocks. Takes any bytes or any text and never
 * throws; what could not be understood is in `diagnostics`, at most 100 of them.
 */
export function parseFile(
  path: string,
  bytesOrText: Uint8Array | string,
  parser: Parser = createParser(),
): SourceFile {
  return parser.parse(path, bytesOrText);
}

function parseWith(
  lexer: Lexer,
  shapes: ShapeParser,
  path: string,
  bytesOrText: Uint8Array | string,
): SourceFile {
  const decoded = typeof bytesOrText === "string" ? bytesOrText : decode(bytesOrText);
  const text = decoded.startsWith("\ufeff") ? decoded.slice(1) : decoded;
  const reading = new Reading(path, text);
  reportCharacters(reading);
  const { tokens, groups } = lexer.tokenize(text);
  const comments = (groups["comments"] ?? []).map((token) => commentOf(token, reading));
  const balanced = balance(tokens, reading);
  const lines = shapes.read(balanced.tokens, balanced.misplaced, reading);
  return { path, text, lines, comments, diagnostics: reading.findings() };
}

function commentOf(token: IToken, reading: Reading): Comment {
  const start = lineStart(reading.text, token.startOffset);
  const ownLine = reading.text.slice(start, token.startOffset).trim() === "";
  return { span: reading.spanOf(token), text: token.image.slice(1), ownLine };
}

/** Characters that no file should hold, wherever they stand: the first of each kind is told. */
function reportCharacters(reading: Reading): void {
  const { text } = reading;
  const unread = text.indexOf("\ufffd");
  if (unread >= 0) reading.add(report("MC1053", reading.span(unread, unread + 1), {}));
  const control = text.search(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/,
  );
  if (control >= 0) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, "0");
    const span = reading.span(control, control + 1);
    const fixes = [{ title: "Take it out", edits: [{ span, text: "" }] }];
    reading.add(report("MC1054", span, { code }, { fixes }));
  }
  const carriageReturns = [...text.matchAll(/\r(?!\n)/g).take(1000)];
  const [lone] = carriageReturns;
  if (lone !== undefined) {
    const edits = carriageReturns.map(({ index }) => ({
      span: reading.span(index, index + 1),
      text: "\n",
    }));
    const fixes = [{ title: "End lines with LF", edits }];
    reading.add(report("MC1055", reading.span(lone.index, lone.index + 1), {}, { fixes }));
  }
}

/** The grammar. Its input is balanced, so it never meets a token that it does not expect. */
export class ShapeParser extends EmbeddedActionsParser {
  readonly #lexer: Lexer;
  #reading = new Reading("", "");
  #misplaced: ReadonlySet<IToken> = new Set();

  constructor(lexer: Lexer) {
    super(types.tokenTypes, { maxLookahead: 1, skipValidations: true });
    this.#lexer = lexer;
    this.performSelfAnalysis();
  }

  read(tokens: IToken[], misplaced: ReadonlySet<IToken>, reading: Reading): readonly Line[] {
    this.#reading = reading;
    this.#misplaced = misplaced;
    this.input = tokens;
    return this.file();
  }

  readonly file: ParserMethod<[], Line[]> = this.RULE("file", () => {
    const lines: Line[] = [];
    this.MANY(() => {
      lines.push(this.SUBRULE(this.line));
    });
    return lines;
  });

  /** Items up to the line end: what follows on the line on which the last one ends belongs to it. */
  readonly line: ParserMethod<[], Line> = this.RULE("line", () => {
    const first = this.LA(1);
    const items = [this.SUBRULE(this.item)];
    this.MANY({
      GATE: () => lastLineOf(this.LA(0)) === firstLineOf(this.LA(1)),
      DEF: () => {
        items.push(this.SUBRULE2(this.item));
      },
    });
    return this.ACTION((): Line => {
      const span = this.#reading.span(
        items[0]?.span.start ?? 0,
        items[items.length - 1]?.span.end ?? 0,
      );
      const line: Line = { kind: "line", span, items };
      return this.#misplaced.has(first) ? { ...line, misplaced: true } : line;
    });
  });

  readonly item: ParserMethod<[], Item> = this.RULE("item", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.group) },
      {
        ALT: () => {
          const token = this.CONSUME(types.Plain);
          return this.ACTION(() => wordItem(token, this.#reading, this.#lexer));
        },
      },
    ]),
  );

  readonly block: ParserMethod<[], Block> = this.RULE("block", () => {
    const opener = this.CONSUME(types.LeftBrace);
    const lines: Line[] = [];
    this.MANY(() => {
      lines.push(this.SUBRULE(this.line));
    });
    const closer = this.CONSUME(types.RightBrace);
    return this.ACTION((): Block => ({
      kind: "block",
      span: this.#spanOf(opener, closer),
      lines,
      closed: closer.image !== "",
      oneLine: firstLineOf(opener) === lastLineOf(closer),
    }));
  });

  readonly list: ParserMethod<[], ListItem> = this.RULE("list", () => {
    const opener = this.CONSUME(types.LeftBracket);
    const items: Item[] = [];
    this.MANY(() => {
      items.push(this.SUBRULE(this.item));
    });
    const closer = this.CONSUME(types.RightBracket);
    return this.ACTION((): ListItem => {
      const closed = closer.image !== "";
      const span = this.#spanOf(opener, closer);
      return { kind: "list", span, items: valuesOf(items, this.#reading, closed), closed };
    });
  });

  readonly group: ParserMethod<[], GroupItem> = this.RULE("group", () => {
    const opener = this.CONSUME(types.LeftParenthesis);
    const items: Item[] = [];
    this.MANY(() => {
      items.push(this.SUBRULE(this.item));
    });
    const closer = this.CONSUME(types.RightParenthesis);
    return this.ACTION((): GroupItem => ({
      kind: "group",
      span: this.#spanOf(opener, closer),
      items,
      closed: closer.image !== "",
    }));
  });

  #spanOf(opener: IToken, closer: IToken) {
    return this.#reading.span(opener.startOffset, endOf(closer));
  }
}

/** The values of a list without its commas; a comma too many or too few is told once a list. */
function valuesOf(items: readonly Item[], reading: Reading, closed: boolean): Item[] {
  const values: Item[] = [];
  const missing: { span: Span; text: string }[] = [];
  let lacking: Item | undefined;
  let extra: Item | undefined;
  let before: Item | undefined;
  for (const item of items) {
    const comma = item.kind === "symbol" && item.symbol === ",";
    if (comma && (before === undefined || (before.kind === "symbol" && before.symbol === ","))) {
      extra ??= item;
    }
    if (!comma && before !== undefined && !continues(before, item)) {
      lacking ??= item;
      missing.push({ span: reading.span(before.span.end, before.span.end), text: "," });
    }
    if (!comma) values.push(item);
    before = item;
  }
  if (!closed) return values;
  if (lacking !== undefined) {
    const fixes = [{ title: "Put commas between the values", edits: missing }];
    reading.add(report("MC1017", lacking.span, {}, { fixes }));
  }
  if (extra !== undefined) {
    const fixes = [{ title: "Leave it out", edits: [{ span: extra.span, text: "" }] }];
    reading.add(report("MC1018", extra.span, {}, { fixes }));
  }
  return values;
}

/** Whether two neighbours in a list may stand without a comma: a number and its unit, `env` and its group. */
function continues(before: Item, item: Item): boolean {
  if (before.kind === "symbol" || before.kind === "unknown" || item.kind === "unknown") return true;
  if (before.kind === "number" && item.kind === "word") return true;
  return item.kind === "group" || item.kind === "symbol" || item.kind === "block";
}
