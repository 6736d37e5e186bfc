/**
 * Runs one command of `mcrules` in every example, as its user would type it there:
 * `node test/examples.ts check`. Fails where one of them fails.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const parameters = process.argv.slice(2);
const root = join(import.meta.dirname, "..");
const projects = readdirSync(join(root, "examples"))
  .map((name) => join(root, "examples", name))
  .filter((folder) => existsSync(join(folder, "mcrules.json")));

let failed = projects.length === 0 ? 1 : 0;
for (const project of projects) {
  const result = spawnSync(
    process.execPath,
    [join(root, "packages/cli/bin/mcrules.js"), ...parameters],
    { cwd: project, encoding: "utf8" },
  );
  if (result.status === 0) continue;
  failed += 1;
  console.error(`${project}: mcrules ${parameters.join(" ")}\n${result.stdout}${result.stderr}`);
}
process.exit(failed === 0 ? 0 : 1);
