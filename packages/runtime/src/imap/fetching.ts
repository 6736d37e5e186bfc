import type { FetchMessageObject } from "imapflow";
import { MailGone, SourceOutage } from "@mcrules/handling";
import { defaultLimits } from "@mcrules/mail";
import { writePlace } from "./place.ts";
import type { Place } from "./place.ts";
import type { Folders } from "./folders.ts";
import type { Session } from "./session.ts";

/** So many headers are fetched at once. */
const batch = 100;
/** Headers and mails that are larger are fetched by themselves: what is fetched ahead is held in memory. */
const mostHeaderAhead = 64 * 1024;
const mostMailAhead = 256 * 1024;
/** A little more than is looked at, so that what is cut is seen to be cut. */
const headerBytes = defaultLimits.headerBytes + 1024;

/** A mail that was listed, as its server names it. */
export interface Listed {
  readonly folder: string;
  readonly place: Place;
  /** The size that the server told. */
  readonly claimed: number;
}

/** Reads the headers and bodies of listed mails: headers some ahead, bodies where they are foreseen. */
export class Fetching {
  readonly #session: Session;
  readonly #folders: Folders;
  /** By folder, the UIDs in the order in which they will be asked for. */
  readonly #ahead: ReadonlyMap<string, readonly number[]>;
  /** By folder. */
  readonly #headers = new Map<string, ReadonlyMap<string, Buffer>>();
  #wholes = new Map<Listed, Uint8Array>();

  constructor(session: Session, folders: Folders, ahead: ReadonlyMap<string, readonly number[]>) {
    this.#session = session;
    this.#folders = folders;
    this.#ahead = ahead;
  }

