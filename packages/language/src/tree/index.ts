export * from "./values.ts";
export * from "./conditions.ts";
export * from "./actions.ts";
export * from "./declarations.ts";
export * from "./mailbox.ts";
export * from "./tests.ts";
