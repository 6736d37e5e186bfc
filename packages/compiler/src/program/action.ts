import type { Position, SecretSource, When } from "@mcrules/language";
import type { ProgramCondition } from "./condition.ts";
import type { ProgramExpression, ProgramText } from "./program.ts";

export type ProgramAction =
  | { readonly kind: "ignore"; readonly at: Position }
  | { readonly kind: "create ticket"; readonly at: Position; readonly block: ProgramBlock }
  | {
      readonly kind: "update ticket";
      readonly at: Position;
      readonly key:
        | { readonly kind: "id"; readonly capture: string }
        | { readonly kind: "code" | "titled"; readonly text: ProgramText }
        | { readonly kind: "thread" };
      readonly fromAnyone: boolean;
      readonly closed?: {
        readonly kind: "unless" | "if";
        /** Milliseconds. */
        readonly longerThan?: number;
        /** Of `if`. */
        readonly actions?: readonly ProgramAction[];
      };
      readonly block: ProgramBlock;
      readonly otherwise?: readonly ProgramAction[];
    }
  | { readonly kind: "set"; readonly at: Position; readonly block: ProgramBlock }
  | {
      readonly kind: "file under";
      readonly at: Position;
      readonly registries: readonly ("contact" | "account" | "lead" | "vendor")[];
      readonly by: "from" | "to";
    }
  | { readonly kind: "mark"; readonly at: Position; readonly as: "read" | "unread" | "flagged" }
  | { readonly kind: "move" | "copy"; readonly at: Position; readonly folder: string }
  | { readonly kind: "delete"; readonly at: Position }
  | { readonly kind: "mark spam"; readonly at: Position }
  | { readonly kind: "continue"; readonly at: Position };

export type ProgramPicklistValue =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "capture"; readonly name: string };

export interface ProgramBlock {
  readonly title?: ProgramText;
  readonly description?: ProgramText;
  readonly code?: ProgramText;
  readonly contact?: ProgramText;
  readonly priority?: ProgramPicklistValue;
  readonly severity?: ProgramPicklistValue;
  readonly category?: ProgramPicklistValue;
  readonly status?: ProgramPicklistValue;
  readonly tags: readonly ProgramText[];
  readonly assign?: { readonly kind: "group" | "agent"; readonly value: ProgramPicklistValue };
  readonly fields: readonly { readonly name: string; readonly value: ProgramFieldValue }[];
  readonly register?: "contact" | "lead";
  readonly addCc: boolean;
  readonly documents?:
    { readonly kind: "none" } | { readonly kind: "except"; readonly condition: ProgramCondition };
  readonly onBehalfOf?:
    | { readonly kind: "reply-to" | "forwarded" }
    | { readonly kind: "capture"; readonly name: string };
  readonly internal: boolean;
}

export type ProgramFieldValue =
  | { readonly kind: "text"; readonly text: ProgramText }
  | { readonly kind: "expression"; readonly expression: ProgramExpression }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "when"; readonly value: When }
  | {
      readonly kind: "in";
      readonly amount: number;
      readonly unit: "seconds" | "minutes" | "hours" | "days" | "weeks";
      /** An index into `Program.calendars`. */
      readonly calendar?: number;
    };

export type ProgramProcessAction =
  | {
      readonly kind: "send mail";
      readonly at: Position;
      readonly to: readonly ProgramText[];
      readonly cc: readonly ProgramText[];
      readonly bcc: readonly ProgramText[];
      readonly subject?: ProgramText;
      readonly body?: ProgramText;
      readonly html?: ProgramText;
      readonly attach: readonly ("documents" | "mail")[];
    }
  | { readonly kind: "set"; readonly at: Position; readonly block: ProgramBlock }
  | {
      readonly kind: "call";
      readonly at: Position;
      readonly url: ProgramText;
      readonly headers: readonly {
        readonly name: string;
        readonly value:
          | { readonly kind: "text"; readonly text: ProgramText }
          | { readonly kind: "secret"; readonly secret: SecretSource };
      }[];
    };
