import type { ProgramMailbox } from "@mcrules/compiler";
import { zoneOffset } from "@mcrules/handling";
import type { HelpdeskQueries } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";

/** Where the scans of a mailbox begin. */
export interface Beginning {
  /** Mails received earlier are left out; undefined: none is. */
  readonly since: Instant | undefined;
  /** This is the very first scan, which has to be remembered. */
  readonly isFirst: boolean;
  /** It begins with what arrives from now on. */
  readonly onlyFromNow: boolean;
}

/** By a mailbox's setting `since`. `now` is the instant of the very first scan. */
export async function beginningOf(
  helpdesk: HelpdeskQueries,
  mailbox: ProgramMailbox,
  zone: string,
  now: Instant,
): Promise<Beginning> {
  const { since } = mailbox.settings;
  const first = await helpdesk.firstScan(mailbox.name);
  const isFirst = first === undefined;
  const from = { isFirst, onlyFromNow: false };
  switch (since.kind) {
    case "beginning":
      return { ...from, since: undefined };
    case "moment":
      return { ...from, since: since.instant };
    case "day":
      return { ...from, since: startOfDay(since.year, since.month, since.day, zone) };
    case "now":
      return { isFirst, onlyFromNow: isFirst, since: first ?? now };
  }
}

/** The instant at which a day begins in a zone. */
export function startOfDay(year: number, month: number, day: number, zone: string): Instant {
  const midnight = Date.UTC(year, month - 1, day);
  const guess = midnight - zoneOffset(midnight, zone) * 60_000;
  return midnight - zoneOffset(guess, zone) * 60_000;
}
