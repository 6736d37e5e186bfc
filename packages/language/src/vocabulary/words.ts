/** A word of the language at one place, as reference, hover and completion show it. */
export interface WordRow {
  /** The whole entry as it is written, with what stands behind the word: `port N`. */
  readonly form: string;
  readonly doc: string;
  readonly example: string;
  /** What holds where the entry is left out, as it would be written. */
  readonly default?: string;
  /** May stand more than once in its block. */
  readonly repeatable?: true;
}

/** A word that continues an entry and so has to stand on the entry's line. */
export interface TailRow {
  /** The entries that it continues. */
  readonly of: readonly string[];
  readonly form: string;
  readonly doc: string;
}

/** The keys of a table of rows, as their own type, in their order. */
export function wordsOf<W extends string>(rows: Readonly<Record<W, unknown>>): readonly W[] {
  const isWord = (key: string): key is W => Object.hasOwn(rows, key);
  return Object.keys(rows).filter(isWord);
}
