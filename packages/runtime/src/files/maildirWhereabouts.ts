import { existsSync } from "node:fs";
import { join } from "node:path";
import type { MaildirFile, MaildirFolder } from "./maildirFolders.ts";
import { filesOf } from "./maildirFolders.ts";
import { readMaildirName } from "./maildirName.ts";

/**
 * Where the mails of a Maildir were last seen. Its folders need not be listed again for each mail that
 * something is done to; what is remembered is checked, since others rename files too.
 */
export class Whereabouts {
  readonly #folders = new Map<string, Map<string, MaildirFile>>();

  /** A file is there now. */
  isAt(folder: MaildirFolder, file: MaildirFile): void {
    this.#of(folder).set(readMaildirName(file.file).base, file);
  }

  /** A mail is no more in that folder. */
  left(folder: MaildirFolder, base: string): void {
    this.#of(folder).delete(base);
  }

  /** The file of a mail; undefined where the folder has none of that name. */
  find(folder: MaildirFolder, base: string): MaildirFile | undefined {
    const seen = this.#of(folder).get(base);
    if (seen !== undefined && existsSync(join(folder.path, seen.in, seen.file))) return seen;
    this.#folders.delete(folder.path);
    return this.#listed(folder).get(base);
  }

  /** Whether a name is taken. Names are unique, so what others added meanwhile need not be listed. */
  has(folder: MaildirFolder, base: string): boolean {
    return (this.#folders.get(folder.path) ?? this.#listed(folder)).has(base);
  }

  #of(folder: MaildirFolder): Map<string, MaildirFile> {
    return this.#folders.get(folder.path) ?? this.#listed(folder);
  }

  #listed(folder: MaildirFolder): Map<string, MaildirFile> {
    const files = new Map(
      filesOf(folder).map((file) => [readMaildirName(file.file).base, file] as const),
    );
    this.#folders.set(folder.path, files);
    return files;
  }
}
