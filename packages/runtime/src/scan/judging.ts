import type { HandlingContext } from "@mcrules/handling";
import { explainMail, handleMail, MailGone, messageOf, SourceOutage } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { StoreError } from "@mcrules/helpdesk";
import { identify } from "@mcrules/mail";
import type { ListedMail } from "../source.ts";
import type { CarryingOut } from "./mailEffects.ts";
import { carryOutPending } from "./mailEffects.ts";
import type { ScannedMail } from "./report.ts";

type Result = ScannedMail["result"];

/**
 * Decides and does the first of these mails, or several from the first on, as long as `goOn` holds. Gives what became
 * of each that was done; undefined where a mail is there no more.
 */
export type Judging = (
  mails: readonly ListedMail[],
  goOn: () => boolean,
) => Promise<readonly (Result | undefined)[]>;

/** Handles mails, and carries out what becomes of them once it is committed. */
export function realJudging(context: HandlingContext, carrying: CarryingOut): Judging {
  if (carrying.source.atHand === true) return judgingTogether(context, carrying);
  return async (mails, goOn) => {
    const results: (Result | undefined)[] = [];
    const journals: number[] = [];
    for (const mail of mails.slice(0, mostBeforeCarryingOut)) {
      if (results.length > 0 && !goOn()) break;
      try {
        results.push(await handled(context, mail, journals));
      } catch (error) {
        // What was done is told first; the next call meets the same trouble.
        if (results.length === 0 || !isOutage(error)) throw error;
        break;
      }
    }
    await carryOutPending(carrying, journals);
    return results;
  };
}

function isOutage(error: unknown): boolean {
  return error instanceof SourceOutage || error instanceof StoreError;
}

/** Marks of so many mails of a server are set with one command. */
const mostBeforeCarryingOut = 25;

/** So long the store may be kept from others, in milliseconds, and so many mails are done with one commit. */
const longest = 30;
const mostTogether = 64;

/**
 * Several mails with one commit: the first alone, then twice as many each time. A crash before the commit leaves
 * nothing of them, so they are done at the next scan; nothing is told and nothing carried out before it.
 */
function judgingTogether(context: HandlingContext, carrying: CarryingOut): Judging {
  let most = 1;
  return async (mails, goOn) => {
    const results: (Result | undefined)[] = [];
    const journals: number[] = [];
    let outage: SourceOutage | undefined;
    await context.helpdesk.together(async (helpdesk) => {
      const until = performance.now() + longest;
      const together = { ...context, helpdesk };
      for (const mail of mails.slice(0, most)) {
        if (results.length > 0 && (!goOn() || performance.now() > until)) break;
        try {
          results.push(await handled(together, mail, journals));
        } catch (error) {
          if (!(error instanceof SourceOutage)) throw error;
          outage = error;
          break;
        }
      }
    });
    most = Math.min(most * 2, mostTogether);
    await carryOutPending(carrying, journals);
    if (outage !== undefined && results.length === 0) throw outage;
    return results;
  };
}

/** Undefined where the mail is there no more. Adds the journal entry of which something is to be carried out. */
async function handled(
  context: HandlingContext,
  mail: ListedMail,
  journals: number[],
): Promise<Result | undefined> {
  try {
    const handled = await handleMail(context, mail);
    switch (handled.kind) {
      case "already seen":
        return { kind: "already seen" };
      case "failed":
        return { kind: "failed", error: handled.error };
      case "handled": {
        const { decision, journal, ticket } = handled;
        if (decision.mailEffects.length > 0) journals.push(journal.id);
        return { kind: "decided", decision, ticket };
      }
    }
  } catch (error) {
    if (error instanceof MailGone) return undefined;
    throw error;
  }
}

/** Judges mails and writes nothing; in `scratch` as if it had been written. */
export function dryJudging(context: HandlingContext, scratch: Helpdesk | undefined): Judging {
  const judge = scratch === undefined ? judgeOnly(context) : judgeIn(context, scratch);
  return async ([mail]) => {
    if (mail === undefined) return [];
    try {
      return [await judge(mail)];
    } catch (error) {
      if (error instanceof MailGone) return [undefined];
      if (error instanceof StoreError || error instanceof SourceOutage) throw error;
      return [{ kind: "failed", error: messageOf(error) }];
    }
  };
}

/** Judges one mail. */
type JudgingOne = (mail: ListedMail) => Promise<Result>;

function judgeOnly(context: HandlingContext): JudgingOne {
  const seen = new Map<string, ListedMail>();
  return async (mail) => {
    const first = await firstOf(seen, mail);
    if (first !== undefined) return { kind: "already seen" };
    const decision = await explainMail(context, mail);
    return decision.outcome === "already seen"
      ? { kind: "already seen" }
      : { kind: "decided", decision, ticket: undefined };
  };
}

/** The same mail, where it came before; the bodies tell where the headers are the same. */
async function firstOf(
  seen: Map<string, ListedMail>,
  mail: ListedMail,
): Promise<ListedMail | undefined> {
  const { messageId, headerKey } = identify(await mail.header());
  const byHeaders = JSON.stringify([messageId, headerKey]);
  const alike = seen.get(byHeaders);
  if (alike === undefined) {
    seen.set(byHeaders, mail);
    return undefined;
  }
  const [one, other] = [identify(await alike.whole()), identify(await mail.whole())];
  return one.contentKey === other.contentKey ? alike : undefined;
}

function judgeIn(context: HandlingContext, scratch: Helpdesk): JudgingOne {
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
