import type { Span } from "../span.ts";
import type { TicketBlock } from "./actions.ts";
import type { Condition } from "./conditions.ts";
import type { Declared } from "./declarations.ts";
import type { Duration, Placed, Text } from "./values.ts";

export interface TestDeclaration extends Declared {
  readonly kind: "test";
  /** `mailbox NAME`; else the only mailbox of the project. */
  readonly mailbox: Placed<string> | undefined;
  readonly given: readonly Given[];
  readonly steps: readonly TestStep[];
}

export type Given =
  | {
      readonly kind: "ticket";
      readonly span: Span;
      readonly id: number;
      readonly block: TicketBlock;
      readonly rule: Placed<string> | undefined;
      readonly mailbox: Placed<string> | undefined;
      readonly account: Placed<string> | undefined;
      readonly requester: Placed<string> | undefined;
      /** Instants. */
      readonly created: number | undefined;
      readonly closed: number | undefined;
      readonly takesPart: readonly string[];
    }
  | {
      readonly kind: "contact" | "account" | "lead" | "vendor";
      readonly span: Span;
      /** An address; of an account its name or address. */
      readonly key: string;
      readonly name: string | undefined;
      readonly account: string | undefined;
    }
  | { readonly kind: "blocked"; readonly span: Span; readonly address: string }
  | { readonly kind: "now"; readonly span: Span; readonly instant: number };

export type TestStep =
  | {
      readonly kind: "receive";
      readonly span: Span;
      readonly mail:
        | {
            readonly kind: "file";
            readonly span: Span;
            /** Relative to the project's root. */
            readonly path: string;
          }
        /** A text block: CRLF and UTF-8. */
        | { readonly kind: "text"; readonly span: Span; readonly text: Text };
      readonly folder: Placed<string> | undefined;
      readonly expectations: readonly Expectation[];
    }
  | {
      readonly kind: "wait";
      readonly span: Span;
      readonly duration: Duration;
      readonly expectations: readonly Expectation[];
    };

export type Expectation = { readonly span: Span } & (
  | { readonly kind: "rule"; readonly name: Placed<string> }
  | { readonly kind: "no rule" }
  | { readonly kind: "ignored" | "blocked" | "failed" | "already seen" | "own mail" }
  | { readonly kind: "bounce"; readonly ticket: TicketName }
  | {
      readonly kind: "ticket created";
      readonly condition: Condition | undefined;
      readonly as: Placed<string> | undefined;
    }
  | {
      readonly kind: "ticket updated";
      readonly ticket: TicketName;
      readonly condition: Condition | undefined;
    }
  | { readonly kind: "no ticket" }
  | { readonly kind: "mail sent"; readonly condition: Condition | undefined }
  | { readonly kind: "no mail sent" }
  | {
      readonly kind: "filed under";
      readonly registry: "contact" | "account" | "lead" | "vendor";
      readonly key: string;
    }
  | { readonly kind: "marked"; readonly as: "read" | "unread" | "flagged" }
  | { readonly kind: "moved" | "copied"; readonly folder: string }
  | { readonly kind: "deleted" }
  | { readonly kind: "untouched" }
  | { readonly kind: "broken" }
);

/** `ticket 42` or `ticket $first`. */
export type TicketName =
  | { readonly kind: "id"; readonly span: Span; readonly id: number }
  | { readonly kind: "named"; readonly span: Span; readonly name: string };
