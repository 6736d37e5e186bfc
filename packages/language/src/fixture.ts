import { checkProject, type Analysis, type CheckedProject } from "./check.ts";
import { configurationFile, defaultConfiguration, readConfiguration } from "./configuration.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { ProjectFiles } from "./files.ts";
import { fileEnding } from "./vocabulary/declarations.ts";

/**
 * A project in one text. `#- PATH` begins the next file, the first is `main.mcrules`; a file whose
 * path is followed by ` (unreadable)` cannot be read. A line `#   ^^^^ MC1203 message` expects a
 * finding at the carets of the line above, `#<^^` from the first column on, `#<` at the first column
 * alone, `#   |` at
 * an empty place, each with the beginning of its message if any. `$0` is the cursor. Lines of
 * expectations are taken out of the files.
 */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly unreadable: ReadonlySet<string>;
  readonly expectations: readonly FixtureExpectation[];
  readonly cursor: { readonly file: string; readonly offset: number } | undefined;
}

export interface FixtureExpectation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Undefined where the finding goes on beyond its line. */
  readonly endColumn: number;
  readonly code: string;
  readonly message: string;
}

const expectation = /^[ \t]*#(<|[ ]*)(\^+|\||(?<=<))\s*(MC\d{4})(?:[ \t]+(.*))?$/;

/** Reads a fixture. */
export function readFixture(text: string): Fixture {
  const files = new Map<string, string>();
  const unreadable = new Set<string>();
  const expectations: FixtureExpectation[] = [];
  let cursor: Fixture["cursor"];
  for (const { path, lines, locked } of sections(text)) {
    const kept: string[] = [];
    for (const line of lines) {
      const expected = expectation.exec(line);
      if (expected === null) {
        kept.push(line);
        continue;
      }
      const [, gap = "", carets = "", code = "", message = ""] = expected;
      const hash = line.indexOf("#");
      const first = hash + 1 + gap.length;
      const start = gap === "<" ? hash : first;
      const end = carets === "" ? hash + 1 : first + carets.length;
      const column = start + 1;
      const endColumn = carets === "|" ? column : end + 1;
      expectations.push({ file: path, line: kept.length, column, endColumn, code, message });
    }
    let content = kept.join("\n");
    const at = content.indexOf("$0");
    if (at >= 0) {
      cursor = { file: path, offset: at };
      content = content.slice(0, at) + content.slice(at + 2);
    }
    files.set(path, content);
    if (locked) unreadable.add(path);
  }
  return { files, unreadable, expectations, cursor };
}

function sections(text: string) {
  const all = [{ path: `main${fileEnding}`, lines: [] as string[], locked: false }];
  for (const line of text.split("\n")) {
    const next = /^#- (\S+)( \(unreadable\))?\s*$/.exec(line);
    if (next === null) all.at(-1)?.lines.push(line);
    else {
      // The line end before the mark belongs to the file above it.
      all.at(-1)?.lines.push("");
      all.push({ path: next[1] ?? "", lines: [], locked: next[2] !== undefined });
    }
  }
  return all;
}

/** The files of a fixture, as a project has them. */
export function fixtureFiles(fixture: Fixture): ProjectFiles {
  return {
    sources: [...fixture.files.keys()].filter((path) => path.endsWith(fileEnding)),
    read: (path) => {
      const content = fixture.files.get(path);
      if (content !== undefined) {
        return fixture.unreadable.has(path)
          ? { unreadable: "permission denied" }
          : encodeUtf8(content);
      }
      return isFolder(fixture, path) ? { unreadable: "it is a folder" } : { missing: true };
    },
    exists: (path) => fixture.files.has(path) || isFolder(fixture, path),
  };
}

function isFolder(fixture: Fixture, path: string): boolean {
  return [...fixture.files.keys()].some((file) => file.startsWith(`${path}/`));
}

function encodeUtf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.toWellFormed()).match(/%..|[^%]/g) ?? [];
  return Uint8Array.from(escaped, (byte) =>
    byte.startsWith("%") ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0),
  );
}

/** Checks the project of a fixture. What is wrong with its `mcrules.json` comes first. */
export function checkFixture(
  fixture: Fixture,
  analysis?: Analysis,
): {
  readonly checked: CheckedProject;
  readonly diagnostics: readonly Diagnostic[];
} {
  const written = fixture.files.get(configurationFile);
  const { configuration, diagnostics } =
    written === undefined
      ? { configuration: defaultConfiguration, diagnostics: [] }
      : readConfiguration(written);
  const checked = checkProject(fixtureFiles(fixture), configuration, analysis);
  return { checked, diagnostics: [...diagnostics, ...checked.diagnostics] };
}

/**
 * Checks a fixture and gives, a line each, what was expected and is missing, and what was found and
 * not expected. Nothing where the fixture holds.
 */
export function fixtureDifferences(text: string): readonly string[] {
  const fixture = readFixture(text);
  const { diagnostics } = checkFixture(fixture);
  const open = [...diagnostics];
  const differences: string[] = [];
  for (const expected of fixture.expectations) {
    const index = open.findIndex((found) => meets(found, expected, fixture));
    if (index < 0) {
      const { file, line, column, endColumn, code, message } = expected;
      differences.push(`missing: ${file}:${line}:${column}-${endColumn} ${code} ${message}`.trim());
    } else open.splice(index, 1);
  }
  for (const { file, line, column, endLine, endColumn, code, message } of open) {
    const end = endLine === line ? endColumn : `${endLine}:${endColumn}`;
    differences.push(`found: ${file}:${line}:${column}-${end} ${code} ${message}`);
  }
  return differences;
}

/** A finding that goes on beyond its line is marked to the line's end. */
function meets(found: Diagnostic, expected: FixtureExpectation, fixture: Fixture): boolean {
  const line = fixture.files.get(found.file)?.split("\n")[found.line - 1] ?? "";
  const endColumn = found.endLine === found.line ? found.endColumn : line.length + 1;
  return (
    found.code === expected.code &&
    found.file === expected.file &&
    found.line === expected.line &&
    found.column === expected.column &&
    endColumn === expected.endColumn &&
    found.message.startsWith(expected.message)
  );
}
