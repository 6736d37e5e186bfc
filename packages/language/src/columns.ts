/** How wide text is where every character has a place of its own: in a terminal. */

const tabStop = 4;

/** The number of columns that `text` takes from column `from` on; a tab reaches to the next stop of four. */
export function columnsOf(text: string, from = 0): number {
  let column = from;
  for (const { segment } of graphemes(text)) {
    column += segment === "\t" ? tabStop - (column % tabStop) : widthOfGrapheme(segment);
  }
  return column - from;
}

/** `text` as a terminal may show it: tabs as blanks, control characters as their pictures. */
export function shown(text: string): string {
  let column = 0;
  let result = "";
  for (const { segment } of graphemes(text)) {
    const visible = segment === "\t" ? " ".repeat(tabStop - (column % tabStop)) : picture(segment);
    column += segment === "\t" ? visible.length : widthOfGrapheme(visible);
    result += visible;
  }
  return result;
}

/** The longest beginning of `text` that takes at most `columns` columns. */
export function cut(text: string, columns: number): string {
  let taken = 0;
  let result = "";
  for (const { segment } of graphemes(text)) {
    taken += widthOfGrapheme(segment);
    if (taken > columns) break;
    result += segment;
  }
  return result;
}

/** Text broken at blanks into lines of at most `columns`; a longer word has a line of its own. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && columnsOf(longer) > columns) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

function graphemes(text: string): Intl.Segments {
  return new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
}

function picture(segment: string): string {
  return segment.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 32 ? String.fromCharCode(0x2400 + code) : "\ufffd";
    },
  );
}

function widthOfGrapheme(segment: string): number {
  if (/^[\p{M}\u200b-\u200d]+$/u.test(segment)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(segment)) return 2;
  return isWide(segment.codePointAt(0) ?? 0) ? 2 : 1;
}

/** The wide and full-width blocks of Unicode's East Asian Width. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return wideRanges.some(([first, last]) => code >= first && code <= last);
}
