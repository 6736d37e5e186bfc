import type { Severity } from "../diagnostic.ts";
import type { Span } from "../span.ts";
import { diagnosticTable, type DiagnosticCode } from "./table.ts";

/**
 * The holes of a text: `"{word} is no {place}"` wants `word` and `place`. Braces that hold anything
 * but letters, such as `{ … }` and `\u{1F525}`, and those of `${subject}`, are the language's own.
 */
export type Holes<Message extends string> =
  Message extends `${infer Before}{${infer Name}}${infer Rest}`
    ? (IsHole<Before, Name> extends true ? { readonly [K in Name]: string | number } : unknown) &
        Holes<Rest>
    : unknown;

type IsHole<Before extends string, Name extends string> = Before extends `${string}$`
  ? false
  : Name extends `${string}${" " | '"' | "`" | "\n" | "{" | "0" | "1" | "$" | "."}${string}`
    ? false
    : true;

/** The holes of a row: those of its message and of its help. */
type RowHoles<Row> = (Row extends { readonly message: infer M extends string }
  ? Holes<M>
  : unknown) &
  (Row extends { readonly help: infer H extends string } ? Holes<H> : unknown);

/** A finding with a span, before positions are worked out and settings applied. */
export interface RawDiagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly help: string | undefined;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly RawFix[];
}

export interface RawFix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface ReportExtras {
  /** How to mend it, where the row's own help does not say it best. */
  readonly help?: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes?: readonly RawFix[];
}

type Table = typeof diagnosticTable;

/**
 * Makes a finding from its row: a missing hole is a type error. Nothing is stored; collect what it
 * gives.
 */
export function report<C extends DiagnosticCode>(
  code: C,
  span: Span,
  holes: RowHoles<Table[C]>,
  extras: ReportExtras = {},
): RawDiagnostic {
  const row: DiagnosticRow = diagnosticTable[code];
  return {
    code,
    severity: row.severity,
    span,
    message: fill(row.message, holes),
    help: extras.help ?? (row.help === undefined ? undefined : fill(row.help, holes)),
    related: extras.related ?? [],
    fixes: extras.fixes ?? [],
  };
}

/** One row of the table. */
export interface DiagnosticRow {
  /** `wrong-operator` */
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong and what was expected, with `{holes}`. */
  readonly message: string;
  /** How to mend it; may use the same holes. */
  readonly help?: string;
  /** Why it is a mistake: the text of its page. */
  readonly why: string;
  /** A whole file that raises exactly this code, and the same file mended. */
  readonly wrong: string;
  readonly right: string;
}

function fill(message: string, holes: unknown): string {
  const values = new Map<string, unknown>(Object.entries(Object(holes)));
  return message.replace(/(?<!\$)\{([A-Za-z]+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
