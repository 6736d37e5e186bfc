import { projectChecks } from "./bind/project-checks/index.ts";
import type { Configuration } from "./configuration.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { report, type RawDiagnostic } from "./diagnostics/report.ts";
import type { ProjectFiles } from "./files.ts";
import { finished } from "./finished.ts";
import { lineIndex, type LineIndex } from "./positions.ts";
import { applyAllowances } from "./project/allowances.ts";
import { ProjectBinder } from "./project/binder.ts";
import { withoutConsequences } from "./project/consequences.ts";
import { indexFile } from "./project/declared.ts";
import { withoutRepetitions } from "./project/repetitions.ts";
import { NamedFiles } from "./project/projectFiles.ts";
import { createParser, parseFile } from "./shape/parse.ts";
import type { SourceFile } from "./shape/shape.ts";
import type { Project } from "./tree/index.ts";

export interface CheckedProject {
  /** The linked project; undefined where anything in it is an error. */
  readonly project: Project | undefined;
  /** The project as far as it could be understood. */
  readonly partial: Project;
  /** Sorted by file and place; settings of `mcrules.json` and allow comments are applied. */
  readonly diagnostics: readonly Diagnostic[];
  /** The shapes of its files, by which editors and the formatter go on. */
  readonly files: readonly SourceFile[];
}

/** Further findings about a project that has no error: what only a look at all mails can tell. */
export type Analysis = (project: Project) => readonly RawDiagnostic[];

/**
 * Checks a project: reads its files, finds out what their names mean, and holds every line against
 * the language. Takes any text and never throws; what is wrong is in `diagnostics`. `analysis` is
 * asked where there is no error; what it finds obeys settings and comments like the rest.
 */
export function checkProject(
  files: ProjectFiles,
  configuration: Configuration,
  analysis?: Analysis,
): CheckedProject {
  const found: RawDiagnostic[] = [];
  const add = (finding: RawDiagnostic): void => {
    found.push(finding);
  };
  const sources = readSources(files, add);
  for (const source of sources) found.push(...source.diagnostics);
  const named = new NamedFiles(files);
  const binder = new ProjectBinder(
    sources.map((source) => indexFile(source, add)),
    named,
    add,
  );
  const partial = binder.project();
  found.push(...projectChecks(partial, found));
  const clean = !found.some(({ severity }) => severity === "error");
  if (clean && analysis !== undefined) found.push(...analysis(partial));

  const causes = withoutRepetitions(withoutConsequences(found, sources), sources);
  const judged = (code: string): boolean => clean || analysis === undefined || !isAnalysis(code);
  const kept = applyAllowances(configured(causes, configuration), sources, configuration, judged);
  const diagnostics = sorted(configured(kept, configuration), partial.sources);
  return { project: clean ? partial : undefined, partial, diagnostics, files: sources };
}

function isAnalysis(code: string): boolean {
  return code.startsWith("MC3");
}

function readSources(
  files: ProjectFiles,
  add: (finding: RawDiagnostic) => void,
): readonly SourceFile[] {
  const parser = createParser();
  return [...new Set(files.sources)].toSorted().flatMap((path) => {
    const bytes = files.read(path);
    if (bytes instanceof Uint8Array) return [parseFile(path, bytes, parser)];
    const reason = "missing" in bytes ? "it is not there" : bytes.unreadable;
    add(report("MC4007", { file: path, start: 0, end: 0 }, { path, reason }));
    return [];
  });
}

/** With the severities of `mcrules.json`: what is off falls away. */
function configured(
  findings: readonly RawDiagnostic[],
  configuration: Configuration,
): readonly RawDiagnostic[] {
  return findings.flatMap((finding) => {
    if (finding.severity === "error") return [finding];
    const severity = configuration.diagnostics.get(finding.code) ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** As front ends show them: by file and place, none twice. */
function sorted(
  findings: readonly RawDiagnostic[],
  texts: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (file: string): LineIndex => {
    const known = indexes.get(file);
    if (known !== undefined) return known;
    const made = lineIndex(texts.get(file) ?? "");
    indexes.set(file, made);
    return made;
  };
  const ordered = findings.toSorted(
    (a, b) =>
      compare(a.span.file, b.span.file) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.code, b.code),
  );
  const seen = new Set<string>();
  return ordered.flatMap((finding) => {
    const { code, span, message } = finding;
    const key = [code, span.file, span.start, span.end, message].join("\n");
    if (seen.has(key)) return [];
    seen.add(key);
    return [finished(finding, indexOf)];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
