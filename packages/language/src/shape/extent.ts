/** Where texts, text blocks and patterns end, seen from their first character. */

export interface Extent {
  readonly end: number;
  /** False where the closing quotes or the closing slash are missing. */
  readonly closed: boolean;
}

/** The end of the line on which `offset` stands; the line break is not part of it. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    at += 1;
  }
  return at;
}

/** The first character behind the line break that stands at `offset`. */
export function afterLineBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset) === 13 && text.charCodeAt(offset + 1) === 10) return offset + 2;
  return Math.min(offset + 1, text.length);
}

/** The offset of the first character of the line on which `offset` stands. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    const code = text.charCodeAt(at - 1);
    if (code === 10 || code === 13) return at;
    at -= 1;
  }
  return 0;
}

/** Blanks and tabs at the beginning of the line that starts at `start`. */
export function indentationAt(text: string, start: number): string {
  let end = start;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return text.slice(start, end);
}

/** How far to the right an indentation reaches; a tab counts as four blanks. */
export function widthOf(indentation: string): number {
  let width = 0;
  for (const character of indentation)
    width = character === "\t" ? width - (width % 4) + 4 : width + 1;
  return width;
}

/**
 * The end of a text that begins with `opening` at `offset` and ends with `closing` on the same line. In
 * `${…}` quotes nest; a hole that has no end is plain text, so that a forgotten `}` does not take the rest
 * of the line with it.
 */
export function textExtent(text: string, offset: number, opening = '"', closing = '"'): Extent {
  let at = offset + opening.length;
  while (at < text.length && !breaksAt(text, at)) {
    if (text[at] === "\\") at += breaksAt(text, at + 1) ? 1 : 2;
    else if (text[at] === closing) return { end: at + 1, closed: true };
    else if (text.startsWith("${", at)) at = holeEnd(text, at) ?? at + 2;
    else at += 1;
  }
  return { end: trimmedEnd(text, offset, lineEnd(text, offset)), closed: false };
}

function breaksAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 10 || code === 13;
}

/** What is longer counts as unclosed, which bounds the time for a line of nothing but beginnings. */
const longestHole = 300;
const longestClass = 1000;

/** The offset behind the `}` of the hole that begins at `offset` with `${`, or none where it has no end on its line. */
export function holeEnd(text: string, offset: number): number | undefined {
  const bound = Math.min(text.length, offset + longestHole);
  if (!text.slice(offset, bound).includes("}")) return undefined;
  let inText = false;
  for (let at = offset + 2; at < bound && !breaksAt(text, at); at += 1) {
    const character = text[at];
    if (character === "}" && !inText) return at + 1;
    if (character === '"') inText = !inText;
    if (character === "\\" && inText && !breaksAt(text, at + 1)) at += 1;
  }
  return undefined;
}

/** The end of a text block whose opening quotes stand at `offset`. */
export function blockExtent(text: string, offset: number): Extent {
  const beside = quotesIn(text, offset + 3, lineEnd(text, offset));
  if (beside !== undefined) return { end: beside + 3, closed: true };
  const opener = widthOf(indentationAt(text, lineStart(text, offset)));
  let firstLess: number | undefined;
  let lastEnd = lineEnd(text, offset);
  let at = lastEnd;
  while (at < text.length) {
    const start = afterLineBreak(text, at);
    const end = lineEnd(text, start);
    at = end;
    const indentation = indentationAt(text, start);
    const content = start + indentation.length;
    if (content >= end) continue;
    const less = widthOf(indentation) < opener;
    if (less) firstLess ??= lastEnd;
    const quotes = quotesIn(text, content, end);
    if (quotes !== undefined) {
      // Quotes at the end of a line, where this block should be over, open the next one.
      const opensNext = quotes > content && quotes + 3 >= end && widthOf(indentation) <= opener;
      if (opensNext) return { end: firstLess ?? lastEnd, closed: false };
      return { end: quotes + 3, closed: true };
    }
    lastEnd = end;
  }
  return { end: firstLess ?? trimmedEnd(text, offset, text.length), closed: false };
}

/** The first `"""` of a line that has no backslash before it. */
function quotesIn(text: string, from: number, end: number): number | undefined {
  const line = text.slice(from, end);
  let found = line.indexOf('"""');
  while (found >= 0) {
    if (line[found - 1] !== "\\") return from + found;
    found = line.indexOf('"""', found + 3);
  }
  return undefined;
}

/** The end of a pattern that begins with the slash at `offset`; its flags are not part of it. */
export function patternExtent(text: string, offset: number): Extent {
  const found = slash(text, offset + 1, true) ?? slash(text, offset + 1, false);
  if (found !== undefined) return { end: found + 1, closed: true };
  return { end: trimmedEnd(text, offset, lineEnd(text, offset)), closed: false };
}

/** The closing slash. One inside a class is part of the pattern, and so is a `]` that opens a class. */
function slash(text: string, from: number, classes: boolean): number | undefined {
  let at = from;
  while (at < text.length && !breaksAt(text, at)) {
    const character = text[at];
    if (character === "/") return at;
    if (character === "\\") at += breaksAt(text, at + 1) ? 1 : 2;
    else if (classes && character === "[") {
      const end = classEnd(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else at += 1;
  }
  return undefined;
}

function classEnd(text: string, offset: number): number | undefined {
  const bound = Math.min(text.length, offset + longestClass);
  let at = offset + 1;
  if (text[at] === "^") at += 1;
  if (text[at] === "]") at += 1;
  while (at < bound && !breaksAt(text, at)) {
    if (text[at] === "]") return at + 1;
    at += text[at] === "\\" && !breaksAt(text, at + 1) ? 2 : 1;
  }
  return undefined;
}

function trimmedEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from + 1 && " \t\r\n".includes(text[at - 1] ?? "x")) at -= 1;
  return at;
}
