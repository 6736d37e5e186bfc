export * from "./program/program.ts";
export * from "./program/condition.ts";
export * from "./program/action.ts";
export * from "./decide/needs.ts";
export * from "./decide/decision.ts";
export * from "./decide/judge.ts";
export { judge } from "./decide/judge-program.ts";
