import { parseAddress } from "../addresses.ts";
import type { Address } from "../mail.ts";
import type { HeaderView, PartView } from "../parts.ts";
import { enclosedFields } from "./enclosed.ts";
import { firstField } from "./fields.ts";
import { headerBlock, markerLine } from "./quotedHeader.ts";
import { hasForwardPrefix, hasReplyPrefix } from "./subject.ts";

const mostLines = 2000;

function attachedSender(parts: readonly PartView[]): Address | undefined {
  for (const part of parts) {
    if (part.type !== "message/rfc822" && part.type !== "message/global") continue;
    const from = firstField(enclosedFields(part.content), "From");
    const address = from === undefined ? undefined : parseAddress(from.raw);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** "Anna <a@b.it<mailto:a@b.it>>", "Anna [mailto:a@b.it]", "<mailto:a@b.it>" as plain addresses. */
function asAddress(value: string): Address | undefined {
  const plain = value
    .slice(0, 1000)
    .replace(/[\u200E\u200F\u202A-\u202E]/gu, "")
    .replace(/<mailto:[^<>]{0,300}>(?=>|$)/giu, "")
    .replace(/\[mailto:([^\]]{0,300})\]/giu, "<$1>")
    .replace(/\(mailto:([^)]{0,300})\)/giu, "<$1>")
    .replace(/mailto:/giu, "")
    .replace(/&lt;/gu, "<")
    .replace(/&gt;/gu, ">")
    .replace(/^\s*\*|\*\s*$/gu, "")
    .trim();
  return parseAddress(plain);
}

function senderInText(body: string, isForward: boolean): Address | undefined {
  const lines = body.split("\n", mostLines).map((line) => line.replace(/^(?:\s{0,3}[>|])+ ?/u, ""));
  for (let at = 0; at < lines.length; at += 1) {
    const marker = markerLine(lines[at] ?? "");
    if (marker === "original" && !isForward) return undefined;
    let under = at;
    if (marker !== undefined) {
      under += 1;
      while (under < lines.length && (lines[under] ?? "").trim() === "") under += 1;
    } else if (!isForward) {
      continue;
    }
    const block = headerBlock(lines, under, marker !== undefined);
    if (block === undefined) continue;
    const address = asAddress(block.from);
    if (address !== undefined) return address;
  }
  return undefined;
}

/**
 * Who wrote the mail that is attached (`message/rfc822`), else the one that is passed on in the
 * text, by the header lines that mail programs write above it. An answer quotes mails too: there
 * only a line that says "forwarded" counts.
 */
export function forwardedFrom(
  headers: HeaderView,
  parts: readonly PartView[],
  body: string,
): Address | undefined {
  const attached = attachedSender(parts);
  if (attached !== undefined) return attached;
  const { subject, fields } = headers;
  const answers = hasReplyPrefix(subject) || firstField(fields, "In-Reply-To") !== undefined;
  return senderInText(body, hasForwardPrefix(subject) || !answers);
}
