import { shortened } from "../evaluate/looks.ts";
import type { Position } from "@mcrules/language";
import type { Asking } from "./mailCase.ts";
import type { TicketFacts } from "./needs.ts";
import type { RuleRun } from "./run.ts";
import { durationInWords } from "../text/durations.ts";

/** Whether a mail that would open a ticket is beyond the ticket limit. */
export type Flood =
  | { readonly kind: "none" }
  /** The first beyond it: it opens the flood ticket. */
  | { readonly kind: "begins" }
  | { readonly kind: "goes on"; readonly ticket: TicketFacts };

/** Asks nothing where the helpdesk sets no limit. `requester` is empty where a mail has no sender. */
export function* floodOf(requester: string, at: Position, run: RuleRun): Asking<Flood> {
  const limit = run.desk.program.helpdesk.ticketLimit;
  if (limit === undefined) return { kind: "none" };
  const { mail } = run;
  const { milliseconds } = limit.within;
  const { count, flood } = yield* mail.openedTickets(requester, mail.input.now - milliseconds);
  const who = requester === "" ? "nobody" : shortened(requester);
  const within = durationInWords(milliseconds);
  if (count < limit.count) return { kind: "none" };
  run.looks?.push({
    at,
    field: `tickets opened by ${who} in ${within}`,
    operator: "<",
    expected: String(limit.count),
    actual: () => String(count),
    result: false,
  });
  const where = flood === undefined ? "a flood ticket" : `flood ticket ${flood.number}`;
  mail.mark({
    kind: "flood",
    message: `${who} opened ${count} tickets within ${within}, the ticket limit: this mail is kept on ${where}.`,
  });
  return flood === undefined ? { kind: "begins" } : { kind: "goes on", ticket: flood };
}
