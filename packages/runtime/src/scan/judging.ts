import type { HandlingContext } from "@mcrules/handling";
import { explainMail, handleMail, MailGone, messageOf, SourceOutage } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { StoreError } from "@mcrules/helpdesk";
import { identify } from "@mcrules/mail";
import type { ListedMail } from "../source.ts";
import type { CarryingOut } from "./mailEffects.ts";
import { carryOutPending } from "./mailEffects.ts";
import type { ScannedMail } from "./report.ts";

/** Decides and does one mail. */
export type Judging = (mail: ListedMail) => Promise<ScannedMail["result"] | undefined>;

/** Handles mails, and carries out what becomes of them. Undefined where a mail is there no more. */
export function realJudging(context: HandlingContext, carrying: CarryingOut): Judging {
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
            await carryOutPending(carrying, journal.id);
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

/** Judges mails and writes nothing; in `scratch` as if it had been written. */
export function dryJudging(context: HandlingContext, scratch: Helpdesk | undefined): Judging {
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
