import type { TestFailure, TestResult } from "@mcrules/testing";

/** JUnit's XML, as CI systems read it: a suite a file. */
export function junitReport(results: readonly TestResult[]): string {
  const files = Map.groupBy(results, ({ position }) => position.file);
  const suites = [...files].map(([file, tests]) => {
    const failed = tests.filter(({ outcome }) => outcome === "failed").length;
    const errors = tests.filter(({ outcome }) => outcome === "error").length;
    const cases = tests.map((test) => {
      const attributes = `name="${escapeXml(test.name)}" classname="${escapeXml(file)}" file="${escapeXml(file)}" line="${test.position.line}"`;
      if (test.outcome === "passed") return `    <testcase ${attributes}/>\n`;
      const element = test.outcome === "failed" ? "failure" : "error";
      const message = escapeXml(test.failures[0]?.message ?? "");
      const text = escapeXml(test.failures.map(failureText).join("\n"));
      return `    <testcase ${attributes}>\n      <${element} message="${message}">${text}</${element}>\n    </testcase>\n`;
    });
    return `  <testsuite name="${escapeXml(file)}" tests="${tests.length}" failures="${failed}" errors="${errors}">\n${cases.join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

/** TAP, version 13. */
export function tapReport(results: readonly TestResult[]): string {
  const lines = results.map((test, index) => {
    const name = test.name.replaceAll("\\", "\\\\").replaceAll("#", "\\#");
    if (test.outcome === "passed") return `ok ${index + 1} - ${name}\n`;
    const failures = test.failures
      .map(
        (failure) =>
          `    - at: ${JSON.stringify(`${failure.file}:${failure.line}:${failure.column}`)}\n` +
          `      message: ${JSON.stringify(failure.message)}\n` +
          `      expected: ${JSON.stringify(failure.expected)}\n` +
          `      actual: ${JSON.stringify(failure.actual)}\n`,
      )
      .join("");
    return `not ok ${index + 1} - ${name}\n  ---\n  failures:\n${failures}  ...\n`;
  });
  return `TAP version 13\n1..${results.length}\n${lines.join("")}`;
}

function failureText(failure: TestFailure): string {
  return `${failure.file}:${failure.line}:${failure.column} ${failure.message}\n  expected ${failure.expected}\n  actual   ${failure.actual}`;
}

// XML 1.0 has no place for control characters, not even escaped.
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
