/** A stretch of one file: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  /** The file's path relative to the project's root, with `/`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A span as people and other programs read it: counted from 1, columns in UTF-16 units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
