import { createHash, type Hash } from "node:crypto";
import { readHeaderBlock, unfold } from "./headerBlock.ts";
import { headerFields } from "./headerField.ts";
import { firstMessageId } from "./headers.ts";
import { defaultLimits } from "./limits.ts";
import type { MailIdentity, MailLimits } from "./mail.ts";

const identifying = ["from", "to", "cc", "date", "subject", "message-id"];

/**
 * What makes a mail the same mail, wherever it turns up: From, To, Cc, Date, Subject, Message-ID
 * and the body. What servers add on the way, how they fold a header and how they end a line does
 * not count.
 */
export function identify(bytes: Uint8Array, limits: MailLimits = defaultLimits): MailIdentity {
  const block = readHeaderBlock(bytes, limits.headerBytes, limits.headerFields, true);
  const hash = createHash("sha256");
  for (const name of identifying) {
    for (const field of block.fields) {
      if (field.name.toLowerCase() !== name) continue;
      const value = unfold(block.text.slice(field.start, field.end)).replace(/[ \t]+/g, " ");
      hash.update(`${name}:${value}\n`, "latin1");
    }
  }
  const content = hash.copy();
  content.update("\n");
  updateWithLineFeeds(content, bytes.subarray(block.bodyStart));
  return {
    messageId: firstMessageId(headerFields(block)),
    headerKey: hash.digest("hex"),
    contentKey: content.digest("hex"),
  };
}

/** Hashes `bytes` as they are with CRLF and CR made LF. */
function updateWithLineFeeds(hash: Hash, bytes: Uint8Array): void {
  let from = bytes.indexOf(0x0d);
  if (from === -1) {
    hash.update(bytes);
    return;
  }
  hash.update(bytes.subarray(0, from));
  const window = Buffer.allocUnsafe(Math.min(bytes.length - from, 64 * 1024));
  let length = 0;
  for (; from < bytes.length; from += 1) {
    const byte = bytes[from] ?? 0;
    if (byte === 0x0d) {
      if (bytes[from + 1] === 0x0a) continue;
      window[length++] = 0x0a;
    } else {
      window[length++] = byte;
    }
    if (length === window.length) {
      hash.update(window);
      length = 0;
    }
  }
  hash.update(window.subarray(0, length));
}
