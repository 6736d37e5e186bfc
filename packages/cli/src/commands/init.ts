import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
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
    writeAll(dir, files);
  } catch (error) {
    throw fileTrouble(error, dir) ?? error;
  }
  for (const [path] of files) terminal.out(`${shown(join(dir, path))}\n`);
  const enter = dir === "." ? "" : `cd ${dir} && `;
  terminal.note(`\nNext: ${enter}mcrules test && mcrules scan && mcrules ticket list\n`);
  return 0;
}

/** All or none: where one cannot be written, those before it are taken away again. */
function writeAll(dir: string, files: readonly (readonly [string, string])[]): void {
  const made: string[] = [];
  try {
    for (const [path, text] of files) {
      const whole = join(dir, path);
      makeFolder(dirname(whole), made);
      const file = openSync(whole, "wx");
      made.push(whole);
      try {
        writeFileSync(file, text);
      } finally {
        closeSync(file);
      }
    }
  } catch (error) {
    for (const path of made.toReversed()) takeAway(path);
    throw error;
  }
}

/** One folder after the other, so that the system says of each why it cannot be made. */
function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function takeAway(path: string): void {
  try {
    if (statSync(path).isDirectory()) rmdirSync(path);
    else unlinkSync(path);
  } catch {
    // Somebody else has put something there; what is to be told is why the project was not made.
  }
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
