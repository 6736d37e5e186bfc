import type { IToken } from "chevrotain";
import { report } from "../diagnostics/report.ts";
import { afterLineBreak, holeEnd, indentationAt, lineEnd } from "./extent.ts";
import { endOf, type Reading } from "./reading.ts";
import type { Item, TextItem } from "./shape.ts";
import { isClosed } from "./tokens.ts";

/** Texts: escapes replaced, the indentation of blocks taken away, holes read. */

type Part = TextItem["parts"][number];

/** Reads what stands in a hole between two offsets. Left out where a text can have no holes. */
export type ReadHole = (from: number, to: number) => readonly Item[];

/** `"…"` on one line, or a text in the quotes of another language. */
export function textItem(
  token: IToken,
  reading: Reading,
  readHole: ReadHole | undefined,
): TextItem {
  const span = reading.spanOf(token);
  const closed = isClosed(token);
  const cook = new Cook(reading, readHole);
  const from = token.startOffset + 1;
  const to = endOf(token) - (closed ? 1 : 0);
  if (!closed) {
    const end = endOf(token);
    const edits = [{ span: reading.span(end, end), text: '"' }];
    const fixes = [{ title: "Close the text", edits }];
    // Quotes right behind something else are more likely an end than a beginning.
    const ends =
      token.startOffset > 0 && !/[\s[({,=]/.test(reading.text[token.startOffset - 1] ?? "");
    reading.add(report("MC1001", span, {}, ends ? { help: startMissing } : { fixes }));
  }
  cook.escaped(from, to);
  return { kind: "text", span, block: false, parts: cook.parts(to), closed };
}

const startMissing = 'Where this `"` is the end of a text, put a `"` where that text begins.';

/** `"""…"""` over several lines. */
export function blockItem(
  token: IToken,
  reading: Reading,
  readHole: ReadHole | undefined,
): TextItem {
  const { text } = reading;
  const span = reading.spanOf(token);
  const closed = isClosed(token);
  const end = endOf(token);
  const firstEnd = Math.min(lineEnd(text, token.startOffset), end);
  if (closed && firstEnd === end) return oneLineBlock(token, reading, readHole);
  const behind = text.slice(token.startOffset + 3, firstEnd);
  const lines = linesOf(text, firstEnd, end);
  const indentation = closed
    ? closingIndentation(lines, text, end, reading)
    : sharedIndentation(lines, text);
  if (!closed) {
    const edits = [{ span: reading.span(end, end), text: `\n${indentation}"""` }];
    const at = reading.span(token.startOffset, token.startOffset + 3);
    reading.add(report("MC1002", at, {}, { fixes: [{ title: 'Close it with `"""`', edits }] }));
  } else if (behind.trim() !== "") {
    const at = reading.span(token.startOffset + 3, firstEnd);
    const edits = [{ span: at, text: `\n${indentation}${behind.trim()}` }];
    reading.add(
      report("MC1003", at, {}, { fixes: [{ title: "Move it to the next line", edits }] }),
    );
  }
  const cook = new Cook(reading, readHole);
  cutIndentation(lines, indentation, closed, reading).forEach((line) => {
    cook.plain(line.start, line.end);
    cook.append("\n", line.end);
  });
  return { kind: "text", span, block: true, parts: cook.parts(end), closed };
}

/** `"""…"""` on one line, which is meant as a text. */
function oneLineBlock(token: IToken, reading: Reading, readHole: ReadHole | undefined): TextItem {
  const span = reading.spanOf(token);
  const content = reading.text.slice(span.start + 3, span.end - 3);
  const edits = [{ span, text: `"${content}"` }];
  const fixes = content.includes('"') ? [] : [{ title: "Write a text of one line", edits }];
  reading.add(report("MC1003", span, {}, { fixes }));
  const cook = new Cook(reading, readHole);
  cook.plain(span.start + 3, span.end - 3);
  return { kind: "text", span, block: true, parts: cook.parts(span.end - 3), closed: true };
}

interface BlockLine {
  readonly start: number;
  readonly end: number;
}

/** The lines of a block's content with, as the last one, what stands before the closing quotes. */
function linesOf(text: string, firstEnd: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  let at = firstEnd;
  while (at < end) {
    const start = afterLineBreak(text, at);
    at = Math.min(lineEnd(text, start), end);
    lines.push({ start, end: at });
  }
  return lines;
}

/** Takes the closing line from the content and gives its indentation. */
function closingIndentation(
  lines: BlockLine[],
  text: string,
  end: number,
  reading: Reading,
): string {
  const last = lines.pop();
  if (last === undefined) return "";
  const indentation = indentationAt(text, last.start);
  const quotes = end - 3;
  if (last.start + indentation.length < quotes) {
    lines.push({ start: last.start, end: quotes });
    const at = reading.span(quotes, end);
    const edits = [{ span: reading.span(quotes, quotes), text: `\n${indentation}` }];
    const fixes = [{ title: "Put the quotes on a line of their own", edits }];
    reading.add(report("MC1005", at, {}, { fixes }));
    return indentation;
  }
  if (/ /.test(indentation) && /\t/.test(indentation)) {
    const at = reading.span(last.start, end);
    reading.add(
      report("MC1004", at, { reason: "tabs and blanks are mixed before the closing quotes" }),
    );
  }
  return indentation;
}

function sharedIndentation(lines: readonly BlockLine[], text: string): string {
  const own = lines
    .map(({ start, end }) => ({ indentation: indentationAt(text, start), length: end - start }))
    .filter(({ indentation, length }) => indentation.length < length)
    .map(({ indentation }) => indentation);
  const [first = "", ...others] = own;
  return others.reduce(sharedStart, first);
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** The content behind the indentation of each line. Of the lines that have less the first is reported. */
function cutIndentation(
  lines: readonly BlockLine[],
  indentation: string,
  closed: boolean,
  reading: Reading,
): BlockLine[] {
  const less: { line: BlockLine; own: string }[] = [];
  const cut = lines.map((line) => {
    const own = indentationAt(reading.text, line.start);
    if (own.startsWith(indentation))
      return { start: line.start + indentation.length, end: line.end };
    if (line.start + own.length >= line.end) return { start: line.end, end: line.end };
    less.push({ line, own });
    return { start: line.start + own.length, end: line.end };
  });
  const [first] = less;
  if (first !== undefined && closed) {
    const mixed = first.own.includes("\t") !== indentation.includes("\t") && first.own !== "";
    const reason = mixed
      ? "tabs and blanks are mixed in the indentation of this line"
      : "this line is indented less than the closing quotes";
    const edits = less.map(({ line, own }) => ({
      span: reading.span(line.start, line.start + own.length),
      text: indentation,
    }));
    const at = reading.span(first.line.start, first.line.end);
    const fixes = [{ title: "Indent as the closing quotes are", edits }];
    reading.add(report("MC1004", at, { reason }, { fixes }));
  }
  return cut;
}

/** Gathers the parts of a text. */
class Cook {
  readonly #reading: Reading;
  readonly #readHole: ReadHole | undefined;
  readonly #parts: Part[] = [];
  #value = "";
  #start: number | undefined;

  constructor(reading: Reading, readHole: ReadHole | undefined) {
    this.#reading = reading;
    this.#readHole = readHole;
  }

  append(value: string, offset: number): void {
    this.#start ??= offset;
    this.#value += value;
  }

  parts(end: number): readonly Part[] {
    this.#flush(end);
    return this.#parts;
  }

  /** Text of one line with escapes. */
  escaped(from: number, to: number): void {
    const { text } = this.#reading;
    let at = from;
    while (at < to) {
      if (text[at] === "\\") at = this.#escape(at, to);
      else if (text.startsWith("${", at)) at = this.#hole(at, to);
      else at = this.#run(at, to);
    }
  }

  /** Text of a block: backslashes are plain but before `${` and `"""`. */
  plain(from: number, to: number): void {
    const { text } = this.#reading;
    let at = from;
    while (at < to) {
      if (text.startsWith("\\${", at)) {
        this.append("${", at);
        at += 3;
      } else if (text.startsWith('\\"""', at)) {
        this.append('"""', at);
        at += 4;
      } else if (text.startsWith("${", at)) at = this.#hole(at, to);
      else at = this.#run(at, to);
    }
  }

  /** Takes characters up to the next that could mean something, and one at least. */
  #run(from: number, to: number): number {
    const { text } = this.#reading;
    let at = from + 1;
    while (at < to && text[at] !== "\\" && text[at] !== "$") at += 1;
    this.append(text.slice(from, at), from);
    return at;
  }

  #escape(at: number, to: number): number {
    const { text } = this.#reading;
    const next = at + 1 < to ? String.fromCodePoint(text.codePointAt(at + 1) ?? 0) : "";
    const plain = escapes.get(next);
    if (plain !== undefined) {
      this.append(plain, at);
      return at + 2;
    }
    const unicode = /^\\u\{([0-9A-Fa-f]{1,6})\}/.exec(text.slice(at, Math.min(at + 10, to)));
    const code = unicode === null ? NaN : Number.parseInt(unicode[1] ?? "", 16);
    if (unicode !== null && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
      this.append(String.fromCodePoint(code), at);
      return at + unicode[0].length;
    }
    const length = unicode === null ? 1 + next.length : unicode[0].length;
    // A backslash that nothing follows ends a text that is not closed, which is told.
    if (next !== "" && !this.#reading.full) this.#unknownEscape(at, length);
    this.append(text.slice(at + 1, at + length), at);
    return at + length;
  }

  #unknownEscape(at: number, length: number): void {
    const span = this.#reading.span(at, at + length);
    const escape = this.#reading.text.slice(at, at + length);
    const edits = [{ span: this.#reading.span(at, at), text: "\\" }];
    const fixes = [{ title: "Write the backslash itself", edits }];
    const holes = { escape, example: "`\\u{1F525}`" };
    this.#reading.add(report("MC1006", span, holes, { fixes }));
  }

  #hole(at: number, to: number): number {
    const { text } = this.#reading;
    if (this.#readHole === undefined) {
      this.append("${", at);
      return at + 2;
    }
    const end = holeEnd(text, at);
    if (end === undefined || end > to) {
      const opening = this.#reading.span(at, Math.min(at + 2, to));
      if (!this.#reading.full) this.#reading.add(report("MC1008", opening, {}));
      this.append("${", at);
      return at + 2;
    }
    this.#flush(at);
    const span = this.#reading.span(at, end);
    const items = this.#readHole(at + 2, end - 1);
    if (items.length === 0) this.#reading.add(report("MC1007", span, {}));
    this.#parts.push({ kind: "hole", span, items });
    return end;
  }

  #flush(end: number): void {
    if (this.#start !== undefined) {
      const span = this.#reading.span(this.#start, end);
      this.#parts.push({ kind: "string", span, value: this.#value });
    }
    this.#value = "";
    this.#start = undefined;
  }
}

const escapes = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  ["$", "$"],
]);
