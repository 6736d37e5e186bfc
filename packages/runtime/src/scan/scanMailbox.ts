import { missesWithin } from "@mcrules/compiler";
import type { ProgramMailbox } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import { mailboxNamed, messageOf } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";
import { openSource } from "../openSource.ts";
import type { Listing, MailSource } from "../source.ts";
import type { Beginning } from "./beginning.ts";
import { beginningOf } from "./beginning.ts";
import { foldersToRead } from "./folders.ts";
import type { Judging } from "./judging.ts";
import { dryJudging, realJudging } from "./judging.ts";
import { Keeping } from "./keeping.ts";
import type { CarryingOut } from "./mailEffects.ts";
import { Aftermath, carryOutPending } from "./mailEffects.ts";
import { Reach } from "./reach.ts";
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
  /** How many milliseconds a server may take for one command. */
  readonly patience?: number | undefined;
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
  if (mailbox.settings.scan.kind === "on arrival") {
    tally.notice("It says scan on arrival, which is not possible yet: it is scanned once, now.");
  }
  let source: MailSource | undefined;
  try {
    source = await openSource(options.root, mailbox, {
      readOnly: options.dryRun === true,
      patience: options.patience,
    });
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
  const { name } = mailbox;
  const { signal } = options;
  const dryRun = options.dryRun === true;
  const aftermath = new Aftermath();
  const carrying: CarryingOut = { context, source, mailbox: name, aftermath };
  if (!dryRun) await carryOutPending(carrying);
  const selected = await foldersToRead(context, mailbox, source, dryRun, tally);
  try {
    let more = true;
    while (more) {
      const listing = await listed(context, mailbox, source, selected, options);
      tally.knew(listing.known);
      for (const notice of listing.notices) tally.notice(notice);
      const reach = new Reach(listing.reaches ?? []);
      const keep = dryRun ? undefined : new Keeping(context, name, reach);
      await keep?.began(listing.beginning);
      const judge = dryRun
        ? dryJudging(context, options.scratch, listing)
        : realJudging(context, carrying, listing);
      await work(listing, judge, name, options, tally, reach, keep);
      more = listing.more === true && !dryRun && signal?.aborted !== true;
      if (listing.more === true && dryRun) {
        tally.notice(`There are more mails: a dry run looks at the first ${listing.mails.length}.`);
      }
    }
  } finally {
    for (const notice of aftermath.notices(source)) tally.notice(notice);
  }
  if (dryRun || signal?.aborted === true) return;
  await context.helpdesk.transaction(async (desk) => {
    await desk.removeRawMails(context.now());
    await desk.removeCounts({
      misses: context.now() - missesWithin,
      openedTickets:
        context.now() - (context.judge.program.helpdesk.ticketLimit?.within.milliseconds ?? 0),
    });
    await desk.scanEnded(name, context.now());
  });
}

async function listed(
  context: HandlingContext,
  mailbox: ProgramMailbox,
  source: MailSource,
  folders: readonly string[],
  options: ScanOptions,
): Promise<Listing & { readonly beginning: Beginning & { readonly at: Instant } }> {
  const { helpdesk, judge } = context;
  const { name, settings } = mailbox;
  const at = context.now();
  const beginning = await beginningOf(helpdesk, mailbox, judge.program.helpdesk.zone, at);
  const positions = await helpdesk.folderPositions(name);
  const listing = await source.list({
    mailbox: name,
    folders,
    known: async (folder, place) => {
      const entry = await helpdesk.journaledAt(name, folder, place);
      return entry !== undefined && entry.state !== "failed";
    },
    unreadOnly: settings.find === "unread",
    since: beginning.since,
    onlyFromNow: beginning.onlyFromNow,
    positions: new Map(positions.map((position) => [position.folder, position])),
    failed: await helpdesk.failedPlaces(name),
    signal: options.signal,
  });
  return { ...listing, beginning: { ...beginning, at } };
}

/** So many mails are handed to the judge, which does as many of them as it sees fit. */
const mostAtOnce = 64;

async function work(
  listing: Listing,
  judge: Judging,
  mailbox: string,
  options: ScanOptions,
  tally: Tally,
  reach: Reach,
  keep: Keeping | undefined,
): Promise<void> {
  const total = listing.mails.length;
  const goOn = () => options.signal?.aborted !== true;
  let done = 0;
  try {
    while (done < total && goOn()) {
      const mails = listing.mails.slice(done, done + mostAtOnce);
      for (const [at, result] of (await judge(mails, goOn)).entries()) {
        const mail = mails[at];
        if (mail === undefined) continue;
        reach.isDone(mail);
        await keep?.sometimes();
        done += 1;
        if (result !== undefined) {
          tally.count(result);
          options.onMail?.({ mailbox, folder: mail.arrival.folder, place: mail.path, result });
        }
        options.onProgress?.({ mailbox, done, total });
      }
      // Files are read at once: signals and timers get their turn here.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await keep?.now();
  }
}
