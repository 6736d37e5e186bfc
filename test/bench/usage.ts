/** Loaded with `--import`: writes down what the process took, its peak memory in kilobytes and its CPU time, where it ends. */
import { writeFileSync } from "node:fs";
import { resourceUsage } from "node:process";
import { isMainThread } from "node:worker_threads";

const path = process.env["MCRULES_BENCH_USAGE"];
if (path !== undefined && isMainThread) {
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = resourceUsage();
    writeFileSync(path, `${maxRSS} ${userCPUTime + systemCPUTime}`);
  });
}
