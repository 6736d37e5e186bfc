import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** One source file of a package, with what it imports. */
export interface Source {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly package: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
  readonly isTest: boolean;
}

export const repository = join(import.meta.dirname, "..", "..");

/** Every TypeScript file below packages/. */
export function packageSources(): readonly Source[] {
  return readdirSync(join(repository, "packages"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path.includes("/src/") && !path.includes("node_modules"))
    .map((path) => {
      const text = readFileSync(join(repository, path), "utf8");
      return {
        path,
        package: path.split("/")[1] ?? "",
        text,
        imports: importsOf(text),
        isTest: /\.test\.ts$|\/(fixture|test-)/.test(path),
      };
    });
}

function importsOf(text: string): Source["imports"] {
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm,
  );
  return [...found].map((match) => ({
    from: match[2] ?? match[3] ?? "",
    typeOnly: match[1] !== undefined,
  }));
}
