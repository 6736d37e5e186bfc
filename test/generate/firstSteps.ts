import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { GeneratedFile } from "./generatedFile.ts";

/** What `mcrules init` writes is examples/first-steps, file by file. */
export function firstSteps(root: string): readonly GeneratedFile[] {
  const folder = join(root, "examples/first-steps");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(".mcrules-data"))
    .toSorted();
  const entries = files.map((path) => {
    const name = JSON.stringify(path.slice(folder.length + 1).replaceAll(sep, "/"));
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    return `  ${name}: [\n${lines.map((line) => `    ${JSON.stringify(line)},\n`).join("")}    "",\n  ].join("\\n"),\n`;
  });
  const text = `/** The files of a new project. Made from examples/first-steps by \`npm run generate\`. */\nexport const firstSteps: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
  return [{ path: "packages/cli/src/firstSteps.ts", text }];
}
