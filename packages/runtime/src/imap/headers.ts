import { MailGone, SourceOutage } from "@mcrules/handling";
import { defaultLimits } from "@mcrules/mail";
import { writePlace } from "./place.ts";
import type { Place } from "./place.ts";
import type { Folders } from "./folders.ts";
import type { Session } from "./session.ts";

/** So many headers are fetched at once. */
const batch = 100;
/** A little more than is looked at, so that what is cut is seen to be cut. */
const headerBytes = defaultLimits.headerBytes + 1024;

/** Reads the headers and bodies of listed mails, headers some ahead. */
export class Fetching {
  readonly #session: Session;
  readonly #folders: Folders;
  /** By folder, the UIDs in the order in which they will be asked for. */
  readonly #ahead: ReadonlyMap<string, readonly number[]>;
  readonly #headers = new Map<string, Map<string, Buffer>>();

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
    const fetched = await fetchHeaders(this.#session, folder, wanted);
    this.#headers.set(
      folder,
      new Map(fetched.map(([uid, header]) => [writePlace({ ...place, uid }), header])),
    );
    const header = fetched.find(([uid]) => uid === place.uid)?.[1];
    return header ?? (await this.#nothing(folder, place));
  }

  /** The whole mail, cut just beyond the size that mails may have. `claimed`: the size that the server told. */
  async whole(folder: string, place: Place, claimed: number): Promise<Uint8Array> {
    await this.#opened(folder, place);
    const most = defaultLimits.bytes + 1;
    const found = await this.#session.run(
      `fetching mail ${place.uid} of folder "${folder}"`,
      (client) =>
        client.fetchAll(
          String(place.uid),
          { uid: true, source: { start: 0, maxLength: most } },
          { uid: true },
        ),
      { bytes: Math.min(claimed, most), ofOneMail: true },
    );
    const source: unknown = found.find(({ uid }) => uid === place.uid)?.source;
    if (!(source instanceof Uint8Array)) return this.#nothing(folder, place);
    return source.length > most ? source.subarray(0, most) : source;
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

/** The header blocks of mails in the folder that is selected; those that are gone are missing. */
export async function fetchHeaders(
  session: Session,
  folder: string,
  uids: readonly number[],
): Promise<readonly (readonly [number, Buffer])[]> {
  const found = await session.run(
    `fetching headers of folder "${folder}"`,
    (client) =>
      client.fetchAll(
        uids.join(","),
        { uid: true, bodyParts: [{ key: "header", start: 0, maxLength: headerBytes }] },
        { uid: true },
      ),
    { bytes: uids.length * 8 * 1024 },
  );
  return found.flatMap(({ uid, headers }) => {
    const header: unknown = headers;
    return header instanceof Uint8Array ? [[uid, Buffer.from(header)] as const] : [];
  });
}
