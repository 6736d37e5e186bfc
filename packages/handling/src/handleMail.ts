import type { Decision, Program } from "@mcrules/compiler";
import type { HelpdeskQueries, JournalEntry, Ticket } from "@mcrules/helpdesk";
import { StoreConflict } from "@mcrules/helpdesk";
import { decideMail, answersHold } from "./deciding.ts";
import type { Applied } from "./effects/apply.ts";
import { applyEffects } from "./effects/apply.ts";
import type { Work } from "./effects/work.ts";
import { keepsWhole, usesContent } from "./foreseeing.ts";
import type { Handled, HandlingContext, IncomingMail } from "./handling.ts";
import {
  doneEntry,
  keepRawMail,
  planMailEffects,
  recordFailure,
  writeEntry,
} from "./journaling.ts";
import { duplicatesWithin } from "./mailbox.ts";
import type { MailInHand } from "./mailInHand.ts";
import { bodyTells, headersSeen, takeInHand } from "./mailInHand.ts";
import { isOutage, messageOf } from "./outage.ts";
import { mostEntries } from "./storedTrace.ts";
import { runProcesses } from "./processes/runProcesses.ts";

/** So often a decision is made afresh outside the transaction before it is made inside. */
const mostTries = 4;

/**
 * Handles one mail: decides, then does all of it in one transaction together with the journal entry that
 * says so, so that it is done once however often and by however many it is tried.
 *
 * What goes wrong with the mail itself is written in the journal and told in the result. Throws StoreError,
 * SourceOutage or MailGone where the store or the mailbox is at fault: that counts for nothing.
 */
export async function handleMail(
  context: HandlingContext,
  incoming: IncomingMail,
): Promise<Handled> {
  let mail: MailInHand | undefined;
  try {
    mail = await takeInHand(context, incoming);
    return await handleInHand(context, mail);
  } catch (thrown) {
    if (isOutage(thrown)) throw thrown;
    const error = messageOf(thrown);
    return { kind: "failed", error, journal: await recordFailure(context, incoming, mail, error) };
  }
}

async function handleInHand(context: HandlingContext, mail: MailInHand): Promise<Handled> {
  for (let tries = 1; ; tries++) {
    const decision = await decideMail(context, mail, context.helpdesk, {
      now: context.now(),
      asNew: false,
      trace: context.wholeTrace === true || mostEntries,
    });
    if (decision.outcome === "already seen") {
      const journal = await context.helpdesk.journaled(
        mail.identity,
        duplicatesWithin(mail.mailbox),
      );
      if (journal !== undefined) {
        await rememberPlace(context, mail, journal);
        return { kind: "already seen", decision, journal };
      }
    }
    await prepareContent(context, mail, decision);
    try {
      const handled = await commit(context, mail, decision, tries >= mostTries);
      if (handled !== undefined) return handled;
    } catch (thrown) {
      if (!(thrown instanceof StoreConflict) || tries > mostTries) throw thrown;
    }
  }
}

/** The next scan then need not read the mail to know it, wherever else it lies. */
async function rememberPlace(
  context: HandlingContext,
  mail: MailInHand,
  journal: JournalEntry,
): Promise<void> {
  const { place, arrival } = mail.incoming;
  const { mailbox, folder } = arrival;
  if (journal.mailbox === mailbox && journal.folder === folder && journal.place === place) return;
  await context.helpdesk.transaction((desk) =>
    desk.addJournalPlace(journal.id, mailbox, folder, place),
  );
}

/** Reads the content before the transaction where it will be needed: no transaction waits for a parser. */
async function prepareContent(
  context: HandlingContext,
  mail: MailInHand,
  decision: Decision,
): Promise<void> {
  const { program } = context.judge;
  if (usesContent(program, decision)) await mail.content();
  if (keepsWhole(program, decision)) await mail.whole();
}

/** Undefined where the decision stands on answers that hold no more. */
function commit(
  context: HandlingContext,
  mail: MailInHand,
  decided: Decision,
  last: boolean,
): Promise<Handled | undefined> {
  const { program } = context.judge;
  return context.helpdesk.transaction(async (desk): Promise<Handled | undefined> => {
    // Somebody else has just journaled a mail of the same headers: its body is to be compared, but not in here.
    if (await bodyTells(desk, mail)) return undefined;
    const now = context.now();
    const asking = { program, desk, mail, asNew: false };
    let decision = decided;
    const undisturbed = context.helpdesk.undisturbed === true;
    if (!undisturbed && !(await answersHold(decision.answers, asking))) {
      if (!last) return undefined;
      decision = await decideMail(context, mail, desk, {
        now,
        asNew: false,
        trace: context.wholeTrace === true || mostEntries,
      });
    }
    if (decision.outcome === "already seen") {
      const journal = await desk.journaled(mail.identity, duplicatesWithin(mail.mailbox));
      return journal === undefined ? undefined : { kind: "already seen", decision, journal };
    }
    const headers = await headersSeen(mail);
    const work: Work = { program, desk, mail, headers, now, content: () => mail.content() };
    const applied = await applyEffects(work, decision);
    const earlier: JournalEntry | undefined = await desk.failedTry(
      mail.identity,
      mail.mailbox.name,
    );
    const entry = doneEntry(mail, headers, {
      decision,
      ticket: applied.ticket?.id,
      program: program.hash,
      at: now,
      earlier,
    });
    const journal = await writeEntry(desk, entry, earlier);
    for (const filed of applied.filed) await desk.fileMail(filed.id, filed.kind, journal.id);
    await planMailEffects(desk, journal, decision.mailEffects);
    await keepRawMail(context, desk, mail);
    const outbox = await runProcesses(context, desk, {
      events: applied.events,
      rule: decision.rule,
      ticket: applied.ticket,
      cause: { mail, headers, onBehalf: applied.onBehalf },
      now,
    });
    const ticket = await asItIsNow(desk, applied, program);
    return { kind: "handled", decision, journal, ticket, outbox };
  });
}

/** Processes may have changed the ticket; where none can have run, it is as it was left. */
async function asItIsNow(
  desk: HelpdeskQueries,
  { ticket }: Applied,
  { processes }: Program,
): Promise<Ticket | undefined> {
  return ticket === undefined || processes.length === 0 ? ticket : desk.ticket(ticket.id);
}
