import { SourceOutage } from "@mcrules/handling";
import type { FolderPosition } from "@mcrules/helpdesk";
import type { FetchMessageObject, StatusObject } from "imapflow";
import { inOrder } from "../files/order.ts";
import type { FolderReach, ListedMail, Listing, Selection } from "../source.ts";
import type { Listed } from "./fetching.ts";
import { Fetching } from "./fetching.ts";
import type { Folders } from "./folders.ts";
import { readPlace, writePlace } from "./place.ts";
import type { Session } from "./session.ts";

/** So many mails are listed at once at most; the scan then lists again. */
const mostListed = 20_000;
const chunk = 1_000;

interface Seen {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly received: number;
  readonly size: number;
}

interface FolderNews {
  readonly mails: readonly Seen[];
  readonly reach: FolderReach;
  readonly known: number;
  readonly readByOthers: number;
  /** The very first scan begins behind these. */
  readonly passedOver?: number;
  readonly more: boolean;
}

/** Finds what is new in the folders of a server. */
export async function listNews(
  session: Session,
  folders: Folders,
  selection: Selection,
): Promise<Listing> {
  const found: FolderNews[] = [];
  let room = mostListed;
  let left = false;
  const vanished: string[] = [];
  for (const folder of selection.folders) {
    if (selection.signal?.aborted === true) break;
    if (room <= 0) {
      left = true;
      break;
    }
    const news = await newsOf(session, folders, folder, selection, room);
    if (news === undefined) {
      vanished.push(`Folder "${folder}" was removed while it was read.`);
      continue;
    }
    found.push(news);
    room -= news.mails.length;
  }
  const readByOthers = found.reduce((sum, news) => sum + news.readByOthers, 0);
  return {
    ...listed(session, folders, selection.mailbox, found),
    known: found.reduce((sum, news) => sum + news.known, 0),
    notices: [
      ...folders.notices,
      ...vanished,
      ...readWords(readByOthers),
      ...passedWords(found.reduce((sum, news) => sum + (news.passedOver ?? 0), 0)),
    ],
    reaches: found.map(({ reach }) => reach),
    more: left || found.some((news) => news.more),
  };
}

function readWords(count: number): readonly string[] {
  if (count === 0) return [];
  const mails = count === 1 ? "1 new mail was" : `${count} new mails were`;
  return [`${mails} left out: somebody has read ${count === 1 ? "it" : "them"} (find unread).`];
}

function passedWords(count: number): readonly string[] {
  if (count === 0) return [];
  const mails =
    count === 1 ? "1 mail that is there already is" : `${count} mails that are there already are`;
  return [`${mails} left out: the first scan begins with what arrives from now on (since now).`];
}

function listed(
  session: Session,
  folders: Folders,
  mailbox: string,
  found: readonly FolderNews[],
): Pick<Listing, "mails" | "fetchAhead"> {
  const ahead = new Map<string, number[]>();
  const fetching = new Fetching(session, folders, ahead);
  const onServer = new Map<ListedMail, Listed>();
  const mails = inOrder(
    found.flatMap((news) =>
      news.mails.map(({ folder, uidValidity, uid, received, size }): ListedMail => {
        const listedMail: Listed = { folder, place: { uidValidity, uid }, claimed: size };
        const mail: ListedMail = {
          path: `${folder}, mail ${uid}`,
          place: writePlace(listedMail.place),
          uid,
          arrival: { mailbox, folder, received, size: undefined },
          bodyLater: true,
          header: () => fetching.header(folder, listedMail.place),
          whole: () => fetching.whole(listedMail),
        };
        onServer.set(mail, listedMail);
        return mail;
      }),
    ),
  );
  for (const { arrival, uid } of mails) {
    const uids = ahead.get(arrival.folder);
    if (uid === undefined) continue;
    if (uids === undefined) ahead.set(arrival.folder, [uid]);
    else uids.push(uid);
  }
  const fetchAhead = async (wanted: readonly ListedMail[]) => {
    await fetching.ahead(wanted.flatMap((mail) => onServer.get(mail) ?? []));
    return new Set(
      wanted.filter((mail) => {
        const one = onServer.get(mail);
        return one !== undefined && fetching.isAtHand(one);
      }),
    );
  };
  return { mails, fetchAhead };
}

