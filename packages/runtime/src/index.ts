export * from "./scanResult.ts";
