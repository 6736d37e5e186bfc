import type { Severity } from "../diagnostic.ts";
import type { Span } from "../span.ts";
import { diagnosticTable, type DiagnosticCode } from "./table.ts";

/** The holes of a message: `"{word} is no {place}"` wants `word` and `place`. */
export type Holes<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string | number } & Holes<Rest>
  : unknown;

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
  holes: Holes<Table[C]["message"]>,
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
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
