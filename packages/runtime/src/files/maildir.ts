import { join } from "node:path";
import { MailGone } from "@mcrules/handling";
import type { ListedMail, Listing, MailSource, Selection } from "../source.ts";
import { breathe, lookInto, readStretch } from "./fileMail.ts";
import { carryOutInMaildir } from "./maildirEffects.ts";
import type { MaildirFolder, MaildirLayout } from "./maildirFolders.ts";
import { filesOf, folderOf, layoutOf, maildirFolders } from "./maildirFolders.ts";
import { readMaildirName } from "./maildirName.ts";
import { Whereabouts } from "./maildirWhereabouts.ts";
import { inOrder } from "./order.ts";

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
      if (selection.signal?.aborted === true) return { mails: inOrder(mails), known, notices: [] };
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
  return { mails: inOrder(mails), known, notices: [] };
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
