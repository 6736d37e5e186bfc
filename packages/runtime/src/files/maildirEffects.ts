import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, renameSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import type { MailEffect } from "@mcrules/compiler";
import { SourceOutage } from "@mcrules/handling";
import type { CarriedOut } from "../source.ts";
import type { MaildirFile, MaildirFolder, MaildirLayout } from "./maildirFolders.ts";
import { FolderNameError, folderOf } from "./maildirFolders.ts";
import type { MaildirName } from "./maildirName.ts";
import { readMaildirName, withFlag, writeMaildirName } from "./maildirName.ts";
import type { Whereabouts } from "./maildirWhereabouts.ts";
import { codeOf, fileReason } from "./trouble.ts";

/** As often as a file may be renamed by others while we look for it. */
const mostTries = 3;

/**
 * Does something to one mail of a Maildir. Each of it is one rename, so that it is done or not, and doing it
 * twice comes to the same. A folder that is missing is made.
 */
export function carryOutInMaildir(
  layout: MaildirLayout,
  whereabouts: Whereabouts,
  mail: { readonly folder: string; readonly place: string },
  effect: MailEffect,
): CarriedOut {
  const folder = folderOf(layout, mail.folder);
  for (let tries = 1; ; tries++) {
    const found = whereabouts.find(folder, mail.place);
    if (found === undefined) return { kind: "gone" };
    try {
      carryOut(layout, whereabouts, { folder, ...found }, effect);
      return { kind: "done" };
    } catch (error) {
      if (error instanceof FolderNameError) return { kind: "impossible", reason: error.message };
      if (codeOf(error) === "ENOENT" && tries < mostTries) continue;
      throw new SourceOutage(
        `The mail ${join(folder.path, found.in, found.file)} cannot be changed: ${fileReason(error)}.`,
        { cause: error },
      );
    }
  }
}

interface Found extends MaildirFile {
  readonly folder: MaildirFolder;
}

function carryOut(
  layout: MaildirLayout,
  whereabouts: Whereabouts,
  found: Found,
  effect: MailEffect,
): void {
  const name = readMaildirName(found.file);
  switch (effect.kind) {
    case "mark": {
      const marked =
        effect.as === "flagged"
          ? withFlag(name, "F", true)
          : withFlag(name, "S", effect.as === "read");
      put(whereabouts, found, found.folder, { in: "cur", file: writeMaildirName(marked) });
      return;
    }
    case "move": {
      const target = made(layout, effect.folder);
      if (target.path === found.folder.path) return;
      const free = freeName(whereabouts, target, name);
      put(whereabouts, found, target, { in: found.in, file: fileName(found.in, free) });
      return;
    }
    case "copy": {
      const target = made(layout, effect.folder);
      const copy = { base: copyBase(found, name), flags: name.flags };
      if (whereabouts.find(target, copy.base) !== undefined) return;
      const unfinished = join(target.path, "tmp", copy.base);
      copyFileSync(pathOf(found.folder, found), unfinished);
      const file: MaildirFile = { in: found.in, file: fileName(found.in, copy) };
      renameSync(unfinished, pathOf(target, file));
      whereabouts.isAt(target, file);
      return;
    }
    case "delete":
      unlinkSync(pathOf(found.folder, found));
      whereabouts.left(found.folder, name.base);
      return;
  }
}

function put(
  whereabouts: Whereabouts,
  found: Found,
  target: MaildirFolder,
  file: MaildirFile,
): void {
  renameSync(pathOf(found.folder, found), pathOf(target, file));
  whereabouts.left(found.folder, readMaildirName(found.file).base);
  whereabouts.isAt(target, file);
}

function pathOf(folder: MaildirFolder, file: MaildirFile): string {
  return join(folder.path, file.in, file.file);
}

function fileName(where: "new" | "cur", name: MaildirName): string {
  return where === "new" && name.flags === "" ? name.base : writeMaildirName(name);
}

/** The same name every time, so that a copy that was made before a crash is found again. */
function copyBase(found: Found, name: MaildirName): string {
  const from = createHash("sha256").update(found.folder.name).digest("hex").slice(0, 8);
  return `${name.base}.copy-${from}`;
}

/** Names are unique within a Maildir; where two collide all the same, none is lost. */
function freeName(whereabouts: Whereabouts, target: MaildirFolder, name: MaildirName): MaildirName {
  let { base } = name;
  for (let count = 1; whereabouts.has(target, base); count++) base = `${name.base}.moved-${count}`;
  return { base, flags: name.flags };
}

function made(layout: MaildirLayout, name: string): MaildirFolder {
  const folder = folderOf(layout, name);
  for (const part of ["tmp", "new", "cur"]) {
    const path = join(folder.path, part);
    if (!existsSync(path)) mkdirSync(path, { recursive: true });
  }
  return folder;
}
