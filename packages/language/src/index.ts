export * from "./span.ts";
export * from "./diagnostic.ts";
export * from "./files.ts";
export * from "./tree/index.ts";
export * from "./vocabulary/fields.ts";
export * from "./positions.ts";
export * from "./suggest.ts";
export * from "./shape/shape.ts";
export { createParser, parseFile, type Parser } from "./shape/parse.ts";
export { renderDiagnostic, type RenderOptions, type Sources } from "./diagnostics/render.ts";
export { finished } from "./finished.ts";
export { checkProject, type Analysis, type CheckedProject } from "./check.ts";
export {
  configurationFile,
  configurationSchema,
  defaultConfiguration,
  includes,
  isCode,
  readConfiguration,
  type Configuration,
  type ConfiguredSeverity,
} from "./configuration.ts";
export { entriesOfFile } from "./bind/entries.ts";
export {
  report,
  type DiagnosticRow,
  type RawDiagnostic,
  type RawFix,
} from "./diagnostics/report.ts";
export { diagnosticTable, retiredCodes, type DiagnosticCode } from "./diagnostics/table.ts";
export * from "./vocabulary/declarations.ts";
export * from "./vocabulary/helpdesk.ts";
export * from "./vocabulary/mailbox.ts";
export * from "./vocabulary/tests.ts";
export * from "./vocabulary/units.ts";
export * from "./vocabulary/words.ts";
export { isReserved, isWordOfTheLanguage } from "./vocabulary/reserved.ts";
export { allowWord } from "./vocabulary/allow.ts";
export * from "./vocabulary/operators.ts";
export * from "./vocabulary/conditions.ts";
export * from "./vocabulary/ticketBlock.ts";
export * from "./vocabulary/actions.ts";
export * from "./vocabulary/processes.ts";
export * from "./vocabulary/guarantees.ts";
export * from "./pattern/tree.ts";
export { parsePattern, type ParsedPattern, type PatternFlags } from "./pattern/parse.ts";
export { namedGroups, type NamedGroup } from "./pattern/groups.ts";
export {
  cutRisk,
  isOnlyDigits,
  mayBeEmpty,
  wordsOf as wordsOfPattern,
} from "./pattern/language.ts";
export { mostInstructions } from "./pattern/compiled.ts";
export { capturesOf, type Capture, type Captures } from "./bind/captures.ts";
