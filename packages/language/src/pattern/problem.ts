import type { PatternSpan } from "./tree.ts";

/** Why a pattern is none. What it says is for people; the binder puts it into a message. */
export interface PatternProblem {
  readonly kind: "look-around" | "back-reference" | "escape" | "python group" | "syntax";
  readonly span: PatternSpan;
  /** What is wrong, in a sentence without its end. */
  readonly what: string;
  readonly help: string | undefined;
  /** What to write in its place. */
  readonly instead: string | undefined;
}
