import type { Answer, Decision, Need, RecordedAnswer } from "@mcrules/compiler";
import type { JournalEntry } from "@mcrules/helpdesk";
import { drive } from "./deciding.ts";
import type { HandlingContext } from "./handling.ts";
import { decideInput, mailFromBytes, takeInHand } from "./mailInHand.ts";
import type { StoredDecision } from "./storedTrace.ts";
import { readStoredDecision } from "./storedTrace.ts";

/**
 * The reasons of a journal entry, with those that were left out of it where they can be had again: the
 * mail was kept, the rules are the same, and the helpdesk's answers of then tell all that the rules ask. Undefined
 * where the entry keeps no reasons.
 */
export async function wholeDecision(
  context: Pick<HandlingContext, "judge" | "helpdesk" | "reader">,
  entry: JournalEntry,
): Promise<StoredDecision | undefined> {
  const stored = readStoredDecision(entry);
  if (stored === undefined || stored.leftOut === 0) return stored;
  const { judge, helpdesk } = context;
  if (entry.program !== judge.program.hash) return stored;
  const bytes = await helpdesk.rawMail(entry.identity.contentKey);
  if (bytes === undefined) return stored;
  const mail = await takeInHand(context, mailFromBytes(bytes, entry));
  try {
    const decision = await drive(
      judge.decide(decideInput(mail, entry.handledAt)),
      async (need): Promise<Answer> =>
        need.need === "content"
          ? { need: "content", content: await mail.content() }
          : answerOfThen(need, stored.answers),
    );
    return isSame(decision, stored) ? { ...stored, trace: decision.trace, leftOut: 0 } : stored;
  } catch (error) {
    if (error instanceof NotRecorded) return stored;
    throw error;
  }
}

class NotRecorded extends Error {}

function answerOfThen(need: Need, answers: readonly RecordedAnswer[]): Answer {
  const asked = timeless(need);
  const found = answers.find((recorded) => timeless(recorded.need) === asked);
  if (found === undefined) throw new NotRecorded(`Nothing was recorded of ${asked}.`);
  return found.answer;
}

/** A decision is made a moment before it is written down. */
function timeless(need: Need): string {
  return JSON.stringify("since" in need ? { ...need, since: 0 } : need);
}

function isSame(decision: Decision, stored: StoredDecision): boolean {
  return decision.rule === stored.rule && decision.outcome === stored.outcome;
}
