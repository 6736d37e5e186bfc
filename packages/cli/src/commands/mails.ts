import type { Run } from "../commandLine.ts";
import { momentText, withDesk, type DeskOptions } from "../desk.ts";
import { CannotRun } from "../failure.ts";
import { count, fit, printable, table } from "../terminal.ts";
import { journalJson, showJournalEntry, tracedJson } from "./why.ts";

/** `mcrules mails`: the journal. */
export function mailsList(
  run: Run,
  options: DeskOptions & { readonly failed: boolean; readonly limit?: number },
): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "list", async ({ helpdesk, judge }) => {
    const entries = await helpdesk.journal({
      failed: options.failed,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    });
    if (options.format === "json") {
      const mails = entries.map((entry) => journalJson(entry, judge.program.hash));
      terminal.out(`${JSON.stringify({ mails }, null, 2)}\n`);
      return 0;
    }
    if (entries.length === 0) {
      terminal.note(options.failed ? "No mail failed.\n" : "No mail was seen yet.\n");
      return 0;
    }
    terminal.out(
      table([
        ["id", "received", "mailbox", "outcome", "ticket", "from", "subject"],
        ...entries.map((entry) => [
          String(entry.id),
          momentText(entry.received, judge.program.helpdesk.zone),
          entry.mailbox,
          entry.state === "done" ? entry.outcome : `${entry.state}, try ${entry.attempts}`,
          entry.ticket === undefined ? "" : String(entry.ticket),
          fit(printable(entry.from), 32),
          fit(printable(entry.error ?? entry.subject), 60),
        ]),
      ]),
    );
    return 0;
  });
}

/** `mcrules mails show`. */
export function mailsShow(
  run: Run,
  id: string,
  options: DeskOptions & { readonly raw: boolean },
): Promise<number> {
  const { terminal } = run;
  const number = journalId(id);
  return withDesk(run, options, "read", async ({ helpdesk, judge, loaded }) => {
    const entry = await helpdesk.journalEntry(number);
    if (entry === undefined) throw noSuchMail(id);
    if (options.raw) {
      const bytes = await helpdesk.rawMail(entry.identity.contentKey);
      if (bytes === undefined) {
        throw new CannotRun(
          `mail ${id} is not kept`,
          "The setting `keep` of the helpdesk says for how long mails are kept.",
        );
      }
      process.stdout.write(bytes);
      return 0;
    }
    if (options.format === "json") {
      terminal.out(
        `${JSON.stringify({ mails: [tracedJson(entry, loaded.root, judge.program.hash)] }, null, 2)}\n`,
      );
      return 0;
    }
    showJournalEntry(terminal, entry, loaded.root, judge.program.helpdesk.zone, judge.program.hash);
    return 0;
  });
}

/** `mcrules mails retry`. */
export function mailsRetry(
  run: Run,
  ids: readonly string[],
  options: DeskOptions,
): Promise<number> {
  const { terminal } = run;
  const numbers = ids.map(journalId);
  return withDesk(run, options, "change", async ({ helpdesk }) => {
    const forgotten = await helpdesk.transaction(async (desk) => {
      for (const number of numbers) {
        if (!(await desk.forgetFailure(number))) {
          throw new CannotRun(
            `mail ${number} did not fail, or is not in the journal`,
            "`mcrules mails --failed` shows those that did.",
          );
        }
      }
      return numbers.length;
    });
    if (options.format === "json") terminal.out(`${JSON.stringify({ retried: numbers })}\n`);
    else terminal.out(`The next scan tries ${count(forgotten, "mail")} again.\n`);
    return 0;
  });
}

function journalId(text: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw noSuchMail(text);
  return Number(text);
}

function noSuchMail(id: string): CannotRun {
  return new CannotRun(`there is no mail ${id} in the journal`, "`mcrules mails` shows them.");
}