  /** The header block. Throws MailGone and SourceOutage. */
  async header(folder: string, place: Place): Promise<Uint8Array> {
    const known = this.#headers.get(folder)?.get(writePlace(place));
    if (known !== undefined) return known;
    const ahead = this.#ahead.get(folder) ?? [];
    const at = ahead.indexOf(place.uid);
    const wanted = at < 0 ? [place.uid] : ahead.slice(at, at + batch);
    await this.#opened(folder, place);
    const fetched = await fetchHeaders(this.#session, folder, wanted, mostHeaderAhead);
    const whole = fetched.filter(([, header]) => header.length < mostHeaderAhead);
    const byPlace = new Map(
      whole.map(([uid, header]) => [writePlace({ ...place, uid }), header] as const),
    );
    this.#headers.set(folder, byPlace);
    const header = byPlace.get(writePlace(place)) ?? (await this.#alone(folder, place));
    return header ?? (await this.#nothing(folder, place));
  }

  async #alone(folder: string, { uid }: Place): Promise<Uint8Array | undefined> {
    const fetched = await fetchHeaders(this.#session, folder, [uid]);
    return fetched.find(([one]) => one === uid)?.[1];
  }

  /**
   * Fetches mails with one command a folder; those of the last call are let go. What a server answers about one mail
   * never costs the others: what did not come is fetched by itself. Throws SourceOutage.
   */
  async ahead(mails: readonly Listed[]): Promise<void> {
    this.#wholes = new Map();
    const small = mails.filter(({ claimed }) => claimed < mostMailAhead);
    for (const [folder, ofFolder] of Map.groupBy(small, (mail) => mail.folder)) {
      const [first] = ofFolder;
      if (first === undefined || ofFolder.length < 2) continue;
      await this.#fetchTogether(folder, first.place, ofFolder);
    }
  }

  /** Whether a mail was fetched ahead. */
  isAtHand(mail: Listed): boolean {
    return this.#wholes.has(mail);
  }

  async #fetchTogether(folder: string, place: Place, mails: readonly Listed[]): Promise<void> {
    const byUid = new Map(mails.map((mail) => [mail.place.uid, mail]));
    try {
      await this.#opened(folder, place);
      const found = await this.#session.run(
        `fetching ${mails.length} mails of folder "${folder}"`,
        (client) =>
          client.fetchAll(
            [...byUid.keys()].join(","),
            { uid: true, source: { start: 0, maxLength: mostMailAhead } },
            { uid: true },
          ),
        { bytes: mails.reduce((sum, { claimed }) => sum + claimed, 0) },
      );
      for (const { uid, source } of found) {
        const mail = byUid.get(uid);
        const bytes: unknown = source;
        if (mail === undefined || !(bytes instanceof Uint8Array)) continue;
        // The server may have told a size that is too small.
        if (bytes.length < mostMailAhead) this.#wholes.set(mail, bytes);
      }
    } catch (error) {
      if (error instanceof MailGone || this.#session.isThere) return;
      if (!this.#session.brokeOff) throw error;
      await this.#session.beginAnew();
    }
  }

  /** The whole mail, cut just beyond the size that mails may have. */
  async whole(mail: Listed): Promise<Uint8Array> {
    const ahead = this.#wholes.get(mail);
    if (ahead !== undefined) return ahead;
    const { folder, place } = mail;
    await this.#opened(folder, place);
    const most = defaultLimits.bytes + 1;
    const found = await this.#fetched(mail, most);
    const source: unknown = found.find(({ uid }) => uid === place.uid)?.source;
    if (!(source instanceof Uint8Array)) return this.#nothing(folder, place);
    return source.length > most ? source.subarray(0, most) : source;
  }

  async #fetched({ folder, place, claimed }: Listed, most: number): Promise<FetchMessageObject[]> {
    try {
      return await this.#session.run(
        `fetching mail ${place.uid} of folder "${folder}"`,
        (client) =>
          client.fetchAll(
            String(place.uid),
            { uid: true, source: { start: 0, maxLength: most } },
            { uid: true },
          ),
        { bytes: Math.min(claimed, most), ofOneMail: true },
      );
    } catch (error) {
      // That mail fails; the others go on.
      if (!(error instanceof SourceOutage) && this.#session.brokeOff)
        await this.#session.beginAnew();
      throw error;
    }
  }

  /** A mail of which the server hands over nothing is gone, or it fails; taken for gone it is passed over for ever. */
  async #nothing(folder: string, place: Place): Promise<never> {
    const left = await this.#session.run(
      `looking for a mail of folder "${folder}"`,
      async (client) => {
        await client.noop();
        return client.search({ uid: String(place.uid) }, { uid: true });
      },
    );
    if (Array.isArray(left) && !left.includes(place.uid)) throw gone(folder, place);
    // One mail that a server cannot read must not hold up the others: it fails, and is set aside in the end.
    throw new Error(`The server hands over nothing of mail ${place.uid} of folder "${folder}".`);
  }

  async #opened(folder: string, place: Place): Promise<void> {
    const path = this.#folders.path(folder);
    const mailbox = path === undefined ? undefined : await this.#session.select(path);
    if (mailbox === undefined) throw gone(folder, place);
    if (this.#session.numbering(mailbox.uidValidity) !== place.uidValidity) {
      throw new SourceOutage(
        `The server of mailbox "${this.#session.server.mailbox}" numbered the mails of folder ` +
          `"${folder}" anew while it was read. The next scan goes on.`,
      );
    }
  }
}

function gone(folder: string, { uid }: Place): MailGone {
  return new MailGone(`The mail ${uid} of folder "${folder}" is there no more.`);
}

/** The header blocks of mails in the folder that is selected, cut at `most` bytes; those that are gone are missing. */
export async function fetchHeaders(
  session: Session,
  folder: string,
  uids: readonly number[],
  most = headerBytes,
): Promise<readonly (readonly [number, Buffer])[]> {
  const found = await session.run(
    `fetching headers of folder "${folder}"`,
    (client) =>
      client.fetchAll(
        uids.join(","),
        { uid: true, bodyParts: [{ key: "header", start: 0, maxLength: most }] },
        { uid: true },
      ),
    { bytes: uids.length * 8 * 1024 },
  );
  return found.flatMap(({ uid, headers }) => {
    const header: unknown = headers;
    return header instanceof Uint8Array ? [[uid, Buffer.from(header)] as const] : [];
  });
}
