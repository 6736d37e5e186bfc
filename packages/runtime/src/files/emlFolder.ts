import { readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { SourceOutage } from "@mcrules/handling";
import type { ListedMail, Listing, MailSource, Selection } from "../source.ts";
import { breathe, lookInto, readStretch } from "./fileMail.ts";
import { inOrder } from "./order.ts";
import { fileReason } from "./trouble.ts";

interface FolderOnDisk {
  readonly name: string;
  /** Relative to the root, with `/`; empty for the root itself. */
  readonly path: string;
  readonly files: readonly string[];
}

/** A folder of .eml files: it is INBOX, its subfolders are folders by their path. */
export function openEmlFolder(root: string): MailSource {
  return {
    kind: "a folder of .eml files",
    folders: async () => foldersBelow(root).map(({ name }) => name),
    messages: async (folder) =>
      foldersBelow(root)
        .filter(({ name }) => name === folder)
        .reduce((count, { files }) => count + files.length, 0),
    list: (selection) => list(root, selection),
    carryOut: () => Promise.resolve({ kind: "no place" }),
    close: () => Promise.resolve(),
  };
}

async function list(root: string, selection: Selection): Promise<Listing> {
  const mails: ListedMail[] = [];
  let known = 0;
  let looked = 0;
  const folders = foldersBelow(root);
  const notices = folders.every(({ files }) => files.length === 0)
    ? [`There is no .eml file in ${root} or below it, and it is no Maildir.`]
    : [];
  for (const folder of folders) {
    if (!selection.folders.includes(folder.name)) continue;
    for (const file of folder.files) {
      if (selection.signal?.aborted === true) return { mails: inOrder(mails), known, notices: [] };
      if (++looked % 200 === 0) await breathe();
      const path = folder.path === "" ? file : `${folder.path}/${file}`;
      const whole = join(root, path);
      const stat = statSync(whole, { throwIfNoEntry: false });
      // A file that is written anew is looked at again.
      const place = stat === undefined ? path : `${path}#${stat.size}-${Math.floor(stat.mtimeMs)}`;
      if (await selection.known(folder.name, place)) {
        known += 1;
        continue;
      }
      const { received, size } = lookInto(whole);
      if (selection.since !== undefined && received < selection.since) continue;
      const read = () => readStretch(whole, 0);
      mails.push({
        path: whole,
        place,
        arrival: { mailbox: selection.mailbox, folder: folder.name, received, size },
        header: read,
        whole: read,
      });
    }
  }
  return { mails: inOrder(mails), known, notices };
}

/** The root and all that is below it. A folder that a link leads back to is not entered twice. */
function foldersBelow(root: string): readonly FolderOnDisk[] {
  const folders: FolderOnDisk[] = [];
  const entered = new Set<string>();
  const open = [""];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const real = realPath(join(root, path));
    if (real === undefined || entered.has(real)) continue;
    entered.add(real);
    const files: string[] = [];
    for (const entry of entriesOf(root, path)) {
      if (entry.name.startsWith(".")) continue;
      const inside = path === "" ? entry.name : `${path}/${entry.name}`;
      if (isFolder(root, inside, entry)) open.push(inside);
      else if (isMailFile(entry)) files.push(entry.name);
    }
    folders.push({ name: path === "" ? "INBOX" : path, path, files: files.toSorted() });
  }
  return folders;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(root: string, path: string): readonly Dirent[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    throw new SourceOutage(`The folder ${join(root, path)} cannot be read: ${fileReason(error)}.`);
  }
}

/** A pipe or a device would never end; a link that leads nowhere is told as a failure. */
function isMailFile(entry: Dirent): boolean {
  return /\.eml$/i.test(entry.name) && (entry.isFile() || entry.isSymbolicLink());
}

function isFolder(root: string, path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
