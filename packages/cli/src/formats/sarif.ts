import { diagnosticTable, type Diagnostic, type Position } from "@mcrules/language";

const levels = { error: "error", warning: "warning", info: "note" } as const;

/** A log in SARIF 2.1.0 (OASIS), with one rule a code that occurs. */
export function sarifLog(diagnostics: readonly Diagnostic[]): object {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted();
  const rows: ReadonlyMap<string, { readonly name: string; readonly why: string }> = new Map(
    Object.entries(diagnosticTable),
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "mcrules",
            rules: codes.map((id) => ({
              id,
              name: rows.get(id)?.name ?? id,
              fullDescription: { text: rows.get(id)?.why ?? id },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: codes.indexOf(diagnostic.code),
          level: levels[diagnostic.severity],
          message: {
            text:
              diagnostic.help === undefined
                ? diagnostic.message
                : `${diagnostic.message}\n${diagnostic.help}`,
          },
          locations: [location(diagnostic)],
          ...(diagnostic.related === undefined || diagnostic.related.length === 0
            ? {}
            : {
                relatedLocations: diagnostic.related.map((related) => ({
                  ...location(related),
                  message: { text: related.message },
                })),
              }),
        })),
      },
    ],
  };
}

function location(position: Position): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: position.file.split("/").map(encodeURIComponent).join("/") },
      region: {
        startLine: position.line,
        startColumn: position.column,
        endLine: position.endLine,
        endColumn: position.endColumn,
      },
    },
  };
}
