import type { DecideInput, ProgramMailbox } from "@mcrules/compiler";
import type { HelpdeskQueries } from "@mcrules/helpdesk";
import { headersOnlyKey } from "@mcrules/helpdesk";
import type { Instant, MailContent, MailHeaders, MailIdentity } from "@mcrules/mail";
import { identify, readHeaders } from "@mcrules/mail";
import type { HandlingContext, IncomingMail } from "./handling.ts";
import { duplicatesWithin, mailboxNamed, readingOf } from "./mailbox.ts";

/** One mail while it is handled: each of its parts is read once. */
export interface MailInHand {
  readonly incoming: IncomingMail;
  readonly mailbox: ProgramMailbox;
  readonly headers: MailHeaders;
  /** Whether the body is at hand. */
  readonly fetched: boolean;
  /** What is at hand: the whole mail, or its header block. */
  readonly bytes: Uint8Array;
  /** By the whole mail, or where its body was not fetched by its headers alone. */
  readonly identity: MailIdentity;
  /** Fetches the body at the first call. */
  whole(): Promise<Uint8Array>;
  /** Fetches the body and reads the content at the first call. */
  content(): Promise<MailContent>;
}

/** Fetches a mail, or its header block where the body takes long; the content is read when something asks for it. */
export async function takeInHand(
  context: Pick<HandlingContext, "judge" | "reader">,
  incoming: IncomingMail,
): Promise<MailInHand> {
  const mailbox = mailboxNamed(context.judge.program, incoming.arrival.mailbox);
  const reading = readingOf(mailbox);
  const later = incoming.bodyLater === true;
  let bytes = await (later ? incoming.header() : incoming.whole());
  let identity = later ? identityByHeaders(bytes) : identify(bytes);
  let whole: Promise<Uint8Array> | undefined = later ? undefined : Promise.resolve(bytes);
  let fetched = !later;
  let content: Promise<MailContent> | undefined;
  const fetchWhole = async (): Promise<Uint8Array> => {
    const fetchedBytes = await incoming.whole();
    // A server may see the end of a broken header elsewhere: the keys of the headers stay those of the header.
    identity = { ...identity, contentKey: identify(fetchedBytes).contentKey };
    bytes = fetchedBytes;
    fetched = true;
    return fetchedBytes;
  };
  const wholeOnce = () => (whole ??= fetchWhole());
  return {
    incoming,
    mailbox,
    headers: readHeaders(bytes, reading),
    get fetched() {
      return fetched;
    },
    get bytes() {
      return bytes;
    },
    get identity() {
      return identity;
    },
    whole: wholeOnce,
    content: () =>
      (content ??= wholeOnce().then((all) => context.reader.readContent(all, reading))),
  };
}

function identityByHeaders(header: Uint8Array): MailIdentity {
  const { messageId, headerKey } = identify(header);
  return { messageId, headerKey, contentKey: headersOnlyKey(headerKey) };
}

/**
 * Whether only the body can tell if the mail is in the journal: it has no Message-ID, or a mail of the same
 * headers is there whose body is known. A body that nobody compared is never needed.
 */
export async function bodyTells(desk: HelpdeskQueries, mail: MailInHand): Promise<boolean> {
  if (mail.fetched) return false;
  if (mail.identity.messageId === undefined) return true;
  return desk.journaledWhole(mail.identity, duplicatesWithin(mail.mailbox));
}

/** What `decide` is given of a mail in hand. */
export function decideInput(mail: MailInHand, now: Instant): DecideInput {
  const size = mail.incoming.arrival.size ?? (mail.fetched ? mail.bytes.length : undefined);
  return { headers: mail.headers, arrival: { ...mail.incoming.arrival, size }, now };
}

/** The headers that rules saw: the inner mail's where the envelope is only its wrapping. */
export async function headersSeen(mail: MailInHand): Promise<MailHeaders> {
  return mail.headers.enclosed ? (await mail.content()).headers : mail.headers;
}

/** When a mail was received: what its own headers say of it, else when its file was written. */
export function receivedAt(headers: MailHeaders, fileTime: Instant): Instant {
  return headers.receivedDate ?? headers.date?.instant ?? fileTime;
}

/** A mail whose bytes are at hand already. */
export function mailFromBytes(
  bytes: Uint8Array,
  from: {
    readonly mailbox: string;
    readonly folder: string;
    readonly received: Instant;
    readonly place: string;
  },
): IncomingMail {
  return {
    arrival: {
      mailbox: from.mailbox,
      folder: from.folder,
      received: from.received,
      size: bytes.length,
    },
    place: from.place,
    header: () => Promise.resolve(bytes),
    whole: () => Promise.resolve(bytes),
  };
}
