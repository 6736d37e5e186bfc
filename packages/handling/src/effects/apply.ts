import type { Decision, Effect, MailMark } from "@mcrules/compiler";
import type { RegistryEntry, Ticket } from "@mcrules/helpdesk";
import { foldAddress } from "../address.ts";
import { ownAddresses } from "../mailbox.ts";
import { createTicket } from "./createTicket.ts";
import { countMisses } from "./misses.ts";
import { updateTicket } from "./updateTicket.ts";
import type { Work } from "./work.ts";

/** What a decision did in the helpdesk. */
export interface Applied {
  readonly ticket: Ticket | undefined;
  readonly events: readonly (
    "ticket created" | "ticket updated" | "ticket closed" | "mail ignored"
  )[];
  /** The registry entries that the mail is to be filed under. */
  readonly filed: readonly RegistryEntry[];
  /** The ticket was taken on behalf of somebody, so a person wrote it. */
  readonly onBehalf: boolean;
}

/** Does in the helpdesk what was decided. */
export async function applyEffects(work: Work, decision: Decision): Promise<Applied> {
  let applied: Applied = {
    ticket: undefined,
    events: decision.outcome === "ignored" ? ["mail ignored"] : [],
    filed: [],
    onBehalf: false,
  };
  for (const effect of decision.effects)
    applied = await applyEffect(work, applied, effect, decision.marks);
  return applied;
}

async function applyEffect(
  work: Work,
  applied: Applied,
  effect: Effect,
  marks: readonly MailMark[],
): Promise<Applied> {
  const { desk, now } = work;
  switch (effect.kind) {
    case "create ticket": {
      const ticket = await createTicket(work, effect, marks);
      return {
        ...applied,
        ticket,
        onBehalf: effect.onBehalf,
        events:
          ticket.closedAt === undefined ? ["ticket created"] : ["ticket created", "ticket closed"],
      };
    }
    case "update ticket": {
      const ticket = await updateTicket(work, effect, marks);
      if (effect.flood === true) return { ...applied, ticket };
      const closed = effect.ticket.closedAt === undefined && ticket.closedAt !== undefined;
      return {
        ...applied,
        ticket,
        events: closed ? ["ticket updated", "ticket closed"] : ["ticket updated"],
      };
    }
    case "file under": {
      const entry = await desk.registryEntry(effect.registry, effect.address);
      return entry === undefined ? applied : { ...applied, filed: [...applied.filed, entry] };
    }
    case "block sender": {
      const own = ownAddresses(work.program);
      for (const address of effect.addresses) {
        if (own.has(foldAddress(address))) {
          await desk.addAlarm(
            `Rule "${effect.rule}" marked a mail from our own address ${address} as spam; it is not blocked.`,
            now,
          );
        } else {
          await desk.block(address, `rule "${effect.rule}"`, now);
        }
      }
      return applied;
    }
    case "report spam":
      await desk.addAlarm(
        `Rule "${effect.rule}" marked a mail from ${effect.addresses.join(", ")} as spam. ` +
          `Contacts and agents are only blocked by a person: mcrules blocked add ADDRESS.`,
        now,
      );
      return applied;
    case "count miss":
      await countMisses(work, effect.addresses);
      return applied;
    case "note bounce":
      return { ...applied, ticket: await noteBounce(work, effect) };
    default:
      return unknownEffect(effect);
  }
}

function unknownEffect(effect: never): never {
  throw new Error(`The judge asked for something unknown: ${JSON.stringify(effect)}`);
}

/** No report of one mail names more people that it did not reach. */
const mostMuted = 50;

/** As long as mail servers may try before they give up, and longer. */
const writtenTo = 30 * 24 * 60 * 60 * 1000;

/** A report on nobody who was not reached may say that the mail arrived, or that it has to wait (RFC 3463). */
function noteOf(unreached: readonly string[], status: string | undefined): string {
  const code = status === undefined ? "" : ` (${status})`;
  if (unreached.length > 0) {
    return `A mail about this ticket did not reach ${unreached.join(", ")}${code}.`;
  }
  switch (status?.charAt(0)) {
    case "2":
      return `A mail about this ticket was delivered${code}.`;
    case "4":
      return `A mail about this ticket has not reached its recipient yet${code}.`;
    default:
      return `A mail about this ticket did not reach its recipient${code}.`;
  }
}

async function noteBounce(
  work: Work,
  effect: Extract<Effect, { kind: "note bounce" }>,
): Promise<Ticket> {
  const { desk, now } = work;
  const content = await work.content();
  await desk.addComment(effect.ticket.id, {
    author: undefined,
    by: "system",
    internal: true,
    text: noteOf(effect.mute.slice(0, mostMuted), content.bounce?.status),
    quoted: content.body,
    at: now,
  });
  for (const address of effect.mute.slice(0, mostMuted)) {
    // Whoever has a mail of ours can write a bounce of it; it says nothing of people we never wrote to.
    const sent = await desk.sentTo(address, now - writtenTo);
    if (sent.count > 0) await desk.mute(address, effect.until);
  }
  return desk.changeTicket(effect.ticket.id, { at: now });
}
