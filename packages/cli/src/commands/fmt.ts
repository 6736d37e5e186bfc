import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  chmodSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { renderDiagnostic } from "@mcrules/language";
import { formatText } from "@mcrules/prettier-plugin";
import type { Run } from "../commandLine.ts";
import { CannotRun, fileTrouble } from "../failure.ts";
import { projectFiles, projectRoot, shown } from "../project.ts";
import { count } from "../terminal.ts";

/**
 * `mcrules fmt`: writes files in the one format, each by a rename, so that none is ever half
 * written. A file with syntax errors is left as it is and told.
 */
export async function fmt(
  { terminal }: Run,
  paths: readonly string[],
  options: { readonly project?: string; readonly check: boolean },
): Promise<number> {
  if (paths.includes("-")) {
    if (paths.length > 1) throw new CannotRun("`-` stands alone: it reads standard input");
    return formatInput({ terminal }, options.check);
  }
  const files = filesOf(paths, options.project);
  let changed = 0;
  let broken = 0;
  for (const path of files) {
    const text = readText(path);
    const result = await formatText(text, shown(path));
    switch (result.kind) {
      case "formatted":
        if (result.text === text) break;
        changed += 1;
        terminal.out(`${shown(path)}\n`);
        if (!options.check) replaceFile(path, result.text);
        break;
      case "syntax errors":
        broken += 1;
        for (const diagnostic of result.diagnostics) {
          terminal.note(
            `${renderDiagnostic(diagnostic, () => text, { colour: terminal.noteColour, width: terminal.width })}\n`,
          );
        }
        break;
      case "refused":
        broken += 1;
        terminal.note(`${shown(path)}: left as it is: ${result.reason}\n`);
        break;
    }
  }
  if (broken > 0) terminal.note(`${count(broken, "file")} left as written.\n`);
  if (options.check && changed > 0) {
    terminal.note(`${count(changed, "file")} not formatted: run \`mcrules fmt\`.\n`);
  } else if (!options.check) {
    terminal.note(`${count(changed, "file")} of ${files.length} written anew.\n`);
  }
  return broken > 0 || (options.check && changed > 0) ? 1 : 0;
}

async function formatInput({ terminal }: Run, check: boolean): Promise<number> {
  const text = readFileSync(0, "utf8");
  const result = await formatText(text, "standard input");
  switch (result.kind) {
    case "formatted":
      if (check) return result.text === text ? 0 : 1;
      terminal.out(result.text);
      return 0;
    case "syntax errors":
      for (const diagnostic of result.diagnostics) {
        terminal.note(
          `${renderDiagnostic(diagnostic, () => text, { colour: terminal.noteColour, width: terminal.width })}\n`,
        );
      }
      return 1;
    case "refused":
      terminal.note(`standard input: ${result.reason}\n`);
      return 1;
  }
}

/** Files that are named, and those of the projects whose folders are named; none named: this project. */
function filesOf(paths: readonly string[], project: string | undefined): readonly string[] {
  const files = new Set<string>();
  const named = paths.length > 0 ? paths : [project ?? "."];
  for (const path of named) {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (error) {
      throw fileTrouble(error, path) ?? error;
    }
    if (!isFolder) {
      if (!path.endsWith(".mcrules")) throw new CannotRun(`${path} is no .mcrules file`);
      files.add(resolve(path));
      continue;
    }
    const root = projectRoot(path);
    const inside = resolve(path) + sep;
    for (const file of projectFiles(root).sources) {
      const absolute = join(root, file);
      if (resolve(path) === root || absolute.startsWith(inside)) files.add(absolute);
    }
  }
  if (files.size === 0) throw new CannotRun("there is no .mcrules file to format");
  return [...files].toSorted();
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new CannotRun(`${shown(path)} is no text in UTF-8`, "Save it as UTF-8 and try again.");
    }
    throw fileTrouble(error, shown(path)) ?? error;
  }
}

/** Whole or not at all: written beside, then renamed, its permissions kept. */
function replaceFile(path: string, text: string): void {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(dirname(path), ".mcrules-fmt-"));
    const beside = join(folder, "formatted");
    writeFileSync(beside, text, { flush: true });
    chmodSync(beside, statSync(path).mode);
    renameSync(beside, path);
  } catch (error) {
    throw fileTrouble(error, shown(path)) ?? error;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
