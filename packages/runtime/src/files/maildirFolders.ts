import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SourceOutage } from "@mcrules/handling";
import { decodeModifiedUtf7, encodeModifiedUtf7 } from "./modifiedUtf7.ts";
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

/** How the folders of the Maildir there lie. */
export function layoutOf(root: string): MaildirLayout["kind"] {
  const entries = readdirSync(root, { withFileTypes: true });
  const nested = entries.some(
    (entry) =>
      entry.isDirectory() && !entry.name.startsWith(".") && isMaildir(join(root, entry.name)),
  );
  return nested ? "nested" : "maildir++";
}

/** All folders, INBOX first. */
export function maildirFolders(layout: MaildirLayout): readonly MaildirFolder[] {
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
