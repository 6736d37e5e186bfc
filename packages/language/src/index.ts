export * from "./span.ts";
export * from "./diagnostic.ts";
export * from "./files.ts";
export * from "./tree/index.ts";
export * from "./vocabulary/fields.ts";
export * from "./positions.ts";
export * from "./suggest.ts";
export * from "./shape/shape.ts";
export { createParser, parseFile, type Parser } from "./shape/parse.ts";
