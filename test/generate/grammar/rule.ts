/** What a part of the grammar is made of. */
export type Rule =
  /** Words of the language, as they stand: `create ticket`. */
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string }
  | { readonly kind: "token"; readonly token: TokenKind }
  | { readonly kind: "part"; readonly name: string }
  | { readonly kind: "sequence"; readonly rules: readonly Rule[] }
  | { readonly kind: "choice"; readonly rules: readonly Rule[] }
  | { readonly kind: "optional"; readonly rule: Rule }
  /** Any number of them, none included. */
  | { readonly kind: "repeat"; readonly rule: Rule };

/** What the lexer knows by itself. */
export type TokenKind =
  "TEXT" | "PATTERN" | "NUMBER" | "DATE" | "MOMENT" | "TIME" | "NAME" | "CAPTURE";

/** The named parts of the grammar that belong together: one file of diagrams. */
export interface Chapter {
  readonly title: string;
  readonly parts: Readonly<Record<string, Rule>>;
}

/** What stands for a rule: words as they are, or a rule. */
export type Piece = string | Rule;

export const token = (kind: TokenKind): Rule => ({ kind: "token", token: kind });
export const part = (name: string): Rule => ({ kind: "part", name });
export const sign = (text: string): Rule => ({ kind: "sign", text });
export const words = (text: string): Rule => ({ kind: "words", text });

const ruleOf = (piece: Piece): Rule => (typeof piece === "string" ? words(piece) : piece);

export function sequence(...pieces: readonly Piece[]): Rule {
  const rules = pieces.map(ruleOf);
  const [only] = rules;
  return only !== undefined && rules.length === 1 ? only : { kind: "sequence", rules };
}

/** A choice among choices is one. */
export function choice(...pieces: readonly Piece[]): Rule {
  const rules = pieces
    .map(ruleOf)
    .flatMap((rule) => (rule.kind === "choice" ? rule.rules : [rule]));
  const [only] = rules;
  return only !== undefined && rules.length === 1 ? only : { kind: "choice", rules };
}

export const optional = (...pieces: readonly Piece[]): Rule => ({
  kind: "optional",
  rule: sequence(...pieces),
});

export const repeat = (piece: Piece): Rule => ({ kind: "repeat", rule: ruleOf(piece) });

/** One or more with a sign between two. */
export const separated = (piece: Piece, between: string): Rule => ({
  kind: "sequence",
  rules: [ruleOf(piece), { kind: "repeat", rule: sequence(sign(between), piece) }],
});

/** Braces with an entry a line. */
export const block = (entry: Piece): Rule => sequence(sign("{"), repeat(entry), sign("}"));

/** One value, or a list of them. */
export function oneOrList(piece: Piece): Rule {
  return choice(
    piece,
    sequence(sign("["), optional(separated(piece, ","), optional(sign(","))), sign("]")),
  );
}

/** An entry for each row of a table: its words, and what stands behind them. */
export function entries<W extends string>(tails: Readonly<Record<W, readonly Piece[]>>): Rule {
  return choice(
    ...Object.entries<readonly Piece[]>(tails).map(([word, tail]) => sequence(word, ...tail)),
  );
}
