import type { HandlingContext } from "@mcrules/handling";
import {
  explainMail,
  foreseesBody,
  handleMail,
  MailGone,
  messageOf,
  SourceOutage,
} from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { StoreError } from "@mcrules/helpdesk";
import { identify } from "@mcrules/mail";
import type { ListedMail, Listing } from "../source.ts";
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

type FetchAhead = NonNullable<Listing["fetchAhead"]>;

/** Handles mails of a listing, and carries out what becomes of them once it is committed. */
export function realJudging(
  context: HandlingContext,
  carrying: CarryingOut,
  { fetchAhead }: Listing,
): Judging {
  const together = new Together(context);
  return async (mails, goOn) => {
    const journals: number[] = [];
    const { results, outage } =
      fetchAhead === undefined
        ? await together.handle(mails, goOn, journals)
        : await handleFetched(context, together, fetchAhead, mails, goOn, journals);
    await carryOutPending(carrying, journals);
    // What was done is told first; the next call meets the same trouble.
    if (outage !== undefined && results.length === 0) throw outage;
    return results;
  };
}

interface Done {
  /** Of the first mails, as many as were done. */
  readonly results: readonly (Result | undefined)[];
  /** Why the next one was not. */
  readonly outage: SourceOutage | StoreError | undefined;
}

/** So long the store may be kept from others, in milliseconds, and so many mails are done with one commit. */
const longest = 30;
const mostTogether = 64;

/**
 * Several mails with one commit: the first alone, then twice as many each time. A crash before the commit leaves
 * nothing of them, so they are done at the next scan; nothing is told and nothing carried out before it.
 */
class Together {
  readonly #context: HandlingContext;
  #most = 1;

  constructor(context: HandlingContext) {
    this.#context = context;
  }

  /** Throws StoreError: then nothing of these mails is done. */
  async handle(
    mails: readonly ListedMail[],
    goOn: () => boolean,
    journals: number[],
  ): Promise<Done> {
    const results: (Result | undefined)[] = [];
    let outage: SourceOutage | undefined;
    await this.#context.helpdesk.together(async (helpdesk) => {
      const until = performance.now() + longest;
      const context = { ...this.#context, helpdesk };
      for (const mail of mails.slice(0, this.#most)) {
        if (results.length > 0 && (!goOn() || performance.now() > until)) break;
        try {
          results.push(await handled(context, mail, journals));
        } catch (error) {
          if (!(error instanceof SourceOutage)) throw error;
          outage = error;
          break;
        }
      }
    });
    this.#most = Math.min(this.#most * 2, mostTogether);
    return { results, outage };
  }
}

/** So many mails of a server are fetched at once, and their marks set with one command. */
const mostFetched = 64;

/** Nobody waits for a server while he keeps the store from others: this mail is handled by itself. */
class NotAtHand extends SourceOutage {}

/** Fetches what is foreseen to be needed at once; the mails are then handled as if they were files. */
async function handleFetched(
  context: HandlingContext,
  together: Together,
  fetchAhead: FetchAhead,
  mails: readonly ListedMail[],
  goOn: () => boolean,
  journals: number[],
): Promise<Done> {
  const results: (Result | undefined)[] = [];
  try {
    const atHand = await fetched(context, fetchAhead, mails.slice(0, mostFetched));
    while (results.length < atHand.length && (results.length === 0 || goOn())) {
      const done = await together.handle(atHand.slice(results.length), goOn, journals);
      results.push(...done.results);
      if (done.outage === undefined) continue;
      const next = mails[results.length];
      if (!(done.outage instanceof NotAtHand) || next === undefined) return { ...done, results };
      results.push(await handled(context, next, journals));
    }
    return { results, outage: undefined };
  } catch (error) {
    if (!(error instanceof SourceOutage || error instanceof StoreError)) throw error;
    return { results, outage: error };
  }
}

/** The mails, which throw NotAtHand for what is still on the server. */
async function fetched(
  context: HandlingContext,
  fetchAhead: FetchAhead,
  mails: readonly ListedMail[],
): Promise<readonly ListedMail[]> {
  const headers = new Map<ListedMail, Uint8Array>();
  const wanted: ListedMail[] = [];
  for (const mail of mails) {
    const header = await headerOf(mail);
    if (header === undefined) continue;
    headers.set(mail, header);
    const withHeader = { ...mail, header: () => Promise.resolve(header) };
    if (await foreseesBody(context, withHeader)) wanted.push(mail);
  }
  const bodies = await fetchAhead(wanted);
  const notAtHand = () => Promise.reject(new NotAtHand("The mail is still on the server."));
  return mails.map((mail) => {
    const header = headers.get(mail);
    return {
      ...mail,
      header: header === undefined ? notAtHand : () => Promise.resolve(header),
      whole: bodies.has(mail) ? () => mail.whole() : notAtHand,
    };
  });
}

/** Undefined where the mail is gone or something is wrong with it: that is told where it is handled. */
async function headerOf(mail: ListedMail): Promise<Uint8Array | undefined> {
  try {
    return await mail.header();
  } catch (error) {
    if (error instanceof SourceOutage) throw error;
    return undefined;
  }
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

/** Judges mails of a listing and writes nothing; in `scratch` as if it had been written. */
export function dryJudging(
  context: HandlingContext,
  scratch: Helpdesk | undefined,
  { fetchAhead }: Listing,
): Judging {
  const judge = scratch === undefined ? judgeOnly(context) : judgeIn(context, scratch);
  const asking = scratch === undefined ? context : { ...context, helpdesk: scratch };
  return async (mails, goOn) => {
    const some = mails.slice(0, fetchAhead === undefined ? 1 : mostFetched);
    if (fetchAhead !== undefined) await fetched(asking, fetchAhead, some);
    const results: (Result | undefined)[] = [];
    for (const mail of some) {
      if (results.length > 0 && !goOn()) break;
      try {
        results.push(await judge(mail));
      } catch (error) {
        if (error instanceof StoreError || error instanceof SourceOutage) {
          if (results.length === 0) throw error;
          break;
        }
        const gone = error instanceof MailGone;
        results.push(gone ? undefined : { kind: "failed", error: messageOf(error) });
      }
    }
    return results;
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
