import { isAbsolute, join } from "node:path";
import type { ProgramMailbox } from "@mcrules/compiler";
import { SourceOutage } from "@mcrules/handling";
import { openFiles } from "./files/openFiles.ts";
import { openImap } from "./imap/openImap.ts";
import { serverOf } from "./imap/server.ts";
import type { MailSource } from "./source.ts";

/** How a mailbox is opened. */
export interface OpenOptions {
  /** Nothing will be changed in it. */
  readonly readOnly?: boolean | undefined;
  /** How many milliseconds a server may take for one command. */
  readonly patience?: number | undefined;
}

/**
 * Opens a mailbox. Paths are relative to the project's root. Throws SourceOutage, with what to do about it,
 * where it cannot be opened.
 */
export async function openSource(
  root: string,
  mailbox: ProgramMailbox,
  options: OpenOptions = {},
): Promise<MailSource> {
  const { source } = mailbox.settings;
  if (source === undefined) {
    throw new SourceOutage(`Mailbox "${mailbox.name}" names neither a server nor files to read.`);
  }
  switch (source.kind) {
    case "server":
      return openImap(root, serverOf(root, mailbox, source), {
        readOnly: options.readOnly ?? false,
        patience: options.patience,
      });
    case "files":
      return openFiles(isAbsolute(source.path) ? source.path : join(root, source.path));
  }
}
