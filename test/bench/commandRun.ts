import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** How one run of `mcrules`, as a process of its own, went. */
export interface CommandRun {
  readonly milliseconds: number;
  /** Of all its threads: what it would have taken on an idle core. */
  readonly cpuMilliseconds: number;
  /** Bytes of memory at the most. */
  readonly peak: number;
  readonly output: string;
}

/** Runs `mcrules` in a folder. Throws, with what it said, where its exit code is another than 0. */
export function mcrules(folder: string, ...parameters: readonly string[]): Promise<CommandRun> {
  return command(folder, [join(root, "packages/cli/bin/mcrules.js"), ...parameters]);
}

/** Runs Node in a folder. Throws, with what it said, where its exit code is another than 0. */
export async function command(folder: string, parameters: readonly string[]): Promise<CommandRun> {
  const own = mkdtempSync(join(tmpdir(), "mcrules-bench-usage-"));
  const usage = join(own, "usage");
  const start = performance.now();
  try {
    const output = await new Promise<string>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ["--import", join(import.meta.dirname, "usage.ts"), ...parameters],
        { cwd: folder, env: { ...process.env, MCRULES_BENCH_USAGE: usage } },
      );
      const parts: Buffer[] = [];
      child.stdout.on("data", (data: Buffer) => parts.push(data));
      child.stderr.on("data", (data: Buffer) => parts.push(data));
      child.on("error", reject);
      child.on("close", (code) => {
        const text = Buffer.concat(parts).toString("utf8");
        if (code === 0) resolve(text);
        else
          reject(new Error(`${parameters.join(" ")} ended with ${code}: ${text.slice(0, 2000)}`));
      });
    });
    const milliseconds = performance.now() - start;
    const [kilobytes = 0, cpu = 0] = readFileSync(usage, "utf8").split(" ").map(Number);
    return { milliseconds, cpuMilliseconds: cpu / 1000, peak: kilobytes * 1024, output };
  } finally {
    rmSync(own, { recursive: true });
  }
}
