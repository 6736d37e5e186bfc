export { formatText, type FormatResult } from "./format.ts";
export { languages, parsers, printers } from "./plugin.ts";
