import type { RawDiagnostic } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";

/**
 * The shape of one file: lines of words, literals and blocks, before any word means something. It
 * is there for any text; what could not be understood is reported and left out or kept as `unknown`.
 */
export interface SourceFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  /** Decoded, without the byte-order mark. Offsets count in it. */
  readonly text: string;
  readonly lines: readonly Line[];
  /** Every comment of the file in its order, `#` included in the span. */
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly RawDiagnostic[];
}

export interface Comment {
  readonly span: Span;
  /** What stands behind the `#`. */
  readonly text: string;
  /** Alone on its line. */
  readonly ownLine: boolean;
}

/**
 * A run of items up to the line end, or beyond it where a block, list or text block ends on a later
 * line: `} otherwise ignore` belongs to the line of its block. In a one-line block it may hold
 * several entries; which items belong to which, the binder tells.
 */
export interface Line {
  readonly kind: "line";
  readonly span: Span;
  readonly items: readonly Item[];
  /**
   * It is indented deeper than the entry above it, which is reported already: where its first word is
   * no entry of this place, nothing more need be said of it.
   */
  readonly misplaced?: true;
}

export type Item =
  | Word
  | TextItem
  | PatternItem
  | NumberItem
  | DateItem
  | TimeItem
  | CaptureItem
  | SymbolItem
  | ListItem
  | GroupItem
  | Block
  | { readonly kind: "unknown"; readonly span: Span; readonly text: string };

/** Letters, digits, `-`, `_`, and dots between: `server`, `from.domain`, `front-desk`. */
export interface Word {
  readonly kind: "word";
  readonly span: Span;
  readonly text: string;
}

/** `"…"` or `"""…"""`. */
export interface TextItem {
  readonly kind: "text";
  readonly span: Span;
  readonly block: boolean;
  /** Cooked: escapes replaced, a block's indentation gone, LF line ends. */
  readonly parts: readonly (
    | { readonly kind: "string"; readonly span: Span; readonly value: string }
    | { readonly kind: "hole"; readonly span: Span; readonly items: readonly Item[] }
  )[];
  /** False where the closing quotes are missing (reported). */
  readonly closed: boolean;
}

/** `/…/ims`, only behind `matches`. */
export interface PatternItem {
  readonly kind: "pattern";
  readonly span: Span;
  /** Between the slashes as written; where it begins in the file is `span.start + 1`. */
  readonly source: string;
  readonly flags: string;
}

export interface NumberItem {
  readonly kind: "number";
  readonly span: Span;
  readonly value: number;
  readonly raw: string;
}

/** `2026-01-31`, or `2026-01-31T09:30+01:00` (then with an instant in milliseconds). */
export interface DateItem {
  readonly kind: "date";
  readonly span: Span;
  readonly raw: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly instant: number | undefined;
}

/** `09:30` */
export interface TimeItem {
  readonly kind: "time";
  readonly span: Span;
  /** After midnight; 24:00 is 1440. */
  readonly minutes: number;
}

/** `$id`, `$first.number`, `$1`. */
export interface CaptureItem {
  readonly kind: "capture";
  readonly span: Span;
  readonly name: string;
  /** What follows the first dot. */
  readonly path: string | undefined;
}

export interface SymbolItem {
  readonly kind: "symbol";
  readonly span: Span;
  readonly symbol: "=" | "<" | "<=" | ">" | ">=" | ",";
}

/** `[…]`; commas are taken out. */
export interface ListItem {
  readonly kind: "list";
  readonly span: Span;
  readonly items: readonly Item[];
  readonly closed: boolean;
}

/** `(…)` */
export interface GroupItem {
  readonly kind: "group";
  readonly span: Span;
  readonly items: readonly Item[];
  readonly closed: boolean;
}

/** `{…}` */
export interface Block {
  readonly kind: "block";
  readonly span: Span;
  readonly lines: readonly Line[];
  readonly closed: boolean;
  /** It begins and ends on one line of the file. */
  readonly oneLine: boolean;
}
