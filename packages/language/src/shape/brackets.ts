import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import { endOf, lastLineOf } from "./reading.ts";
import * as types from "./tokens.ts";

/** The pairs of brackets, and whether those of a stretch of tokens agree. */

const closers = new Map<TokenType, TokenType>([
  [types.LeftBrace, types.RightBrace],
  [types.LeftBracket, types.RightBracket],
  [types.LeftParenthesis, types.RightParenthesis],
]);

const openers = new Map([...closers].map(([opener, closer]) => [closer, opener]));

export function closerOf(type: TokenType): TokenType | undefined {
  return closers.get(type);
}

export function openerOf(type: TokenType): TokenType | undefined {
  return openers.get(type);
}

/** Whether every bracket between the two indices is closed by its like, in the right order. */
export function agree(tokens: readonly IToken[], from: number, to: number): boolean {
  const stack: TokenType[] = [];
  for (let at = from; at < to; at += 1) {
    const type = tokens[at]?.tokenType;
    if (type === undefined) continue;
    if (closers.has(type)) stack.push(type);
    const opener = openers.get(type);
    if (opener !== undefined && stack.pop() !== opener) return false;
  }
  return stack.length === 0;
}

/** How many closing brackets of each kind are too many between the two indices. */
export function excessOf(
  tokens: readonly IToken[],
  from: number,
  to: number,
): Map<TokenType, number> {
  const excess = new Map<TokenType, number>();
  const count = (type: TokenType, by: number) => excess.set(type, (excess.get(type) ?? 0) + by);
  for (let at = from; at < to; at += 1) {
    const type = tokens[at]?.tokenType;
    if (type === undefined) continue;
    const closer = closers.get(type);
    if (closer !== undefined) count(closer, -1);
    if (openers.has(type)) count(type, 1);
  }
  return excess;
}

/** A token without length behind `last`, for a bracket that is missing. */
export function missing(type: TokenType, last: IToken): IToken {
  const end = endOf(last);
  const line = lastLineOf(last);
  return createTokenInstance(type, "", end, end, line, line, 0, 0);
}

/** What stands for a bracket whose inside is not read. */
export function skipped(token: IToken): IToken {
  const line = lastLineOf(token);
  const { image, startOffset } = token;
  return createTokenInstance(types.Skipped, image, startOffset, startOffset, line, line, 0, 0);
}

/**
 * Where a list that is not closed ends for a person: before what follows a value without a comma, on the
 * line of the opening bracket. Gives the index of the first token that is no longer part of it.
 */
export function listEnd(tokens: readonly IToken[], opener: number): number | undefined {
  const line = tokens[opener]?.startLine;
  let depth = 0;
  let complete = false;
  for (let at = opener + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.startLine !== line) return undefined;
    const type = token.tokenType;
    const unit =
      type === types.WordToken && tokens[at - 1]?.tokenType === types.NumberToken && complete;
    if (depth === 0 && complete && !unit && type !== types.Comma) return at;
    if (closers.has(type)) depth += 1;
    if (openers.has(type)) depth -= 1;
    complete = type !== types.Comma;
  }
  return undefined;
}

/**
 * Where on this line a list or a parenthesis was meant to open, of which only the end is there: before
 * values that commas part, or before the text behind a word. Gives the index of its first token.
 */
export function unopened(
  tokens: readonly IToken[],
  opener: TokenType,
  line: number,
): number | undefined {
  const typeAt = (at: number): TokenType | undefined =>
    tokens[at]?.startLine === line ? tokens[at]?.tokenType : undefined;
  const end = tokens.length;
  if (opener === types.LeftParenthesis) {
    const text = typeAt(end - 1) === types.Text && typeAt(end - 2) === types.WordToken;
    return text ? end - 1 : undefined;
  }
  if (opener !== types.LeftBracket) return undefined;
  let begin = end;
  for (;;) {
    const unit = typeAt(begin - 1) === types.WordToken && typeAt(begin - 2) === types.NumberToken;
    const type = typeAt(begin - 1);
    if (type === undefined || !values.has(type)) return undefined;
    begin -= unit ? 2 : 1;
    if (typeAt(begin - 1) !== types.Comma) break;
    begin -= 1;
  }
  return tokens.slice(begin).some((token) => token.tokenType === types.Comma) ? begin : undefined;
}

const values: ReadonlySet<TokenType> = new Set([
  types.Text,
  types.WordToken,
  types.NumberToken,
  types.DateToken,
  types.CaptureToken,
]);
