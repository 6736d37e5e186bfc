/**
 * Writes the files that are made from others; with `--check` it writes nothing and fails where one
 * is stale.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const generated: readonly (readonly [path: string, text: string])[] = [
  ["packages/cli/src/firstSteps.ts", firstSteps()],
];

const check = process.argv.includes("--check");
let stale = 0;
for (const [path, text] of generated) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale += 1;
  if (check) {
    console.error(`${path} is stale: run "npm run generate"`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(path);
  }
}
process.exit(check && stale > 0 ? 1 : 0);

/** What `mcrules init` writes is examples/first-steps, file by file. */
function firstSteps(): string {
  const folder = join(root, "examples/first-steps");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(".mcrules-data"))
    .toSorted();
  const entries = files.map((path) => {
    const name = JSON.stringify(path.slice(folder.length + 1).replaceAll("\\", "/"));
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    return `  ${name}: [\n${lines.map((line) => `    ${JSON.stringify(line)},\n`).join("")}    "",\n  ].join("\\n"),\n`;
  });
  return `/** The files of a new project. Made from examples/first-steps by \`npm run generate\`. */\nexport const firstSteps: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}
