/** Loaded with `--import`: writes the peak memory of the process, in kilobytes, where it ends. */
import { writeFileSync } from "node:fs";
import { resourceUsage } from "node:process";
import { isMainThread } from "node:worker_threads";

const path = process.env["MCRULES_BENCH_PEAK"];
if (path !== undefined && isMainThread) {
  process.on("exit", () => writeFileSync(path, String(resourceUsage().maxRSS)));
}
