import { decodeByteString } from "./charset.ts";
import { readHeaderBlock, type HeaderBlock, unfold } from "./headerBlock.ts";
import { headerFields } from "./headerField.ts";
import type { Cut, HeaderField, MailLimits } from "./mail.ts";
import { type ParameterisedValue, readParameterised } from "./mimeParameters.ts";

/** A node of the MIME tree; its content stands undecoded in `source`, from `start` to `end`. */
export interface MimeNode {
  readonly fields: readonly HeaderField[];
  /** Lower case `type/subtype`. */
  readonly type: string;
  readonly contentType: ParameterisedValue;
  readonly disposition: ParameterisedValue;
  /** Decoded file name, without control characters: a label, never a path. */
  readonly name: string | undefined;
  /** Lower case; `7bit` where there is none. */
  readonly transferEncoding: string;
  /** The mail, or what was inside one of its parts. */
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** Undefined for a leaf. */
  readonly children: readonly MimeNode[] | undefined;
}

export interface MimeTree {
  readonly root: MimeNode;
  readonly cuts: readonly Cut[];
}

/**
 * Walks the MIME structure of a mail (RFC 2046). Own code, since the parsers at hand throw the whole
 * mail away beyond their bounds, open attached mails, or forget the order of the parts.
 *
 * Each multipart is cut at its own delimiter lines before its parts are looked at, so a part that
 * never closes ends with its parent. Beyond the bound on parts or depth what is left stays one
 * opaque part. A multipart without a delimiter is the text it looks like.
 */
export function walkMime(bytes: Uint8Array, limits: MailLimits): MimeTree {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const cuts = new Map<Cut["what"], Cut>();
  let parts = 0;

  const readNode = (
    start: number,
    end: number,
    path: string,
    depth: number,
    defaultType: string,
  ): MimeNode => {
    parts += 1;
    const block = readHeaderBlock(
      bytes.subarray(start, end),
      limits.headerBytes,
      limits.headerFields,
      depth === 0,
    );
    if (depth > 0 && (block.tooLong || block.tooManyFields)) {
      cuts.set("header length", {
        what: "header length",
        message: "The header of a part is too long; what stands behind the bound was left out.",
      });
    }
    const contentType = readParameterised(rawField(block, "content-type") ?? "");
    const disposition = readParameterised(rawField(block, "content-disposition") ?? "");
    const node = {
      fields: headerFields(block),
      contentType,
      disposition,
      name: fileName(disposition, contentType),
      transferEncoding: transferEncodingOf(rawField(block, "content-transfer-encoding")),
      source: bytes,
      start: start + block.bodyStart,
      end,
    };
    const type = typeOf(contentType.value, defaultType);
    const leaf = (own: string): MimeNode => ({
      ...node,
      type: own,
      path: path === "" ? "1" : path,
      children: undefined,
    });
    if (!type.startsWith("multipart/")) return leaf(type);
    if (depth >= limits.depth) {
      cuts.set("depth", {
        what: "depth",
        message: `The mail's parts are nested more than ${limits.depth} deep; what is deeper stays closed.`,
      });
      return leaf("application/octet-stream");
    }
    const ranges = splitParts(buffer, node.start, end, contentType, limits.parts - parts + 1);
    if (ranges.length === 0) return leaf("text/plain");
    const childType = type === "multipart/digest" ? "message/rfc822" : "text/plain";
    const children: MimeNode[] = [];
    for (const [at, range] of ranges.entries()) {
      if (parts >= limits.parts) {
        cuts.set("parts", {
          what: "parts",
          message: `The mail has more than ${limits.parts} parts; those behind them were left out.`,
        });
        break;
      }
      const childPath = path === "" ? `${at + 1}` : `${path}.${at + 1}`;
      children.push(readNode(range.start, range.end, childPath, depth + 1, childType));
    }
    return { ...node, type, path, children };
  };

  const root = readNode(0, bytes.length, "", 0, "text/plain");
  return { root, cuts: [...cuts.values()] };
}

