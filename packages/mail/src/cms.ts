/** What a CMS message (RFC 5652) says that it holds. */
export type CmsKind = "signed" | "encrypted" | "compressed";

const kinds: ReadonlyMap<string, CmsKind> = new Map([
  // 1.2.840.113549.1.7.2, .3, and 1.2.840.113549.1.9.16.1.9, .23
  ["2a864886f70d010702", "signed"],
  ["2a864886f70d010703", "encrypted"],
  ["2a864886f70d0109100109", "compressed"],
  ["2a864886f70d0109100117", "encrypted"],
]);

interface Element {
  /** Class, form and number in one byte; numbers beyond 30 stand in no CMS message. */
  readonly tag: number;
  readonly start: number;
  readonly end: number;
  /** Where the next element begins. */
  readonly next: number;
}

const sequence = 0x30;
const octets = 0x04;
const constructedOctets = 0x24;
const explicit = 0xa0;
const endOfContents = 0x00;

/** No sender nests an octet string deeper, and few write it in more pieces. */
const deepest = 16;
const mostPieces = 1_000_000;

/** Undefined where the bytes are no CMS message. */
export function cmsKind(bytes: Uint8Array): CmsKind | undefined {
  return openMessage(bytes)?.kind;
}

/**
 * The content of a signed message that holds it (RFC 5652, section 5.2); undefined where it is
 * detached or the bytes cannot be read. Own code, since the signature is not looked at: what is
 * needed is four elements deep, in DER or in BER with lengths left open.
 */
export function signedContent(bytes: Uint8Array): Uint8Array | undefined {
  const message = openMessage(bytes);
  if (message?.kind !== "signed") return undefined;
  const signed = elementAt(bytes, message.start, message.end);
  if (signed?.tag !== sequence) return undefined;
  const version = elementAt(bytes, signed.start, signed.end);
  const algorithms = version && elementAt(bytes, version.next, signed.end);
  const enclosed = algorithms && elementAt(bytes, algorithms.next, signed.end);
  if (enclosed?.tag !== sequence) return undefined;
  const type = elementAt(bytes, enclosed.start, enclosed.end);
  const wrapper = type && elementAt(bytes, type.next, enclosed.end);
  if (wrapper?.tag !== explicit) return undefined;
  const content = elementAt(bytes, wrapper.start, wrapper.end);
  const pieces: Uint8Array[] = [];
  if (content === undefined || !collect(bytes, content, pieces, 0)) return undefined;
  return Buffer.concat(pieces);
}

function openMessage(
  bytes: Uint8Array,
): { readonly kind: CmsKind; readonly start: number; readonly end: number } | undefined {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== sequence) return undefined;
  const type = elementAt(bytes, outer.start, outer.end);
  if (type?.tag !== 0x06 || type.end - type.start > 20) return undefined;
  const kind = kinds.get(Buffer.from(bytes.subarray(type.start, type.end)).toString("hex"));
  const content = elementAt(bytes, type.next, outer.end);
  if (kind === undefined || content?.tag !== explicit) return undefined;
  return { kind, start: content.start, end: content.end };
}

/** The pieces of an octet string, whatever its form; false where it is none. */
function collect(
  bytes: Uint8Array,
  element: Element,
  pieces: Uint8Array[],
  depth: number,
): boolean {
  if (element.tag === octets) {
    pieces.push(bytes.subarray(element.start, element.end));
    return pieces.length <= mostPieces;
  }
  if (element.tag !== constructedOctets || depth > deepest) return false;
  let at = element.start;
  while (at < element.end) {
    const piece = elementAt(bytes, at, element.end);
    if (piece === undefined) return false;
    if (piece.tag === endOfContents) break;
    if (!collect(bytes, piece, pieces, depth + 1)) return false;
    at = piece.next;
  }
  return true;
}

/** The element at a place; the end of one whose length is left open is found by going over it. */
function elementAt(bytes: Uint8Array, at: number, end: number, depth = 0): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end || depth > deepest) return undefined;
  let start = at + 2;
  if (first === 0x80) {
    let next = start;
    while (next < end && !(bytes[next] === 0 && bytes[next + 1] === 0)) {
      const inner = elementAt(bytes, next, end, depth + 1);
      // The end of a message that was cut off is where its bytes end.
      if (inner === undefined) return { tag, start, end, next: end };
      next = inner.next;
    }
    return { tag, start, end: Math.min(next, end), next: Math.min(next + 2, end) };
  }
  let length = first;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4) return undefined;
    length = 0;
    for (let step = 0; step < count; step += 1) length = length * 256 + (bytes[start + step] ?? 0);
    start += count;
  }
  if (start > end) return undefined;
  const stop = Math.min(start + length, end);
  return { tag, start, end: stop, next: stop };
}
