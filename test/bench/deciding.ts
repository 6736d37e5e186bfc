import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Judge } from "@mcrules/compiler";
import { openMailReader, type MailReader } from "@mcrules/mail";
import { decide, inputOf, plainReading, readAndDecide } from "./judging.ts";
import { mailSet } from "./mails.ts";
import { inTurns, of } from "./measuring.ts";
import { judgeOf } from "./projects.ts";
import { ruleSet, type Mix } from "./ruleSets.ts";
import { openSieveFilter } from "./sieveFilter.ts";
import { figure, megabytes, table } from "./table.ts";

const counts = [5, 50, 500, 5000] as const;

/**
 * Mails decided in a second, reading and parsing their bytes included, beside sieve-filter with the
 * same rules on the same mails of the same Maildir. Its runs are whole processes, after a first one that leaves it
 * the headers in its index.
 */
export async function againstSieve(): Promise<void> {
  const { origin, mails, bytes } = mailSet();
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  const reader = openMailReader();
  try {
    const sieve = openSieveFilter(folder, mails);
    const stored = join(folder, "Maildir/cur");
    const paths = sieve === undefined ? [] : readdirSync(stored).map((name) => join(stored, name));
    const readMails = (): readonly Uint8Array[] =>
      paths.length === 0 ? mails : paths.map((path) => readFileSync(path));
    console.log(`${mails.length} ${origin}, ${megabytes(bytes)}; mails a second`);
    for (const mix of ["headers only", "with bodies"] as const) {
      const rows = [[mix, "mcrules", "sieve-filter", "ratio", "acted on", "by sieve-filter"]];
      for (const count of counts) {
        rows.push(await compared(count, mix));
      }
      console.log(table(rows));
    }

    async function compared(count: number, mix: Mix): Promise<string[]> {
      const rules = ruleSet(count, mix);
      const judge = judgeOf(rules.mcrules);
      const name = `${mix.replace(" ", "-")}-${count}`;
      let acted = 0;
      const own = {
        name: "mcrules",
        run: async () => {
          acted = 0;
          const all = readMails();
          for (const mail of all) {
            const decision = await readAndDecide(judge, reader, mail, false);
            if (decision.rule !== null) acted += 1;
          }
          return all.length;
        },
      };
      await own.run();
      sieve?.compile(name, rules.sieve);
      const discarded = (await sieve?.run(name, true)) ?? 0;
      const peer = {
        name: "sieve-filter",
        run: async () => {
          await sieve?.run(name, false);
          return mails.length;
        },
      };
      const taken = await inTurns(sieve === undefined ? [own] : [own, peer], count < 5000 ? 7 : 3);
      const ours = 1000 / of(taken, "mcrules");
      if (sieve === undefined) return [`${count} rules`, figure(ours), "", "", String(acted), ""];
      const theirs = 1000 / of(taken, "sieve-filter");
      return [
        `${count} rules`,
        figure(ours),
        figure(theirs),
        figure(ours / theirs),
        String(acted),
        String(discarded),
      ];
    }
  } finally {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deciding alone, of mails that were read before: how the cost grows with the rules. */
export async function decidingAlone(): Promise<void> {
  const { origin, mails } = mailSet();
  const reader = openMailReader();
  const read = await Promise.all(
    mails.map(async (mail) => ({
      input: inputOf(mail),
      content: await reader.readContent(mail, plainReading),
    })),
  );
  await reader.close();
  console.log(`${mails.length} ${origin}, read before; microseconds a mail`);
  for (const mix of ["headers only", "with bodies"] as const) {
    const judges = new Map<number, Judge>(
      counts.map((count) => [count, judgeOf(ruleSet(count, mix).mcrules)]),
    );
    const candidate = (count: number, judge: Judge, trace: boolean) => ({
      name: `${count} ${trace}`,
      run: () => {
        for (const { input, content } of read) decide(judge, input, content, trace);
        return read.length;
      },
    });
    const candidates = [...judges].flatMap(([count, judge]) => [
      candidate(count, judge, false),
      candidate(count, judge, true),
    ]);
    const taken = await inTurns(candidates, 9);
    const base = of(taken, "50 false");
    console.log(
      table([
        [mix, "fast", "of 50 rules", "with all reasons"],
        ...counts.map((count) => {
          const fast = of(taken, `${count} false`);
          const whole = of(taken, `${count} true`);
          return [`${count} rules`, figure(fast * 1000), figure(fast / base), figure(whole * 1000)];
        }),
      ]),
    );
  }
}

/** What reading a mail costs, step by step: where the time of deciding goes. */
export async function reading(): Promise<void> {
  const { origin, mails } = mailSet();
  const reader: MailReader = openMailReader();
  const here: MailReader = openMailReader({ workers: 0 });
  const judge = judgeOf(ruleSet(50, "headers only").mcrules);
  const each = (name: string, one: (mail: Uint8Array) => unknown) => ({
    name,
    run: async () => {
      for (const mail of mails) await one(mail);
      return mails.length;
    },
  });
  const candidates = [
    each("the header block", (mail) => inputOf(mail)),
    each("headers and flags", (mail) => {
      const { headers } = inputOf(mail);
      return [headers.flags, headers.from, headers.to, headers.subject, headers.messageId];
    }),
    each("header block and deciding by 50 rules", (mail) =>
      readAndDecide(judge, reader, mail, false),
    ),
    each("the whole content", (mail) => reader.readContent(mail, plainReading)),
    each("the whole content, on this thread", (mail) => here.readContent(mail, plainReading)),
  ];
  const taken = await inTurns(candidates, 7);
  await reader.close();
  await here.close();
  console.log(`${mails.length} ${origin}; microseconds a mail`);
  console.log(
    table([["", ""], ...candidates.map(({ name }) => [name, figure(of(taken, name) * 1000)])]),
  );
}
