import { shortened } from "../evaluate/looks.ts";
import type { Position } from "@mcrules/language";
import type { Effect } from "./decision.ts";
import type { Asking, MailCase } from "./mailCase.ts";
import { withoutDoubles } from "./properties.ts";
import type { RuleRun } from "./run.ts";
import { dayLength } from "../time/zone.ts";

/** After so many misses within `missesWithin` a sender is taken for one who guesses. */
export const mostMisses = 20;
export const missesWithin = dayLength;

/** A mail has few senders, or none that counts. */
const mostSenders = 10;

function sendersOf(mail: MailCase): readonly string[] {
  return withoutDoubles(mail.headers.from.map(({ address }) => address)).slice(0, mostSenders);
}

/** The sender named a ticket by its number that is not there, or in which he takes no part. */
export function missEffects(mail: MailCase): readonly Effect[] {
  const addresses = mail.missed ? sendersOf(mail) : [];
  return addresses.length === 0 ? [] : [{ kind: "count miss", addresses }];
}

/** Whether one of the senders named so many tickets in vain that he is let to no more of them by their number. */
export function* guesses(at: Position, run: RuleRun): Asking<boolean> {
  const { mail } = run;
  const senders = sendersOf(mail);
  if (senders.length === 0) return false;
  const most = yield* mail.misses(senders, mail.input.now - missesWithin);
  if (most < mostMisses) return false;
  run.looks?.push({
    at,
    field: "from",
    operator: "named in vain fewer than",
    expected: `${mostMisses} tickets in 24 hours`,
    actual: () => `${most}, so "from anyone" does not hold for ${senders.join(", ")}`,
    result: false,
  });
  mail.mark({
    kind: "guesses",
    message: `${shortened(senders.join(", "))} named ${most} tickets in vain within 24 hours: "from anyone" does not hold by number until then.`,
  });
  return true;
}
