/**
 * Runs every check and every test, each named, and closes with one line that counts them. A step
 * that cannot start counts as failed: nothing is skipped in silence.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const steps: readonly Step[] = [
  { name: "build", command: ["tsc", "-b"] },
  { name: "types of the tests", command: ["tsc", "-p", "test/tsconfig.json"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", "packages", "test"] },
  { name: "formatting", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "dead code and unused dependencies", command: ["knip"] },
  { name: "generated files are not stale", command: ["node", "test/generate.ts", "--check"] },
  { name: "rules: check examples", command: ["node", "test/examples.ts", "check"] },
  { name: "rules: fmt --check examples", command: ["node", "test/examples.ts", "fmt", "--check"] },
  { name: "rules: test examples", command: ["node", "test/examples.ts", "test"] },
];

function run(command: readonly [string, ...string[]]): boolean {
  const [program, ...parameters] = command;
  const result = spawnSync(program, parameters, { stdio: ["ignore", "inherit", "inherit"] });
  if (result.error !== undefined) console.error(`${program}: ${result.error.message}`);
  return result.status === 0;
}

function major(version: string): number {
  return Number(version.split(".")[0]);
}

if (major(process.versions.node) < 24) {
  console.error(
    `This is Node ${process.versions.node}; the project needs 24. Run it as "npm test": npm puts the Node of package.json first.`,
  );
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const step of steps) {
  const good = run(step.command);
  console.log(`${good ? "ok    " : "FAILED"} ${step.name}`);
  if (good) passed += 1;
  else failed += 1;
}

const folder = mkdtempSync(join(tmpdir(), "mcrules-tests-"));
const report = join(folder, "vitest.json");
const good = run([
  "vitest",
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${report}`,
]);
const counts = readCounts(report);
rmSync(folder, { recursive: true, force: true });
passed += counts.passed;
failed += counts.failed;
if (!good && counts.failed === 0) failed += 1;
if (counts.passed === 0) failed += 1;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** The counts of vitest's report; a report that is not there is one failure. */
function readCounts(path: string): { passed: number; failed: number } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    console.error("vitest wrote no report");
    return { passed: 0, failed: 1 };
  }
  const value: unknown = JSON.parse(text);
  return { passed: count(value, "numPassedTests"), failed: count(value, "numFailedTests") };
}

function count(value: unknown, key: string): number {
  if (typeof value !== "object" || value === null) return 0;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === "number" ? found : 0;
}
