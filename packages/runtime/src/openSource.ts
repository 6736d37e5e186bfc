import { isAbsolute, join } from "node:path";
import type { ProgramMailbox } from "@mcrules/compiler";
import { SourceOutage } from "@mcrules/handling";
import { openFiles } from "./files/openFiles.ts";
import type { MailSource } from "./source.ts";

/**
 * Opens a mailbox. Paths are relative to the project's root. Throws SourceOutage, with what to do about it,
 * where it cannot be opened.
 */
export async function openSource(root: string, mailbox: ProgramMailbox): Promise<MailSource> {
  const { source } = mailbox.settings;
  if (source === undefined) {
    throw new SourceOutage(`Mailbox "${mailbox.name}" names neither a server nor files to read.`);
  }
  switch (source.kind) {
    case "server":
      throw new SourceOutage(
        `Mailbox "${mailbox.name}" is on the server ${source.host}: reading from a server is not ` +
          `possible in this version. Mails on disk are: files "path" instead of server.`,
      );
    case "files":
      return openFiles(isAbsolute(source.path) ? source.path : join(root, source.path));
  }
}
