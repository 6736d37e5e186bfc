/** The value of a MAPI property, as far as a mail's text and files need it. */
export type MapiValue =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "text"; readonly text: string }
  /** A text in the code page of the message. */
  | { readonly kind: "narrow"; readonly bytes: Uint8Array }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "object"; readonly bytes: Uint8Array };

export type MapiProperties = ReadonlyMap<number, MapiValue>;

const many = 0x1000;
const mostProperties = 10_000;
const mostValues = 10_000;

/**
 * Reads a list of MAPI properties (MS-OXTNEF 2.1.3.4). Of several values the first counts; named
 * properties are gone over; a list that breaks off, or has an unknown type, ends there.
 */
export function readProperties(bytes: Uint8Array): MapiProperties {
  const found = new Map<number, MapiValue>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const has = (at: number, length: number): boolean => at + length <= bytes.length;
  if (!has(0, 4)) return found;
  const count = Math.min(view.getUint32(0, true), mostProperties);
  let at = 4;
  for (let index = 0; index < count && has(at, 4); index += 1) {
    const type = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    at += 4;
    if (id >= 0x8000) {
      if (!has(at, 24)) break;
      const named = view.getUint32(at + 16, true) === 1;
      at += named ? 24 + padded(view.getUint32(at + 20, true)) : 24;
    }
    const single = type & ~many;
    const width = widthOf(single);
    if (width === undefined) break;
    const counted = width === "own" || (type & many) !== 0;
    let values = 1;
    if (counted) {
      if (!has(at, 4)) break;
      values = view.getUint32(at, true);
      at += 4;
      if (values > mostValues) break;
    }
    if (width === 0) continue;
    for (let nth = 0; nth < values; nth += 1) {
      let length = width === "own" ? 0 : width;
      if (width === "own") {
        if (!has(at, 4)) return found;
        length = view.getUint32(at, true);
        at += 4;
      }
      if (!has(at, Math.min(length, 1))) return found;
      // One that breaks off is read as far as it goes.
      const value = valueOf(single, bytes.subarray(at, at + length));
      if (nth === 0 && id < 0x8000 && value !== undefined && !found.has(id)) found.set(id, value);
      at += padded(length);
    }
  }
  return found;
}

function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4);
}

/** Bytes of a value, "own" where each value says its length; undefined for a type that is none. */
function widthOf(type: number): number | "own" | undefined {
  switch (type) {
    // Unspecified and null have no value.
    case 0x00:
    case 0x01:
      return 0;
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x0a:
    case 0x0b:
      return 4;
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
      return 8;
    case 0x48:
      return 16;
    case 0x0d:
    case 0x1e:
    case 0x1f:
    case 0x102:
      return "own";
    default:
      return undefined;
  }
}

function valueOf(type: number, bytes: Uint8Array): MapiValue | undefined {
  switch (type) {
    case 0x03:
      return bytes.length < 4
        ? undefined
        : {
            kind: "number",
            number: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true),
          };
    case 0x0d:
      return { kind: "object", bytes };
    case 0x1e:
      return { kind: "narrow", bytes };
    case 0x1f:
      return {
        kind: "text",
        text: new TextDecoder("utf-16le").decode(bytes).replace(/\0+$/, ""),
      };
    case 0x102:
      return { kind: "bytes", bytes };
    default:
      return undefined;
  }
}
