import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import {
  checkProject,
  defaultConfiguration,
  includes,
  readConfiguration,
  type Analysis,
  type CheckedProject,
  type Configuration,
  type Diagnostic,
  type ProjectFiles,
} from "@mcrules/language";
import { CannotRun, fileTrouble, reasonUnreadable } from "./failure.ts";

/** A project that was found and checked. */
export interface LoadedProject {
  /** Absolute. */
  readonly root: string;
  readonly checked: CheckedProject;
  /** Those of mcrules.json and of all files; `file` is relative to the root. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: ProjectFiles;
}

const marker = "mcrules.json";

/**
 * The root of the project that a path belongs to: the nearest folder upwards with an mcrules.json,
 * else the folder itself, of a file its folder.
 * @throws CannotRun where the path is not there.
 */
export function projectRoot(path: string): string {
  const absolute = resolve(path);
  let folder: string;
  try {
    folder = statSync(absolute).isDirectory() ? absolute : dirname(absolute);
  } catch (error) {
    throw fileTrouble(error, path) ?? error;
  }
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, marker))) return at;
    if (dirname(at) === at) return folder;
  }
}

/**
 * Reads and checks the project at a root. `analysis` looks at what has no error.
 * @throws CannotRun where a folder cannot be read or there is no `.mcrules` file in it.
 */
export function loadProject(root: string, analysis?: Analysis): LoadedProject {
  const { configuration, diagnostics } = loadConfiguration(root);
  const files = folderFiles(root, configuration);
  if (files.sources.length === 0) {
    throw new CannotRun(
      `there is no .mcrules file in ${shown(root)}`,
      "`mcrules init` makes a small project that works at once; `--project DIR` names another.",
    );
  }
  const checked = checkProject(files, configuration, analysis);
  return { root, checked, diagnostics: [...diagnostics, ...checked.diagnostics], files };
}

function loadConfiguration(root: string): {
  configuration: Configuration;
  diagnostics: readonly Diagnostic[];
} {
  const path = join(root, marker);
  if (!existsSync(path)) return { configuration: defaultConfiguration, diagnostics: [] };
  try {
    return readConfiguration(readFileSync(path, "utf8"));
  } catch (error) {
    throw fileTrouble(error, shown(path)) ?? error;
  }
}

/** The `.mcrules` files of the project at a root. */
export function projectFiles(root: string): ProjectFiles {
  return folderFiles(root, loadConfiguration(root).configuration);
}

/** The files below a root, for the language. Folders that begin with a dot, and node_modules, are left out. */
function folderFiles(root: string, configuration: Configuration): ProjectFiles {
  const sources: string[] = [];
  const walk = (folder: string): void => {
    let entries;
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch (error) {
      throw fileTrouble(error, shown(join(root, folder))) ?? error;
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
        // A folder with a marker of its own is another project.
        if (existsSync(join(root, path, marker))) continue;
        walk(path);
      } else if (entry.name.endsWith(".mcrules") && includes(configuration, path)) {
        sources.push(path);
      }
    }
  };
  walk("");
  return {
    sources,
    read(path) {
      try {
        return readFileSync(join(root, path));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
          return { missing: true };
        }
        return { unreadable: reasonUnreadable(error) };
      }
    },
    exists: (path) => existsSync(join(root, path)),
    list(folder) {
      try {
        return readdirSync(join(root, folder));
      } catch {
        // What cannot be listed is only not suggested.
        return [];
      }
    },
  };
}

/** A path as it is shown to people and programs: relative to where the command runs, with `/`. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return (short === "" ? "." : short).split(sep).join("/");
}

/** A path inside a project as it is shown. */
export function shownIn(root: string, file: string): string {
  return shown(join(root, file));
}

/** Whether the first path is the second or a folder around it; both absolute. */
export function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
