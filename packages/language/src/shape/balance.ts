import type { IToken, TokenType } from "chevrotain";
import { report } from "../diagnostics/report.ts";
import {
  agree,
  closerOf,
  excessOf,
  listEnd,
  missing,
  openerOf,
  skipped,
  unopened,
} from "./brackets.ts";
import { indentationAt, widthOf } from "./extent.ts";
import {
  braceBelow,
  deeperLine,
  missingOpener,
  separatorAt,
  strayBracket,
  strayComma,
  unclosed,
} from "./mending.ts";
import { firstLineOf, lastLineOf, type Reading } from "./reading.ts";
import * as types from "./tokens.ts";

/** Tokens whose brackets agree. */
export interface Balanced {
  readonly tokens: IToken[];
  /** First tokens of lines that are indented deeper than the entry above them. */
  readonly misplaced: ReadonlySet<IToken>;
}

/**
 * Makes the brackets of a file agree, so that the parser behind it never fails: what is missing is put in
 * as a token without length, what is too much is left out, and each is reported where a person would mend
 * it. Indentation counts only where brackets do not agree, and for a line that is deeper than the entry
 * above it.
 */
export function balance(tokens: readonly IToken[], reading: Reading): Balanced {
  return new Balancer(tokens, reading).run();
}

const mostDepth = 200;

/** A block, list or group that is open, or the file itself. */
interface Level {
  /** The indentation of its last entry that begins a line. */
  entry: string | undefined;
  /** A line deeper than that entry was told. */
  deeperTold: boolean;
}

interface Open extends Level {
  readonly token: IToken;
  readonly type: TokenType;
  /** How far the line on which the bracket stands is indented. */
  readonly width: number;
  readonly line: number;
}

class Balancer {
  readonly #tokens: readonly IToken[];
  readonly #reading: Reading;
  readonly #out: IToken[] = [];
  readonly #misplaced = new Set<IToken>();
  readonly #file: Level = { entry: undefined, deeperTold: false };
  readonly #stack: Open[] = [];
  /** Lines that hold an unfinished text: a bracket that is missing there was swallowed by it. */
  readonly #swallowing = new Set<number>();
  /** The brackets of the stretch in hand do not agree. */
  #broken = false;
  /** Indentation tells where blocks end. */
  #indented = false;
  /** Closing brackets of the stretch in hand that are too many, by kind. */
  #excess = new Map<TokenType, number>();

  constructor(tokens: readonly IToken[], reading: Reading) {
    this.#tokens = tokens;
    this.#reading = reading;
    for (const token of tokens) {
      const bounded = token.tokenType === types.Text || token.tokenType === types.Pattern;
      if (bounded && !types.isClosed(token)) this.#swallowing.add(firstLineOf(token));
    }
  }

  run(): Balanced {
    const tokens = this.#tokens;
    const broken = !agree(tokens, 0, tokens.length);
    const indented = broken && this.#isIndented();
    let from = 0;
    while (from < tokens.length) {
      let to = tokens.length;
      if (indented) {
        to = from + 1;
        while (to < tokens.length && !this.#beginsDeclaration(to)) to += 1;
      }
      this.#broken = broken && !agree(tokens, from, to);
      this.#indented = indented && this.#broken;
      this.#excess = this.#broken ? excessOf(tokens, from, to) : new Map();
      for (let at = from; at < to; at += 1) at = this.#take(at, to);
      while (this.#stack.length > 0) this.#closeTop();
      this.#dropComma();
      from = to;
    }
    return { tokens: this.#out, misplaced: this.#misplaced };
  }

  /** Whether indentation follows the braces for the most part. */
  #isIndented(): boolean {
    let votes = 0;
    for (let at = 0; at + 1 < this.#tokens.length; at += 1) {
      const token = this.#tokens[at];
      const next = this.#tokens[at + 1];
      if (token?.tokenType !== types.LeftBrace || next === undefined) continue;
      if (!this.#isFirst(at + 1) || next.tokenType === types.RightBrace) continue;
      votes += this.#width(next) > this.#width(token) ? 1 : -1;
    }
    return votes >= 0;
  }

  #beginsDeclaration(at: number): boolean {
    const token = this.#tokens[at];
    return (
      token?.tokenType === types.WordToken && this.#isFirst(at) && this.#indentation(token) === ""
    );
  }

  #isFirst(at: number): boolean {
    const token = this.#tokens[at];
    const before = this.#tokens[at - 1];
    if (token === undefined) return false;
    return before === undefined || lastLineOf(before) < firstLineOf(token);
  }

  #indentation(token: IToken): string {
    const start = token.startOffset - ((token.startColumn ?? 1) - 1);
    return indentationAt(this.#reading.text, start);
  }

  #width(token: IToken): number {
    return widthOf(this.#indentation(token));
  }

  get #top(): Open | undefined {
    return this.#stack[this.#stack.length - 1];
  }

