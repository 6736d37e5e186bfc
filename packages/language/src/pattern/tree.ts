/** Offsets in the pattern's source, UTF-16 units, `end` exclusive. */
export interface PatternSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * A regular expression in RE2 syntax as a tree. Flags are worked in: each node says what it means
 * where it stands. `fold`: letter case does not count, by simple case folding.
 */
export type PatternNode = { readonly span: PatternSpan } & (
  | { readonly kind: "empty" }
  | { readonly kind: "literal"; readonly codePoint: number; readonly fold: boolean }
  /** `.`; with `newline` it takes a line end too. */
  | { readonly kind: "any"; readonly newline: boolean }
  | {
      readonly kind: "class";
      readonly items: readonly ClassItem[];
      readonly negated: boolean;
      readonly fold: boolean;
    }
  | { readonly kind: "assertion"; readonly at: AssertionPlace }
  | { readonly kind: "sequence"; readonly nodes: readonly PatternNode[] }
  /** The first branch that leads to a match counts. */
  | { readonly kind: "choice"; readonly branches: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly node: PatternNode;
      readonly min: number;
      /** Undefined: any number. */
      readonly max: number | undefined;
      readonly greedy: boolean;
    }
  /** A group that captures; `name` is undefined where it has none. `(?:…)` is its node alone. */
  | {
      readonly kind: "group";
      readonly name: { readonly text: string; readonly span: PatternSpan } | undefined;
      readonly node: PatternNode;
    }
);

export type AssertionPlace =
  "text start" | "text end" | "line start" | "line end" | "word boundary" | "no word boundary";

/** What a class is made of: the union of its items. */
export type ClassItem =
  | { readonly kind: "range"; readonly low: number; readonly high: number }
  /** `\d \s \w` and their negations, ASCII; `[:alpha:]` and the like. */
  | { readonly kind: "ascii"; readonly name: AsciiClassName; readonly negated: boolean }
  /** `\p{Lu}`, `\p{Greek}`: a general category or a script. */
  | { readonly kind: "unicode"; readonly name: string; readonly negated: boolean };

type Ranges = readonly (readonly [low: number, high: number])[];

const between = (...pairs: readonly string[]): Ranges =>
  pairs.map((pair) => [pair.codePointAt(0) ?? 0, pair.codePointAt(pair.length - 1) ?? 0] as const);

/** The named classes of ASCII, as RE2 has them. */
export const asciiClasses = {
  alnum: between("09", "AZ", "az"),
  alpha: between("AZ", "az"),
  ascii: [[0, 0x7f]],
  blank: between("\t", " "),
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: between("09"),
  graph: between("!~"),
  lower: between("az"),
  print: between(" ~"),
  punct: between("!/", ":@", "[`", "{~"),
  /** `[:space:]`, with the vertical tab. */
  space: between("\t\r", " "),
  /** `\s`, without it. */
  "perl space": between("\t\n", "\f\r", " "),
  upper: between("AZ"),
  word: between("09", "AZ", "__", "az"),
  xdigit: between("09", "AF", "af"),
} as const satisfies Record<string, Ranges>;
export type AsciiClassName = keyof typeof asciiClasses;

/** Whether a character is one of an item's. Letter case is undone before a negation, as RE2 does it. */
export function itemHas(item: ClassItem, codePoint: number, fold: boolean): boolean {
  const forms = fold ? caseForms(codePoint) : [codePoint];
  switch (item.kind) {
    case "range":
      return forms.some((form) => item.low <= form && form <= item.high);
    case "ascii": {
      const ranges: Ranges = asciiClasses[item.name];
      const within = forms.some((form) =>
        ranges.some(([low, high]) => low <= form && form <= high),
      );
      return within !== item.negated;
    }
    case "unicode": {
      const expression = unicodeClass(item.name);
      if (expression === undefined) return false;
      const within = forms.some((form) => expression.test(String.fromCodePoint(form)));
      return within !== item.negated;
    }
  }
}

/** The characters that a class or a literal takes, asked one at a time. */
export function takes(
  node: Extract<PatternNode, { kind: "literal" | "any" | "class" }>,
  codePoint: number,
): boolean {
  switch (node.kind) {
    case "any":
      return node.newline || codePoint !== 0x0a;
    case "literal":
      return (
        node.codePoint === codePoint || (node.fold && caseForms(node.codePoint).includes(codePoint))
      );
    case "class":
      return node.items.some((item) => itemHas(item, codePoint, node.fold)) !== node.negated;
  }
}

/** Characters that simple case folding holds to be the same, the character itself included. */
export function caseForms(codePoint: number): readonly number[] {
  const forms = new Set([codePoint]);
  for (const form of forms) {
    const text = String.fromCodePoint(form);
    for (const other of [text.toLowerCase(), text.toUpperCase(), ...(foldedAlike[text] ?? [])]) {
      const [only, ...more] = other;
      if (only !== undefined && more.length === 0) forms.add(only.codePointAt(0) ?? form);
    }
  }
  return [...forms];
}

/** Those that lower and upper case do not lead to. */
const foldedAlike: Readonly<Record<string, readonly string[]>> = {
  k: ["\u{212a}"],
  s: ["\u{17f}"],
  å: ["\u{212b}"],
  ω: ["\u{2126}"],
  θ: ["\u{3d1}", "\u{3f4}"],
  σ: ["\u{3c2}"],
  β: ["\u{3d0}"],
  ε: ["\u{3f5}"],
  κ: ["\u{3f0}"],
  π: ["\u{3d6}"],
  ρ: ["\u{3f1}"],
  φ: ["\u{3d5}"],
  μ: ["\u{b5}"],
  ß: ["\u{1e9e}"],
};

/** A category or script of Unicode as a test of one character; undefined where there is none of that name. */
export function unicodeClass(name: string): RegExp | undefined {
  if (name === "Any") return /^[^]$/u;
  for (const property of [`gc=${name}`, `sc=${name}`]) {
    try {
      return new RegExp(`^\\p{${property}}$`, "u");
    } catch {
      continue;
    }
  }
  return undefined;
}
