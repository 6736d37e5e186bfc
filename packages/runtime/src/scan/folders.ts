import type { ProgramMailbox } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import type { FolderSetting } from "../folderPatterns.ts";
import { selectFolders } from "../folderPatterns.ts";
import type { MailSource } from "../source.ts";
import { alarmOnce } from "./mailEffects.ts";
import type { Tally } from "./report.ts";

/** The folders that a scan reads; the missing ones are told. */
export async function foldersToRead(
  context: HandlingContext,
  mailbox: ProgramMailbox,
  source: MailSource,
  dryRun: boolean,
  tally: Tally,
): Promise<readonly string[]> {
  const { selected, missing } = selectFolders(
    await source.folders(),
    namedBy(source, mailbox.settings.folders),
  );
  for (const folder of missing) await tellMissing(context, mailbox, folder, dryRun, tally);
  return selected;
}

/** The setting with the names as the mailbox has them. */
export function namedBy(
  source: Pick<MailSource, "named">,
  setting: FolderSetting | undefined,
): FolderSetting | undefined {
  if (setting === undefined) return undefined;
  const named = ({ value }: { readonly value: string }) => ({
    value: source.named?.(value) ?? value,
  });
  return { names: setting.names.map(named), except: setting.except.map(named) };
}

/** Told at every scan, but one alarm is enough. */
async function tellMissing(
  context: HandlingContext,
  mailbox: ProgramMailbox,
  folder: string,
  dryRun: boolean,
  tally: Tally,
): Promise<void> {
  const message = `Mailbox "${mailbox.name}" has no folder "${folder}".`;
  tally.notice(message);
  if (dryRun) return;
  const alarms = await context.helpdesk.alarms();
  if (alarms.some((alarm) => alarm.message === message)) return;
  await context.helpdesk.transaction((desk) => alarmOnce(desk, message, context.now()));
}
