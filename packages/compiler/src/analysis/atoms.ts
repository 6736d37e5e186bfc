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
  /** Nothing of the mail tells it: the address is a contact. */
  | { readonly kind: "free"; readonly name: string }
);

/** What is asked of a mail. */
export type MailAtom = { readonly key: string } & (
  | {
      readonly kind: "some value";
      readonly group: Group;
      readonly formula: Formula<ValueAtom>;
    }
  | { readonly kind: "free"; readonly name: string }
);

/** One value of a group, as a solver made it. A part that is missing is left out. */
export interface ModelValue {
  readonly texts: ReadonlyMap<PartName, string>;
  readonly numbers: ReadonlyMap<PartName, number>;
  /** What was assumed of it: `contacts`. */
  readonly free: ReadonlyMap<string, boolean>;
}

/** A mail as a solver made it: what it says nothing of may be anything. */
export interface MailModel {
  readonly groups: ReadonlyMap<string, readonly ModelValue[]>;
  readonly free: ReadonlyMap<string, boolean>;
}
