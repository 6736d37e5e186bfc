import type { DecideInput, ProgramMailbox } from "@mcrules/compiler";
import type { Instant, MailContent, MailHeaders, MailIdentity } from "@mcrules/mail";
import { identify, readHeaders } from "@mcrules/mail";
import type { HandlingContext, IncomingMail } from "./handling.ts";
import { mailboxNamed, readingOf } from "./mailbox.ts";

/** One mail while it is handled: each of its parts is read once. */
export interface MailInHand {
  readonly incoming: IncomingMail;
  readonly mailbox: ProgramMailbox;
  readonly bytes: Uint8Array;
  readonly headers: MailHeaders;
  readonly identity: MailIdentity;
  /** Reads the content at the first call. */
  content(): Promise<MailContent>;
}

/** Fetches a mail and reads its headers; the content is read when something asks for it. */
export async function takeInHand(
  context: Pick<HandlingContext, "judge" | "reader">,
  incoming: IncomingMail,
): Promise<MailInHand> {
  const mailbox = mailboxNamed(context.judge.program, incoming.arrival.mailbox);
  const reading = readingOf(mailbox);
  const bytes = await incoming.whole();
  let content: Promise<MailContent> | undefined;
  return {
    incoming,
    mailbox,
    bytes,
    headers: readHeaders(bytes, reading),
    identity: identify(bytes),
    content: () => (content ??= context.reader.readContent(bytes, reading)),
  };
}

/** What `decide` is given of a mail in hand. */
export function decideInput(mail: MailInHand, now: Instant): DecideInput {
  return {
    headers: mail.headers,
    arrival: { ...mail.incoming.arrival, size: mail.incoming.arrival.size ?? mail.bytes.length },
    now,
  };
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
