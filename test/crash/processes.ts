import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { World } from "./scanning.ts";

const scanProcess = fileURLToPath(new URL("./scanProcess.ts", import.meta.url));

/** How a scan in a process of its own ended. */
export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A process that is ready to scan. */
export interface ScanProcess {
  /** Has it scan; resolves when the process is gone. */
  scan(): Promise<Ended>;
}

/** Starts a process, which may be told to kill itself at a place of a layer. */
export async function startProcess(
  world: World,
  kill?: { readonly layer: "store" | "files"; readonly place: number },
): Promise<ScanProcess> {
  const child = spawn(process.execPath, [
    "--conditions=mcrules-source",
    scanProcess,
    world.root,
    world.store,
    ...(kill === undefined ? [] : [kill.layer, String(kill.place)]),
  ]);
  let output = "";
  let errors = "";
  child.stderr.on("data", (part: Buffer) => {
    errors += part.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ signal, code, output: output.replace(/^ready\n/, ""), errors });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => {
      output += part.toString();
      if (output.startsWith("ready\n")) resolve();
    });
    ended.then(() => {
      reject(new Error(`The process ended before it was ready: ${errors}`));
    }, reject);
  });
  return { scan: () => goOn(child, ended) };
}

function goOn(child: ChildProcessWithoutNullStreams, ended: Promise<Ended>): Promise<Ended> {
  child.stdin.write("go\n");
  return ended;
}
