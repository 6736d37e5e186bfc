import type { Position } from "./span.ts";

export type Severity = "error" | "warning" | "info";

/** One finding, as every front end shows it. */
export interface Diagnostic extends Position {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** How to mend it, in a sentence. */
  readonly help?: string;
  readonly related?: readonly (Position & { readonly message: string })[];
  /** Edits of the same file that mend it: offsets in UTF-16 units. */
  readonly fixes?: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}
