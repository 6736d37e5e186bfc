/**
 * Runs benchmarks and prints their tables: `npm run bench`, or by name `npm run bench deciding scan`.
 * Nothing here passes or fails: a number is only as good as the machine was idle.
 */
import { cpus } from "node:os";
import { checkingLarge, loading, startingSmall, testBlocks } from "./checking.ts";
import { againstSieve, decidingAlone, reading } from "./deciding.ts";
import { proving } from "./proving.ts";
import { scanDovecot, scanMaildir, scanMbox } from "./scanning.ts";

const benchmarks: Readonly<
  Record<string, { readonly about: string; readonly run: () => Promise<void> }>
> = {
  sieve: { about: "deciding, beside Pigeonhole's sieve-filter", run: againstSieve },
  deciding: { about: "deciding alone", run: decidingAlone },
  reading: { about: "reading mails", run: reading },
  loading: { about: "making a judge", run: loading },
  check: { about: "checking a large project", run: checkingLarge },
  proving: { about: "what is proved of all mails", run: proving },
  start: { about: "mcrules check of a small project", run: startingSmall },
  test: { about: "test blocks", run: testBlocks },
  maildir: { about: "scanning a Maildir", run: scanMaildir },
  dovecot: { about: "scanning a folder of an IMAP server", run: scanDovecot },
  mbox: { about: "scanning an mbox", run: scanMbox },
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => benchmarks[name] === undefined);
if (unknown !== undefined) {
  console.error(
    `There is no benchmark "${unknown}"; there are: ${Object.keys(benchmarks).join(", ")}.`,
  );
  process.exit(2);
}
const [cpu] = cpus();
console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${cpu?.model ?? "?"}\n`);
for (const [name, { about, run }] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${name}: ${about}`);
  await run();
}