  /** The last token that was let through. */
  get #last(): IToken | undefined {
    return this.#out[this.#out.length - 1];
  }

  /** Whether entries may begin here: in a block or in the file itself, not in a list or a group. */
  get #takesEntries(): boolean {
    return this.#top === undefined || this.#top.type === types.LeftBrace;
  }

  /** Takes the token at `at`, and gives the index of the last one that is done with. */
  #take(at: number, to: number): number {
    const token = this.#tokens[at];
    if (token === undefined) return at;
    const first = this.#isFirst(at);
    const opener = openerOf(token.tokenType);
    if (opener !== undefined) {
      this.#close(token, opener, first);
      return at;
    }
    if (token.tokenType === types.Separator) {
      this.#reading.add(separatorAt(token, this.#reading));
      return at;
    }
    let taken = token;
    if (first && token.tokenType === types.LeftBrace && this.#joinsAbove(token)) {
      this.#reading.add(braceBelow(token, this.#last ?? token, this.#reading));
      taken = this.#onLineAbove(token);
    } else if (first) {
      if (this.#indented) this.#closeDeeperThan(this.#width(token));
      if (this.#takesEntries) taken = this.#beginEntry(at, to, token);
    }
    if (first && token.tokenType === types.Comma && this.#takesEntries) {
      this.#reading.add(strayComma(token, this.#reading));
      return at;
    }
    if (closerOf(token.tokenType) !== undefined) return this.#open(at, to, taken);
    this.#out.push(taken);
    return at;
  }

  #open(at: number, to: number, token: IToken): number {
    if (this.#stack.length >= mostDepth) return this.#skipTooDeep(at, to, token);
    this.#push(token, this.#width(token));
    return at;
  }

  #push(token: IToken, width: number): void {
    this.#out.push(token);
    this.#stack.push({
      token,
      type: token.tokenType,
      width,
      line: firstLineOf(token),
      entry: undefined,
      deeperTold: false,
    });
  }

  #skipTooDeep(at: number, to: number, token: IToken): number {
    this.#reading.add(report("MC1020", this.#reading.spanOf(token), { most: mostDepth }));
    this.#out.push(skipped(token));
    let depth = 0;
    for (let index = at; index < to; index += 1) {
      const type = this.#tokens[index]?.tokenType;
      if (type === undefined) continue;
      if (closerOf(type) !== undefined) depth += 1;
      if (openerOf(type) !== undefined) depth -= 1;
      if (depth === 0) return index;
    }
    return to;
  }

  /** Whether a brace at the beginning of a line belongs to the entry above it. */
  #joinsAbove(token: IToken): boolean {
    const last = this.#last;
    if (last === undefined || !this.#takesEntries || last === this.#top?.token) return false;
    return firstLineOf(token) - lastLineOf(last) === 1;
  }

  #onLineAbove(token: IToken): IToken {
    const line = this.#last === undefined ? firstLineOf(token) : lastLineOf(this.#last);
    return { ...token, startLine: line, endLine: line };
  }

  /** Closes what is still open although a line is indented no deeper than the line that opened it. */
  #closeDeeperThan(width: number): void {
    while (this.#top !== undefined && this.#top.width >= width) this.#closeTop();
  }

  /** Looks at the indentation of an entry's first token, and gives the token as the parser should see it. */
  #beginEntry(at: number, to: number, token: IToken): IToken {
    const level = this.#top ?? this.#file;
    const last = this.#last;
    const indentation = this.#indentation(token);
    const { entry } = level;
    const deeper =
      entry !== undefined && indentation.length > entry.length && indentation.startsWith(entry);
    const comma = this.#dropComma();
    if (entry === undefined || last === undefined || !deeper) {
      level.entry = indentation;
      level.deeperTold = false;
      return token;
    }
    if (comma) return this.#onLineAbove(token);
    const opener = level.deeperTold ? undefined : this.#openerHere(at, to, widthOf(entry));
    if (opener !== undefined) {
      this.#putOpener(opener, last, entry, indentation);
      return token;
    }
    this.#misplaced.add(token);
    if (!level.deeperTold)
      this.#reading.add(deeperLine(token, last, entry, indentation, this.#reading));
    level.deeperTold = true;
    return token;
  }

  /** The bracket that is missing before this deeper line, where one that nothing opened ends it. */
  #openerHere(at: number, to: number, width: number): TokenType | undefined {
    if (!this.#indented) return undefined;
    if (!this.#spare(types.RightBrace) && !this.#spare(types.RightBracket)) return undefined;
    for (let index = at; index < to; index += 1) {
      const token = this.#tokens[index];
      if (token === undefined || !this.#isFirst(index)) continue;
      const here = this.#width(token);
      if (here > width) continue;
      const spare = here === width && this.#spare(token.tokenType);
      return spare ? openerOf(token.tokenType) : undefined;
    }
    return undefined;
  }

  #putOpener(opener: TokenType, last: IToken, entry: string, indentation: string): void {
    if (!this.#swallowing.has(lastLineOf(last))) {
      this.#reading.add(missingOpener(opener, last, this.#reading));
    }
    this.#count(closerOf(opener) ?? opener, -1);
    this.#push(missing(opener, last), widthOf(entry));
    if (this.#top !== undefined) this.#top.entry = indentation;
  }

  /** Takes a comma away that stands at the end of an entry. */
  #dropComma(): boolean {
    const last = this.#last;
    if (last?.tokenType !== types.Comma || !this.#takesEntries) return false;
    this.#out.pop();
    this.#reading.add(strayComma(last, this.#reading));
    return true;
  }

  #close(token: IToken, opener: TokenType, first: boolean): void {
    const at = this.#opened(token, opener, first && this.#indented);
    if (at === undefined) {
      this.#closeUnopened(token, opener);
      return;
    }
    while (this.#stack.length > at + 1) this.#closeTop();
    this.#dropComma();
    this.#stack.pop();
    this.#out.push(token);
  }

  /** A closing bracket that nothing opened: it is left out, but where its line shows what it was to close. */
  #closeUnopened(token: IToken, opener: TokenType): void {
    this.#count(token.tokenType, -1);
    const begin = unopened(this.#out, opener, firstLineOf(token));
    const before = begin === undefined ? undefined : this.#out[begin - 1];
    if (begin !== undefined && before !== undefined) {
      this.#out.splice(begin, 0, missing(opener, before));
      this.#out.push(token);
    }
    if (this.#swallowing.has(firstLineOf(token))) return;
    const first = before === undefined ? undefined : this.#out[(begin ?? 0) + 1];
    this.#reading.add(strayBracket(token, first, this.#reading));
  }

  /** Which of the open brackets this one closes. */
  #opened(token: IToken, opener: TokenType, byIndentation: boolean): number | undefined {
    const last = this.#top;
    if (last === undefined) return undefined;
    const top = this.#stack.length - 1;
    if (!this.#broken) return last.type === opener ? top : undefined;
    const found = (test: (open: Open) => boolean): number | undefined => {
      const index = this.#stack.findLastIndex((open) => open.type === opener && test(open));
      return index < 0 ? undefined : index;
    };
    if (byIndentation) {
      const width = this.#width(token);
      const same = found((open) => open.width === width);
      if (same !== undefined) return same;
      if (last.type !== opener) return found((open) => open.width > width);
      return last.width < width && this.#spare(token.tokenType) ? undefined : top;
    }
    const line = firstLineOf(token);
    if (last.type !== opener) return found((open) => open.line === line);
    return last.line !== line && this.#spare(token.tokenType) ? undefined : top;
  }

  #spare(type: TokenType): boolean {
    return (this.#excess.get(type) ?? 0) > 0;
  }

  #count(type: TokenType, by: number): void {
    this.#excess.set(type, (this.#excess.get(type) ?? 0) + by);
  }

  /** Puts in what closes the innermost open bracket. */
  #closeTop(): void {
    this.#dropComma();
    const open = this.#stack.pop();
    const closer = open === undefined ? undefined : closerOf(open.type);
    if (open === undefined || closer === undefined) return;
    const opener = this.#out.lastIndexOf(open.token);
    const early = open.type === types.LeftBrace ? undefined : listEnd(this.#out, opener);
    const at = early ?? this.#out.length;
    const before = this.#out[at - 1] ?? open.token;
    this.#out.splice(at, 0, missing(closer, before));
    if (open.token.image === "" || this.#swallowing.has(open.line)) return;
    this.#reading.add(unclosed(open.token, before, this.#indentation(open.token), this.#reading));
  }
}
