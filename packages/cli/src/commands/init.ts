import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Run } from "../commandLine.ts";
import { CannotRun, fileTrouble } from "../failure.ts";
import { shown } from "../project.ts";
import { firstSteps } from "../firstSteps.ts";

/**
 * `mcrules init`: a small project that works at once. Nothing that is there is written over.
 * @throws CannotRun where one of its files is there already, or the folder cannot be written.
 */
export function init({ terminal }: Run, dir: string): number {
  const files = Object.entries(firstSteps);
  try {
    if (existsSync(dir) && !isFolder(dir))
      throw new CannotRun(`${dir} is a file, a folder was expected`);
    const there = files.find(([path]) => existsSync(join(dir, path)));
    if (there !== undefined) {
      throw new CannotRun(
        `${shown(join(dir, there[0]))} is there already`,
        "Nothing was written: choose an empty folder.",
      );
    }
    for (const [path, text] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text, { flag: "wx" });
      terminal.out(`${shown(join(dir, path))}\n`);
    }
  } catch (error) {
    throw fileTrouble(error, dir) ?? error;
  }
  const enter = dir === "." ? "" : `cd ${dir} && `;
  terminal.note(`\nNext: ${enter}mcrules test && mcrules scan && mcrules ticket list\n`);
  return 0;
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return false;
    throw error;
  }
}
