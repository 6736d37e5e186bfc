import type { Diagnostic, Severity } from "./diagnostic.ts";
import { report, type RawDiagnostic } from "./diagnostics/report.ts";
import { diagnosticTable, type DiagnosticCode } from "./diagnostics/table.ts";
import { parseJson, type JsonMember, type JsonNode } from "./json/parse.ts";
import { finished } from "./finished.ts";
import { lineIndex } from "./positions.ts";
import type { Span } from "./span.ts";
import { nearest } from "./suggest.ts";

export type ConfiguredSeverity = Severity | "off";

/** What `mcrules.json` says. */
export interface Configuration {
  /** The version of the language. */
  readonly language: 1;
  /** Which files belong to the project: globs over paths relative to its root. */
  readonly include: readonly string[];
  /** Severities of warnings and hints by their codes. */
  readonly diagnostics: ReadonlyMap<DiagnosticCode, ConfiguredSeverity>;
}

/** The name of the file that marks the root of a project. */
export const configurationFile = "mcrules.json";

/** What holds where there is no `mcrules.json`, and for each key that it leaves out. */
export const defaultConfiguration: Configuration = {
  language: 1,
  include: ["**/*.mcrules"],
  diagnostics: new Map(),
};

const severities = ["off", "info", "warning", "error"] as const;

const keys = {
  $schema: "Where the JSON schema of this file is found; editors read it.",
  language: "The version of the language.",
  include: "Which files belong to the project: * within a folder, ** over folders.",
  diagnostics: "Severities by code, of warnings and hints: off, info, warning or error.",
} as const;

/** The JSON schema of `mcrules.json`, for editors. */
export const configurationSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: configurationFile,
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: keys.$schema },
    language: { const: 1, default: 1, description: keys.language },
    include: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: defaultConfiguration.include,
      description: keys.include,
    },
    diagnostics: {
      type: "object",
      propertyNames: { pattern: "^MC[0-9]{4}$" },
      additionalProperties: { enum: severities },
      description: keys.diagnostics,
    },
  },
} as const;

/**
 * Reads the text of `mcrules.json`. What is wrong is told, with places inside the JSON, and the
 * default is taken for it.
 */
export function readConfiguration(
  text: string,
  path: string = configurationFile,
): { readonly configuration: Configuration; readonly diagnostics: readonly Diagnostic[] } {
  const found: RawDiagnostic[] = [];
  const span = (start: number, end: number): Span => ({ file: path, start, end });
  const result = parseJson(text);
  let configuration = defaultConfiguration;
  if (result.kind === "problem") {
    found.push(report("MC4001", span(result.at, result.at + 1), { problem: result.problem }));
  } else {
    configuration = read(result.value, span, (finding) => found.push(finding));
  }
  const index = lineIndex(text);
  return { configuration, diagnostics: found.map((one) => finished(one, () => index)) };
}

type SpanOf = (start: number, end: number) => Span;
type Add = (finding: RawDiagnostic) => void;

function read(value: JsonNode, span: SpanOf, add: Add): Configuration {
  if (value.kind !== "object") {
    add(
      report("MC4003", span(value.start, value.end), {
        key: configurationFile,
        expected: "an object",
      }),
    );
    return defaultConfiguration;
  }
  let { include, diagnostics } = defaultConfiguration;
  const seen = new Set<string>();
  for (const member of value.members) {
    const at = span(member.keyStart, member.keyEnd);
    if (!isKey(member.key)) {
      unknownKey(member, at, add);
      continue;
    }
    if (seen.has(member.key)) {
      add(report("MC4003", at, { key: member.key, expected: "to stand once" }));
      continue;
    }
    seen.add(member.key);
    switch (member.key) {
      case "$schema":
        break;
      case "language":
        readLanguage(member.value, span, add);
        break;
      case "include":
        include = readInclude(member.value, span, add);
        break;
      case "diagnostics":
        diagnostics = readDiagnostics(member.value, span, add);
        break;
    }
  }
  return { language: 1, include, diagnostics };
}

function isKey(key: string): key is keyof typeof keys {
  return Object.hasOwn(keys, key);
}

function unknownKey(member: JsonMember, at: Span, add: Add): void {
  const guess = nearest(member.key, Object.keys(keys));
  add(
    report(
      "MC4002",
      at,
      { key: member.key, known: "language, include, diagnostics" },
      guess === undefined
        ? {}
        : {
            help: `Do you mean "${guess}"?`,
            fixes: [{ title: `Write "${guess}"`, edits: [{ span: at, text: `"${guess}"` }] }],
          },
    ),
  );
}

