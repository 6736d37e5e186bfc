import type { Span } from "../span.ts";
import type {
  ElementFieldName,
  ElementName,
  FieldType,
  MailFieldName,
  ProcessFieldName,
  SentMailFieldName,
  TicketFieldName,
} from "../vocabulary/fields.ts";
import type { CalendarDeclaration, ConditionDeclaration } from "./declarations.ts";
import type { ListReference, Pattern, Placed, RegistryName, Text, When } from "./values.ts";

/**
 * A condition, bound and checked. One shape serves rules (mail fields), processes (event and mail
 * fields), and the expectations of tests (ticket and sent mail fields).
 */
export type Condition =
  | { readonly kind: "always"; readonly span: Span }
  | { readonly kind: "all"; readonly span: Span; readonly conditions: readonly Condition[] }
  | { readonly kind: "any"; readonly span: Span; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly span: Span; readonly condition: Condition }
  | {
      readonly kind: "named";
      readonly span: Span;
      readonly name: string;
      readonly declaration: ConditionDeclaration;
    }
  | EachCondition
  | FieldTest
  /** `mail is automatic` */
  | { readonly kind: "flag"; readonly span: Span; readonly flag: Placed<MailFlagWord> }
  /** Stands where something was reported; a project with errors is not compiled. */
  | { readonly kind: "broken"; readonly span: Span };

export type MailFlagWord =
  "automatic" | "bounce" | "bulk" | "reply" | "forward" | "signed" | "encrypted" | "spam";

/** `some attachment { … }`, `every to { … }`, `no header "X" { … }`. */
export interface EachCondition {
  readonly kind: "each";
  readonly span: Span;
  readonly quantifier: "some" | "every" | "no";
  readonly element: ElementName;
  /** The header's name, where `element` is `header`. */
  readonly argument: string | undefined;
  /** Its tests have fields of `in: "element"`. Several lines are an `all`. */
  readonly condition: Condition;
}

/**
 * Which field, of what. `argument`: the name of a header or of an own field; `type`: that of the own
 * field, as the helpdesk declares it.
 */
export type FieldUse = {
  readonly span: Span;
  readonly argument?: string;
  readonly type?: FieldType;
} & (
  | { readonly in: "mail"; readonly name: MailFieldName }
  | { readonly in: "process"; readonly name: ProcessFieldName }
  | { readonly in: "ticket"; readonly name: TicketFieldName }
  | { readonly in: "sent mail"; readonly name: SentMailFieldName }
  | { readonly in: "element"; readonly name: ElementFieldName }
);

export type FieldTest = {
  readonly kind: "test";
  readonly span: Span;
  readonly field: FieldUse;
  /** The place of the operator's words. */
  readonly operatorSpan: Span;
} & Comparison;

export type TextOperator = "is" | "contains" | "starts with" | "ends with" | "under";

/** The operator with its operand. */
export type Comparison =
  | {
      readonly operator: TextOperator;
      /** Any of these; words of the language (`spf is pass`) and picklist words are texts here too. */
      readonly operand: { readonly kind: "texts"; readonly texts: readonly Text[] } | ListReference;
    }
  | { readonly operator: "matches"; readonly operand: Pattern }
  | {
      readonly operator: "in";
      readonly operand:
        | ListReference
        | { readonly kind: "registry"; readonly span: Span; readonly registry: RegistryName };
    }
  | {
      readonly operator: "=" | "<" | "<=" | ">" | ">=";
      /** A number; bytes for a size; milliseconds for a duration. `is` of a number is `=`. */
      readonly operand: { readonly kind: "number"; readonly span: Span; readonly value: number };
    }
  | {
      readonly operator: "before" | "after" | "on";
      readonly operand: { readonly kind: "when"; readonly span: Span; readonly value: When };
    }
  | {
      readonly operator: "during";
      readonly operand: {
        readonly kind: "calendar";
        readonly span: Span;
        readonly name: string;
        readonly calendar: CalendarDeclaration;
      };
    }
  | { readonly operator: "exists"; readonly operand: { readonly kind: "none" } };
