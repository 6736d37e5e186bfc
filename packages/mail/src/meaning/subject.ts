import { type SubjectPrefix, subjectPrefixes } from "./prefixes.ts";

const byWord: ReadonlyMap<string, SubjectPrefix> = new Map(
  subjectPrefixes.map((prefix) => [prefix.word, prefix]),
);
const longestWord = Math.max(...subjectPrefixes.map((prefix) => prefix.word.length));

// A count as programs write it: [2], (2), ^2, *2 or 2; then the colon, in either width.
const countAndColon =
  /^(?:\s{0,3}\[\d{1,4}\]|\s{0,3}\(\d{1,4}\)|\^\d{1,4}|\*\d{1,4}|\d{1,4})?\s{0,3}[:：﹕]\s*/u;
const word = /^[\p{L}\p{M}]+(?: [\p{L}\p{M}]+)?/u;
// Enough for the longest word, its count, white space and the colon.
const reach = longestWord + 24;

function prefixAt(
  subject: string,
  start: number,
): { prefix: SubjectPrefix; end: number } | undefined {
  const near = subject.slice(start, start + reach);
  const found = word.exec(near)?.[0];
  if (found === undefined) return undefined;
  const candidates = [found, found.split(" ")[0] ?? found];
  for (const candidate of candidates) {
    const prefix = byWord.get(candidate.toLowerCase().normalize("NFC"));
    if (prefix === undefined) continue;
    const tail = countAndColon.exec(near.slice(candidate.length));
    if (tail !== null) return { prefix, end: start + candidate.length + tail[0].length };
  }
  return undefined;
}

function skipSpace(subject: string, start: number): number {
  let at = start;
  while (at < subject.length && /\s/u.test(subject.charAt(at))) at += 1;
  return at;
}

/** "[Fwd: Printer]", as some programs write a mail that is passed on (RFC 5256, section 2.1). */
const bracketed = /^\[\s?fwd?\s?:/iu;

interface Prefixed {
  readonly found: readonly SubjectPrefix[];
  readonly start: number;
  readonly end: number;
}

function prefixes(subject: string): Prefixed {
  const found: SubjectPrefix[] = [];
  let start = skipSpace(subject, 0);
  let end = subject.trimEnd().length;
  for (;;) {
    if (subject.charAt(end - 1) === "]" && bracketed.test(subject.slice(start, start + 8))) {
      start = skipSpace(subject, start + 1);
      end -= 1;
    }
    const next = prefixAt(subject, start);
    if (next === undefined) return { found, start, end };
    found.push(next.prefix);
    start = skipSpace(subject, next.end);
  }
}

/**
 * The subject without reply and forward prefixes, repeated ones too.
 * Takes a decoded, unfolded subject.
 */
export function subjectBase(subject: string): string {
  const { start, end } = prefixes(subject);
  return subject.slice(start, end).trim();
}

/** Whether one of the prefixes that the subject begins with is that of an answer. */
export function hasReplyPrefix(subject: string): boolean {
  return prefixes(subject).found.some((prefix) => prefix.reply);
}

/** Whether the subject begins with the prefix of a mail passed on, before any other. */
export function hasForwardPrefix(subject: string): boolean {
  return prefixes(subject).found[0]?.forward === true;
}
