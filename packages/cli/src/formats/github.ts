import type { Diagnostic } from "@mcrules/language";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands of GitHub Actions, one a finding: they show on the lines of a pull request. */
export function githubAnnotations(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((diagnostic) => {
      const { file, line, column, endLine, endColumn, code, severity, message, help } = diagnostic;
      const properties = Object.entries({
        file,
        line,
        col: column,
        endLine,
        endColumn,
        title: code,
      })
        .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
        .join(",");
      const text = help === undefined ? message : `${message}\n${help}`;
      return `::${commands[severity]} ${properties}::${escapeData(text)}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
