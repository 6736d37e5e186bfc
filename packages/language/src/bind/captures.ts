import type { Span } from "../span.ts";

/** What the captures of a condition are, for those who use them. */
export interface Captures {
  /** By name; several groups where the branches of an `any` set one name. */
  readonly byName: ReadonlyMap<string, Capture>;
  /** Something in the condition is broken: that a capture is not there proves nothing. */
  readonly incomplete: boolean;
}

export interface Capture {
  readonly name: string;
  /** Whether every mail for which the condition holds sets it. */
  readonly sure: boolean;
  readonly span: Span;
}

/** Where there is no pattern above. */
export const noCaptures: Captures = { byName: new Map(), incomplete: false };
