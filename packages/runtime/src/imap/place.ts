/** Where a mail lies within a folder: UIDs mean something within one UIDVALIDITY alone. */
export interface Place {
  readonly uidValidity: string;
  readonly uid: number;
}

/** `uidvalidity:uid`. */
export function writePlace({ uidValidity, uid }: Place): string {
  return `${uidValidity}:${uid}`;
}

/** Undefined for what is no such place: another kind of mailbox wrote it. */
export function readPlace(place: string): Place | undefined {
  const found = /^([0-9]{1,20}):([1-9][0-9]{0,9})$/.exec(place);
  const [, uidValidity, uid] = found ?? [];
  return uidValidity === undefined || uid === undefined
    ? undefined
    : { uidValidity, uid: Number(uid) };
}
