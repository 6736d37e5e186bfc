import { statSync } from "node:fs";
import { SourceOutage } from "@mcrules/handling";
import type { MailSource } from "../source.ts";
import { openEmlFolder } from "./emlFolder.ts";
import { openMaildir } from "./maildir.ts";
import { isMaildir } from "./maildirFolders.ts";
import { openMbox } from "./mbox.ts";
import { fileReason } from "./trouble.ts";

/** Opens the mails at a path, whatever of the three kinds lies there. Throws SourceOutage where nothing does. */
export function openFiles(path: string): MailSource {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new SourceOutage(
      `There are no mails at ${path}: ${fileReason(error)}. ` +
        `"files" wants a folder of .eml files, a Maildir, or an mbox file.`,
      { cause: error },
    );
  }
  if (!isFolder) return openMbox(path);
  return isMaildir(path) ? openMaildir(path) : openEmlFolder(path);
}
