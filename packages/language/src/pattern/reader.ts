import type { PatternProblem } from "./problem.ts";
import type { PatternSpan } from "./tree.ts";

/** Goes through a pattern's source by code points, and keeps the first problem. */
export class Reader {
  readonly source: string;
  #at = 0;
  #problem: PatternProblem | undefined;

  constructor(source: string) {
    this.source = source;
  }

  get at(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at >= this.source.length;
  }

  get problem(): PatternProblem | undefined {
    return this.#problem;
  }

  get failed(): boolean {
    return this.#problem !== undefined;
  }

  sees(text: string): boolean {
    return this.source.startsWith(text, this.#at);
  }

  eat(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  skip(units: number): void {
    this.#at = Math.min(this.source.length, this.#at + units);
  }

  /** The next code point; U+FFFD at the end, which the callers never ask for. */
  take(): number {
    const codePoint = this.source.codePointAt(this.#at) ?? 0xfffd;
    this.skip(codePoint > 0xffff ? 2 : 1);
    return codePoint;
  }

  spanFrom(start: number): PatternSpan {
    return { start, end: this.#at };
  }

  /** The place of the next code point. */
  spanOfNext(): PatternSpan {
    const codePoint = this.source.codePointAt(this.#at) ?? 0;
    return { start: this.#at, end: this.#at + (codePoint > 0xffff ? 2 : 1) };
  }

  /** Keeps the problem, if it is the first. */
  fail(
    kind: PatternProblem["kind"],
    span: PatternSpan,
    what: string,
    more: { readonly help?: string; readonly instead?: string },
  ): void {
    this.#problem ??= { kind, span, what, help: more.help, instead: more.instead };
  }
}
