import type { ElementName, FieldType, Position, When } from "@mcrules/language";

/** A condition as plain data. `at` is where it stands in the sources; it does not count for the hash. */
export type ProgramCondition =
  | { readonly kind: "always"; readonly at: Position }
  | {
      readonly kind: "all" | "any";
      readonly at: Position;
      readonly conditions: readonly ProgramCondition[];
    }
  | { readonly kind: "not"; readonly at: Position; readonly condition: ProgramCondition }
  /** An index into `Program.conditions`. */
  | { readonly kind: "named"; readonly at: Position; readonly name: string; readonly index: number }
  | {
      readonly kind: "each";
      readonly at: Position;
      readonly quantifier: "some" | "every" | "no";
      readonly element: ElementName;
      readonly argument?: string;
      readonly condition: ProgramCondition;
    }
  | { readonly kind: "flag"; readonly at: Position; readonly flag: string }
  | ProgramTest;

/** A test of one field. */
export interface ProgramTest {
  readonly kind: "test";
  readonly at: Position;
  readonly field: ProgramField;
  readonly operator:
    | "is"
    | "contains"
    | "starts with"
    | "ends with"
    | "under"
    | "matches"
    | "in"
    | "="
    | "<"
    | "<="
    | ">"
    | ">="
    | "before"
    | "after"
    | "on"
    | "during"
    | "exists";
  readonly operand: ProgramOperand;
  /** The operand as written, for `expected` in traces; shortened where it is long. */
  readonly expected: string;
}

export interface ProgramField {
  readonly in: "mail" | "process" | "ticket" | "sent mail" | "element";
  readonly name: string;
  readonly argument?: string;
  readonly type: FieldType;
}

export type ProgramOperand =
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  /** An index into `Program.lists`. */
  | { readonly kind: "list"; readonly index: number }
  | {
      readonly kind: "registry";
      readonly registry: "contacts" | "accounts" | "leads" | "vendors" | "agents";
    }
  | {
      readonly kind: "pattern";
      readonly source: string;
      readonly flags: string;
      readonly captures: readonly string[];
    }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "when"; readonly value: When }
  /** An index into `Program.calendars`. */
  | { readonly kind: "calendar"; readonly index: number }
  | { readonly kind: "none" };
