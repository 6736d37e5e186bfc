import type { IToken } from "chevrotain";
import type { RawDiagnostic } from "../diagnostics/report.ts";
import { lineIndex, positionOf } from "../positions.ts";
import type { Span } from "../span.ts";

/** More findings than anybody reads: what lies beyond them is left out. */
const mostFindings = 100;

/** One file while it is read: its text, and what was found wrong so far. */
export class Reading {
  readonly path: string;
  readonly text: string;
  readonly #findings: RawDiagnostic[] = [];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  span(start: number, end: number): Span {
    return { file: this.path, start, end };
  }

  spanOf(token: IToken): Span {
    return this.span(token.startOffset, endOf(token));
  }

  /** So much was found that nothing more is taken. */
  get full(): boolean {
    return this.#findings.length >= mostFindings;
  }

  add(finding: RawDiagnostic): void {
    if (!this.full) this.#findings.push(finding);
  }

  /**
   * Every finding, in the order of the text. One forgotten quote or slash makes many signs of its line look
   * wrong: of those only the first is told, and none where the quote itself is.
   */
  findings(): readonly RawDiagnostic[] {
    if (this.#findings.length === 0) return [];
    const index = lineIndex(this.text);
    const lineOf = (finding: RawDiagnostic) => positionOf(finding.span, index).line;
    const sorted = this.#findings.toSorted((one, other) => one.span.start - other.span.start);
    const told = new Set(sorted.filter((one) => unclosed.has(one.code)).map(lineOf));
    return sorted.filter((finding) => {
      if (!consequences.has(finding.code)) return true;
      const line = lineOf(finding);
      if (told.has(line)) return false;
      told.add(line);
      return true;
    });
  }
}

const unclosed: ReadonlySet<string> = new Set(["MC1001", "MC1041"]);

const consequences: ReadonlySet<string> = new Set([
  "MC1009",
  "MC1017",
  "MC1032",
  "MC1040",
  "MC1050",
  "MC1051",
  "MC1052",
]);

/** The offset behind a token's last character. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** The line on which a token ends; a token of no length ends where it begins. */
export function lastLineOf(token: IToken): number {
  return token.endLine ?? token.startLine ?? 0;
}

export function firstLineOf(token: IToken): number {
  return token.startLine ?? 0;
}
