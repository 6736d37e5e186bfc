import type { ProgramMailbox } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import {
  explainMail,
  handleMail,
  MailGone,
  mailboxNamed,
  messageOf,
  SourceOutage,
} from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { StoreError } from "@mcrules/helpdesk";
import { identify } from "@mcrules/mail";
import { selectFolders } from "../folderPatterns.ts";
import { openSource } from "../openSource.ts";
import type { ListedMail, MailSource } from "../source.ts";
import { beginningOf } from "./beginning.ts";
import { Aftermath, carryOutPending } from "./mailEffects.ts";
import type { MailboxScan, ScannedMail } from "./report.ts";
import { Tally } from "./report.ts";

export interface ScanOptions {
  /** Paths of mailboxes are relative to it. */
  readonly root: string;
  /** Writes nothing, neither to the store nor to the mailbox. */
  readonly dryRun?: boolean | undefined;
  /**
   * Of a dry run: a copy of the store that may be written to and is thrown away. With it a mail sees what
   * the mails before it would have done; without it each is judged by the store as it is.
   */
  readonly scratch?: Helpdesk | undefined;
  /** The mail in hand is finished, then the scan ends. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each mail that was looked at; not of those that are known by their place. */
  readonly onMail?: ((mail: ScannedMail) => void) | undefined;
  /** Told how far a mailbox is. */
  readonly onProgress?:
    | ((progress: {
        readonly mailbox: string;
        readonly done: number;
        readonly total: number;
      }) => void)
    | undefined;
}

/**
 * Scans one mailbox once. What an earlier scan left undone after a crash is carried out first. A trouble with
 * the mailbox or the store is told in the report, with what was counted until then; a mail that fails is
 * counted, and holds nothing up. Throws where the project has no mailbox of that name.
 */
export async function scanMailbox(
  context: HandlingContext,
  name: string,
  options: ScanOptions,
): Promise<MailboxScan> {
  const mailbox = mailboxNamed(context.judge.program, name);
  const tally = new Tally();
  if (!mailbox.settings.enabled) {
    tally.notice("The mailbox is disabled, so it is not scanned.");
    return tally.report(name);
  }
  let source: MailSource | undefined;
  try {
    source = await openSource(options.root, mailbox);
    await scan(context, mailbox, source, options, tally);
    return tally.report(name);
  } catch (error) {
    return tally.report(name, messageOf(error));
  } finally {
    await source?.close();
  }
}

async function scan(
  context: HandlingContext,
  mailbox: ProgramMailbox,
  source: MailSource,
  options: ScanOptions,
  tally: Tally,
): Promise<void> {
  const { helpdesk } = context;
  const { name, settings } = mailbox;
  const { signal } = options;
  const dryRun = options.dryRun === true;
  const aftermath = new Aftermath();
  if (!dryRun) await carryOutPending(context, source, name, aftermath);
  const started = context.now();
  const { selected, missing } = selectFolders(await source.folders(), settings.folders);
  for (const folder of missing) await tellMissing(context, mailbox, folder, dryRun, tally);
  const listing = await source.list({
    mailbox: name,
    folders: selected,
    known: async (folder, place) => {
      const entry = await helpdesk.journaledAt(name, folder, place);
      return entry !== undefined && entry.state !== "failed";
    },
    unreadOnly: settings.find === "unread",
    since: await beginningOf(
      helpdesk,
      mailbox,
      context.judge.program.helpdesk.zone,
      started,
      dryRun,
    ),
    signal,
  });
  tally.knew(listing.known);
  for (const notice of listing.notices) tally.notice(notice);
  const total = listing.mails.length;
  const judge = dryRun
    ? dryJudging(context, options.scratch)
    : realJudging(context, source, name, aftermath);
  let done = 0;
  for (const mail of listing.mails) {
    if (signal?.aborted === true) break;
    const result = await judge(mail);
    done += 1;
    if (result !== undefined) {
      tally.count(result);
      options.onMail?.({ mailbox: name, folder: mail.arrival.folder, place: mail.path, result });
    }
    options.onProgress?.({ mailbox: name, done, total });
  }
  for (const notice of aftermath.notices(source)) tally.notice(notice);
  if (dryRun || signal?.aborted === true) return;
  await helpdesk.transaction(async (desk) => {
    await desk.removeRawMails(context.now());
    await desk.scanEnded(name, context.now());
  });
}

type Judging = (mail: ListedMail) => Promise<ScannedMail["result"] | undefined>;

/** Undefined where the mail is there no more. */
function realJudging(
  context: HandlingContext,
  source: MailSource,
  mailbox: string,
  aftermath: Aftermath,
): Judging {
  return async (mail) => {
    try {
      const handled = await handleMail(context, mail);
      switch (handled.kind) {
        case "already seen":
          return { kind: "already seen" };
        case "failed":
          return { kind: "failed", error: handled.error };
        case "handled": {
          const { decision, journal, ticket } = handled;
          if (decision.mailEffects.length > 0) {
            await carryOutPending(context, source, mailbox, aftermath, journal.id);
          }
          return { kind: "decided", decision, ticket };
        }
      }
    } catch (error) {
      if (error instanceof MailGone) return undefined;
      throw error;
    }
  };
}

function dryJudging(context: HandlingContext, scratch: Helpdesk | undefined): Judging {
  const judge = scratch === undefined ? judgeOnly(context) : judgeIn(context, scratch);
  return async (mail) => {
    try {
      return await judge(mail);
    } catch (error) {
      if (error instanceof MailGone) return undefined;
      if (error instanceof StoreError || error instanceof SourceOutage) throw error;
      return { kind: "failed", error: messageOf(error) };
    }
  };
}

function judgeOnly(context: HandlingContext): Judging {
  const seen = new Set<string>();
  return async (mail) => {
    const { messageId, contentKey } = identify(await mail.whole());
    const identity = JSON.stringify([messageId, contentKey]);
    if (seen.has(identity)) return { kind: "already seen" };
    seen.add(identity);
    const decision = await explainMail(context, mail);
    return decision.outcome === "already seen"
      ? { kind: "already seen" }
      : { kind: "decided", decision, ticket: undefined };
  };
}

function judgeIn(context: HandlingContext, scratch: Helpdesk): Judging {
  return async (mail) => {
    const handled = await handleMail({ ...context, helpdesk: scratch }, mail);
    switch (handled.kind) {
      case "already seen":
        return { kind: "already seen" };
      case "failed":
        return { kind: "failed", error: handled.error };
      case "handled":
        return { kind: "decided", decision: handled.decision, ticket: undefined };
    }
  };
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
  await context.helpdesk.transaction((desk) => desk.addAlarm(message, context.now()));
}
