import type { MailEffect } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import { isMailEffect, SourceOutage } from "@mcrules/handling";
import type { PendingMailEffect } from "@mcrules/helpdesk";
import type { MailSource } from "../source.ts";

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

/**
 * Carries out what is still to be done to mails of a mailbox: of one journal entry, or of all, where a
 * crash came between. Each is crossed off after it was done, so that it is done again rather than lost. What
 * cannot be done now is left for the next scan, and holds nothing up.
 */
export async function carryOutPending(
  context: Pick<HandlingContext, "helpdesk" | "now">,
  source: MailSource,
  mailbox: string,
  aftermath: Aftermath,
  journal?: number,
): Promise<void> {
  const { helpdesk, now } = context;
  const pending = await helpdesk.pendingMailEffects(mailbox);
  const own = journal === undefined ? pending : pending.filter((one) => one.journal === journal);
  if (own.length === 0) return;
  const finished: number[] = [];
  const alarms: string[] = [];
  for (const one of own) {
    const effect = read(one);
    try {
      const carried =
        effect === undefined ? { kind: "gone" as const } : await source.carryOut(one, effect);
      finished.push(one.id);
      if (effect === undefined) continue;
      if (carried.kind === "no place") aftermath.noPlaceFor(effect);
      if (carried.kind === "impossible") {
        const sentence = `A mail was to be ${inWords(effect)}: ${carried.reason}`;
        aftermath.tell(sentence);
        alarms.push(`Mailbox "${mailbox}": ${sentence}`);
      }
    } catch (error) {
      if (!(error instanceof SourceOutage)) throw error;
      aftermath.tell(error.message);
    }
  }
  await helpdesk.transaction(async (desk) => {
    for (const id of finished) await desk.mailEffectDone(id);
    for (const alarm of alarms) await desk.addAlarm(alarm, now());
  });
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
