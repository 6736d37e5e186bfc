import {
  Alternation,
  Alternative,
  Lexer,
  NonTerminal,
  Option,
  Repetition,
  Terminal,
  type IProduction,
} from "chevrotain";
import { ShapeParser } from "./parse.ts";
import { Plain, tokenTypes } from "./tokens.ts";

/** What a part of the grammar of shapes is made of. */
export type ShapeRule =
  | { readonly kind: "token"; readonly name: string }
  | { readonly kind: "part"; readonly name: string }
  | { readonly kind: "sequence"; readonly rules: readonly ShapeRule[] }
  | { readonly kind: "choice"; readonly rules: readonly ShapeRule[] }
  | { readonly kind: "optional"; readonly rule: ShapeRule }
  | { readonly kind: "repeat"; readonly rule: ShapeRule };

/** A token of the language. */
export interface TokenForm {
  readonly name: string;
  /** The regular expression or the sign, where it is read by one. */
  readonly pattern: string | undefined;
  readonly sign: string | undefined;
  /** May stand wherever the grammar of shapes wants `Plain`. */
  readonly plain: boolean;
}

/** The grammar that files are read by before any word means something, as the parser has it. */
export function shapeGrammar(): ReadonlyMap<string, ShapeRule> {
  const parser = new ShapeParser(new Lexer(tokenTypes, { skipValidations: true }));
  return new Map(
    Object.entries(parser.getGAstProductions()).map(([name, { definition }]) => [
      name,
      sequence(definition),
    ]),
  );
}

/** The tokens in the order in which they are tried. */
export function tokenForms(): readonly TokenForm[] {
  return tokenTypes
    .filter(({ PATTERN }) => PATTERN !== Lexer.NA)
    .map(({ name, PATTERN, CATEGORIES }) => ({
      name,
      pattern: PATTERN instanceof RegExp ? PATTERN.source : undefined,
      sign: typeof PATTERN === "string" ? PATTERN : undefined,
      plain: CATEGORIES?.includes(Plain) ?? false,
    }));
}

/** A token of a text, and where it stands. */
export interface WrittenToken {
  readonly name: string;
  readonly image: string;
  readonly start: number;
}

/** The tokens of a text in their order; comments and blanks are none. */
export function tokensOf(text: string): readonly WrittenToken[] {
  const lexer = new Lexer(tokenTypes, { skipValidations: true });
  return lexer.tokenize(text).tokens.map(({ tokenType, image, startOffset }) => ({
    name: tokenType.name,
    image,
    start: startOffset,
  }));
}

function sequence(productions: readonly IProduction[]): ShapeRule {
  const rules = productions.map(ruleOf);
  const [only] = rules;
  return only !== undefined && rules.length === 1 ? only : { kind: "sequence", rules };
}

function ruleOf(production: IProduction): ShapeRule {
  if (production instanceof NonTerminal) {
    return { kind: "part", name: production.nonTerminalName };
  }
  if (production instanceof Terminal) return { kind: "token", name: production.terminalType.name };
  if (production instanceof Option) {
    return { kind: "optional", rule: sequence(production.definition) };
  }
  if (production instanceof Repetition) {
    return { kind: "repeat", rule: sequence(production.definition) };
  }
  if (production instanceof Alternation) {
    return { kind: "choice", rules: production.definition.map(ruleOf) };
  }
  if (production instanceof Alternative) return sequence(production.definition);
  throw new Error("the grammar of shapes has a production of a kind that has no form here");
}
