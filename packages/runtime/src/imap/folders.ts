import type { Session } from "./session.ts";

/** How a server parts the names of its folders. */
export interface Naming {
  readonly delimiter: string | undefined;
  /** What the server puts before the names of a user's own folders: `INBOX.`. */
  readonly prefix: string;
}

/** One folder as the server calls it. */
export interface ListedFolder {
  readonly path: string;
  /** It holds other folders, and no mails. */
  readonly noMails: boolean;
}

/** A name as the server has it, as people read it: parted by `/`, in NFC. */
export function readableName(path: string, delimiter: string | undefined): string {
  const parted = delimiter === undefined ? path : path.replaceAll(delimiter, "/");
  return inbox(parted.normalize("NFC"));
}

/**
 * A name as somebody wrote it in the settings, as people read it. On a server that parts by dots both
 * `Requests.New` and `Requests/New` are right, and what the server puts before all names may be left out.
 */
export function writtenName(written: string, { delimiter, prefix }: Naming): string {
  const name = readableName(written, delimiter);
  const before = readableName(prefix, delimiter);
  const isWhole =
    before === "" || name.startsWith("*") || name === "INBOX" || startsWith(name, before);
  return isWhole ? name : before + name;
}

function startsWith(name: string, before: string): boolean {
  return name.slice(0, before.length).toLowerCase() === before.toLowerCase();
}

/** The path of a folder that is to be made. */
export function pathOfNew(name: string, delimiter: string | undefined): string {
  return delimiter === undefined ? name : name.replaceAll("/", delimiter);
}

/** RFC 9051: the name INBOX has no letter case. */
function inbox(name: string): string {
  return /^inbox$/i.test(name) ? "INBOX" : name;
}

/** The folders of a server by the names that people read. */
export class Folders {
  readonly #naming: Naming;
  readonly #paths = new Map<string, string>();
  readonly #noMails = new Set<string>();
  readonly notices: readonly string[];

  constructor(naming: Naming, listed: readonly ListedFolder[]) {
    this.#naming = naming;
    const notices: string[] = [];
    for (const { path, noMails } of listed) {
      const name = readableName(path, naming.delimiter);
      if (noMails) {
        this.#noMails.add(name);
      } else if (this.#paths.has(name)) {
        notices.push(`Two folders of the server are read as "${name}"; the second is left out.`);
      } else {
        this.#paths.set(name, path);
      }
    }
    this.notices = notices;
  }

  /** Asks the server. */
  static async of(session: Session): Promise<Folders> {
    const listed = await session.run("listing the folders", (client) => client.list());
    const { namespace } = session.client;
    const delimiter = listed.map((entry) => entry.delimiter).find((one) => one !== "");
    return new Folders(
      {
        delimiter: delimiter || undefined,
        prefix: (namespace === undefined ? undefined : namespace.prefix) ?? "",
      },
      listed.map(({ path, flags }) => ({
        path,
        noMails: [...flags].some((flag) => /^\\(noselect|nonexistent)$/i.test(flag)),
      })),
    );
  }

  get names(): readonly string[] {
    return [...this.#paths.keys()];
  }

  named(written: string): string {
    return writtenName(written, this.#naming);
  }

  /** The server's path of a folder that can hold mails; undefined where there is none. */
  path(name: string): string | undefined {
    return this.#paths.get(name);
  }

  holdsNoMails(name: string): boolean {
    return this.#noMails.has(name) && !this.#paths.has(name);
  }

  /** Where a folder of that name is to be made. */
  newPath(name: string): string {
    return pathOfNew(name, this.#naming.delimiter);
  }

  isMade(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  isGone(name: string): void {
    this.#paths.delete(name);
  }
}
