import type { PartView } from "./parts.ts";

/**
 * The original mail inside a PEC transport envelope (RFC 6109): the part named `postacert.eml`,
 * else the first attached mail. Undefined where there is none, or where the certification data
 * beside it is no such data: then the envelope itself is the mail.
 */
export function enclosedMail(parts: readonly PartView[]): Uint8Array | undefined {
  const certification = parts.find((part) => part.name?.toLowerCase() === "daticert.xml");
  if (certification !== undefined && !isCertification(certification.content)) return undefined;
  const inner =
    parts.find((part) => part.name?.toLowerCase() === "postacert.eml") ??
    parts.find((part) => part.type === "message/rfc822");
  return inner === undefined || inner.content.length === 0 ? undefined : inner.content;
}

function isCertification(content: Uint8Array): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const open = bytes.indexOf("<postacert");
  return open !== -1 && bytes.indexOf("</postacert>", open) !== -1;
}
