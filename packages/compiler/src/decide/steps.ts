import type { MailHeaders } from "@mcrules/mail";
import type { ProgramMailbox } from "../program/program.ts";
import { dayLength } from "../time/zone.ts";
import type { Effect, MailEffect, Outcome, TraceEntry } from "./decision.ts";
import type { Asking, MailCase } from "./mailCase.ts";
import { isReceipt } from "./receipts.ts";
import { shortened } from "../evaluate/looks.ts";

/** What one of the steps before the rules came to, where it ended the search. */
export interface StepEnd {
  readonly outcome: Outcome;
  readonly effects: readonly Effect[];
  readonly mailEffects: readonly MailEffect[];
}

/** How long no mail goes to an address that bounced. */
const muted = 7 * dayLength;

/**
 * The steps before the rules, in their order: already seen, own mail, bounce, blocked sender. Undefined
 * where the mail reaches the rules.
 */
export function* beforeRules(
  mail: MailCase,
  mailbox: ProgramMailbox,
  trace: TraceEntry[],
): Asking<StepEnd | undefined> {
  const seen = yield* mail.isSeen();
  trace.push(step("already seen", seen, "journal", "has", "this mail", seen ? "yes" : "no"));
  if (seen) return { outcome: "already seen", effects: [], mailEffects: [] };

  if (mail.headers.enclosed) yield* mail.content();

  const own = yield* isOwnMail(mail, trace);
  if (own) return { outcome: "own mail", effects: [], mailEffects: [] };

  const bounce = yield* bounced(mail, trace);
  if (bounce !== undefined) return bounce;

  const senders = mail.headers.from.map((person) => person.address);
  const blocked = senders.length === 0 ? undefined : yield* mail.blockedAmong(senders);
  trace.push(
    step(
      "blocked sender",
      blocked !== undefined,
      "from",
      "is",
      "blocked",
      senders.join(", ") || "(none)",
    ),
  );
  if (blocked === undefined) return undefined;
  const { spamFolder } = mailbox.settings;
  return {
    outcome: "blocked",
    effects: [],
    mailEffects: spamFolder === undefined ? [] : [{ kind: "move", folder: spamFolder }],
  };
}

function step(
  name: string,
  result: boolean,
  field: string,
  operator: string,
  expected: string,
  actual: string,
): TraceEntry {
  return {
    rule: name,
    step: true,
    position: null,
    result,
    because: [{ position: null, field, operator, expected, actual: shortened(actual), result }],
  };
}

function* isOwnMail(mail: MailCase, trace: TraceEntry[]): Asking<boolean> {
  const { messageId }: MailHeaders = mail.headers;
  // A receipt may bear the Message-ID of what it is a receipt for.
  const own =
    messageId !== undefined && !isReceipt(mail.headers) && (yield* mail.isOwnMail(messageId));
  trace.push(
    step("own mail", own, 'header "Message-ID"', "is", "signed by us", messageId ?? "(none)"),
  );
  return own;
}

function* bounced(mail: MailCase, trace: TraceEntry[]): Asking<StepEnd | undefined> {
  const told = (actual: string, is: boolean): void => {
    trace.push(step("bounce", is, "mail", "is", "a bounce of a mail of ours", actual));
  };
  if (mail.headers.flags.bounce === false) {
    told("no bounce", false);
    return undefined;
  }
  // Nothing is read of a bounce as long as it cannot be one of ours.
  if (!(yield* mail.everSigned())) {
    told("no mail of ours went out yet", false);
    return undefined;
  }
  const report = (yield* mail.content()).bounce;
  const isBounce = mail.headers.flags.bounce === true;
  const ids = report?.originalIds ?? [];
  const ticket = isBounce && ids.length > 0 ? yield* mail.bouncedTicket(ids) : undefined;
  told(
    isBounce ? `bounce of ${ids.join(", ") || "no known mail"}` : "no bounce",
    ticket !== undefined,
  );
  if (ticket === undefined) return undefined;
  return {
    outcome: "bounce",
    effects: [
      {
        kind: "note bounce",
        ticket,
        mute: report?.recipients ?? [],
        until: mail.input.now + muted,
      },
    ],
    mailEffects: [],
  };
}
