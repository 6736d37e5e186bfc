import type { RawFix, ReportExtras } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import { indentationAt, lineStart } from "../shape/extent.ts";
import { nearest } from "../suggest.ts";

/** One edit as a fix. */
export function replacement(title: string, span: Span, text: string): RawFix {
  return { title, edits: [{ span, text }] };
}

/**
 * Help and fix that offer the word which was most likely meant. `write` turns the word into what
 * stands in the file, such as a text in quotes.
 */
export function didYouMean(
  word: string,
  span: Span,
  candidates: Iterable<string>,
  write: (candidate: string) => string = (candidate) => candidate,
): ReportExtras {
  const guess = nearest(word, candidates);
  if (guess === undefined) return {};
  const written = write(guess);
  return {
    help: `Do you mean ${written}?`,
    fixes: [replacement(`Write ${written}`, span, written)],
  };
}

/** A line break with the indentation of the line on which a place begins. */
export function lineBreak({ start }: Span, { text }: { readonly text: string }): string {
  return `\n${indentationAt(text, lineStart(text, start))}`;
}

/** A text as it stands in a file, on one line. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("${", "\\${");
  return `"${escaped}"`;
}

/** An empty place right before a span. */
export function before(span: Span): Span {
  return { file: span.file, start: span.start, end: span.start };
}

/** An empty place right behind a span. */
export function behind(span: Span): Span {
  return { file: span.file, start: span.end, end: span.end };
}
