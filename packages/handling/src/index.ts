export * from "./handling.ts";