/** Undefined where the folder is there no more. */
async function newsOf(
  session: Session,
  folders: Folders,
  folder: string,
  selection: Selection,
  room: number,
): Promise<FolderNews | undefined> {
  const path = folders.path(folder);
  const status = path === undefined ? undefined : await statusOf(session, path, folder);
  if (path === undefined || status === undefined) return undefined;
  const stored = selection.positions.get(folder);
  const isSame = stored?.uidValidity === session.numbering(status.uidValidity);
  const isBehind = isSame && stored !== undefined && status.uidNext - 1 < stored.lastUid;
  // A server that was restored from a backup counts on from where it was then.
  const position = isSame && !isBehind ? stored : undefined;
  const failed = failedUids(selection, folder, session.numbering(status.uidValidity));
  const last = status.uidNext - 1;
  const end: FolderPosition = {
    folder,
    uidValidity: session.numbering(status.uidValidity),
    lastUid: last,
    highestModseq: status.highestModseq === undefined ? undefined : String(status.highestModseq),
  };
  const nothing = (known: number): FolderNews => ({
    mails: [],
    reach: { before: position?.lastUid ?? 0, end, pending: [] },
    known,
    readByOthers: 0,
    more: false,
  });
  if (position === undefined && selection.onlyFromNow) {
    return { ...nothing(0), passedOver: status.messages };
  }
  const hasNews = position === undefined ? status.messages > 0 : last > position.lastUid;
  const hasChanges =
    selection.unreadOnly &&
    position !== undefined &&
    position.highestModseq !== undefined &&
    end.highestModseq !== undefined &&
    position.highestModseq !== end.highestModseq;
  if (!hasNews && !hasChanges && failed.length === 0) return nothing(status.messages);
  const selected = await session.select(path);
  if (selected === undefined) return undefined;
  // The server may number anew between two commands; the next scan then sees it from the beginning.
  if (session.numbering(selected.uidValidity) !== end.uidValidity) return nothing(0);
  const changed = hasChanges
    ? await changedUids(session, position, Math.min(last, position.lastUid))
    : [];
  const fresh = hasNews ? await uidsBeyond(session, folder, position?.lastUid ?? 0) : [];
  return look(session, selection, {
    folder,
    position,
    end,
    uids: [...failed, ...changed, ...fresh],
    messages: status.messages,
    fresh: fresh.length,
    room,
  });
}

interface Status {
  readonly messages: number;
  readonly uidNext: number;
  readonly uidValidity: bigint;
  readonly highestModseq: bigint | undefined;
}

async function statusOf(
  session: Session,
  path: string,
  folder: string,
): Promise<Status | undefined> {
  const status: StatusObject | false | undefined = await session.run(
    `asking for news of folder "${folder}"`,
    async (client) => {
      try {
        return await client.status(path, {
          messages: true,
          uidNext: true,
          uidValidity: true,
          highestModseq: true,
        });
      } catch (error) {
        if (error instanceof Error && Reflect.get(error, "code") === "NotFound") return undefined;
        throw error;
      }
    },
  );
  if (status === undefined || status === false) return undefined;
  const { messages, uidNext, uidValidity, highestModseq } = status;
  return messages === undefined || uidNext === undefined || uidValidity === undefined
    ? undefined
    : { messages, uidNext, uidValidity, highestModseq };
}

function failedUids(selection: Selection, folder: string, uidValidity: string): readonly number[] {
  return selection.failed.flatMap((failed) => {
    const place = failed.folder === folder ? readPlace(failed.place) : undefined;
    return place?.uidValidity === uidValidity ? [place.uid] : [];
  });
}