/** All nodes in the order of the mail, a multipart before its children. */
export function flattenTree(node: MimeNode): MimeNode[] {
  return [node, ...(node.children ?? []).flatMap(flattenTree)];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** By the boundary as it is named, else without the white space at its end that none may have. */
function splitParts(
  buffer: Buffer,
  start: number,
  end: number,
  contentType: ParameterisedValue,
  most: number,
): Range[] {
  const boundary = contentType.parameters["boundary"] ?? "";
  const trimmed = boundary.trimEnd();
  if (trimmed === "") return [];
  const ranges = splitAtBoundary(buffer, start, end, boundary, most);
  if (ranges.length > 0 || trimmed === boundary) return ranges;
  return splitAtBoundary(buffer, start, end, trimmed, most);
}

/**
 * The parts between the delimiter lines of a boundary. The line end before a delimiter belongs to
 * it.
 */
function splitAtBoundary(
  buffer: Buffer,
  start: number,
  end: number,
  boundary: string,
  most: number,
): Range[] {
  const delimiter = Buffer.from(`--${boundary}`);
  // The search must not run on behind the part, or many small parts take the time of many mails.
  const within = buffer.subarray(0, end);
  const ranges: Range[] = [];
  let partStart = -1;
  let at = start;
  while (ranges.length < most) {
    const found = within.indexOf(delimiter, at);
    if (found === -1) break;
    at = found + delimiter.length;
    if (found > start && !isLineEnd(buffer[found - 1])) continue;
    const closes = buffer[at] === 0x2d && buffer[at + 1] === 0x2d;
    // White space and whatever follows it is let pass (RFC 2046 5.1.1, note to implementors); more
    // letters make it another boundary.
    const next = buffer[at];
    const blank = next === 0x20 || next === 0x09 || isLineEnd(next) || at >= end;
    if (!blank && !closes) continue;
    if (partStart !== -1)
      ranges.push({ start: partStart, end: beforeLineEnd(buffer, partStart, found) });
    // Behind the close is nothing to read, unless a part begins there all the same.
    if (closes) {
      partStart = -1;
      continue;
    }
    partStart = nextLine(within, at);
    at = partStart;
  }
  if (partStart !== -1 && ranges.length < most) ranges.push({ start: partStart, end });
  return ranges;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function nextLine(buffer: Buffer, start: number): number {
  let at = start;
  while (at < buffer.length && !isLineEnd(buffer[at])) at += 1;
  if (buffer[at] === 0x0d) at += 1;
  if (buffer[at] === 0x0a) at += 1;
  return Math.min(at, buffer.length);
}

function beforeLineEnd(buffer: Buffer, start: number, at: number): number {
  let end = at;
  if (end > start && buffer[end - 1] === 0x0a) end -= 1;
  if (end > start && buffer[end - 1] === 0x0d) end -= 1;
  return end;
}

function rawField(block: HeaderBlock, name: string): string | undefined {
  const field = block.fields.find(
    (one) => one.name.length === name.length && one.name.toLowerCase() === name,
  );
  return field === undefined
    ? undefined
    : decodeByteString(unfold(block.text.slice(field.start, field.end)));
}

function transferEncodingOf(raw: string | undefined): string {
  const word = /^[\s"]*(quoted[ _]printable|[\w-]+)/i.exec(raw ?? "")?.[1];
  return word === undefined ? "7bit" : word.toLowerCase().replace(/[ _]/, "-");
}

/** From Content-Disposition, else from Content-Type; an RFC 2231 name before a plain one. */
function fileName(
  disposition: ParameterisedValue,
  contentType: ParameterisedValue,
): string | undefined {
  const named = [
    disposition.extended.has("filename") ? disposition.parameters["filename"] : undefined,
    contentType.extended.has("name") ? contentType.parameters["name"] : undefined,
    disposition.parameters["filename"],
    contentType.parameters["name"],
  ];
  return named.map((name) => name?.replace(/\p{Cc}+/gu, "")).find((name) => name?.trim());
}

/** RFC 2045 5.2: what cannot be read is plain text; a multipart keeps its nature. */
function typeOf(value: string, defaultType: string): string {
  if (value === "") return defaultType;
  const compact = value.replace(/\s+/g, "");
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(compact)) return compact;
  if (compact === "multipart" || compact.startsWith("multipart/")) return "multipart/mixed";
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.exec(value)?.[0] ?? "text/plain";
}
