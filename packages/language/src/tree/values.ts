import type { Span } from "../span.ts";
import type { MailFieldName, ProcessFieldName } from "../vocabulary/fields.ts";
import type { ListDeclaration } from "./declarations.ts";

/** A value and the place where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** A text, cooked: escapes replaced, the indentation of a block taken away. */
export interface Text {
  readonly kind: "text";
  readonly span: Span;
  /** Written as a text block `"""`. */
  readonly block: boolean;
  /** Text and holes in their order; a text without holes has at most one part, and it is a string. */
  readonly parts: readonly (string | Hole)[];
}

/** `${expression}` in a text. */
export interface Hole {
  readonly kind: "hole";
  readonly span: Span;
  readonly expression: Expression;
}

/** What stands in a hole, or where an action takes a value. */
export type Expression =
  /** A field of the mail. `argument` of `header "Name"`. */
  | {
      readonly kind: "mail field";
      readonly span: Span;
      readonly field: MailFieldName;
      readonly argument?: string;
    }
  /** A field of the event, in a process. */
  | {
      readonly kind: "process field";
      readonly span: Span;
      readonly field: ProcessFieldName;
      readonly argument?: string;
    }
  /** `ticket.ref`, `ticket.requester.name`, `ticket.contact.name` in a process; see `ticketPaths`. */
  | { readonly kind: "ticket path"; readonly span: Span; readonly path: TicketPath }
  /** `$id` */
  | { readonly kind: "capture"; readonly span: Span; readonly name: string }
  /** `$first.number`, in a test: a path of a ticket that an expectation named. */
  | {
      readonly kind: "test ticket";
      readonly span: Span;
      readonly name: string;
      readonly path: TicketPath;
    }
  /** `mail.id`, in a `receive`: the signed Message-ID of the last mail sent, with its `<>`. */
  | { readonly kind: "sent mail id"; readonly span: Span };

export type TicketPath =
  | "number"
  | "id"
  | "ref"
  | "title"
  | "status"
  | "priority"
  | "severity"
  | "category"
  | "tag"
  | "rule"
  | "mailbox"
  | "requester"
  | "requester.name"
  | "contact"
  | "contact.name"
  | "assigned";

/** A regular expression, checked: RE2 syntax, within the size bound. */
export interface Pattern {
  readonly kind: "pattern";
  readonly span: Span;
  /** Between the slashes, as written, `\/` made `/`. */
  readonly source: string;
  readonly flags: { readonly i: boolean; readonly m: boolean; readonly s: boolean };
  /** Its named groups in their order; `end` is the offset in the file behind the group. */
  readonly captures: readonly (Placed<string> & { readonly end?: number })[];
}

/** A list by its name; the declaration may stand in another file. */
export interface ListReference {
  readonly kind: "list";
  readonly span: Span;
  readonly name: string;
  readonly list: ListDeclaration;
}

export const registryKinds = ["contacts", "accounts", "leads", "vendors", "agents"] as const;
/** The registries that `in` may name. */
export type RegistryName = (typeof registryKinds)[number];

/** Seconds in words: `amount` of `unit`. */
export interface Duration {
  readonly milliseconds: number;
}

/** A day (in the helpdesk's zone) or a moment. */
export type When =
  | { readonly kind: "day"; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: "moment"; readonly instant: number };

/** `env("NAME")` or `file("path")`: where a secret is found, never the secret. */
export type SecretSource =
  | { readonly kind: "env"; readonly span: Span; readonly name: string }
  | { readonly kind: "file"; readonly span: Span; readonly path: string };
