import { createHash } from "node:crypto";
import type { Decision, MailEffect } from "@mcrules/compiler";
import type {
  HelpdeskTransaction,
  JournalEntry,
  JournalIdentity,
  NewJournalEntry,
} from "@mcrules/helpdesk";
import type { Instant, MailHeaders } from "@mcrules/mail";
import { duplicatesWithin } from "./mailbox.ts";
import type { HandlingContext, IncomingMail } from "./handling.ts";
import type { MailInHand } from "./mailInHand.ts";
import { storeTrace } from "./storedTrace.ts";

/** After so many failures a mail is set aside. */
export const mostAttempts = 3;

/** The journal entry of a mail that was handled. */
export function doneEntry(
  mail: MailInHand,
  headers: MailHeaders,
  decided: {
    readonly decision: Decision;
    readonly ticket: number | undefined;
    readonly program: string;
    readonly at: Instant;
    readonly earlier: JournalEntry | undefined;
  },
): NewJournalEntry {
  const { decision } = decided;
  return {
    ...placeOf(mail.incoming),
    scope: duplicatesWithin(mail.mailbox) ?? "",
    identity: mail.identity,
    subject: headers.subject,
    from: headers.from.map((address) => address.address).join(", "),
    handledAt: decided.at,
    state: "done",
    outcome: decision.outcome,
    rule: decision.rule ?? undefined,
    rules: decision.rules,
    ticket: decided.ticket,
    program: decided.program,
    trace: storeTrace(decision),
    attempts: (decided.earlier?.attempts ?? 0) + 1,
    error: undefined,
  };
}

/** Writes down that the handling of a mail failed, and how often it did. */
export function recordFailure(
  context: HandlingContext,
  incoming: IncomingMail,
  mail: MailInHand | undefined,
  error: string,
): Promise<JournalEntry> {
  const identity = mail?.identity ?? unreadableIdentity(incoming);
  const within = mail === undefined ? incoming.arrival.mailbox : duplicatesWithin(mail.mailbox);
  return context.helpdesk.transaction(async (desk) => {
    // Somebody else may have come to an end with it meanwhile.
    const ended = await desk.journaled(identity, within);
    if (ended !== undefined) return ended;
    const earlier = await desk.failedTry(identity, incoming.arrival.mailbox);
    const attempts = (earlier?.attempts ?? 0) + 1;
    const entry: NewJournalEntry = {
      ...placeOf(incoming),
      scope: within ?? "",
      identity,
      subject: mail?.headers.subject ?? "",
      from: mail?.headers.from.map((address) => address.address).join(", ") ?? "",
      handledAt: context.now(),
      state: attempts < mostAttempts ? "failed" : "set aside",
      outcome: "failed",
      rule: undefined,
      rules: [],
      ticket: undefined,
      program: context.judge.program.hash,
      trace: "{}",
      attempts,
      error,
    };
    const journal = await writeEntry(desk, entry, earlier);
    if (mail !== undefined) await keepRawMail(context, desk, mail);
    return journal;
  });
}

/** Adds an entry, or replaces the failed try before it. */
export function writeEntry(
  desk: HelpdeskTransaction,
  entry: NewJournalEntry,
  earlier: JournalEntry | undefined,
): Promise<JournalEntry> {
  return earlier === undefined
    ? desk.addJournalEntry(entry)
    : desk.replaceJournalEntry(earlier.id, entry);
}

/** Keeps the raw mail as long as the setting `keep` says. */
export async function keepRawMail(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  mail: MailInHand,
): Promise<void> {
  const { keep } = context.judge.program.helpdesk;
  switch (keep.kind) {
    case "nothing":
      return;
    case "forever":
      return desk.putRawMail(mail.identity.contentKey, mail.bytes, undefined);
    case "for":
      return desk.putRawMail(
        mail.identity.contentKey,
        mail.bytes,
        context.now() + keep.duration.milliseconds,
      );
  }
}

/**
 * Writes down what is to be done to the mail itself after the commit. What takes the mail away from its
 * place comes last, so that each of them finds it.
 */
export async function planMailEffects(
  desk: HelpdeskTransaction,
  journal: JournalEntry,
  effects: readonly MailEffect[],
): Promise<void> {
  for (const effect of effects.toSorted((left, right) => turnOf(left) - turnOf(right))) {
    await desk.addMailEffect({
      journal: journal.id,
      mailbox: journal.mailbox,
      folder: journal.folder,
      place: journal.place,
      effect: JSON.stringify(effect),
    });
  }
}

function turnOf(effect: MailEffect): number {
  switch (effect.kind) {
    case "mark":
      return 0;
    case "copy":
      return 1;
    case "move":
      return 2;
    case "delete":
      return 3;
  }
}

function placeOf(incoming: IncomingMail) {
  const { mailbox, folder, received } = incoming.arrival;
  return { mailbox, folder, place: incoming.place, received };
}

/** A mail that cannot even be read is known by its place. */
function unreadableIdentity(incoming: IncomingMail): JournalIdentity {
  const key = createHash("sha256")
    .update(JSON.stringify([incoming.arrival.mailbox, incoming.arrival.folder, incoming.place]))
    .digest("hex");
  return { messageId: undefined, headerKey: `unreadable:${key}`, contentKey: `unreadable:${key}` };
}
