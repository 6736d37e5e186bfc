import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a Message-ID of ours is made of. */
export interface MessageIdParts {
  /** The ticket's id in the store; undefined for a mail of no ticket. */
  readonly ticket: number | undefined;
  /** What tells this mail from all others, such as a UUID. */
  readonly unique: string;
  /** The installation's secret; whoever has it can write such ids. */
  readonly key: string | Uint8Array;
  /** What stands behind the `@`. */
  readonly domain: string;
}

// Lower case only: some relays change the letter case of an id.
const shape =
  /^<?mcrules\.(t(?<ticket>\d{1,15})|none)\.(?<unique>[a-z0-9-]{1,64})\.(?<mac>[0-9a-f]{32})@/u;
const longestId = 998;

/** 128 bits of HMAC-SHA256 in hex. */
function mac(ticket: string, unique: string, key: string | Uint8Array): string {
  return createHmac("sha256", key)
    .update(`message-id\0${ticket}\0${unique}`)
    .digest("hex")
    .slice(0, 32);
}

/**
 * A Message-ID that says which ticket its mail belongs to and that nobody without the key can
 * write: `<mcrules.t42.UNIQUE.MAC@domain>`. Throws a RangeError where the ticket is no id.
 */
export function signMessageId({ ticket, unique, key, domain }: MessageIdParts): string {
  if (ticket !== undefined && !(Number.isSafeInteger(ticket) && ticket >= 0 && ticket < 1e15)) {
    throw new RangeError(`The ticket of a Message-ID has to be a whole number, not ${ticket}`);
  }
  const about = ticket === undefined ? "none" : `t${ticket}`;
  const lower = unique.toLowerCase();
  const part = /^[a-z0-9-]{1,64}$/u.test(lower)
    ? lower
    : createHash("sha256").update(unique).digest("hex").slice(0, 32);
  const host = domain.replace(/[^A-Za-z0-9.-]/gu, "") || "localhost";
  return `<mcrules.${about}.${part}.${mac(about, part, key)}@${host}>`;
}

/**
 * Reads a Message-ID that `signMessageId` wrote with this key, with or without its `<>` and in any
 * letter case. Undefined for every other id, also one whose signature does not agree.
 */
export function readSignedMessageId(
  id: string,
  key: string | Uint8Array,
): { ticket: number | undefined } | undefined {
  if (id.length > longestId) return undefined;
  const parts = shape.exec(id.trim().toLowerCase())?.groups;
  const unique = parts?.["unique"];
  const given = parts?.["mac"];
  if (unique === undefined || given === undefined) return undefined;
  const digits = parts?.["ticket"];
  const about = digits === undefined ? "none" : `t${digits}`;
  const expected = mac(about, unique, key);
  if (!timingSafeEqual(Buffer.from(given, "ascii"), Buffer.from(expected, "ascii"))) {
    return undefined;
  }
  return { ticket: digits === undefined ? undefined : Number(digits) };
}
