import { decodeCharset } from "./charset.ts";

/** What no text of a mail needs more than. */
const longestRtf = 4 * 1024 * 1024;
const deepestGroup = 500;

// The text that stands in the window of every compressed RTF before its first byte (MS-OXRTFCP).
const dictionary =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern " +
  "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0" +
  "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/** The text of a compressed RTF (MS-OXRTFCP), without its formatting; undefined where it is none. */
export function textOfCompressedRtf(bytes: Uint8Array): string | undefined {
  const rtf = decompressRtf(bytes);
  return rtf === undefined ? undefined : textOfRtf(rtf);
}

/** Undoes the compression, up to four million bytes. */
export function decompressRtf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = Math.min(view.getUint32(4, true), longestRtf);
  const kind = view.getUint32(8, true);
  if (kind === 0x414c454d) return bytes.subarray(16, 16 + length);
  if (kind !== 0x75465a4c) return undefined;
  const window = Buffer.alloc(4096);
  let place = window.write(dictionary, "latin1");
  const out = { bytes: Buffer.allocUnsafe(length), size: 0 };
  const put = (byte: number): void => {
    out.bytes[out.size++] = byte;
    window[place] = byte;
    place = (place + 1) % 4096;
  };
  let at = 16;
  while (at < bytes.length && out.size < length) {
    const control = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length && out.size < length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at++] ?? 0);
        continue;
      }
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = pair >> 4;
      // It points at itself: the end.
      if (from === place) return out.bytes.subarray(0, out.size);
      const count = Math.min((pair & 15) + 2, length - out.size);
      for (let step = 0; step < count; step += 1) put(window[(from + step) % 4096] ?? 0);
    }
  }
  return out.bytes.subarray(0, out.size);
}

// What stands in these groups is not shown.
const silent: ReadonlySet<string> = new Set(
  "fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr themedata datastore listtable listoverridetable generator xmlnstbl rsidtbl latentstyles".split(
    " ",
  ),
);

const signs: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  row: "\n",
  sect: "\n",
  page: "\n",
  tab: "\t",
  cell: "\t",
  emdash: "\u2014",
  endash: "\u2013",
  lquote: "\u2018",
  rquote: "\u2019",
  ldblquote: "\u201c",
  rdblquote: "\u201d",
  bullet: "\u2022",
};

interface Group {
  readonly shown: boolean;
  /** How many bytes stand behind a `\u` for readers that do not know it. */
  readonly skip: number;
}

const token =
  /\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|[{}]|[\r\n]+|[^\\{}\r\n]+/gs;

/** The text that an RTF shows. HTML that Outlook wrapped into it loses its tags with the rest. */
export function textOfRtf(rtf: Uint8Array): string {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.length).toString("latin1");
  const page = /\\ansicpg(\d{1,5})/.exec(source.slice(0, 500))?.[1];
  const charset = page === undefined ? "windows-1252" : page === "65001" ? "utf-8" : `cp${page}`;
  const out: string[] = [];
  let bytes: number[] = [];
  let group: Group = { shown: true, skip: 1 };
  const outer: Group[] = [];
  let ignored = 0;
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodeCharset(Uint8Array.from(bytes), charset));
    bytes = [];
  };
  const write = (text: string): void => {
    if (!group.shown) return;
    flush();
    out.push(text);
  };
  for (const [whole, hex, word, number, symbol] of source.matchAll(token)) {
    if (whole === "{") {
      if (outer.length >= deepestGroup) break;
      outer.push(group);
    } else if (whole === "}") {
      const around = outer.pop();
      // What stands behind the document, such as the zero that ends it, is none of it.
      if (around !== undefined && outer.length === 0) break;
      group = around ?? group;
      ignored = 0;
    } else if (hex !== undefined) {
      if (ignored > 0) ignored -= 1;
      else if (group.shown) bytes.push(Number.parseInt(hex, 16));
    } else if (word !== undefined) {
      ignored = 0;
      if (silent.has(word)) group = { ...group, shown: false };
      else if (word === "uc") group = { ...group, skip: Math.min(Number(number ?? 1), 10) };
      else if (word === "u" && number !== undefined) {
        write(String.fromCharCode(Number(number) & 0xffff));
        ignored = group.skip;
      } else if (word === "htmlrtf") group = { ...group, shown: number === "0" };
      else if (Object.hasOwn(signs, word)) write(signs[word] ?? "");
    } else if (symbol !== undefined) {
      if (symbol === "*") group = { ...group, shown: false };
      else if (symbol === "~") write("\u00a0");
      else if ("\\{}".includes(symbol)) write(symbol);
      else if (symbol === "\n" || symbol === "\r") write("\n");
    } else if (!/^[\r\n]/.test(whole) && group.shown) {
      const rest = ignored > 0 ? whole.slice(ignored) : whole;
      ignored = 0;
      for (const letter of rest) bytes.push(letter.charCodeAt(0));
    }
  }
  flush();
  return out.join("").toWellFormed();
}
