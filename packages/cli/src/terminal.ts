import { styleText, stripVTControlCharacters } from "node:util";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Where a command writes, and what may be written there. */
export interface Terminal {
  /** The answer: to standard output. */
  out(text: string): void;
  /** About the run: to standard error. */
  note(text: string): void;
  style(style: Style, text: string): string;
  /** The same for what goes to standard error. */
  noteStyle(style: Style, text: string): string;
  readonly colour: boolean;
  readonly noteColour: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly width: number;
  /** Progress may be drawn on standard error. */
  readonly progress: boolean;
}

/** The terminal of this process: colour only on a terminal, NO_COLOR respected. */
export function processTerminal(): Terminal {
  const plain = (process.env["NO_COLOR"] ?? "") !== "" || process.env["TERM"] === "dumb";
  const colour = process.stdout.isTTY && !plain;
  const noteColour = process.stderr.isTTY && !plain;
  const styled = (on: boolean) => (style: Style, text: string) =>
    on ? styleText(style, text, { validateStream: false }) : text;
  return {
    out: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
    style: styled(colour),
    noteStyle: styled(noteColour),
    colour,
    noteColour,
    width: columnsOf(process.stdout.columns) ?? columnsOf(process.stderr.columns) ?? 80,
    progress: process.stderr.isTTY && process.env["CI"] === undefined,
  };
}

// Where its size is not known a terminal says that it has no columns at all.
function columnsOf(told: number | undefined): number | undefined {
  return told === undefined || told === 0 ? undefined : told;
}

// C0 and C1 controls but for tab and line end, and the characters that turn the reading direction:
// a mail must not be able to move the cursor or show a file name backwards.
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside, made safe to print: what steers a terminal is shown as `<U+202E>`. */
export function printable(text: string): string {
  return text.replace(
    unsafe,
    (character) =>
      `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** Columns that a text takes, wide characters counted twice. */
export function columns(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    const code = character.codePointAt(0) ?? 0;
    if (/\p{Mark}/u.test(character) || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f))
      continue;
    width += isWide(code) ? 2 : 1;
  }
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** The text in so many columns, cut with `…` where it is longer. */
export function fit(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let cut = "";
  let used = 0;
  for (const character of text) {
    const next = columns(character);
    if (used + next > width - 1) break;
    cut += character;
    used += next;
  }
  return `${cut}…`;
}

/**
 * Rows as aligned columns, two spaces between. The first row may be a heading. Cells are taken as
 * they are: make them printable before.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, columns(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) =>
          index === row.length - 1 ? cell : cell + " ".repeat((widths[index] ?? 0) - columns(cell)),
        )
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** `1 mail`, `2 mails`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
