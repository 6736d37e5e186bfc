import type { Position } from "@mcrules/language";

/** What became of one test block. Positions have files relative to the project's root. */
export interface TestResult {
  readonly name: string;
  readonly position: Position;
  /** `error`: it could not be run. */
  readonly outcome: "passed" | "failed" | "error";
  readonly failures: readonly TestFailure[];
}

/** One expectation that was not met. */
export interface TestFailure extends Position {
  readonly expected: string;
  readonly actual: string;
  readonly message: string;
}
