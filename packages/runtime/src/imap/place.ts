import { createHash } from "node:crypto";

/** Where a mail lies within a folder: UIDs mean something within one UIDVALIDITY of one account alone. */
export interface Place {
  /** As `numberingOf` writes it. */
  readonly uidValidity: string;
  readonly uid: number;
}

/**
 * Names the numbers that a folder's mails have: its UIDVALIDITY and the account. Another server may well have the
 * same UIDVALIDITY, and there the same UID is another mail.
 */
export function numberingOf(
  { user, host }: { readonly user: string; readonly host: string },
  uidValidity: bigint,
): string {
  const account = JSON.stringify([user, host.toLowerCase()]);
  return `${uidValidity}@${createHash("sha256").update(account).digest("hex").slice(0, 8)}`;
}

/** `uidvalidity@account:uid`. */
export function writePlace({ uidValidity, uid }: Place): string {
  return `${uidValidity}:${uid}`;
}

/** Undefined for what is no such place: another kind of mailbox wrote it. */
export function readPlace(place: string): Place | undefined {
  const found = /^([0-9]{1,20}@[0-9a-f]{8}):([1-9][0-9]{0,9})$/.exec(place);
  const [, uidValidity, uid] = found ?? [];
  return uidValidity === undefined || uid === undefined
    ? undefined
    : { uidValidity, uid: Number(uid) };
}
