import { citationLength } from "./citation.ts";
import { headerBlock, markerLine } from "./quotedHeader.ts";
import { isListFooter, isMailProgramLine, isSignatureMark } from "./signature.ts";

/** A body in its two halves, each in the order of the mail. */
export interface SplitBody {
  /** What the sender wrote for this mail. */
  readonly shown: string;
  /** Quoted history with its header lines, and signatures. */
  readonly quoted: string;
}

// Nobody reads further, and what stands there stays as it is.
const mostLines = 20_000;
const longestPlainSignature = 30;

type Mark = "new" | "quote" | "header" | "signature" | "history";

interface Cut {
  /** The first line of the header. */
  readonly start: number;
  /** The first line under it. */
  readonly end: number;
  readonly kind: "citation" | "block" | "original" | "forwarded";
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || /^[\s\u200B\u00A0\u1427\uFEFF]*$/u.test(line);
}

function isRule(line: string | undefined): boolean {
  return line !== undefined && /^\s{0,20}[-_=*#~+–—]{3,200}\s{0,20}$/u.test(line);
}

function isArrowed(line: string | undefined): boolean {
  return line !== undefined && /^\s{0,4}>/u.test(line);
}

/** "AK> text", as some programs quote; only initials, since "mysql> " is a prompt. */
function initials(line: string | undefined): string | undefined {
  return /^\s?([A-Z]{1,3})>/u.exec(line ?? "")?.[1];
}

function nextFilled(lines: readonly string[], start: number): number {
  let at = start;
  while (at < lines.length && isBlank(lines[at])) at += 1;
  return at;
}

class BodyReading {
  readonly lines: readonly string[];
  readonly marks: Mark[];
  cut: Cut | undefined;

  constructor(lines: readonly string[]) {
    this.lines = lines;
    this.marks = lines.map(() => "new");
  }

  mark(start: number, end: number, mark: Mark): void {
    this.marks.fill(mark, start, end);
  }

  isQuote(at: number): boolean {
    const line = this.lines[at];
    if (isArrowed(line)) return true;
    const own = initials(line);
    return (
      own !== undefined &&
      own !== "SQL" &&
      (initials(this.lines[at - 1]) === own || initials(this.lines[at + 1]) === own)
    );
  }

  /** A short rest of a quoted line that was wrapped on the way and lost its `>`. */
  isWrappedRest(at: number): boolean {
    const before = this.lines[at - 1];
    const line = this.lines[at] ?? "";
    return (
      isArrowed(before) &&
      (before ?? "").length >= 60 &&
      isArrowed(this.lines[at + 1]) &&
      line.length < 60 &&
      /^\p{Ll}/u.test(line)
    );
  }

  /** The header of a quotation that begins here, with a rule above it. */
  headerAt(at: number): Cut | undefined {
    const marker = markerLine(this.lines[at] ?? "");
    if (marker !== undefined) {
      const under = nextFilled(this.lines, at + 1);
      const block = headerBlock(this.lines, under, true);
      return { start: at, end: block === undefined ? at + 1 : under + block.length, kind: marker };
    }
    const block = headerBlock(this.lines, at, isRule(this.lines[at - 1]));
    if (block !== undefined) return { start: at, end: at + block.length, kind: "block" };
    const length = citationLength(this.lines, at);
    return length === 0 ? undefined : { start: at, end: at + length, kind: "citation" };
  }

  signatureAt(at: number): boolean {
    const line = this.lines[at] ?? "";
    if (isSignatureMark(line)) {
      return line !== "--" || this.reach(at + 1) <= longestPlainSignature;
    }
    if (isMailProgramLine(line)) return true;
    return isListFooter(this.lines, at) && this.reach(at + 1) <= longestPlainSignature;
  }

  /** Filled lines from here to the next quotation or the end. */
  reach(start: number): number {
    let filled = 0;
    for (let at = start; at < this.lines.length; at += 1) {
      if (isArrowed(this.lines[at]) || filled > longestPlainSignature) break;
      if (!isBlank(this.lines[at])) filled += 1;
    }
    return filled;
  }

  /** Rules and blank lines directly above a header belong to it. */
  takeRulesAbove(start: number): void {
    for (
      let at = start - 1;
      at >= 0 && (isBlank(this.lines[at]) || isRule(this.lines[at]));
      at -= 1
    ) {
      if (isRule(this.lines[at])) this.mark(at, at + 1, "header");
    }
  }

  run(): void {
    let inSignature = false;
    let at = 0;
    while (at < this.lines.length) {
      if (this.isQuote(at) || this.isWrappedRest(at)) {
        this.mark(at, at + 1, "quote");
        inSignature = false;
        at += 1;
        continue;
      }
      if (isBlank(this.lines[at])) {
        if (inSignature) this.mark(at, at + 1, "signature");
        at += 1;
        continue;
      }
      const header = this.headerAt(at);
      if (header !== undefined) {
        inSignature = false;
        this.takeRulesAbove(at);
        this.mark(header.start, header.end, "header");
        const under = nextFilled(this.lines, header.end);
        if (!this.isQuoteUnder(under)) {
          this.mark(header.end, this.lines.length, "history");
          this.cut = header;
          return;
        }
        at = this.quotesUnder(under);
        continue;
      }
      if (!inSignature && this.signatureAt(at)) inSignature = true;
      if (inSignature) this.mark(at, at + 1, "signature");
      at += 1;
    }
  }

  isQuoteUnder(at: number): boolean {
    return this.isQuote(at) || /^\s?[\w.]{1,12}>|^\s?\|/u.test(this.lines[at] ?? "");
  }

  /** Marks the quotation under a header, whatever it is quoted with; gives the line after it. */
  quotesUnder(start: number): number {
    const first = this.lines[start] ?? "";
    const bar = /^\s?\|/u.test(first) ? "|" : /^\s?[\w.]{0,12}>/u.exec(first)?.[0];
    let at = start;
    if (bar !== undefined) {
      for (; at < this.lines.length && (this.lines[at] ?? "").startsWith(bar); at += 1) {
        this.mark(at, at + 1, "quote");
      }
    }
    if (at === start) {
      this.mark(at, at + 1, "quote");
      at += 1;
    }
    return at;
  }
}

/** The lines whose mark is wanted; a gap between two of them becomes one blank line. */
function text(lines: readonly string[], wanted: (at: number) => boolean): string {
  const segments: string[] = [];
  let first = -1;
  let last = -1;
  const close = (): void => {
    if (first !== -1) segments.push(lines.slice(first, last + 1).join("\n"));
    first = -1;
  };
  lines.forEach((line, at) => {
    if (!wanted(at)) {
      close();
    } else if (!isBlank(line)) {
      if (first === -1) first = at;
      last = at;
    }
  });
  close();
  return segments.join("\n\n");
}

function split(lines: readonly string[], depth: number): readonly Mark[] {
  const reading = new BodyReading(lines);
  reading.run();
  const { marks, cut } = reading;
  const has = (mark: Mark): boolean => marks.some((own, at) => own === mark && !isBlank(lines[at]));
  if (has("new") || depth > 8) return marks;
  if (cut !== undefined && has("history") && (cut.kind === "forwarded" || !has("signature"))) {
    // Nothing was written above the history: what stands under the header is the mail.
    const kept = marks.slice(0, cut.end);
    // A form begins like a header block, and no line announced one.
    if (cut.kind === "block") kept.fill("new", cut.start, cut.end);
    const rest = split(lines.slice(cut.end), depth + 1);
    return [...kept, ...rest];
  }
  if (has("signature")) return marks.map((mark) => (mark === "signature" ? "new" : mark));
  return marks;
}

/**
 * Parts a body into what is new and what is quoted. New is what stands above, between and below
 * quotations; not new are quoted lines, the lines that introduce them, the history under an
 * Outlook-like header block, and signatures. Where nothing would be new, the text that is not
 * marked as quoted is; and where there is none, the whole body.
 */
export function splitQuoted(body: string): SplitBody {
  const all = body.split("\n");
  const lines = all.slice(0, mostLines);
  const marks = split(lines, 0);
  const beyond = all.slice(mostLines);
  const isNew = (at: number): boolean => (marks[at] ?? "new") === "new";
  // What nobody looked at is new as it stands.
  const read = text(lines, isNew);
  const rest = beyond.join("\n").trimEnd();
  const shown = rest === "" || read === "" ? read || rest : `${read}\n${rest}`;
  if (shown === "") return { shown: body.trim() === "" ? "" : body, quoted: "" };
  return { shown, quoted: text(lines, (at) => !isNew(at)) };
}