/** The UIDs of mails beyond one; a server answers `N:*` with its last mail even where that is below N. */
async function uidsBeyond(session: Session, folder: string, uid: number): Promise<number[]> {
  const found = await session.run(`searching folder "${folder}"`, (client) =>
    client.search({ uid: `${uid + 1}:*` }, { uid: true }),
  );
  if (!Array.isArray(found)) {
    throw new SourceOutage(
      `The server of mailbox "${session.server.mailbox}" could not search its folder "${folder}".`,
    );
  }
  return found.filter((one) => one > uid).toSorted((left, right) => left - right);
}

/** The UIDs of mails that were looked at before and whose flags others have changed since. */
async function changedUids(
  session: Session,
  position: FolderPosition,
  last: number,
): Promise<number[]> {
  if (last < 1 || position.highestModseq === undefined) return [];
  const since = BigInt(position.highestModseq);
  const found = await session.run(`asking for changes in folder "${position.folder}"`, (client) =>
    client.fetchAll(`1:${last}`, { uid: true, flags: true }, { uid: true, changedSince: since }),
  );
  return found
    .filter(({ uid, flags }) => uid <= last && flags?.has("\\Seen") !== true)
    .map(({ uid }) => uid);
}

interface Looking {
  readonly folder: string;
  readonly position: FolderPosition | undefined;
  readonly end: FolderPosition;
  readonly uids: readonly number[];
  readonly messages: number;
  readonly fresh: number;
  readonly room: number;
}

async function look(session: Session, selection: Selection, looking: Looking): Promise<FolderNews> {
  const { folder, position, end } = looking;
  const before = position?.lastUid ?? 0;
  // INTERNALDATE has whole seconds.
  const since =
    selection.since === undefined ? undefined : Math.floor(selection.since / 1000) * 1000;
  const mails: Seen[] = [];
  let known = position === undefined ? 0 : Math.max(0, looking.messages - looking.fresh);
  let readByOthers = 0;
  let reached = before;
  let at = 0;
  const uids = [...new Set(looking.uids)];
  while (at < uids.length && mails.length < looking.room) {
    if (selection.signal?.aborted === true) break;
    const asked = uids.slice(at, at + Math.min(chunk, looking.room));
    at += asked.length;
    for (const message of await metadata(session, folder, asked)) {
      const { uid } = message;
      const isFresh = uid > before;
      const place = writePlace({ uidValidity: end.uidValidity, uid });
      if (await selection.known(folder, place)) {
        if (isFresh) known += 1;
        continue;
      }
      const received = receivedAt(message);
      // Within a known UIDVALIDITY a new UID has arrived since the last scan, whatever its date.
      const isOld = since !== undefined && received < since;
      if (isOld && (position === undefined || !isFresh)) continue;
      if (selection.unreadOnly && message.flags?.has("\\Seen") === true) {
        if (isFresh) readByOthers += 1;
        continue;
      }
      mails.push({ folder, uidValidity: end.uidValidity, uid, received, size: message.size ?? 0 });
    }
    reached = Math.max(reached, ...asked);
  }
  const more = at < uids.length;
  return {
    mails,
    reach: {
      before,
      // Flags that changed are looked at again where not all of them were reached.
      end: more ? { ...end, lastUid: reached, highestModseq: position?.highestModseq } : end,
      pending: mails.map(({ uid }) => uid).filter((uid) => uid > before),
    },
    known,
    readByOthers,
    more: more && selection.signal?.aborted !== true,
  };
}

function metadata(
  session: Session,
  folder: string,
  uids: readonly number[],
): Promise<FetchMessageObject[]> {
  const asked = new Set(uids);
  return session.run(
    `listing folder "${folder}"`,
    async (client) =>
      (
        await client.fetchAll(
          uids.join(","),
          { uid: true, flags: true, internalDate: true, size: true },
          { uid: true },
        )
      ).filter(({ uid }) => asked.has(uid)),
    { bytes: uids.length * 200 },
  );
}

function receivedAt({ internalDate }: FetchMessageObject): number {
  const received = new Date(internalDate ?? Number.NaN).getTime();
  return Number.isNaN(received) ? 0 : received;
}
