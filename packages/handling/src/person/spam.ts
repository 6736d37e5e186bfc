import type { HelpdeskTransaction, JournalEntry, Ticket } from "@mcrules/helpdesk";
import { foldAddress } from "../address.ts";
import type { HandlingContext } from "../handling.ts";
import { planMailEffects } from "../journaling.ts";
import { ownAddresses } from "../mailbox.ts";
import { NoSuchTicket } from "./acts.ts";

/** What marking tickets as spam did. */
export interface MarkedSpam {
  readonly tickets: readonly Ticket[];
  /** The senders that are blocked from now on. */
  readonly blocked: readonly string[];
}

/**
 * Marks tickets as spam: all or none of them. Their requesters are blocked, contacts too, since a person
 * decided it; an address of our own never is. Their mails go to `spam-folder` at the next scan, where
 * the mailbox has one. Throws NoSuchTicket.
 */
export function markSpam(context: HandlingContext, ids: readonly number[]): Promise<MarkedSpam> {
  const own = ownAddresses(context.judge.program);
  return context.helpdesk.transaction(async (desk) => {
    const now = context.now();
    const tickets: Ticket[] = [];
    const blocked: string[] = [];
    for (const id of new Set(ids)) {
      const before = await existing(desk, id);
      if (before.spam) continue;
      tickets.push(await desk.changeTicket(id, { spam: true, at: now }));
      const address = before.requester?.address;
      if (address !== undefined && !own.has(foldAddress(address))) {
        await desk.block(address, `ticket ${before.number} is spam`, now);
        blocked.push(address);
      }
      for (const entry of await desk.journalOfTicket(id)) await moveToSpam(context, desk, entry);
    }
    return { tickets, blocked };
  });
}

/** Takes back that tickets are spam, and unblocks their requesters. Throws NoSuchTicket. */
export function unmarkSpam(
  context: HandlingContext,
  ids: readonly number[],
): Promise<readonly Ticket[]> {
  return context.helpdesk.transaction(async (desk) => {
    const tickets: Ticket[] = [];
    for (const id of new Set(ids)) {
      const before = await existing(desk, id);
      if (!before.spam) continue;
      tickets.push(await desk.changeTicket(id, { spam: false, at: context.now() }));
      if (before.requester !== undefined) await desk.unblock(before.requester.address);
    }
    return tickets;
  });
}

async function existing(desk: HelpdeskTransaction, id: number): Promise<Ticket> {
  const ticket = await desk.ticket(id);
  if (ticket === undefined) throw new NoSuchTicket(`There is no ticket ${id}.`);
  return ticket;
}

async function moveToSpam(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  entry: JournalEntry,
): Promise<void> {
  const mailbox = context.judge.program.mailboxes.find(({ name }) => name === entry.mailbox);
  const folder = mailbox?.settings.spamFolder;
  if (folder === undefined) return;
  const moved = await desk.whereabouts(entry.id);
  await planMailEffects(desk, { ...entry, ...moved }, [{ kind: "move", folder }]);
}
