import type { Span } from "../span.ts";
import type { CalendarDeclaration } from "./declarations.ts";
import type { Condition } from "./conditions.ts";
import type { Duration, Expression, Placed, SecretSource, Text, When } from "./values.ts";

/** What a rule does. Several actions in braces stand in their order. */
export type Action =
  | { readonly kind: "ignore"; readonly span: Span }
  | { readonly kind: "create ticket"; readonly span: Span; readonly block: TicketBlock }
  | UpdateTicket
  | { readonly kind: "set"; readonly span: Span; readonly block: TicketBlock }
  | {
      readonly kind: "file under";
      readonly span: Span;
      readonly registries: readonly Placed<"contact" | "account" | "lead" | "vendor">[];
      readonly by: "from" | "to";
    }
  | { readonly kind: "mark"; readonly span: Span; readonly as: "read" | "unread" | "flagged" }
  | { readonly kind: "move"; readonly span: Span; readonly folder: Placed<string> }
  | { readonly kind: "copy"; readonly span: Span; readonly folder: Placed<string> }
  | { readonly kind: "delete"; readonly span: Span }
  | { readonly kind: "mark spam"; readonly span: Span }
  | { readonly kind: "continue"; readonly span: Span }
  /** Stands where something was reported; a project with errors is not compiled. */
  | { readonly kind: "broken"; readonly span: Span };

export interface UpdateTicket {
  readonly kind: "update ticket";
  readonly span: Span;
  readonly key: TicketKey;
  readonly fromAnyone: boolean;
  readonly closed: ClosedClause | undefined;
  readonly block: TicketBlock;
  readonly otherwise: readonly Action[] | undefined;
}

export type TicketKey =
  | { readonly kind: "id"; readonly span: Span; readonly capture: string }
  | { readonly kind: "code"; readonly span: Span; readonly text: Text }
  | { readonly kind: "titled"; readonly span: Span; readonly text: Text }
  | { readonly kind: "thread"; readonly span: Span };

/** `unless closed [for D]` or `if closed [for D] ACTION`. */
export type ClosedClause = { readonly span: Span; readonly longerThan: Duration | undefined } & (
  { readonly kind: "unless" } | { readonly kind: "if"; readonly actions: readonly Action[] }
);

/** The block of `create ticket`, `update ticket` and `set`; what is not given is undefined. */
export interface TicketBlock {
  /** The braces with what is in them; undefined where there is no block. */
  readonly span: Span | undefined;
  readonly title: Text | undefined;
  readonly description: Text | undefined;
  readonly code: Text | undefined;
  /** The contact's address. */
  readonly contact: Text | undefined;
  readonly priority: PicklistValue | undefined;
  readonly severity: PicklistValue | undefined;
  readonly category: PicklistValue | undefined;
  readonly status: PicklistValue | undefined;
  readonly tags: readonly Text[];
  readonly assign:
    | { readonly kind: "group"; readonly span: Span; readonly name: PicklistValue }
    | { readonly kind: "agent"; readonly span: Span; readonly address: PicklistValue }
    | undefined;
  readonly fields: readonly {
    readonly span: Span;
    readonly name: Placed<string>;
    readonly value: OwnFieldValue;
  }[];
  readonly register: Placed<"contact" | "lead"> | undefined;
  /** `add cc` stands there. */
  readonly addCc: Span | undefined;
  readonly documents:
    | { readonly kind: "none"; readonly span: Span }
    /** Leave out the attachments for which this holds; its fields are those of an attachment. */
    | { readonly kind: "except"; readonly span: Span; readonly condition: Condition }
    | undefined;
  readonly onBehalfOf:
    | { readonly kind: "reply-to"; readonly span: Span }
    | { readonly kind: "capture"; readonly span: Span; readonly name: string }
    | { readonly kind: "forwarded"; readonly span: Span }
    | undefined;
  /** `internal` stands there. */
  readonly internal: Span | undefined;
}

/** A known word, or a capture that can be nothing but known words. */
export type PicklistValue =
  | { readonly kind: "word"; readonly span: Span; readonly word: string }
  | { readonly kind: "capture"; readonly span: Span; readonly name: string };

export type OwnFieldValue =
  | { readonly kind: "text"; readonly span: Span; readonly text: Text }
  | { readonly kind: "expression"; readonly span: Span; readonly expression: Expression }
  | { readonly kind: "number"; readonly span: Span; readonly value: number }
  | { readonly kind: "when"; readonly span: Span; readonly value: When }
  /** `in 2 days`, `in 4 hours of office`: from when the mail was received. */
  | {
      readonly kind: "in";
      readonly span: Span;
      readonly duration: Duration;
      /** Whole days move the day, not 24 hours of a calendar. */
      readonly unit: "seconds" | "minutes" | "hours" | "days" | "weeks";
      readonly amount: number;
      readonly calendar:
        { readonly name: string; readonly calendar: CalendarDeclaration } | undefined;
    };

/** What a process does. */
export type ProcessAction =
  | {
      readonly kind: "send mail";
      readonly span: Span;
      readonly to: readonly Recipient[];
      readonly cc: readonly Recipient[];
      readonly bcc: readonly Recipient[];
      readonly subject: Text | undefined;
      readonly body: Text | undefined;
      readonly html: Text | undefined;
      readonly attach: readonly Placed<"documents" | "mail">[];
    }
  /** `set { FIELD VALUE … }`. */
  | { readonly kind: "set"; readonly span: Span; readonly block: TicketBlock }
  | {
      readonly kind: "call";
      readonly span: Span;
      readonly url: Text;
      readonly headers: readonly {
        readonly span: Span;
        readonly name: Placed<string>;
        readonly value: Text | SecretSource;
      }[];
    }
  | { readonly kind: "broken"; readonly span: Span };

export type Recipient =
  | { readonly kind: "text"; readonly span: Span; readonly text: Text }
  | { readonly kind: "expression"; readonly span: Span; readonly expression: Expression };
