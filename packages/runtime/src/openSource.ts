import { isAbsolute, join } from "node:path";
import type { ProgramMailbox } from "@mcrules/compiler";
import { SourceOutage } from "@mcrules/handling";
import { openFiles } from "./files/openFiles.ts";
import { openImap } from "./imap/openImap.ts";
import { serverOf } from "./imap/server.ts";
import type { MailSource } from "./source.ts";

/**
 * Opens a mailbox. Paths are relative to the project's root. `readOnly`: nothing will be changed in it. Throws SourceOutage, with what to do about it,
 * where it cannot be opened.
 */
export async function openSource(
  root: string,
  mailbox: ProgramMailbox,
  options: { readonly readOnly?: boolean } = {},
): Promise<MailSource> {
  const { source } = mailbox.settings;
  if (source === undefined) {
    throw new SourceOutage(`Mailbox "${mailbox.name}" names neither a server nor files to read.`);
  }
  switch (source.kind) {
    case "server":
      return openImap(root, serverOf(root, mailbox, source), options.readOnly ?? false);
    case "files":
      return openFiles(isAbsolute(source.path) ? source.path : join(root, source.path));
  }
}
