import { compile, judge, type Judge, type ProgramMailbox } from "@mcrules/compiler";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Project } from "@mcrules/language";
import { renderDiagnostic } from "@mcrules/language";
import { CannotRun } from "./failure.ts";
import { shownFindings, sourceTexts } from "./findings.ts";
import { loadProject, projectRoot, type LoadedProject } from "./project.ts";
import { count, type Terminal } from "./terminal.ts";

/** A project without errors, ready to decide. */
export interface RunnableProject {
  readonly loaded: LoadedProject;
  readonly project: Project;
  readonly judge: Judge;
}

/**
 * Loads, checks and compiles the project of a folder (else the present one).
 * @returns undefined where it has errors, which are findings; they have been shown.
 */
export function runnableProject(
  terminal: Terminal,
  folder: string | undefined,
): RunnableProject | undefined {
  const loaded = loadProject(projectRoot(folder ?? "."));
  const errors = shownFindings(loaded).filter(({ severity }) => severity === "error");
  const { project } = loaded.checked;
  if (errors.length > 0 || project === undefined) {
    const texts = sourceTexts([loaded]);
    for (const error of errors.slice(0, 10)) {
      terminal.note(
        `${renderDiagnostic(error, (file) => texts.get(file), {
          colour: terminal.noteColour,
          width: terminal.width,
        })}\n`,
      );
    }
    terminal.note(
      `The rules have ${count(errors.length, "error")}: nothing was run. \`mcrules check\` shows all.\n`,
    );
    return undefined;
  }
  return { loaded, project, judge: judge(compile(project)) };
}

/**
 * The mailbox of that name; without a name the only one.
 * @throws CannotRun where there is none or several.
 */
export function chosenMailbox(judgeOfProject: Judge, name: string | undefined): ProgramMailbox {
  const { mailboxes } = judgeOfProject.program;
  const names = mailboxes.map((mailbox) => mailbox.name).join(", ");
  if (name !== undefined) {
    const found = mailboxes.find((mailbox) => mailbox.name === name);
    if (found === undefined) {
      throw new CannotRun(`there is no mailbox ${name}`, `The project has: ${names}.`);
    }
    return found;
  }
  const [first, ...others] = mailboxes;
  if (first === undefined) throw new CannotRun("the project has no mailbox");
  if (others.length > 0) {
    throw new CannotRun(
      "the project has several mailboxes: say which with --mailbox NAME",
      `It has: ${names}.`,
    );
  }
  return first;
}

/** The mailbox, and the folder in it, whose `files` a path lies among; undefined where there is none. */
export function placeOfFile(
  judgeOfProject: Judge,
  root: string,
  path: string,
): { readonly mailbox: ProgramMailbox; readonly folder: string } | undefined {
  for (const mailbox of judgeOfProject.program.mailboxes) {
    const { source } = mailbox.settings;
    if (source?.kind !== "files") continue;
    const files = isAbsolute(source.path) ? source.path : join(root, source.path);
    const below = relative(files, resolve(path));
    if (below === "" || below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below))
      continue;
    const folders = dirname(below).split(sep);
    const inMaildir = ["cur", "new"].includes(folders.at(-1) ?? "");
    return { mailbox, folder: inMaildir || folders[0] === "." ? "INBOX" : folders.join("/") };
  }
  return undefined;
}
