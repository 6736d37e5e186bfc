import type { ListedMail } from "../source.ts";

/** The order in which mails are taken: as they were received, then as they were listed. */
export function inOrder(mails: readonly ListedMail[]): readonly ListedMail[] {
  return mails.toSorted((left, right) => left.arrival.received - right.arrival.received);
}
