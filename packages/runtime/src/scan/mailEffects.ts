import type { MailEffect } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import { isMailEffect, SourceOutage } from "@mcrules/handling";
import type { HelpdeskTransaction, PendingMailEffect } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";
import type { CarriedOut, MailSource, TogetherEffect } from "../source.ts";
import { isDead, thisProcess } from "./holder.ts";

/** What mails were to become, and what came of it: told at the end of a scan. */
export class Aftermath {
  readonly #noPlace = new Map<string, number>();
  readonly #told = new Set<string>();

  noPlaceFor(effect: MailEffect): void {
    const words = inWords(effect);
    this.#noPlace.set(words, (this.#noPlace.get(words) ?? 0) + 1);
  }

  tell(sentence: string): void {
    this.#told.add(sentence);
  }

  notices(source: MailSource): readonly string[] {
    const noPlace = [...this.#noPlace].map(
      ([words, count]) =>
        `${count === 1 ? "1 mail was" : `${count} mails were`} to be ${words}: ` +
        `${source.kind} has no place for that, so the files stay as they are.`,
    );
    return [...this.#told, ...noPlace];
  }
}

/** What scans carry out effects with. */
export interface CarryingOut {
  readonly context: Pick<HandlingContext, "helpdesk" | "now">;
  readonly source: MailSource;
  readonly mailbox: string;
  readonly aftermath: Aftermath;
}

/**
 * Carries out what is still to be done to mails of a mailbox: of some journal entries, or of all, where a
 * crash came between. Each is crossed off after it was done, so that it is done again rather than lost. What
 * cannot be done now is left for the next scan, and holds nothing up.
 */
export async function carryOutPending(
  carrying: CarryingOut,
  journals?: readonly number[],
): Promise<void> {
  const { aftermath } = carrying;
  const all = await pendingOf(carrying, journals);
  const unmarked = await carriedTogether(carrying, all, isMark);
  const pending = await carriedTogether(carrying, unmarked, isLastMove(unmarked));
  const finished: Finished[] = [];
  const given: number[] = [];
  for (const one of pending) {
    const effect = read(one);
    if (effect === undefined) {
      finished.push({ one });
      continue;
    }
    const claim = await claimed(carrying, one, effect);
    if (claim === undefined) continue;
    try {
      finished.push({
        one,
        effect,
        carried: await carrying.source.carryOut(one, effect, claim.begun),
      });
    } catch (error) {
      if (!(error instanceof SourceOutage)) throw error;
      aftermath.tell(error.message);
      if (claim.isClaimed) given.push(one.id);
    }
    if (finished.length >= mostAtOnce) await crossOff(carrying, finished.splice(0), []);
  }
  await crossOff(carrying, finished, given);
}

type Suits = (effect: MailEffect, one: PendingMailEffect) => effect is TogetherEffect;

const isMark: Suits = (effect): effect is TogetherEffect => effect.kind === "mark";

/** What else is to be done to a mail is done before it is moved away. */
function isLastMove(pending: readonly PendingMailEffect[]): Suits {
  const last = new Map(pending.map(({ journal, id }) => [journal, id]));
  const first = new Map(pending.toReversed().map(({ journal, id }) => [journal, id]));
  return (effect, { journal, id }): effect is TogetherEffect =>
    effect.kind === "move" && last.get(journal) === id && first.get(journal) === id;
}

/** Does what suits, many with one command where the mailbox can, and gives what is left to do. */
async function carriedTogether(
  carrying: CarryingOut,
  pending: readonly PendingMailEffect[],
  suits: Suits,
): Promise<readonly PendingMailEffect[]> {
  if (carrying.source.carryOutTogether === undefined) return pending;
  const left: PendingMailEffect[] = [];
  const groups = new Map<string, { effect: TogetherEffect; ones: PendingMailEffect[] }>();
  for (const one of pending) {
    const effect = read(one);
    if (effect === undefined || !suits(effect, one)) {
      left.push(one);
      continue;
    }
    const key = JSON.stringify([one.folder, one.effect]);
    const group = groups.get(key) ?? { effect, ones: [] };
    groups.set(key, group);
    group.ones.push(one);
  }
  const held = new Set<number>();
  for (const { effect, ones } of groups.values()) {
    for (let at = 0; at < ones.length; at += mostAtOnce) {
      const some = ones.slice(at, at + mostAtOnce);
      switch (await doneTogether(carrying, some, effect)) {
        case "done":
          break;
        case "one by one":
          left.push(...some);
          break;
        case "later":
          // A mail that is moved away before it is marked is never marked.
          for (const { journal } of some) held.add(journal);
          break;
      }
    }
  }
  return left
    .filter(({ journal }) => !held.has(journal))
    .toSorted((one, other) => one.id - other.id);
}

async function doneTogether(
  carrying: CarryingOut,
  some: readonly PendingMailEffect[],
  effect: TogetherEffect,
): Promise<"done" | "one by one" | "later"> {
  const { source, aftermath } = carrying;
  const places = some.map(({ place }) => place);
  try {
    const carried = await source.carryOutTogether?.(some[0]?.folder ?? "", places, effect);
    if (carried === undefined) return "one by one";
    const finished = some.flatMap((one, index): Finished[] => {
      const outcome = carried[index];
      return outcome === undefined ? [] : [{ one, effect, carried: outcome }];
    });
    await crossOff(carrying, finished, []);
    return "done";
  } catch (error) {
    if (!(error instanceof SourceOutage)) throw error;
    aftermath.tell(error.message);
    return "later";
  }
}

async function pendingOf(
  { context: { helpdesk }, mailbox }: CarryingOut,
  journals: readonly number[] | undefined,
): Promise<readonly PendingMailEffect[]> {
  if (journals === undefined) return helpdesk.pendingMailEffects(mailbox);
  const pending: PendingMailEffect[] = [];
  for (const journal of journals) {
    pending.push(...(await helpdesk.pendingMailEffects(mailbox, journal)));
  }
  return pending;
}

/** So many are done again at most where a crash comes between. */
const mostAtOnce = 50;

interface Finished {
  readonly one: PendingMailEffect;
  readonly effect?: MailEffect;
  readonly carried?: CarriedOut;
}

async function crossOff(
  { context, mailbox, aftermath }: CarryingOut,
  finished: readonly Finished[],
  given: readonly number[],
): Promise<void> {
  if (finished.length === 0 && given.length === 0) return;
  await context.helpdesk.transaction(async (desk) => {
    for (const id of given) await desk.releaseMailEffect(id);
    for (const { one, effect, carried } of finished) {
      await desk.mailEffectDone(one.id);
      if (effect === undefined || carried === undefined) continue;
      switch (carried.kind) {
        case "done": {
          const { now, copy } = carried;
          if (now !== undefined) await desk.mailMoved(one.journal, mailbox, now.folder, now.place);
          if (copy !== undefined) {
            await desk.addJournalPlace(one.journal, mailbox, copy.folder, copy.place);
          }
          break;
        }
        case "impossible": {
          const sentence = `A mail was to be ${inWords(effect)}: ${carried.reason}`;
          aftermath.tell(sentence);
          await alarmOnce(desk, `Mailbox "${mailbox}": ${sentence}`, context.now());
          break;
        }
        case "no place":
          aftermath.noPlaceFor(effect);
          break;
        case "gone":
          break;
      }
    }
  });
}

/** Told at every scan, but one alarm is enough. */
export async function alarmOnce(
  desk: HelpdeskTransaction,
  message: string,
  at: Instant,
): Promise<void> {
  const alarms = await desk.alarms();
  if (!alarms.some((alarm) => alarm.message === message)) await desk.addAlarm(message, at);
}

/** Long enough for one command and its deadline. */
const claimedFor = 2 * 60_000;

/**
 * Keeps others from doing what would then be done twice. Undefined where somebody else has it in hand. A
 * holder on this machine that is dead is not waited for.
 */
async function claimed(
  { context, source }: CarryingOut,
  one: PendingMailEffect,
  effect: MailEffect,
): Promise<{ readonly begun: string | undefined; readonly isClaimed: boolean } | undefined> {
  const note = await source.begin?.(effect);
  if (note === undefined) return { begun: undefined, isClaimed: false };
  const now = context.now();
  const insteadOf = one.claim !== undefined && isDead(one.claim.by) ? one.claim.by : undefined;
  const claim = await context.helpdesk.transaction((desk) =>
    desk.claimMailEffect(one.id, {
      holder: thisProcess(),
      now,
      until: now + claimedFor,
      insteadOf,
      note,
    }),
  );
  return claim === undefined ? undefined : { ...claim, isClaimed: true };
}

function read(pending: PendingMailEffect): MailEffect | undefined {
  let value: unknown;
  try {
    value = JSON.parse(pending.effect);
  } catch {
    return undefined;
  }
  return isMailEffect(value) ? value : undefined;
}

function inWords(effect: MailEffect): string {
  switch (effect.kind) {
    case "mark":
      return `marked ${effect.as}`;
    case "move":
      return `moved to "${effect.folder}"`;
    case "copy":
      return `copied to "${effect.folder}"`;
    case "delete":
      return "deleted";
  }
}
