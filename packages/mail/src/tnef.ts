import { decodeCharset } from "./charset.ts";
import { readProperties, type MapiProperties } from "./mapiProperties.ts";
import { textOfCompressedRtf } from "./rtf.ts";

/** One file inside a TNEF. */
export interface TnefAttachment {
  readonly name: string | undefined;
  /** Lower case `type/subtype`. */
  readonly type: string;
  readonly content: Uint8Array;
  /** Without its `<>`. */
  readonly contentId: string | undefined;
}

/** What Outlook put into a `winmail.dat`. */
export interface Tnef {
  readonly attachments: readonly TnefAttachment[];
  readonly text: string | undefined;
  readonly html: string | undefined;
}

const signature = 0x223e9f78;

// Level and number of an attribute, as MS-OXTNEF 2.1.3.2 names them.
const attributes = {
  body: 0x800c,
  messageProperties: 0x9003,
  attachmentBegins: 0x9002,
  codePage: 0x9007,
  attachmentProperties: 0x9005,
  attachmentData: 0x800f,
  attachmentTitle: 0x8010,
} as const;

const properties = {
  body: 0x1000,
  html: 0x1013,
  compressedRtf: 0x1009,
  attachData: 0x3701,
  attachMethod: 0x3705,
  shortName: 0x3704,
  longName: 0x3707,
  displayName: 0x3001,
  mimeTag: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
} as const;

/** Attributes beyond them are not read; a mail of a thousand files has a few per file. */
const mostAttributes = 20_000;

interface Growing {
  title: Uint8Array | undefined;
  data: Uint8Array | undefined;
  properties: MapiProperties | undefined;
}

/**
 * Reads a TNEF (MS-OXTNEF), the format in which Outlook packs attachments and formatted text.
 * Checksums are not looked at, and what breaks off is read as far as it goes.
 *
 * @param mostAttachments what is beyond them is left out
 * @returns undefined where the bytes are no TNEF, or hold nothing
 */
export function readTnef(bytes: Uint8Array, mostAttachments: number): Tnef | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return undefined;
  let codePage: string | undefined;
  let plain: Uint8Array | undefined;
  let message: MapiProperties | undefined;
  let current: Growing | undefined;
  const files: Growing[] = [];
  let at = 6;
  for (let count = 0; count < mostAttributes && at + 9 <= bytes.length; count += 1) {
    const level = view.getUint8(at);
    if (level !== 1 && level !== 2) break;
    const id = view.getUint16(at + 1, true);
    const start = at + 9;
    const end = Math.min(start + view.getUint32(at + 5, true), bytes.length);
    at = end + 2;
    const value = bytes.subarray(start, end);
    switch (id) {
      case attributes.codePage:
        if (value.length >= 4) codePage = charsetOfCodePage(view.getUint32(start, true));
        break;
      case attributes.body:
        plain ??= value;
        break;
      case attributes.messageProperties:
        message ??= readProperties(value);
        break;
      case attributes.attachmentBegins:
        current =
          files.length < mostAttachments
            ? { title: undefined, data: undefined, properties: undefined }
            : undefined;
        if (current !== undefined) files.push(current);
        break;
      case attributes.attachmentTitle:
        if (current !== undefined) current.title ??= value;
        break;
      case attributes.attachmentData:
        if (current !== undefined) current.data ??= value;
        break;
      case attributes.attachmentProperties:
        if (current !== undefined) current.properties ??= readProperties(value);
        break;
      default:
        break;
    }
  }
  const charset = codePage ?? "windows-1252";
  const found = {
    attachments: files.flatMap((file) => attachmentOf(file, charset) ?? []),
    ...textsOf(plain, message, charset),
  };
  const empty =
    found.attachments.length === 0 && found.text === undefined && found.html === undefined;
  return empty ? undefined : found;
}

function attachmentOf(file: Growing, charset: string): TnefAttachment | undefined {
  const own = file.properties;
  const text = (id: number): string | undefined =>
    own === undefined ? undefined : textOf(own.get(id), charset);
  const stored = own?.get(properties.attachData);
  // An object is announced by the sixteen bytes of its interface.
  const object = stored?.kind === "object" ? stored.bytes.subarray(16) : undefined;
  const content = file.data ?? (stored?.kind === "bytes" ? stored.bytes : object);
  if (content === undefined) return undefined;
  const title = file.title === undefined ? undefined : decodeText(file.title, charset);
  const name = [
    text(properties.longName),
    title,
    text(properties.shortName),
    text(properties.displayName),
  ].find((one) => one !== undefined && one.trim() !== "");
  const tag = text(properties.mimeTag)?.trim().toLowerCase();
  const isType = tag !== undefined && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(tag);
  const id = text(properties.contentId)?.trim();
  return {
    name: name?.replace(/\p{Cc}+/gu, ""),
    type: isType && !/^(?:multipart|message)\//.test(tag) ? tag : "application/octet-stream",
    content,
    contentId: id === undefined || id === "" ? undefined : id.replace(/^<|>$/g, ""),
  };
}

function textsOf(
  plain: Uint8Array | undefined,
  message: MapiProperties | undefined,
  charset: string,
): Pick<Tnef, "text" | "html"> {
  const stored = message?.get(properties.html);
  const page = message?.get(properties.internetCodePage);
  const htmlCharset = page?.kind === "number" ? charsetOfCodePage(page.number) : undefined;
  const html = textOf(stored, htmlCharset ?? charset);
  const own = message && textOf(message.get(properties.body), charset);
  const rtf = message?.get(properties.compressedRtf);
  const text =
    own ??
    (plain === undefined ? undefined : decodeText(plain, charset)) ??
    (rtf?.kind === "bytes" && html === undefined ? textOfCompressedRtf(rtf.bytes) : undefined);
  return {
    text: text?.trim() === "" ? undefined : text,
    html: html?.trim() === "" ? undefined : html,
  };
}

function textOf(value: ReturnType<MapiProperties["get"]>, charset: string): string | undefined {
  switch (value?.kind) {
    case undefined:
    case "number":
    case "object":
      return undefined;
    case "text":
      return value.text;
    case "narrow":
    case "bytes":
      return decodeText(value.bytes, charset);
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** Without the zero that ends it. */
function decodeText(bytes: Uint8Array, charset: string): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return decodeCharset(bytes.subarray(0, end), charset);
}

function charsetOfCodePage(page: number): string | undefined {
  switch (page) {
    case 65001:
      return "utf-8";
    case 20127:
      return "us-ascii";
    case 932:
      return "shift_jis";
    case 936:
      return "gbk";
    case 949:
      return "euc-kr";
    case 950:
      return "big5";
    case 20866:
      return "koi8-r";
    case 50220:
      return "iso-2022-jp";
    default:
      if (page >= 28591 && page <= 28605) return `iso-8859-${page - 28590}`;
      return page >= 1250 && page <= 1258 ? `windows-${page}` : undefined;
  }
}