function readLanguage(value: JsonNode, span: SpanOf, add: Add): void {
  const at = span(value.start, value.end);
  if (value.kind !== "number") {
    add(report("MC4003", at, { key: "language", expected: "the number 1" }));
  } else if (value.value !== 1) add(report("MC4004", at, { version: value.value }));
}

function readInclude(value: JsonNode, span: SpanOf, add: Add): readonly string[] {
  const expected = "a list of globs, such as **/*.mcrules";
  if (value.kind !== "array") {
    add(report("MC4003", span(value.start, value.end), { key: "include", expected }));
    return defaultConfiguration.include;
  }
  const globs: string[] = [];
  for (const item of value.items) {
    if (item.kind === "string" && item.value !== "") globs.push(item.value);
    else add(report("MC4003", span(item.start, item.end), { key: "include", expected }));
  }
  return globs;
}

function readDiagnostics(
  value: JsonNode,
  span: SpanOf,
  add: Add,
): ReadonlyMap<DiagnosticCode, ConfiguredSeverity> {
  const settings = new Map<DiagnosticCode, ConfiguredSeverity>();
  if (value.kind !== "object") {
    add(
      report("MC4003", span(value.start, value.end), {
        key: "diagnostics",
        expected: "an object of codes and severities",
      }),
    );
    return settings;
  }
  for (const { key, keyStart, keyEnd, value: wanted } of value.members) {
    const at = span(keyStart, keyEnd);
    if (!isCode(key)) {
      const guess = nearest(key, Object.keys(diagnosticTable));
      const help = guess === undefined ? {} : { help: `Do you mean ${guess}?` };
      add(report("MC4005", at, { code: key }, help));
    } else if (diagnosticTable[key].severity === "error") {
      add(report("MC4006", at, { code: key }));
    } else {
      const severity = severities.find((one) => wanted.kind === "string" && wanted.value === one);
      if (severity === undefined) {
        const expected = "off, info, warning or error";
        add(report("MC4003", span(wanted.start, wanted.end), { key, expected }));
      } else settings.set(key, severity);
    }
  }
  return settings;
}

/** Whether there is a finding of that code. */
export function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticTable, code);
}

/** Whether a file belongs to the project: the path is relative to the project's root, with `/`. */
export function includes(configuration: Configuration, path: string): boolean {
  return configuration.include.some((glob) => matchesGlob(glob, path));
}

/** `**` stands for any folders, `*` for any text within a name, `?` for one character, `{a,b}` for either. */
function matchesGlob(glob: string, path: string): boolean {
  return matchSteps(glob.replace(/^\.\//, "").split("/"), path.split("/"));
}

function matchSteps(globs: readonly string[], steps: readonly string[]): boolean {
  const [glob, ...moreGlobs] = globs;
  if (glob === undefined) return steps.length === 0;
  if (glob === "**") {
    return (
      steps.some((_, skipped) => matchSteps(moreGlobs, steps.slice(skipped))) ||
      matchSteps(moreGlobs, [])
    );
  }
  const [step, ...moreSteps] = steps;
  return step !== undefined && matchName(glob, step) && matchSteps(moreGlobs, moreSteps);
}

function matchName(glob: string, name: string): boolean {
  const alternatives = /\{([^{}]*)\}/.exec(glob);
  if (alternatives !== null) {
    const before = glob.slice(0, alternatives.index);
    const behind = glob.slice(alternatives.index + alternatives[0].length);
    return (alternatives[1] ?? "")
      .split(",")
      .some((one) => matchName(`${before}${one}${behind}`, name));
  }
  // Pieces between the stars are found from left to right: the leftmost place never loses a match.
  const pieces = glob.split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return name.length === glob.length && fits(glob, name, 0);
  if (name.length < first.length + last.length) return false;
  if (!fits(first, name, 0) || !fits(last, name, name.length - last.length)) return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    while (at + piece.length <= end && !fits(piece, name, at)) at += 1;
    if (at + piece.length > end) return false;
    at += piece.length;
  }
  return true;
}

function fits(piece: string, name: string, at: number): boolean {
  const there = name.slice(at, at + piece.length);
  return (
    there.length === piece.length &&
    piece.split("").every((letter, index) => letter === "?" || letter === there[index])
  );
}
