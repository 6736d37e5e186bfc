import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Program } from "@mcrules/compiler";
import { judge } from "@mcrules/compiler";
import type { Helpdesk } from "@mcrules/helpdesk";
import { openSqliteHelpdesk } from "@mcrules/helpdesk";
import { openMailReader } from "@mcrules/mail";
import { scanProject } from "../scan/scanProject.ts";

/**
 * One scan as a process of its own, for tests: `node scanProcess.ts ROOT STORE PROGRAM.json [crash | tell]`.
 * With `crash` it kills itself between the commit of the first mail and what becomes of that mail; with
 * `tell` it writes a dot for each mail that is done.
 */
async function main(): Promise<void> {
  const [, , root = "", store = "", programPath = "", how] = process.argv;
  const program: Program = JSON.parse(readFileSync(programPath, "utf8"));
  const opened = await openSqliteHelpdesk(store);
  const reader = openMailReader();
  let asked = 0;
  const helpdesk: Helpdesk =
    how !== "crash"
      ? opened
      : {
          ...opened,
          pendingMailEffects: (mailbox) => {
            asked += 1;
            // The first time is at the beginning of the scan, the second after the first mail.
            if (asked === 2) process.kill(process.pid, "SIGKILL");
            return opened.pendingMailEffects(mailbox);
          },
        };
  const reports = await scanProject(
    { judge: judge(program), helpdesk, reader, now: Date.now, randomBytes },
    { root, ...(how === "tell" ? { onMail: () => void process.stdout.write(".") } : {}) },
  );
  process.stdout.write(JSON.stringify(reports));
  await reader.close();
  await opened.close();
}

await main();
