import type { Span } from "../span.ts";
import type { Action, ProcessAction } from "./actions.ts";
import type { Condition } from "./conditions.ts";
import type { MailboxDeclaration } from "./mailbox.ts";
import type { TestDeclaration } from "./tests.ts";
import type { Duration, Placed, SecretSource, Text } from "./values.ts";

/** What every declaration has. */
export interface Declared {
  /** The whole declaration. */
  readonly span: Span;
  readonly name: Placed<string>;
  /** The comments that touch it, without `#`. */
  readonly documentation: string | undefined;
}

export interface ListDeclaration extends Declared {
  readonly kind: "list";
  readonly values: readonly Placed<string>[];
  /** The file it was read from, relative to the project's root. */
  readonly from: Placed<string> | undefined;
}

export interface ConditionDeclaration extends Declared {
  readonly kind: "condition";
  readonly condition: Condition;
}

export interface CalendarDeclaration extends Declared {
  readonly kind: "calendar";
  readonly open: readonly {
    readonly span: Span;
    /** 1 Monday to 7 Sunday, ascending. */
    readonly weekdays: readonly number[];
    /** Minutes after midnight in the helpdesk's zone. */
    readonly from: number;
    readonly to: number;
  }[];
  /** `YYYY-MM-DD`. */
  readonly closed: readonly Placed<string>[];
}

export interface AgentDeclaration extends Declared {
  readonly kind: "agent";
  /** Lower case bare address. */
  readonly address: Placed<string>;
  readonly displayName: Placed<string> | undefined;
  readonly signature: Text | undefined;
  readonly smtp: Smtp | undefined;
}

export interface Smtp {
  readonly span: Span;
  readonly host: Placed<string>;
  readonly port: Placed<number> | undefined;
  readonly security: Security | undefined;
  readonly login: Login | undefined;
}

export interface Security {
  readonly span: Span;
  readonly kind: "tls" | "starttls" | "none";
  readonly unverified: boolean;
  /** Path of a CA file, relative to the project's root. */
  readonly ca: Placed<string> | undefined;
}

export interface Login {
  readonly span: Span;
  readonly user: Placed<string>;
  readonly by:
    | { readonly kind: "password"; readonly secret: SecretSource }
    | {
        readonly kind: "oauth2";
        readonly span: Span;
        readonly provider: "office365" | "google" | undefined;
        readonly tokenEndpoint: string | undefined;
        readonly scope: string | undefined;
        readonly tenant: string | undefined;
        readonly client: string | undefined;
        readonly secret: SecretSource | undefined;
        readonly refresh: SecretSource | undefined;
      };
}

export type OwnFieldType =
  | { readonly kind: "text" }
  | { readonly kind: "number" }
  | { readonly kind: "date" }
  | { readonly kind: "words"; readonly words: readonly string[] };

/** The helpdesk's settings, defaults filled in. `span` is undefined where the project declares none. */
export interface HelpdeskSettings {
  readonly span: Span | undefined;
  readonly store:
    | { readonly kind: "sqlite"; readonly path: string }
    | { readonly kind: "postgres"; readonly secret: SecretSource }
    | undefined;
  readonly zone: string;
  readonly status: readonly string[];
  readonly closed: readonly string[];
  readonly waiting: string;
  readonly answered: string;
  readonly priority: readonly string[];
  readonly severity: readonly string[];
  readonly category: readonly string[];
  readonly groups: readonly string[];
  readonly fields: ReadonlyMap<string, OwnFieldType>;
  /** `TT${n}`: what stands before and after `${n}`. */
  readonly number: { readonly before: string; readonly after: string };
  readonly sendLimit: { readonly count: number; readonly within: Duration };
  /** How many tickets one requester's mails may open; not there: any number. */
  readonly ticketLimit?: { readonly count: number; readonly within: Duration };
  readonly answer:
    { readonly kind: "always" } | { readonly kind: "within"; readonly duration: Duration };
  readonly keep:
    | { readonly kind: "nothing" }
    | { readonly kind: "forever" }
    | { readonly kind: "for"; readonly duration: Duration };
  /** Where words for rules are declared: by the setting's word, of own fields by `field "name"`. */
  readonly places: ReadonlyMap<string, Span>;
}

export interface Rule extends Declared {
  readonly kind: "rule";
  readonly when: Condition;
  readonly actions: readonly Action[];
}

export interface RulesDeclaration extends Declared {
  readonly kind: "rules";
  readonly rules: readonly Rule[];
}

export type ProcessEvent = "ticket created" | "ticket updated" | "ticket closed" | "mail ignored";

export interface ProcessDeclaration extends Declared {
  readonly kind: "process";
  readonly on: readonly Placed<ProcessEvent>[];
  readonly when: Condition;
  readonly actions: readonly ProcessAction[];
}

export interface GuaranteeDeclaration extends Declared {
  readonly kind: "guarantee";
  readonly when: Condition;
  readonly claims: readonly {
    readonly span: Span;
    readonly kind: "never" | "expect";
    readonly outcomes: readonly GuaranteeOutcome[];
  }[];
  /** Limits it to one `rules` set or mailbox. */
  readonly in: Placed<string> | undefined;
}

export type GuaranteeOutcome =
  | {
      readonly kind: "create ticket";
      readonly span: Span;
      readonly condition: Condition | undefined;
    }
  | {
      readonly kind: "update ticket" | "ignore" | "delete" | "mark spam" | "send mail" | "decided";
      readonly span: Span;
    }
  | { readonly kind: "rule"; readonly span: Span; readonly name: string };

/** A checked project. It is linked: references point at declarations, defaults are filled in. */
export interface Project {
  readonly language: 1;
  /** The texts of the files by path, for `positionOf` and for showing what was written. */
  readonly sources: ReadonlyMap<string, string>;
  readonly helpdesk: HelpdeskSettings;
  readonly agents: readonly AgentDeclaration[];
  readonly lists: readonly ListDeclaration[];
  readonly conditions: readonly ConditionDeclaration[];
  readonly calendars: readonly CalendarDeclaration[];
  readonly mailboxes: readonly MailboxDeclaration[];
  readonly rules: readonly RulesDeclaration[];
  readonly processes: readonly ProcessDeclaration[];
  readonly guarantees: readonly GuaranteeDeclaration[];
  readonly tests: readonly TestDeclaration[];
}
