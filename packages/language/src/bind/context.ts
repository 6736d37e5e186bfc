import type { RawDiagnostic } from "../diagnostics/report.ts";
import type { Item, Line } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type {
  AgentDeclaration,
  CalendarDeclaration,
  ConditionDeclaration,
  HelpdeskSettings,
  ListDeclaration,
  RulesDeclaration,
} from "../tree/index.ts";

/** Where findings and the parting of lines are collected while a file is bound. */
export interface BindContext {
  /** The file's path. */
  readonly file: string;
  /** The file's text, for fixes that move a part of it. */
  readonly text: string;
  readonly names: Names;
  readonly add: (finding: RawDiagnostic) => void;
  /** Told once for each entry: it begins at that item of the line. The formatter parts lines by it. */
  readonly entryAt: (line: Line, item: number) => void;
  /** The comments that touch a declaration, without `#`; not there where nobody asks for them. */
  readonly documentationOf?: (line: Line) => string | undefined;
}

/**
 * What binding one file asks of the whole project. Names are looked up in the file itself and in
 * the files that it imports; a look-up reports nothing. Declarations are bound at the first look-up.
 */
export interface Names {
  readonly helpdesk: HelpdeskSettings;
  readonly agents: readonly AgentDeclaration[];
  list(name: string): ListDeclaration | undefined;
  condition(name: string): ConditionDeclaration | "cycle" | undefined;
  calendar(name: string): CalendarDeclaration | undefined;
  rules(name: string): RulesDeclaration | undefined;
  /** Whether a mailbox of that name is visible. */
  mailbox(name: string): boolean;
  /** Visible names of a kind, for "did you mean". */
  visible(kind: BareNameKind): readonly string[];
  /** All rules of the project, by the text that names them. */
  readonly ruleNames: ReadonlySet<string>;
  readonly mailboxNames: readonly string[];
  /** Of every kind, where a bare name is declared that this file could import. */
  elsewhere(name: string): { readonly kind: BareNameKind; readonly span: Span } | undefined;
  /** A file of the project, as text; the path is relative to the file that names it. */
  readText(path: string): { readonly path: string; readonly text: string } | FileProblem;
  /** Whether a file is there; the path is relative to the file that names it. Gives it relative to the root. */
  resolve(path: string): { readonly path: string } | FileProblem;
}

export type FileProblem =
  | { readonly kind: "missing"; readonly path: string; readonly near: string | undefined }
  | { readonly kind: "outside"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string };

export type BareNameKind = "list" | "condition" | "calendar" | "mailbox" | "rules";

/** How an item is called in a message: `the word "contians"`, `a text`, `a block`. */
export function describe(item: Item | undefined): string {
  if (item === undefined) return "the end of the line";
  switch (item.kind) {
    case "word":
      return `"${item.text}"`;
    case "text":
      return item.block ? "a text block" : "a text";
    case "pattern":
      return "a regular expression";
    case "number":
      return `the number ${item.raw}`;
    case "date":
      return item.instant === undefined ? "a date" : "a moment";
    case "time":
      return "a time of day";
    case "capture":
      return `$${item.name}`;
    case "symbol":
      return `"${item.symbol}"`;
    case "list":
      return "a list";
    case "group":
      return "a pair of parentheses";
    case "block":
      return "a block";
    case "unknown":
      return `"${item.text}"`;
  }
}
