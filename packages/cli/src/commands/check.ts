import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderDiagnostic, type Diagnostic, type DiagnosticCode } from "@mcrules/language";
import type { Run } from "../commandLine.ts";
import { shownFindings, sourceTexts } from "../findings.ts";
import { githubAnnotations } from "../formats/github.ts";
import { placed } from "../formats/placed.ts";
import { sarifLog } from "../formats/sarif.ts";
import { CannotRun } from "../failure.ts";
import { contains, projectRoot, shown, type LoadedProject } from "../project.ts";
import {
  proofsAsJson,
  provedProject,
  triedTotals,
  type Proofs,
  type ProvedProject,
} from "../proofs.ts";
import { count, printable } from "../terminal.ts";
import type { TriedGuarantee } from "@mcrules/testing";

/**
 * `mcrules check`: the findings of the projects that the paths belong to; a path inside a project
 * limits what is shown to what stands there.
 */
export async function check(
  { terminal }: Run,
  paths: readonly string[],
  options: { readonly project?: string; readonly format: string; readonly total: boolean },
): Promise<number> {
  const projects = await chosenProjects(paths, options.project);
  const diagnostics = projects.flatMap(({ project, only }) => shownFindings(project, only));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const files = projects.flatMap((chosen) =>
    chosen.project.files.sources.filter((file) => isChosen(chosen, file)),
  ).length;

  switch (options.format) {
    case "json":
      terminal.out(
        `${JSON.stringify(
          {
            diagnostics: diagnostics.map(plain),
            summary: { errors, warnings, files },
            proofs: (await Promise.all(projects.map(proofsOf))).flat(),
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
      for (const { guarantees } of projects) {
        for (const guarantee of guarantees) terminal.out(brokenText(guarantee));
      }
      if (options.total) {
        for (const { proofs } of projects) {
          if (proofs !== undefined) terminal.out(await totalText(proofs));
        }
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

interface Chosen extends ProvedProject {
  /** Absolute paths to which what is shown is limited; empty: all. */
  readonly only: readonly string[];
}

async function chosenProjects(
  paths: readonly string[],
  project: string | undefined,
): Promise<readonly Chosen[]> {
  const roots = new Map<string, string[]>();
  if (project === undefined) {
    for (const path of paths.length === 0 ? ["."] : paths) {
      const root = projectRoot(path);
      roots.set(root, [...(roots.get(root) ?? []), resolve(path)]);
    }
  } else {
    roots.set(
      projectRoot(project),
      paths.map((path) => resolve(path)),
    );
  }
  const all: Chosen[] = [];
  for (const [root, inside] of roots) {
    const proved = await provedProject(root);
    for (const path of inside) assertRules(proved.project, path);
    all.push({ ...proved, only: inside.some((path) => contains(path, root)) ? [] : inside });
  }
  return all;
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

/** Whether what stands in a file of the project is shown. */
function isChosen({ project, only }: Chosen, file: string): boolean {
  return only.length === 0 || only.some((path) => contains(path, join(project.root, file)));
}

async function proofsOf(chosen: Chosen): Promise<readonly object[]> {
  const { proofs, guarantees } = chosen;
  return proofs === undefined
    ? []
    : proofsAsJson(proofs, guarantees, (file) => isChosen(chosen, file));
}

/** Of each mailbox whether its rules decide every mail; where not, with a mail that none decides. */
async function totalText(proofs: Proofs): Promise<string> {
  const totals = await triedTotals(proofs);
  return totals
    .map((total) => {
      const { name } = total.guarantee;
      switch (total.verdict.kind) {
        case "proved":
          return `mailbox ${name}: every mail is decided (proved)\n`;
        case "broken":
          return `mailbox ${name}: some mail is decided by no rule\n${mailText(total)}`;
        case "not decided":
          return `mailbox ${name}: whether every mail is decided is not known: ${total.verdict.reason}\n`;
      }
    })
    .join("");
}

/** A mail that breaks a guarantee, for people. */
function brokenText(tried: TriedGuarantee): string {
  const { guarantee, verdict, shown: found } = tried;
  if (verdict.kind !== "broken" || found === undefined) return "";
  const by = verdict.rule === undefined ? "no rule decides it" : `rule "${verdict.rule.name}"`;
  return `This mail to ${found.mailbox} breaks "${guarantee.name}" (${by}):\n${mailText(tried)}`;
}

function mailText({ shown: found }: TriedGuarantee): string {
  if (found === undefined) return "";
  const given = found.given.map((line) => `  ${printable(line)}\n`).join("");
  const lines = found.mail.trimEnd().split("\n");
  return `${given}${lines.map((line) => `  | ${printable(line)}`.trimEnd()).join("\n")}\n\n`;
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
