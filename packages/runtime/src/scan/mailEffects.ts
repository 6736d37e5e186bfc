import type { MailEffect } from "@mcrules/compiler";
import { isMailEffect } from "@mcrules/handling";
import type { Helpdesk, PendingMailEffect } from "@mcrules/helpdesk";
import type { MailSource } from "../source.ts";

/** What could not be done, since that kind of mailbox has no place for it: how often each. */
export type Undone = Map<string, number>;

/**
 * Carries out what is still to be done to mails of a mailbox: of one journal entry, or of all, where a
 * crash came between. Each is crossed off after it was done, so that it is done again rather than lost.
 */
export async function carryOutPending(
  helpdesk: Helpdesk,
  source: MailSource,
  mailbox: string,
  undone: Undone,
  journal?: number,
): Promise<void> {
  const pending = await helpdesk.pendingMailEffects(mailbox);
  const own = journal === undefined ? pending : pending.filter((one) => one.journal === journal);
  if (own.length === 0) return;
  const finished: PendingMailEffect[] = [];
  try {
    for (const one of own) {
      const effect = read(one);
      if (effect !== undefined && (await source.carryOut(one, effect)) === "no place") {
        const words = inWords(effect);
        undone.set(words, (undone.get(words) ?? 0) + 1);
      }
      finished.push(one);
    }
  } finally {
    await helpdesk.transaction(async (desk) => {
      for (const { id } of finished) await desk.mailEffectDone(id);
    });
  }
}

/** What a scan says of the things that it could not do. */
export function undoneNotices(source: MailSource, undone: Undone): readonly string[] {
  return [...undone].map(
    ([words, count]) =>
      `${count === 1 ? "1 mail was" : `${count} mails were`} to be ${words}: ` +
      `${source.kind} has no place for that, so the files stay as they are.`,
  );
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
