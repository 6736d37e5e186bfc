/** A header line: where its name and its folded value stand in the block's text. */
export interface RawField {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The header block of a mail or a part. */
export interface HeaderBlock {
  /** A character a byte. */
  readonly text: string;
  readonly fields: readonly RawField[];
  /** Where the body begins, counted in bytes from the block's start. */
  readonly bodyStart: number;
  /** True where there were more fields than the bound. */
  readonly tooManyFields: boolean;
  /** True where the block went on beyond the bound in bytes. */
  readonly tooLong: boolean;
}

const firstChunk = 8 * 1024;

/**
 * Finds the header fields at the start of `bytes`. CRLF, LF and CR end a line, also mixed; lines
 * that begin with white space belong to the line before. A white space before the colon is let
 * pass. A line that is no field is skipped where another field follows it; else the body begins
 * there.
 *
 * @param top true for a mail, which may begin with an mbox `From ` line or a byte-order mark
 */
export function readHeaderBlock(
  bytes: Uint8Array,
  maxBytes: number,
  maxFields: number,
  top: boolean,
): HeaderBlock {
  const bound = Math.min(bytes.length, maxBytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Most blocks are short: the text of a whole mail is not made for them.
  for (let length = Math.min(firstChunk, bound); ; length = Math.min(length * 8, bound)) {
    const text = buffer.toString("latin1", 0, length);
    const block = scanFields(text, maxFields, top, length === bytes.length);
    if (block !== undefined) return block;
    if (length === bound) return cutBlock(buffer, text, maxFields, top);
  }
}

/** The folded value of a field as one line: each line end goes, the white space behind it stays. */
export function unfold(value: string): string {
  const unfolded = /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, "") : value;
  return unfolded.replace(/^[ \t]+/, "").trimEnd();
}

/** The block of a header longer than the bound; the body is looked for behind it all the same. */
function cutBlock(buffer: Buffer, text: string, maxFields: number, top: boolean): HeaderBlock {
  const lastLine = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
  const kept = lastLine === 0 ? text : text.slice(0, lastLine);
  const block = scanFields(kept, maxFields, top, true);
  const from = Math.max(0, text.length - 4);
  const ends = ["\n\r\n", "\n\n", "\r\r"].map((mark) => {
    const at = buffer.indexOf(mark, from, "latin1");
    return at === -1 ? buffer.length : at + mark.length;
  });
  return {
    text: kept,
    fields: block?.fields ?? [],
    bodyStart: Math.min(...ends),
    tooManyFields: block?.tooManyFields ?? false,
    tooLong: true,
  };
}

/** Undefined where the block does not end within `text` and `text` is not all there is. */
function scanFields(
  text: string,
  maxFields: number,
  top: boolean,
  whole: boolean,
): HeaderBlock | undefined {
  const fields: RawField[] = [];
  let tooManyFields = false;
  /** The first line that is no field since the last one that is. */
  let stray = -1;
  let at = top ? startOfFields(text) : 0;
  const found = (bodyStart: number): HeaderBlock => ({
    text,
    fields,
    bodyStart: stray === -1 ? bodyStart : stray,
    tooManyFields,
    tooLong: false,
  });

  let open: { name: string; start: number } | undefined;
  const close = (end: number) => {
    if (open === undefined) return;
    if (fields.length < maxFields) fields.push({ ...open, end });
    else tooManyFields = true;
    open = undefined;
  };

  let lineFeed = -2;
  let carriageReturn = -2;
  while (at < text.length) {
    // Each kind of line end is searched for only when the last one found was passed.
    if (lineFeed < at && lineFeed !== -1) lineFeed = text.indexOf("\n", at);
    if (carriageReturn < at && carriageReturn !== -1) carriageReturn = text.indexOf("\r", at);
    const lineEnd =
      carriageReturn !== -1 && (carriageReturn < lineFeed || lineFeed === -1)
        ? carriageReturn
        : lineFeed;
    if (lineEnd === -1) {
      if (!whole) return undefined;
      if (!continues(text, at, text.length, open)) {
        close(at);
        const colon = colonOfField(text, at, text.length);
        if (colon === -1) {
          if (stray === -1) stray = at;
        } else {
          stray = -1;
          open = { name: nameOf(text, at, colon), start: colon + 1 };
        }
      }
      close(text.length);
      return found(text.length);
    }
    const next = afterLineEnd(text, lineEnd);
    // The CR of a CRLF may be the last that this text holds.
    if (next === -1 && !whole) return undefined;
    const nextLine = next === -1 ? text.length : next;
    if (lineEnd === at) {
      close(at);
      return found(nextLine);
    }
    if (isContinuation(text, at) || continues(text, at, lineEnd, open)) {
      if (open === undefined && stray === -1) stray = at;
    } else {
      close(at);
      const colon = colonOfField(text, at, lineEnd);
      if (colon === -1) {
        if (stray === -1) stray = at;
      } else {
        stray = -1;
        open = { name: nameOf(text, at, colon), start: colon + 1 };
      }
    }
    at = nextLine;
  }
  if (!whole) return undefined;
  close(text.length);
  return found(text.length);
}

function startOfFields(text: string): number {
  const at = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
  // `From :` is a field all the same.
  if (!/^>?From (?![ \t]*:)/.test(text.slice(at, at + 200))) return at;
  const lineEnd = text.slice(at).search(/[\r\n]/);
  if (lineEnd === -1) return text.length;
  const next = afterLineEnd(text, at + lineEnd);
  return next === -1 ? text.length : next;
}

/** Behind the line end at `at`: CRs before an LF belong to it. -1 where that is not known yet. */
function afterLineEnd(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x0a) return at + 1;
  let next = at;
  while (text.charCodeAt(next) === 0x0d) next += 1;
  if (next === text.length) return -1;
  return text.charCodeAt(next) === 0x0a ? next + 1 : at + 1;
}

function isContinuation(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

/**
 * Whether a line continues the field above it: by white space at its start, or as a parameter behind
 * a semicolon, whose white space programs for screenshots forget.
 */
function continues(
  text: string,
  at: number,
  lineEnd: number,
  open: { readonly start: number } | undefined,
): boolean {
  if (open === undefined) return false;
  if (isContinuation(text, at)) return true;
  let before = at - 1;
  while (before > open.start && text.charCodeAt(before) <= 0x20) before -= 1;
  if (text.charCodeAt(before) !== 0x3b) return false;
  return /^(?:boundary|charset|(?:file)?name\*?\d?\*?) ?=/i.test(
    text.slice(at, Math.min(lineEnd, at + 20)),
  );
}

/** The colon of a field that begins at `start`, or -1 where the line is none. */
function colonOfField(text: string, start: number, lineEnd: number): number {
  let at = start;
  while (at < lineEnd) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) return at === start ? -1 : at;
    if (code <= 0x20 || code > 0x7e) break;
    at += 1;
  }
  if (at === start) return -1;
  while (at < lineEnd && isContinuation(text, at)) at += 1;
  return text.charCodeAt(at) === 0x3a && at < lineEnd ? at : -1;
}

function nameOf(text: string, start: number, colon: number): string {
  return text.slice(start, colon).trimEnd();
}
