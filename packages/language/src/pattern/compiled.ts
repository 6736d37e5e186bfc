import { RE2JS, RE2JSException } from "re2js";
import type { PatternFlags } from "./parse.ts";

/** Instructions of a compiled pattern that are accepted; more would let one mail take seconds. */
export const mostInstructions = 2000;

export type CompiledSize =
  | { readonly kind: "size"; readonly instructions: number }
  /** The engine refuses it; `part` is what it stopped at, where it says so. */
  | { readonly kind: "refused"; readonly reason: string; readonly part: string | undefined };

/** Compiles a pattern and says how large it became. */
export function compiledSize(source: string, flags: PatternFlags): CompiledSize {
  try {
    const bits =
      (flags.i ? RE2JS.CASE_INSENSITIVE : 0) |
      (flags.m ? RE2JS.MULTILINE : 0) |
      (flags.s ? RE2JS.DOTALL : 0);
    return { kind: "size", instructions: RE2JS.compile(source, bits).programSize() };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const part = Object.entries(error).find(([key]) => key === "input")?.[1];
    return {
      kind: "refused",
      reason: error.message.replace(/^error parsing regexp: /, ""),
      part: typeof part === "string" ? part : undefined,
    };
  }
}
