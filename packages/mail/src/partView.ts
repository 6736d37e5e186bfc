import { charsetOfMark, charsetOfMeta, decodeCharset, isKnownCharset } from "./charset.ts";
import { unflow } from "./flowedText.ts";
import type { MimeNode } from "./mimeTree.ts";
import type { PartView } from "./parts.ts";
import { decodeTransfer } from "./transferEncoding.ts";
import { lineFeedsOnly } from "./whiteSpace.ts";

/** How much of an attached text is decoded for those who look for a report in it. */
const attachedCharacters = 64 * 1024;

export interface ReadParts {
  readonly views: ReadonlyMap<MimeNode, PartView>;
  /** True where the shown text was longer than the bound. */
  readonly textCut: boolean;
}

/**
 * Decodes the parts of a mail.
 *
 * @param shown the parts that people read; `textCharacters` bounds all of them together
 */
export function readParts(
  nodes: readonly MimeNode[],
  shown: ReadonlySet<MimeNode>,
  textCharacters: number,
): ReadParts {
  let left = textCharacters;
  let textCut = false;
  const views = new Map<MimeNode, PartView>();
  for (const node of nodes) {
    const common = {
      type: node.type,
      parameters: node.contentType.parameters,
      fields: node.fields,
      disposition: node.disposition.value === "" ? undefined : node.disposition.value,
      name: node.name,
      path: node.path,
    };
    if (node.children !== undefined) {
      views.set(node, { ...common, content: new Uint8Array(0) });
      continue;
    }
    const content = decodeTransfer(
      node.source.subarray(node.start, node.end),
      node.transferEncoding,
    );
    if (!node.type.startsWith("text/")) {
      views.set(node, { ...common, content });
      continue;
    }
    const read = readText(node, content, shown.has(node) ? left : attachedCharacters);
    if (shown.has(node)) {
      left -= read.text.length;
      textCut ||= read.cut;
    }
    views.set(node, { ...common, content, text: read.text });
  }
  return { views, textCut };
}

function readText(
  node: MimeNode,
  content: Uint8Array,
  most: number,
): { readonly text: string; readonly cut: boolean } {
  const { charset, format, delsp } = node.contentType.parameters;
  // No charset takes more than four bytes for a character.
  const bytes = content.length > most * 4 ? content.subarray(0, most * 4) : content;
  let text = lineFeedsOnly(decodeCharset(bytes, charsetOf(charset, bytes, node.type)));
  const cut = text.length > most || bytes.length < content.length;
  if (text.length > most) text = cutText(text, most);
  if (text.includes("\0")) text = text.replaceAll("\0", "\ufffd");
  if (node.type === "text/plain" && format?.toLowerCase() === "flowed") {
    text = unflow(text, delsp?.toLowerCase() === "yes");
  }
  if (node.type === "text/enriched" || node.type === "text/richtext") text = plainOfEnriched(text);
  return { text, cut };
}

/** The first `length` characters, without half a character at the end. */
export function cutText(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Without a mark the zeros tell: in both orders they are the high bytes of western text. */
function utf16ByZeros(bytes: Uint8Array): string {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < Math.min(bytes.length, 1000); at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return odd > even ? "utf-16le" : "utf-16be";
}

/** Enriched text (RFC 1896) without its commands. */
function plainOfEnriched(text: string): string {
  return text
    .replace(/<nl>/gi, "\n")
    .replaceAll("<<", "&lt;")
    .replace(/<[^<>]{1,60}>/g, "")
    .replaceAll("&lt;", "<");
}

function charsetOf(named: string | undefined, bytes: Uint8Array, type: string): string | undefined {
  // What stands in quotes or behind white space is no part of a charset's name.
  const label = named?.replace(/^["'\s]+/, "").replace(/["'\s(;].*$/s, "");
  if (label !== undefined && isKnownCharset(label)) {
    return /^utf-?16$/i.test(label) ? (charsetOfMark(bytes) ?? utf16ByZeros(bytes)) : label;
  }
  return charsetOfMark(bytes) ?? (type === "text/html" ? charsetOfMeta(bytes) : undefined);
}
