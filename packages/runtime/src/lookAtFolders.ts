import type { ProgramMailbox } from "@mcrules/compiler";
import { selectFolders } from "./folderPatterns.ts";
import { openSource } from "./openSource.ts";
import { namedBy } from "./scan/folders.ts";

/** The folders of a mailbox. */
export interface MailboxFolders {
  readonly folders: readonly {
    readonly name: string;
    /** Scans read it. */
    readonly read: boolean;
    readonly messages: number;
  }[];
  /** Names in the settings that the mailbox does not have. */
  readonly missing: readonly string[];
  /** Names with `*` in the settings that name none at present. */
  readonly unmatched: readonly string[];
}

/**
 * Asks a mailbox for its folders, which of them are read, and how many mails are in each. Nothing is changed in
 * it. Throws SourceOutage where it cannot be reached.
 */
export async function lookAtFolders(
  root: string,
  mailbox: ProgramMailbox,
): Promise<MailboxFolders> {
  const source = await openSource(root, mailbox, { readOnly: true });
  try {
    const names = await source.folders();
    const setting = namedBy(source, mailbox.settings.folders);
    const { selected, missing, unmatched } = selectFolders(names, setting);
    const read = new Set(selected);
    const folders: { name: string; read: boolean; messages: number }[] = [];
    for (const name of names.toSorted(inboxFirst)) {
      folders.push({ name, read: read.has(name), messages: await source.messages(name) });
    }
    return { folders, missing, unmatched };
  } finally {
    await source.close();
  }
}

function inboxFirst(left: string, right: string): number {
  if (left === "INBOX" || right === "INBOX") return left === right ? 0 : left === "INBOX" ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
