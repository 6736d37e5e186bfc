import type { MailEffect } from "@mcrules/compiler";
import { MailGone, SourceOutage } from "@mcrules/handling";
import { identify } from "@mcrules/mail";
import type { CopyResponseObject } from "imapflow";
import type { CarriedOut, TogetherEffect } from "../source.ts";
import type { Folders } from "./folders.ts";
import { fetchHeaders } from "./fetching.ts";
import { readPlace, writePlace } from "./place.ts";
import type { Place } from "./place.ts";
import type { Session } from "./session.ts";
import { commandTrouble, serverWords } from "./trouble.ts";

/** Among so many mails of a target folder a copy is looked for that was made before a crash. */
const mostLookedThrough = 2_000;

/** It can never be done; the message says why. */
class Impossible extends Error {
  override readonly name = "Impossible";
}

interface Target {
  readonly folder: string;
  readonly path: string;
}

/**
 * What has to be remembered before something is done that would be done twice: where the next mail of the
 * target folder will lie. A MOVE is done or not, and leaves nothing to be moved twice.
 */
export async function mustRemember(
  session: Session,
  folders: Folders,
  effect: MailEffect,
): Promise<string | undefined> {
  const copies = effect.kind === "copy" || (effect.kind === "move" && !canMove(session));
  if (!copies || (effect.kind === "move" && !canExpunge(session))) return undefined;
  try {
    const target = await made(session, folders, effect.folder);
    const status = await session.run(`asking for folder "${target.folder}"`, (client) =>
      client.status(target.path, { uidNext: true, uidValidity: true }),
    );
    const { uidNext, uidValidity } = status === false ? {} : status;
    return uidNext === undefined || uidValidity === undefined
      ? undefined
      : writePlace({ uidValidity: session.numbering(uidValidity), uid: uidNext });
  } catch (error) {
    // Doing it will meet the same, and tell it.
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

/** Does something to one mail of a server. */
export async function carryOutOnServer(
  session: Session,
  folders: Folders,
  mail: { readonly folder: string; readonly place: string },
  effect: MailEffect,
  begun: string | undefined,
): Promise<CarriedOut> {
  const place = readPlace(mail.place);
  const path = folders.path(mail.folder);
  if (place === undefined || path === undefined) return { kind: "gone" };
  const from: Source = { folder: mail.folder, path, place };
  try {
    if (!(await opened(session, from))) return { kind: "gone" };
    return await carryOut(session, folders, from, effect, begun);
  } catch (error) {
    if (error instanceof Impossible) return { kind: "impossible", reason: error.message };
    if (error instanceof MailGone) return { kind: "gone" };
    throw error;
  }
}

interface Source {
  readonly folder: string;
  readonly path: string;
  readonly place: Place;
}

async function opened(session: Session, { path, place }: Source): Promise<boolean> {
  const mailbox = await session.select(path);
  return mailbox !== undefined && session.numbering(mailbox.uidValidity) === place.uidValidity;
}

async function carryOut(
  session: Session,
  folders: Folders,
  from: Source,
  effect: MailEffect,
  begun: string | undefined,
): Promise<CarriedOut> {
  switch (effect.kind) {
    case "mark":
      await mark(session, from.folder, [from.place.uid], effect.as);
      return { kind: "done" };
    case "copy": {
      const target = await made(session, folders, effect.folder);
      return { kind: "done", ...(await copied(session, from, target, begun)) };
    }
    case "move":
      return move(session, folders, from, effect.folder, begun);
    case "delete":
      if (!canExpunge(session)) {
        throw new Impossible(
          "the server has no UIDPLUS, without which it would delete other people's mails too.",
        );
      }
      await expunge(session, from);
      return { kind: "done" };
  }
}

/**
 * Marks or moves several mails of one folder with one command. Undefined where a server has no command that moves: what
 * it would be done with instead could be done twice.
 */
export async function carryOutTogether(
  session: Session,
  folders: Folders,
  { folder, places }: { readonly folder: string; readonly places: readonly string[] },
  effect: TogetherEffect,
): Promise<readonly CarriedOut[] | undefined> {
  if (effect.kind === "move" && !canMove(session)) return undefined;
  const path = folders.path(folder);
  const mailbox = path === undefined ? undefined : await session.select(path);
  const numbering = mailbox === undefined ? undefined : session.numbering(mailbox.uidValidity);
  const mails = places.map((place) => {
    const read = readPlace(place);
    return read?.uidValidity === numbering ? read : undefined;
  });
  const there = mails.filter((place) => place !== undefined);
  const gone = mails.map((): CarriedOut => ({ kind: "gone" }));
  if (path === undefined || there.length === 0) return gone;
  try {
    switch (effect.kind) {
      case "mark": {
        const uids = there.map(({ uid }) => uid);
        await mark(session, folder, uids, effect.as);
        return mails.map((place) => ({ kind: place === undefined ? "gone" : "done" }));
      }
      case "move": {
        const moved = await movedTogether(session, folders, { folder, path, mails: there }, effect);
        return mails.map((place) =>
          place === undefined ? { kind: "gone" } : (moved.get(place.uid) ?? { kind: "gone" }),
        );
      }
    }
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    const { message } = error;
    return places.map(() => ({ kind: "impossible", reason: message }));
  }
}

/** What came of each mail, by its UID. */
async function movedTogether(
  session: Session,
  folders: Folders,
  from: { readonly folder: string; readonly path: string; readonly mails: readonly Place[] },
  effect: Extract<TogetherEffect, { kind: "move" }>,
): Promise<ReadonlyMap<number, CarriedOut>> {
  const { folder, path, mails } = from;
  const target = await made(session, folders, effect.folder);
  if (target.path === path) return new Map(mails.map(({ uid }) => [uid, { kind: "done" }]));
  await session.select(path);
  const moved = await session.run(`moving mails of folder "${folder}"`, (client) =>
    client.messageMove(mails.map(({ uid }) => uid).join(","), target.path, { uid: true }),
  );
  return new Map(
    mails.map((place): readonly [number, CarriedOut] => {
      try {
        const now = whereTo(session, { folder, path, place }, target, moved);
        return [place.uid, { kind: "done", ...(now === undefined ? {} : { now }) }];
      } catch (error) {
        if (!(error instanceof MailGone)) throw error;
        return [place.uid, { kind: "gone" }];
      }
    }),
  );
}

async function mark(
  session: Session,
  folder: string,
  uids: readonly number[],
  as: "read" | "unread" | "flagged",
): Promise<void> {
  const options = { uid: true, silent: true };
  const range = uids.join(",");
  const done = await session.run(`marking mails of folder "${folder}"`, (client) => {
    switch (as) {
      case "read":
        return client.messageFlagsAdd(range, ["\\Seen"], options);
      case "unread":
        return client.messageFlagsRemove(range, ["\\Seen"], options);
      case "flagged":
        return client.messageFlagsAdd(range, ["\\Flagged"], options);
    }
  });
  if (!done) refusedIn(session, folder, "marks");
}

function refusedIn(session: Session, folder: string, what: string): never {
  if (!session.isThere)
    throw commandTrouble(session.server, `changing folder "${folder}"`, undefined);
  const { mailbox } = session.client;
  if (typeof mailbox === "object" && mailbox.readOnly === true) {
    throw new Impossible(`folder "${folder}" may only be read.`);
  }
  throw new SourceOutage(
    `The server of mailbox "${session.server.mailbox}" takes no ${what} in folder "${folder}" at the moment.`,
  );
}

async function move(
  session: Session,
  folders: Folders,
  from: Source,
  written: string,
  begun: string | undefined,
): Promise<CarriedOut> {
  if (!canMove(session) && !canExpunge(session)) {
    throw new Impossible(
      "the server has neither MOVE nor UIDPLUS, without which other people's mails would be deleted too.",
    );
  }
  const target = await made(session, folders, written);
  if (target.path === from.path) return { kind: "done" };
  await opened(session, from);
  if (!canMove(session)) {
    const copy = await copied(session, from, target, begun);
    await opened(session, from);
    await expunge(session, from);
    return { kind: "done", ...(copy.copy === undefined ? {} : { now: copy.copy }) };
  }
  const moved = await session.run(`moving a mail of folder "${from.folder}"`, (client) =>
    client.messageMove(String(from.place.uid), target.path, { uid: true }),
  );
  const now = whereTo(session, from, target, moved);
  return { kind: "done", ...(now === undefined ? {} : { now }) };
}

/** Copies a mail, unless whoever began it before has come so far. */
async function copied(
  session: Session,
  from: Source,
  target: Target,
  begun: string | undefined,
): Promise<{ readonly copy?: { readonly folder: string; readonly place: string } }> {
  if (target.path === from.path) return {};
  const before = begun === undefined ? undefined : await madeBefore(session, from, target, begun);
  if (before !== undefined) return { copy: before };
  await opened(session, from);
  const made = await session.run(`copying a mail of folder "${from.folder}"`, (client) =>
    client.messageCopy(String(from.place.uid), target.path, { uid: true }),
  );
  const copy = whereTo(session, from, target, made);
  return copy === undefined ? {} : { copy };
}

/** Where a mail came to; undefined where the server does not tell. Throws MailGone where it was there no more. */
function whereTo(
  session: Session,
  from: Source,
  target: Target,
  answer: CopyResponseObject | false | undefined,
): { readonly folder: string; readonly place: string } | undefined {
  if (answer === false || answer === undefined) return refusedIn(session, target.folder, "mails");
  const uid = answer.uidMap?.get(from.place.uid);
  if (uid !== undefined && answer.uidValidity !== undefined) {
    return {
      folder: target.folder,
      place: writePlace({ uidValidity: session.numbering(answer.uidValidity), uid }),
    };
  }
  if (canExpunge(session)) throw new MailGone("The mail is there no more.");
  return undefined;
}

/** A copy that was made before a crash: a mail of the same headers that came to the target since. */
async function madeBefore(
  session: Session,
  from: Source,
  target: Target,
  begun: string,
): Promise<{ readonly folder: string; readonly place: string } | undefined> {
  const start = readPlace(begun);
  if (start === undefined) return undefined;
  const [original] = await fetchHeaders(session, from.folder, [from.place.uid]);
  if (original === undefined) throw new MailGone("The mail is there no more.");
  const selected = await session.select(target.path);
  if (selected === undefined || session.numbering(selected.uidValidity) !== start.uidValidity) {
    return undefined;
  }
  const uids = await session.run(`searching folder "${target.folder}"`, (client) =>
    client.search({ uid: `${start.uid}:*` }, { uid: true }),
  );
  const since = (uids || []).filter((uid) => uid >= start.uid).slice(0, mostLookedThrough);
  const wanted = identify(original[1]).headerKey;
  for (let at = 0; at < since.length; at += 100) {
    const headers = await fetchHeaders(session, target.folder, since.slice(at, at + 100));
    const same = headers.find(([, header]) => identify(header).headerKey === wanted);
    if (same !== undefined) {
      const place = writePlace({ uidValidity: start.uidValidity, uid: same[0] });
      return { folder: target.folder, place };
    }
  }
  return undefined;
}

async function expunge(session: Session, { folder, place }: Source): Promise<void> {
  const done = await session.run(`deleting a mail of folder "${folder}"`, (client) =>
    client.messageDelete(String(place.uid), { uid: true }),
  );
  if (!done) refusedIn(session, folder, "deletions");
}

/** The folder of that name, which is made where it is missing. */
async function made(session: Session, folders: Folders, written: string): Promise<Target> {
  const folder = folders.named(written);
  const known = folders.path(folder);
  if (known !== undefined) return { folder, path: known };
  if (folders.holdsNoMails(folder)) {
    throw new Impossible(`folder "${folder}" of the server can hold other folders, but no mails.`);
  }
  const path = folders.newPath(folder);
  const refused = await session.run(`making folder "${folder}"`, async (client) => {
    try {
      await client.mailboxCreate(path);
      return undefined;
    } catch (error) {
      const status: unknown =
        error instanceof Error ? Reflect.get(error, "responseStatus") : undefined;
      if (status === "NO" || status === "BAD") return { words: serverWords(error) };
      throw error;
    }
  });
  if (refused !== undefined) {
    throw new Impossible(
      `the server makes no folder "${folder}": ${refused.words || "no reason given"}.`,
    );
  }
  folders.isMade(folder, path);
  return { folder, path };
}

function canMove(session: Session): boolean {
  return session.client.capabilities.has("MOVE");
}

function canExpunge(session: Session): boolean {
  return session.client.capabilities.has("UIDPLUS");
}
