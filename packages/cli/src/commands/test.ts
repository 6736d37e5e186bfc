import { readFileSync, watch } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { TestDeclaration } from "@mcrules/language";
import { openMailReader, type MailReader } from "@mcrules/mail";
import { runTests, type TestResult } from "@mcrules/testing";
import type { Run } from "../commandLine.ts";
import { CannotRun, fileTrouble } from "../failure.ts";
import { placed } from "../formats/placed.ts";
import { junitReport, tapReport } from "../formats/testReports.ts";
import { runnableProject } from "../program.ts";
import { progressLine } from "../progress.ts";
import { projectRoot, shownIn } from "../project.ts";
import { printable, type Terminal } from "../terminal.ts";

interface TestOptions {
  readonly project?: string;
  readonly format: string;
  readonly filter?: string;
  readonly watch: boolean;
}

/** `mcrules test`: runs the test blocks, of all files or of those named. */
export async function test(
  run: Run,
  paths: readonly string[],
  options: TestOptions,
): Promise<number> {
  const reader = openMailReader();
  try {
    const roots = rootsOf(paths, options.project);
    if (options.watch) return await watchTests(run, roots, options, reader);
    return await runOnce(run, roots, options, reader);
  } finally {
    await reader.close();
  }
}

/** Each project with the absolute paths to which its tests are limited; none: all. */
type Roots = ReadonlyMap<string, readonly string[]>;

function rootsOf(paths: readonly string[], project: string | undefined): Roots {
  if (project !== undefined) {
    return new Map([[projectRoot(project), paths.map((path) => resolve(path))]]);
  }
  const roots = new Map<string, string[]>();
  for (const path of paths.length === 0 ? ["."] : paths) {
    const root = projectRoot(path);
    roots.set(root, [...(roots.get(root) ?? []), resolve(path)]);
  }
  return roots;
}

async function runOnce(
  { terminal }: Run,
  roots: Roots,
  options: TestOptions,
  reader: MailReader,
): Promise<number> {
  const progress = progressLine(terminal);
  const results: TestResult[] = [];
  for (const [root, only] of roots) {
    const runnable = runnableProject(terminal, root);
    if (runnable === undefined) return 1;
    const { project, judge } = runnable;
    const chosen = (declared: TestDeclaration): boolean =>
      (options.filter === undefined ||
        declared.name.value.toLowerCase().includes(options.filter.toLowerCase())) &&
      standsIn(join(root, declared.span.file), root, only);
    const tests = runTests({
      project,
      judge,
      reader,
      readFile: (path) => readMail(root, path),
      chosen,
    });
    for await (const result of tests) {
      const shown = shownResult(result, root);
      results.push(shown);
      if (options.format === "text") {
        progress.clear();
        showResult(terminal, shown);
      }
      progress.show(`${results.length} tests run …`);
    }
  }
  progress.clear();
  if (results.length === 0) {
    throw new CannotRun(
      options.filter === undefined
        ? "there is no test"
        : `no test's name holds "${options.filter}"`,
      'A test is a block test "what it shows" { receive … expect … }.',
    );
  }
  const passed = results.filter(({ outcome }) => outcome === "passed").length;
  const failed = results.length - passed;
  switch (options.format) {
    case "json":
      terminal.out(
        `${JSON.stringify(
          {
            tests: results.map(({ name, position, outcome, failures }) => ({
              name,
              ...position,
              outcome,
              failures: failures.map(({ file, line, column, endLine, endColumn, ...rest }) =>
                placed({ file, line, column, endLine, endColumn }, rest),
              ),
            })),
            summary: { passed, failed },
          },
          null,
          2,
        )}\n`,
      );
      break;
    case "junit":
      terminal.out(junitReport(results));
      break;
    case "tap":
      terminal.out(tapReport(results));
      break;
    default:
      terminal.out(
        `\n${terminal.style(failed === 0 ? "green" : "red", `${passed} passed, ${failed} failed`)}\n`,
      );
  }
  return failed === 0 ? 0 : 1;
}

function standsIn(file: string, root: string, only: readonly string[]): boolean {
  return (
    only.length === 0 ||
    only.some((path) => path === root || path === file || file.startsWith(path + sep))
  );
}

function readMail(root: string, path: string): Uint8Array {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    throw fileTrouble(error, path) ?? error;
  }
}

function shownResult(result: TestResult, root: string): TestResult {
  const file = <T extends { readonly file: string }>(place: T): T => ({
    ...place,
    file: shownIn(root, place.file),
  });
  return { ...result, position: file(result.position), failures: result.failures.map(file) };
}

function showResult(terminal: Terminal, result: TestResult): void {
  const name = printable(result.name);
  if (result.outcome === "passed") {
    terminal.out(`${terminal.style("green", "ok")}      ${name}\n`);
    return;
  }
  const word = result.outcome === "failed" ? "FAILED" : "ERROR ";
  terminal.out(`${terminal.style("red", word)}  ${terminal.style("bold", name)}\n`);
  for (const failure of result.failures) {
    terminal.out(
      `        ${terminal.style("cyan", `${failure.file}:${failure.line}:${failure.column}`)}  ${printable(failure.message)}\n` +
        `          expected  ${printable(failure.expected)}\n` +
        `          actual    ${printable(failure.actual)}\n`,
    );
  }
}

/** Runs the tests, and again whenever something below the project changes, until Ctrl-C. */
async function watchTests(
  run: Run,
  roots: Roots,
  options: TestOptions,
  reader: MailReader,
): Promise<number> {
  let wake: () => void = () => undefined;
  const stopped = new AbortController();
  const watchers = [...roots.keys()].map((root) =>
    watch(root, { recursive: true }, (_event, file) => {
      // The store and git's own files change without a word about the rules.
      if (file === null || !/(^|[/\\])\.(git|mcrules-data)([/\\]|$)/.test(file)) wake();
    }),
  );
  const stop = () => {
    stopped.abort();
    wake();
  };
  process.once("SIGINT", stop);
  try {
    while (!stopped.signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        await runOnce(run, roots, options, reader);
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        run.terminal.note(`mcrules: ${error.message}\n`);
      }
      run.terminal.note("Watching for changes; Ctrl-C stops.\n");
      await changed;
      // Editors write a file in several steps: let them finish.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    process.off("SIGINT", stop);
    for (const watcher of watchers) watcher.close();
  }
  return 130;
}
