import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { compile, proofFindings, proveRules } from "@mcrules/compiler";
import {
  renderDiagnostic,
  type Analysis,
  type Diagnostic,
  type DiagnosticCode,
} from "@mcrules/language";
import type { Run } from "../commandLine.ts";
import { shownFindings, sourceTexts } from "../findings.ts";
import { githubAnnotations } from "../formats/github.ts";
import { placed } from "../formats/placed.ts";
import { sarifLog } from "../formats/sarif.ts";
import { CannotRun } from "../failure.ts";
import { contains, loadProject, projectRoot, shown, type LoadedProject } from "../project.ts";
import type { ProvedRules } from "../formats/proofs.ts";
import { count } from "../terminal.ts";

/**
 * `mcrules check`: the findings of the projects that the paths belong to; a path inside a project
 * limits what is shown to what stands there.
 */
export async function check(
  { terminal }: Run,
  paths: readonly string[],
  options: { readonly project?: string; readonly format: string },
): Promise<number> {
  const proved: ProvedRules[] = [];
  const analysis =
    (root: string): Analysis =>
    (project) => {
      const program = compile(project);
      const proofs = proveRules(program);
      proved.push({ root, program, proofs });
      return proofFindings(project, program, proofs);
    };
  const projects = projectsOf(paths, options.project, analysis);
  const diagnostics = projects.flatMap(({ project, only }) => shownFindings(project, only));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const files = projects.reduce((sum, chosen) => sum + chosenSources(chosen).length, 0);

  switch (options.format) {
    case "json":
      terminal.out(
        `${JSON.stringify(
          {
            diagnostics: diagnostics.map(plain),
            summary: { errors, warnings, files },
            proofs: await shownProofs(proved, projects),
          },
          null,
          2,
        )}\n`,
      );
      break;
    case "sarif":
      terminal.out(`${JSON.stringify(sarifLog(diagnostics), null, 2)}\n`);
      break;
    case "github":
      terminal.out(githubAnnotations(diagnostics));
      break;
    default: {
      const texts = sourceTexts(projects.map(({ project }) => project));
      for (const diagnostic of diagnostics) {
        terminal.out(
          `${renderDiagnostic(diagnostic, (file) => texts.get(file), {
            colour: terminal.colour,
            width: terminal.width,
          })}\n`,
        );
      }
      const summary =
        errors + warnings === 0
          ? `${terminal.noteStyle("green", "No mistakes")} in ${count(files, "file")}.\n`
          : `${count(errors, "error")}, ${count(warnings, "warning")} in ${count(files, "file")}.\n`;
      terminal.note(summary);
    }
  }
  // What could not be read was not checked.
  if (diagnostics.some(({ code }) => code === unreadable)) return 2;
  return errors > 0 ? 1 : 0;
}

const unreadable: DiagnosticCode = "MC4007";

interface Chosen {
  readonly project: LoadedProject;
  /** Absolute paths to which what is shown is limited; empty: all. */
  readonly only: readonly string[];
}

function projectsOf(
  paths: readonly string[],
  project: string | undefined,
  analysis: (root: string) => Analysis,
): readonly Chosen[] {
  if (project !== undefined) {
    const root = projectRoot(project);
    const chosen = {
      project: loadProject(root, analysis(root)),
      only: paths.map((path) => resolve(path)),
    };
    for (const path of paths) assertRules(chosen.project, path);
    return [chosen];
  }
  const roots = new Map<string, string[]>();
  for (const path of paths.length === 0 ? ["."] : paths) {
    const root = projectRoot(path);
    roots.set(root, [...(roots.get(root) ?? []), resolve(path)]);
  }
  return [...roots].map(([root, inside]) => {
    const project = loadProject(root, analysis(root));
    for (const path of inside) assertRules(project, path);
    return { project, only: inside.some((path) => contains(path, root)) ? [] : inside };
  });
}

/** @throws CannotRun where nothing of the project lies at a path: nothing would be checked. */
function assertRules(project: LoadedProject, path: string): void {
  const absolute = resolve(path);
  if (absolute === join(project.root, "mcrules.json")) return;
  const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (project.files.sources.some((file) => contains(absolute, join(project.root, file)))) return;
  throw isFolder
    ? new CannotRun(`there is no .mcrules file in ${shown(absolute)}`)
    : new CannotRun(`${shown(absolute)} is no .mcrules file of the project`);
}

function chosenSources({ project, only }: Chosen): readonly string[] {
  const { sources } = project.files;
  if (only.length === 0) return sources;
  return sources.filter((file) => only.some((path) => contains(path, join(project.root, file))));
}

/** What tries mails is loaded only where it is asked for: most checks only ask for mistakes. */
async function shownProofs(
  proved: readonly ProvedRules[],
  projects: readonly Chosen[],
): Promise<readonly object[]> {
  if (proved.length === 0) return [];
  const { proofsAsJson } = await import("../formats/proofs.ts");
  const isShown = (root: string, file: string): boolean =>
    projects.some(
      ({ project, only }) =>
        project.root === root &&
        (only.length === 0 || only.some((path) => contains(path, join(root, file)))),
    );
  return proofsAsJson(
    proved.map(({ root, program, proofs }) => ({
      root,
      program,
      proofs: proofs.filter(({ rule }) => isShown(root, rule.at.file)),
    })),
  );
}

/** As programs read it; edits are for editors. */
function plain(diagnostic: Diagnostic): object {
  const { fixes: _fixes, related, ...rest } = diagnostic;
  return {
    ...rest,
    related: (related ?? []).map(({ file, line, column, endLine, endColumn, ...more }) =>
      placed({ file, line, column, endLine, endColumn }, more),
    ),
  };
}
