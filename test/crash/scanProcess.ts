import { once } from "node:events";
import { openMailReader } from "@mcrules/mail";
import { breakFiles } from "./breakingFiles.ts";
import { breakingDatabase } from "./breakingDatabase.ts";
import { machine, scan } from "./scanning.ts";
import { Strike } from "./strike.ts";

/**
 * One scan as a process of its own: `node scanProcess.ts ROOT STORE [store | files PLACE]`. It says when it is
 * ready and waits for a line. With a layer and a place it kills itself there; it tells how many mails it read.
 */
async function main(): Promise<void> {
  const [, , root = "", store = "", layer, place] = process.argv;
  const strike = new Strike(place === undefined ? 0 : Number(place), () => {
    process.kill(process.pid, "SIGKILL");
    throw new Error("SIGKILL came too late.");
  });
  if (layer === "files") breakFiles(() => ({ folder: root, strike }));
  const reader = openMailReader();
  const scanning = machine(reader);
  process.stdout.write("ready\n");
  await once(process.stdin, "data");
  const reports = await scan(scanning, { root, store }, (database) =>
    layer === "store" ? breakingDatabase(database, strike) : database,
  );
  process.stdout.write(JSON.stringify(reports));
  await reader.close();
  process.stdin.destroy();
}

await main();
