import { randomBytes } from "node:crypto";
import { isAbsolute } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Run } from "../commandLine.ts";
import { openMailReader } from "@mcrules/mail";
import { scanProject, type MailboxScan, type ScannedMail } from "@mcrules/runtime";
import { marksText, outcomeText, shortReason } from "../decisionText.ts";
import { CannotRun } from "../failure.ts";
import { runnableProject } from "../program.ts";
import { progressLine } from "../progress.ts";
import { shown } from "../project.ts";
import { openScratch, openStore, storeTrouble } from "../store.ts";
import { count, fit, printable, table, type Terminal } from "../terminal.ts";

/**
 * `mcrules scan`: reads the mailboxes once. Ctrl-C once: the mail in hand is finished (exit code
 * 130); twice: it stops at once, and loses nothing.
 */
export async function scan(
  { terminal }: Run,
  names: readonly string[],
  options: {
    readonly project?: string;
    readonly store?: string;
    readonly format: string;
    readonly dryRun: boolean;
  },
): Promise<number> {
  // A scan makes much short-lived garbage; without these V8 lets it grow to a hundred megabytes and more, for
  // no more than a few per cent of speed.
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=50");
  const runnable = runnableProject(terminal, options.project);
  if (runnable === undefined) return 1;
  const { judge, loaded } = runnable;
  const known = judge.program.mailboxes.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CannotRun(`there is no mailbox ${unknown}`, `The project has: ${known.join(", ")}.`);
  }
  const helpdesk = await openStore(
    loaded.root,
    judge.program,
    options.store,
    options.dryRun ? "look" : "write",
  );
  const scratch = options.dryRun
    ? await openScratch(loaded.root, judge.program, options.store)
    : undefined;
  const reader = openMailReader();
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
    terminal.note("\nStopping after the mail in hand; Ctrl-C again stops at once.\n");
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const progress = progressLine(terminal);
  const text = options.format === "text";
  const width = process.stdout.isTTY ? terminal.width : 200;
  try {
    const mailboxes = await scanProject(
      { judge, helpdesk, reader, now: Date.now, randomBytes },
      {
        root: loaded.root,
        mailboxes: names.length === 0 ? known : names,
        dryRun: options.dryRun,
        scratch: scratch?.helpdesk,
        signal: stop.signal,
        onProgress: ({ mailbox, done, total }) =>
          progress.show(`${mailbox}: ${done} of ${count(total, "mail")} …`),
        onMail(mail) {
          if (!text || mail.result.kind === "already seen") return;
          progress.clear();
          terminal.out(mailLine(mail, width, terminal));
        },
      },
    );
    progress.clear();
    if (options.format === "json") {
      terminal.out(`${JSON.stringify({ mailboxes: mailboxes.map(scanJson) }, null, 2)}\n`);
    } else {
      terminal.out(summary(mailboxes));
    }
    for (const mailbox of mailboxes) {
      for (const notice of mailbox.notices)
        terminal.note(`${mailbox.name}: ${printable(notice)}\n`);
      if (mailbox.error !== undefined) {
        terminal.note(`${terminal.noteStyle("red", mailbox.name)}: ${printable(mailbox.error)}\n`);
      }
    }
    if (stop.signal.aborted) return 130;
    if (mailboxes.some(({ error }) => error !== undefined)) return 2;
    return mailboxes.some(({ failed }) => failed > 0) ? 1 : 0;
  } catch (error) {
    progress.clear();
    throw storeTrouble(error) ?? error;
  } finally {
    await reader.close();
    await scratch?.discard();
    await helpdesk.close();
    // Whoever stopped it once may press again until the very end.
    if (!stop.signal.aborted) {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    }
  }
}

function mailLine(mail: ScannedMail, width: number, terminal: Terminal): string {
  const path = printable(isAbsolute(mail.place) ? shown(mail.place) : mail.place);
  switch (mail.result.kind) {
    case "failed":
      return `${path}\n  ${terminal.style("red", "failed")}: ${printable(mail.result.error)}\n`;
    case "already seen":
      return `${path}\n  already seen\n`;
    case "decided": {
      const { decision, ticket } = mail.result;
      const rule = decision.rule === null ? "" : ` by "${printable(decision.rule)}"`;
      const head = `${terminal.style("bold", outcomeText(decision, ticket))}${rule}`;
      return `${path}\n  ${head}\n  ${terminal.style("dim", fit(`because ${shortReason(decision)}`, width - 2))}\n${marksText(decision.marks, terminal)}`;
    }
  }
}

function scanJson(mailbox: MailboxScan): object {
  const { name, read, created, updated, ignored, filed, unmatched, blocked, failed, already } =
    mailbox;
  return {
    name,
    read,
    created,
    updated,
    ignored,
    filed,
    unmatched,
    blocked,
    failed,
    already,
    notices: mailbox.notices,
    ...(mailbox.error === undefined ? {} : { error: mailbox.error }),
  };
}

function summary(mailboxes: readonly MailboxScan[]): string {
  const heading = [
    "mailbox",
    "new",
    "created",
    "updated",
    "ignored",
    "filed",
    "unmatched",
    "blocked",
    "failed",
    "already seen",
  ];
  return `\n${table([
    heading,
    ...mailboxes.map((mailbox) => [
      mailbox.name,
      ...[
        mailbox.read,
        mailbox.created,
        mailbox.updated,
        mailbox.ignored,
        mailbox.filed,
        mailbox.unmatched,
        mailbox.blocked,
        mailbox.failed,
        mailbox.already,
      ].map(String),
    ]),
  ])}`;
}
