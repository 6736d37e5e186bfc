import type { Automaton } from "../regular/automaton.ts";
import type { Formula } from "./formula.ts";

/** What a mail has one of, perhaps one, or any number of, as a solver sees it. */
export interface Group {
  /** `from`, `subject`, `header "X-Id"`. */
  readonly name: string;
  readonly has: "one" | "one or none" | "any number";
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
}

/** What one value of a group is made of: an address has a display name, an attachment a name, a type and a size. */
export type PartName = "text" | "name" | "type" | "number";

export type Part =
  | {
      readonly kind: "text";
      /** What the text can be at all; undefined: anything. */
      readonly within: Automaton | undefined;
      /** The value may lack it. */
      readonly optional: boolean;
      /** Of an address: what stands before its last `@` and behind it can be. */
      readonly halves?: { readonly local: Automaton; readonly domain: Automaton };
    }
  | { readonly kind: "number"; readonly range: Range };

/** Whole numbers, both ends included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What nothing in the model tells: it may hold or not. */
export type Unknown =
  | { readonly kind: "flag"; readonly flag: string }
  /** The address is in it. */
  | {
      readonly kind: "registry";
      readonly registry: "contacts" | "accounts" | "leads" | "vendors" | "agents";
    }
  /** How the number compares that a header's value begins with. */
  | {
      readonly kind: "number";
      readonly operator: "=" | "<" | "<=" | ">" | ">=";
      readonly wanted: number;
    }
  /** The mail was received while a calendar was open. */
  | { readonly kind: "calendar" }
  | { readonly kind: "other" };

/** What was assumed of something unknown. */
export interface Assumed {
  readonly unknown: Unknown;
  readonly holds: boolean;
}

/** What is asked of one value. `key`: the same for the same question. */
export type ValueAtom = { readonly key: string } & (
  | {
      readonly kind: "text";
      readonly part: PartName;
      readonly automaton: Automaton;
      /** Canonical words of which a text in the language holds at least one; undefined where none can be told. */
      readonly words: readonly string[] | undefined;
      /** Where it is asked of one half of an address alone. */
      readonly half?: { readonly of: "local" | "domain"; readonly automaton: Automaton };
    }
  | { readonly kind: "present"; readonly part: PartName }
  | { readonly kind: "number"; readonly part: PartName; readonly range: Range }
  | { readonly kind: "free"; readonly unknown: Unknown }
);

/** What is asked of a mail. */
export type MailAtom = { readonly key: string } & (
  | {
      readonly kind: "some value";
      readonly group: Group;
      readonly formula: Formula<ValueAtom>;
    }
  | { readonly kind: "free"; readonly unknown: Unknown }
);

/** One value of a group, as a solver made it. A part that is missing is left out. */
export interface ModelValue {
  readonly texts: ReadonlyMap<PartName, string>;
  readonly numbers: ReadonlyMap<PartName, number>;
  /** What was assumed of it, by the keys of the questions. */
  readonly free: ReadonlyMap<string, Assumed>;
}

/** A mail as a solver made it: what it says nothing of may be anything. */
export interface MailModel {
  readonly groups: ReadonlyMap<string, readonly ModelValue[]>;
  /** By the keys of the questions. */
  readonly free: ReadonlyMap<string, Assumed>;
}
