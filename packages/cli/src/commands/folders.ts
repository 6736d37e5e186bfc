import { messageOf } from "@mcrules/handling";
import { lookAtFolders, type MailboxFolders } from "@mcrules/runtime";
import type { Run } from "../commandLine.ts";
import { CannotRun } from "../failure.ts";
import { runnableProject } from "../program.ts";
import { printable, table } from "../terminal.ts";

/** `mcrules folders MAILBOX`: the folders of a mailbox, which of them are read, the mails in each. */
export async function folders(
  { terminal }: Run,
  name: string,
  options: { readonly project?: string; readonly format: string },
): Promise<number> {
  const runnable = runnableProject(terminal, options.project);
  if (runnable === undefined) return 1;
  const { mailboxes } = runnable.judge.program;
  const mailbox = mailboxes.find((candidate) => candidate.name === name);
  if (mailbox === undefined) {
    const known = mailboxes.map((candidate) => candidate.name).join(", ");
    throw new CannotRun(`there is no mailbox ${name}`, `The project has: ${known}.`);
  }
  const found = await looked(runnable.loaded.root, mailbox);
  if (options.format === "json") {
    terminal.out(`${JSON.stringify({ mailbox: name, ...found }, null, 2)}\n`);
    return 0;
  }
  terminal.out(
    table([
      ["folder", "", "mails"],
      ...found.folders.map(({ name: folder, read, messages }) => [
        printable(folder),
        read ? "read" : "",
        String(messages),
      ]),
    ]),
  );
  for (const folder of found.missing) {
    terminal.note(`The settings name "${printable(folder)}", which is not there.\n`);
  }
  for (const pattern of found.unmatched) {
    terminal.note(`No folder is named as the settings say: "${printable(pattern)}".\n`);
  }
  return 0;
}

async function looked(
  root: string,
  mailbox: Parameters<typeof lookAtFolders>[1],
): Promise<MailboxFolders> {
  try {
    return await lookAtFolders(root, mailbox);
  } catch (error) {
    throw new CannotRun(printable(messageOf(error)));
  }
}
