import { hostname } from "node:os";

/** Who holds a claim: this process, on this machine. */
export function thisProcess(): string {
  return `${process.pid}@${hostname()}`;
}

/** Whether the holder of a claim is known to be dead. Of another machine nothing is known. */
export function isDead(holder: string): boolean {
  const [, pid, host] = /^([1-9][0-9]*)@(.*)$/.exec(holder) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
