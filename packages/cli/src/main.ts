import { CommanderError } from "commander";
import { CannotRun, fileTrouble } from "./failure.ts";
import { commandLine } from "./commandLine.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/**
 * Runs one command line and gives its exit code: 0 fine, 1 findings, 2 wrong use or it could not
 * run. Never throws.
 */
export async function main(parameters: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that went away (`mcrules … | head`) is no failure of ours.
    if (error.code === "EPIPE") process.exit(0);
    process.exit(failed(fileTrouble(error, "standard output") ?? error, terminal));
  });
  // Nobody is left to be told.
  process.stderr.on("error", () => process.exit(2));
  let exitCode = 0;
  const program = commandLine(terminal, (code) => {
    exitCode = code;
  });
  try {
    if (parameters.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync([...parameters], { from: "user" });
    return exitCode;
  } catch (error) {
    return failed(error, terminal);
  }
}

function failed(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : 2;
  }
  const known = error instanceof CannotRun ? error : fileTrouble(error, pathOf(error));
  if (known !== undefined) {
    terminal.note(`${terminal.noteStyle("red", "mcrules:")} ${known.message}\n`);
    if (known.help !== undefined) terminal.note(`${known.help}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : "unknown";
  terminal.note(
    `${terminal.noteStyle("red", "mcrules:")} this is a mistake in mcrules itself: ${message}\n` +
      "Nothing was half written. Run it again with MCRULES_TRACE=1 to see where, and report that.\n",
  );
  if (process.env["MCRULES_TRACE"] === "1" && error instanceof Error) {
    terminal.note(`${error.stack ?? ""}\n`);
  }
  return 2;
}

function pathOf(error: unknown): string {
  return error instanceof Error && "path" in error && typeof error.path === "string"
    ? error.path
    : "a file";
}
