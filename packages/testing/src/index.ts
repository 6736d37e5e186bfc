export type { ReadMailFile } from "./files.ts";
export type { TestFailure, TestResult } from "./result.ts";
export { runTests, type TestRun } from "./runTests.ts";
export { type Shown, tryMail } from "./witness/tryMail.ts";
export { type TriedGuarantee, tryGuarantees } from "./witness/tryGuarantees.ts";
