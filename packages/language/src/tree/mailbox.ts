import type { Declared, Login, RulesDeclaration, Security, Smtp } from "./declarations.ts";
import type { Span } from "../span.ts";
import type { Duration, Placed, When } from "./values.ts";

/** What becomes of a mail afterwards. */
export type Afterwards =
  | { readonly kind: "nothing" }
  | { readonly kind: "mark read" }
  | { readonly kind: "move"; readonly folder: string }
  | { readonly kind: "delete" };

/** A mailbox, defaults filled in. */
export interface MailboxDeclaration extends Declared {
  readonly kind: "mailbox";
  readonly source:
    | {
        readonly kind: "server";
        readonly span: Span;
        readonly host: string;
        readonly port: number;
        readonly protocol: "imap4" | "imap2";
        readonly security: Security | undefined;
        readonly login: Login | undefined;
        readonly parameters: readonly {
          readonly span: Span;
          readonly name: string;
          readonly value: string;
        }[];
      }
    | {
        readonly kind: "files";
        readonly span: Span;
        /** Relative to the project's root. */
        readonly path: string;
      }
    | undefined;
  readonly pec: boolean;
  readonly through: readonly string[];
  readonly trusts: readonly string[];
  readonly enabled: boolean;
  /** Undefined with `files`: all folders. */
  readonly folders:
    | { readonly names: readonly Placed<string>[]; readonly except: readonly Placed<string>[] }
    | undefined;
  readonly find: "all" | "unread";
  readonly since: { readonly kind: "now" | "beginning" } | When;
  readonly after: Afterwards;
  readonly unmatched: Exclude<Afterwards, { kind: "delete" }>;
  readonly spamFolder: string | undefined;
  readonly duplicates: "per mailbox" | "per project";
  readonly scan:
    | { readonly kind: "manually" | "on arrival" }
    | { readonly kind: "every"; readonly duration: Duration }
    | { readonly kind: "cron"; readonly expression: string };
  readonly smtp: Smtp | undefined;
  readonly addresses: readonly {
    readonly span: Span;
    readonly name: string;
    readonly address: string;
  }[];
  readonly apply: readonly { readonly span: Span; readonly rules: RulesDeclaration }[];
}
