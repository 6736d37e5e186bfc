import { missesWithin, mostMisses } from "@mcrules/compiler";
import type { Work } from "./work.ts";

/** Counts that a mail of these senders named a ticket in vain; one alarm a day tells of who does it often. */
export async function countMisses(work: Work, addresses: readonly string[]): Promise<void> {
  const { desk, now } = work;
  for (const address of addresses) {
    await desk.countMiss(address, now);
    if ((await desk.misses(address, now - missesWithin)) < mostMisses) continue;
    const message =
      `${address} named ${mostMisses} tickets within 24 hours that are not there, or in which it takes no part. ` +
      `It may be guessing numbers: "from anyone" does not hold for it by number.`;
    if (!(await desk.alarmed(message, now - missesWithin))) await desk.addAlarm(message, now);
  }
}
