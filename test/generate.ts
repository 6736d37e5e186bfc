/**
 * Writes the files that are made from others; with `--check` it writes nothing and fails where one
 * is stale.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format } from "prettier";
import { diagnosticPages } from "./generate/diagnosticPages.ts";
import { firstSteps } from "./generate/firstSteps.ts";
import type { GeneratedFile } from "./generate/generatedFile.ts";
import { grammarFiles } from "./generate/grammar/grammarFiles.ts";
import { referencePages } from "./generate/referencePages.ts";

const root = join(import.meta.dirname, "..");

/** Folders that hold nothing but what is made here. */
const wholeFolders = ["docs/diagnostics", "docs/reference", "grammar/railroad"];

const generated: readonly GeneratedFile[] = [
  ...firstSteps(root),
  ...diagnosticPages(),
  ...referencePages(),
  ...grammarFiles(),
];

const check = process.argv.includes("--check");
const stale: string[] = [];
for (const { path, text } of generated) {
  const wanted = await formatted(path, text);
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}
for (const folder of wholeFolders) {
  const kept = new Set(generated.map(({ path }) => path));
  for (const name of existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []) {
    const path = `${folder}/${name}`;
    if (kept.has(path)) continue;
    stale.push(path);
    if (!check) rmSync(join(root, path));
  }
}
for (const path of stale) {
  if (check) console.error(`${path} is stale: run "npm run generate"`);
  else console.log(path);
}
process.exit(check && stale.length > 0 ? 1 : 0);

/** As `npm run format` would leave it. */
async function formatted(path: string, text: string): Promise<string> {
  if (!/\.(md|json)$/.test(path)) return text;
  return await format(text, {
    filepath: path,
    printWidth: 100,
  });
}
