import type { HelpdeskSettings, MailboxDeclaration, Position } from "@mcrules/language";
import type { ProgramCondition } from "./condition.ts";
import type { ProgramAction, ProgramProcessAction } from "./action.ts";

/**
 * A checked project as plain data: what `decide` runs, what a journal entry names by its hash.
 * It can be written as JSON and read again; nothing in it points at a syntax tree.
 */
export interface Program {
  readonly format: 1;
  readonly language: 1;
  /** SHA-256 in hex of what the rules mean: comments, spelling and positions do not count. */
  readonly hash: string;
  readonly helpdesk: ProgramHelpdesk;
  /** Lower case bare addresses. */
  readonly agents: readonly {
    readonly address: string;
    readonly name: string;
    readonly signature: ProgramText | undefined;
  }[];
  /** The lists that rules use; `list` operands are indexes into it. */
  readonly lists: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Named conditions; `named` conditions are indexes into it. */
  readonly conditions: readonly {
    readonly name: string;
    readonly at: Position;
    readonly condition: ProgramCondition;
  }[];
  readonly calendars: readonly ProgramCalendar[];
  readonly mailboxes: readonly ProgramMailbox[];
  readonly processes: readonly ProgramProcess[];
}

export type ProgramHelpdesk = Omit<HelpdeskSettings, "span" | "places" | "fields"> & {
  readonly fields: readonly {
    readonly name: string;
    readonly type: "text" | "number" | "date" | "words";
    readonly words: readonly string[];
  }[];
};

export interface ProgramCalendar {
  readonly name: string;
  readonly zone: string;
  readonly open: readonly {
    readonly weekdays: readonly number[];
    readonly from: number;
    readonly to: number;
  }[];
  readonly closed: readonly string[];
}

/** A mailbox with the rules it applies, in their order over all its sets. */
export interface ProgramMailbox {
  readonly name: string;
  readonly at: Position;
  readonly settings: Omit<MailboxDeclaration, "kind" | "span" | "name" | "documentation" | "apply">;
  /** Lower case bare addresses that count as ours. */
  readonly ownAddresses: readonly string[];
  readonly rules: readonly ProgramRule[];
}

export interface ProgramRule {
  readonly name: string;
  readonly set: string;
  readonly at: Position;
  readonly when: ProgramCondition;
  readonly actions: readonly ProgramAction[];
  /** The most that its condition may look at. */
  readonly reads: "headers" | "content" | "helpdesk";
}

export interface ProgramProcess {
  readonly name: string;
  readonly at: Position;
  readonly on: readonly ("ticket created" | "ticket updated" | "ticket closed" | "mail ignored")[];
  readonly when: ProgramCondition;
  readonly actions: readonly ProgramProcessAction[];
}

/** A text with holes, in their order. */
export type ProgramText = readonly (string | ProgramExpression)[];

export type ProgramExpression =
  | { readonly kind: "mail field"; readonly field: string; readonly argument?: string }
  | { readonly kind: "process field"; readonly field: string; readonly argument?: string }
  | { readonly kind: "ticket path"; readonly path: string }
  | { readonly kind: "capture"; readonly name: string };
