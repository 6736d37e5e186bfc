export * from "./program/program.ts";
export * from "./program/condition.ts";
export * from "./program/action.ts";
export * from "./decide/needs.ts";
export { emptyAnswer } from "./decide/emptyAnswer.ts";
export * from "./decide/decision.ts";
export * from "./decide/judge.ts";
export { judge } from "./decide/judgeProgram.ts";
export { missesWithin, mostMisses } from "./decide/misses.ts";
export {
  compile,
  compileCondition,
  compileText,
  compileWithGuarantees,
} from "./program/compile.ts";
export type { CompiledCondition, ProgramGuarantee } from "./program/compile.ts";
export type { FillHole } from "./program/lowering.ts";
export { evaluateCondition } from "./evaluate/evaluateCondition.ts";
export type { Evaluation, ValueSource } from "./evaluate/evaluateCondition.ts";
export type { Element } from "./evaluate/facts.ts";
export type { ConditionTables } from "./evaluate/tables.ts";
export type { Value } from "./evaluate/values.ts";
export { canonical } from "./text/folding.ts";
export { durationInWords } from "./text/durations.ts";
export type { Assumed, MailModel, ModelValue } from "./analysis/atoms.ts";
export type { World } from "./analysis/world.ts";
export { worldsOf } from "./analysis/world.ts";
export type { GuaranteeAnswer, RuleProof } from "./analysis/proofs.ts";
export { guaranteeFindings, proofFindings, proveRules } from "./analysis/proofs.ts";
export type { Claim, ClaimProof, Suspect } from "./analysis/guarantees.ts";
export { breaksClaim, proveGuarantees, totalGuarantees } from "./analysis/guarantees.ts";
