import type { MailSource } from "../source.ts";
import { carryOutOnServer, carryOutTogether, mustRemember } from "./effects.ts";
import { Folders } from "./folders.ts";
import { listNews } from "./list.ts";
import type { Server } from "./server.ts";
import type { SessionOptions } from "./session.ts";
import { Session } from "./session.ts";

/** Opens a mailbox on an IMAP server. Throws SourceOutage, with what to do about it. */
export async function openImap(
  root: string,
  server: Server,
  options: SessionOptions,
): Promise<MailSource> {
  const session = await Session.begin(root, server, options);
  let folders: Folders;
  try {
    folders = await Folders.of(session);
  } catch (error) {
    await session.end();
    throw error;
  }
  return {
    kind: "an IMAP server",
    folders: async () => folders.names,
    messages: (folder) => messagesIn(session, folders, folder),
    named: (written) => folders.named(written),
    list: (selection) => listNews(session, folders, selection),
    begin: (effect) => mustRemember(session, folders, effect),
    carryOut: (mail, effect, begun) => carryOutOnServer(session, folders, mail, effect, begun),
    carryOutTogether: (folder, places, effect) =>
      carryOutTogether(session, folders, { folder, places }, effect),
    close: () => session.end(),
  };
}

async function messagesIn(session: Session, folders: Folders, folder: string): Promise<number> {
  const path = folders.path(folder);
  if (path === undefined) return 0;
  const status = await session.run(`counting the mails of folder "${folder}"`, (client) =>
    client.status(path, { messages: true }),
  );
  return status === false ? 0 : (status.messages ?? 0);
}
