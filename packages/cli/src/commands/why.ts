import { readStoredDecision, wholeDecision, type StoredDecision } from "@mcrules/handling";
import type { JournalEntry } from "@mcrules/helpdesk";
import { openMailReader } from "@mcrules/mail";
import type { Run } from "../commandLine.ts";
import { marksText, traceJson, wholeTraceText } from "../decisionText.ts";
import { momentText, namedTicket, withDesk, type DeskOptions } from "../desk.ts";
import { count, printable, type Terminal } from "../terminal.ts";

/** `mcrules why`: the mails that made a ticket, the rules that decided them, and why, as it was then. */
export function why(run: Run, name: string, options: DeskOptions): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "read", async ({ helpdesk, judge, loaded }) => {
    const ticket = await namedTicket(helpdesk, name);
    const entries = await helpdesk.journalOfTicket(ticket.id);
    const now = judge.program.hash;
    const reader = openMailReader();
    const decided = new Map<number, StoredDecision | undefined>();
    for (const entry of entries) {
      decided.set(entry.id, await wholeDecision({ judge, helpdesk, reader }, entry));
    }
    await reader.close();
    if (options.format === "json") {
      terminal.out(
        `${JSON.stringify(
          {
            ticket: { number: ticket.number, id: ticket.id, rule: ticket.rule ?? null },
            mails: entries.map((entry) =>
              tracedJson(entry, loaded.root, now, decided.get(entry.id)),
            ),
          },
          null,
          2,
        )}\n`,
      );
      return 0;
    }
    terminal.out(`${terminal.style("bold", `${ticket.number}  ${printable(ticket.title)}`)}\n`);
    if (entries.length === 0) {
      terminal.out("  No mail opened it: it was opened by hand.\n");
      return 0;
    }
    for (const entry of entries) {
      terminal.out("\n");
      showJournalEntry(
        terminal,
        entry,
        loaded.root,
        judge.program.helpdesk.zone,
        now,
        decided.get(entry.id),
      );
    }
    return 0;
  });
}

/** One mail of the journal as JSON, with its trace; `now` is the hash of the present program. */
export function tracedJson(
  entry: JournalEntry,
  root: string,
  now: string,
  stored: StoredDecision | undefined = readStoredDecision(entry),
): object {
  return {
    ...journalJson(entry, now),
    marks: stored?.marks ?? [],
    trace: stored === undefined ? [] : traceJson(stored.trace, root),
    leftOut: stored?.leftOut ?? 0,
  };
}

/** One mail of the journal as JSON, as a list of many has it. */
export function journalJson(entry: JournalEntry, now: string): object {
  return {
    id: entry.id,
    mailbox: entry.mailbox,
    folder: entry.folder,
    place: entry.place,
    messageId: entry.identity.messageId ?? null,
    subject: entry.subject,
    from: entry.from,
    received: new Date(entry.received).toISOString(),
    handledAt: new Date(entry.handledAt).toISOString(),
    state: entry.state,
    outcome: entry.outcome,
    rule: entry.rule ?? null,
    rules: entry.rules,
    ticket: entry.ticket ?? null,
    attempts: entry.attempts,
    error: entry.error ?? null,
    program: entry.program,
    sameProgram: entry.program === now,
  };
}

/** One mail of the journal for people, with its trace. */
export function showJournalEntry(
  terminal: Terminal,
  entry: JournalEntry,
  root: string,
  zone: string,
  now: string,
  stored: StoredDecision | undefined = readStoredDecision(entry),
): void {
  const rule =
    entry.rule === undefined ? "no rule ended the search" : `by "${printable(entry.rule)}"`;
  terminal.out(
    `${terminal.style("bold", printable(entry.subject === "" ? "(no subject)" : entry.subject))}\n` +
      `  mail ${entry.id} from ${printable(entry.from === "" ? "nobody" : entry.from)}, ${printable(placeOf(entry))} in ${entry.mailbox}\n` +
      `  received ${momentText(entry.received, zone)}, handled ${momentText(entry.handledAt, zone)}\n` +
      `  ${terminal.style("bold", entry.outcome)}, ${rule}\n`,
  );
  if (entry.error !== undefined) {
    terminal.out(
      `  ${terminal.style("red", "failed")} (try ${entry.attempts}): ${printable(entry.error)}\n`,
    );
  }
  terminal.out(marksText(stored?.marks ?? [], terminal));
  terminal.out(wholeTraceText(stored?.trace ?? [], root, terminal));
  const leftOut = stored?.leftOut ?? 0;
  if (leftOut > 0) {
    terminal.out(`  ${count(leftOut, "rule")} more did not act; the journal does not keep why.\n`);
  }
  if (entry.program !== "" && entry.program !== now) {
    terminal.out(
      `  The rules have changed since: they were version ${entry.program.slice(0, 12)}, now ${now.slice(0, 12)}.\n`,
    );
  }
}

/** Without what the source adds to know a file that was changed. */
function placeOf({ folder, place }: JournalEntry): string {
  const path = place.replace(/#[0-9]+-[0-9]+$/, "");
  return folder === "INBOX" ? path : `${folder}/${path}`;
}
