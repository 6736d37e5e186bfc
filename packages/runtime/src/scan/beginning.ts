import type { ProgramMailbox } from "@mcrules/compiler";
import { zoneOffset } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";

/**
 * From when on mails of a mailbox are taken, by its setting `since`: undefined for all. `now` is the
 * instant of the very first scan, which is remembered.
 */
export async function beginningOf(
  helpdesk: Helpdesk,
  mailbox: ProgramMailbox,
  zone: string,
  now: Instant,
  dryRun: boolean,
): Promise<Instant | undefined> {
  const { since } = mailbox.settings;
  switch (since.kind) {
    case "beginning":
      return undefined;
    case "moment":
      return since.instant;
    case "day":
      return startOfDay(since.year, since.month, since.day, zone);
    case "now":
      return firstScan(helpdesk, mailbox.name, now, dryRun);
  }
}

async function firstScan(
  helpdesk: Helpdesk,
  mailbox: string,
  now: Instant,
  dryRun: boolean,
): Promise<Instant> {
  const key = `mailbox ${mailbox} was first scanned`;
  const remembered = await helpdesk.rawMail(key);
  if (remembered !== undefined) return Number(Buffer.from(remembered).toString("utf8"));
  if (!dryRun) {
    await helpdesk.transaction((desk) =>
      desk.putRawMail(key, Buffer.from(String(now), "utf8"), undefined),
    );
  }
  return now;
}

/** The instant at which a day begins in a zone. */
export function startOfDay(year: number, month: number, day: number, zone: string): Instant {
  const midnight = Date.UTC(year, month - 1, day);
  const guess = midnight - zoneOffset(midnight, zone) * 60_000;
  return midnight - zoneOffset(guess, zone) * 60_000;
}
