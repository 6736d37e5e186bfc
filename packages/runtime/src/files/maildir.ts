import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MailGone, SourceOutage } from "@mcrules/handling";
import type { ListedMail, Listing, MailSource, Selection } from "../source.ts";
import { breathe, lookInto, readStretch } from "./fileMail.ts";
import { carryOutInMaildir } from "./maildirEffects.ts";
import { readMaildirName } from "./maildirName.ts";
import { Whereabouts } from "./maildirWhereabouts.ts";
import { decodeModifiedUtf7, encodeModifiedUtf7 } from "./modifiedUtf7.ts";
import { inOrder } from "./order.ts";
import { codeOf, fileReason } from "./trouble.ts";

/** How the folders of a Maildir lie on disk: Maildir++ (`.Name.Sub`), or one inside the other. */
export interface MaildirLayout {
  readonly root: string;
  readonly kind: "maildir++" | "nested";
}

/** A folder of a Maildir. */
export interface MaildirFolder {
  readonly name: string;
  /** The folder on disk in which `new` and `cur` lie. */
  readonly path: string;
}

/** Whether that folder on disk is a Maildir. */
export function isMaildir(path: string): boolean {
  return existsSync(join(path, "cur")) && existsSync(join(path, "new"));
}

/** A Maildir: what is to become of a mail has its place there, and is done by renaming. */
export function openMaildir(root: string): MailSource {
  const layout: MaildirLayout = { root, kind: layoutOf(root) };
  const whereabouts = new Whereabouts();
  return {
    kind: "a Maildir",
    folders: async () => maildirFolders(layout).map(({ name }) => name),
    messages: async (name) => filesOf(folderOf(layout, name)).length,
    list: (selection) => list(layout, whereabouts, selection),
    carryOut: async (mail, effect) => carryOutInMaildir(layout, whereabouts, mail, effect),
    close: () => Promise.resolve(),
  };
}

/** No folder can have that name here. */
export class FolderNameError extends Error {
  override readonly name = "FolderNameError";
}

/** Where a folder of that name lies, or would lie. Throws FolderNameError where none can. */
export function folderOf(layout: MaildirLayout, name: string): MaildirFolder {
  const found = maildirFolders(layout).find(
    (folder) => folder.name.normalize("NFC") === name.normalize("NFC"),
  );
  if (found !== undefined) return found;
  if (/^inbox$/i.test(name)) return { name: "INBOX", path: layout.root };
  const parts = name.split("/");
  if (name.includes("\0") || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new FolderNameError(`"${name}" cannot be the name of a folder.`);
  }
  if (layout.kind === "nested") return { name, path: join(layout.root, ...parts) };
  if (parts.some((part) => part.includes("."))) {
    throw new FolderNameError(
      `"${name}" cannot be the name of a folder in a Maildir++: a dot parts folders there.`,
    );
  }
  return { name, path: join(layout.root, `.${encodeModifiedUtf7(parts.join("."))}`) };
}

/** A file in one of the two halves of a folder. */
export interface MaildirFile {
  readonly in: "new" | "cur";
  readonly file: string;
}

/** The files of a folder by their names, whichever half they are in. */
export function filesOf(folder: MaildirFolder): readonly MaildirFile[] {
  return (["new", "cur"] as const)
    .flatMap((where) => namesIn(join(folder.path, where)).map((file) => ({ in: where, file })))
    .toSorted((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0));
}

async function list(
  layout: MaildirLayout,
  whereabouts: Whereabouts,
  selection: Selection,
): Promise<Listing> {
  const mails: ListedMail[] = [];
  let known = 0;
  let looked = 0;
  for (const folder of maildirFolders(layout)) {
    if (!selection.folders.includes(folder.name)) continue;
    for (const { in: where, file } of filesOf(folder)) {
      if (selection.signal?.aborted === true) return { mails: inOrder(mails), known };
      if (++looked % 200 === 0) await breathe();
      const { base, flags } = readMaildirName(file);
      if (await selection.known(folder.name, base)) {
        known += 1;
        continue;
      }
      if (selection.unreadOnly && flags.includes("S")) continue;
      const path = join(folder.path, where, file);
      whereabouts.isAt(folder, { in: where, file });
      const { received, size } = lookInto(path);
      if (selection.since !== undefined && received < selection.since) continue;
      const read = () => readWhereItIs(folder, base, path);
      mails.push({
        path,
        place: base,
        arrival: { mailbox: selection.mailbox, folder: folder.name, received, size },
        header: read,
        whole: read,
      });
    }
  }
  return { mails: inOrder(mails), known };
}

/** A mail program may have renamed the file since it was listed: to `cur`, or with other flags. */
async function readWhereItIs(folder: MaildirFolder, base: string, path: string): Promise<Buffer> {
  try {
    return await readStretch(path, 0);
  } catch (error) {
    if (!(error instanceof MailGone)) throw error;
    const now = filesOf(folder).find(({ file }) => readMaildirName(file).base === base);
    if (now === undefined) throw error;
    return readStretch(join(folder.path, now.in, now.file), 0);
  }
}

function layoutOf(root: string): MaildirLayout["kind"] {
  const entries = readdirSync(root, { withFileTypes: true });
  const nested = entries.some(
    (entry) =>
      entry.isDirectory() && !entry.name.startsWith(".") && isMaildir(join(root, entry.name)),
  );
  return nested ? "nested" : "maildir++";
}

function maildirFolders(layout: MaildirLayout): readonly MaildirFolder[] {
  const inbox: MaildirFolder = { name: "INBOX", path: layout.root };
  return layout.kind === "nested"
    ? [inbox, ...nestedFolders(layout.root, "")]
    : [inbox, ...dottedFolders(layout.root)];
}

function dottedFolders(root: string): readonly MaildirFolder[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => /^\.[^.]/.test(entry.name) && isMaildir(join(root, entry.name)))
    .map((entry) => ({
      name: decodeModifiedUtf7(entry.name.slice(1)).replaceAll(".", "/"),
      path: join(root, entry.name),
    }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function nestedFolders(root: string, above: string): readonly MaildirFolder[] {
  return readdirSync(join(root, above), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        !entry.name.startsWith(".") &&
        !["cur", "new", "tmp"].includes(entry.name),
    )
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const name = above === "" ? entry.name : `${above}/${entry.name}`;
      const path = join(root, name);
      return [...(isMaildir(path) ? [{ name, path }] : []), ...nestedFolders(root, name)];
    });
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path).filter((name) => !name.startsWith("."));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new SourceOutage(`The folder ${path} cannot be read: ${fileReason(error)}.`);
  }
}
