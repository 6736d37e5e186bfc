import { columnsOf, cut, shown, wrapped } from "../columns.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { lineIndex, type LineIndex } from "../positions.ts";
import type { Position } from "../span.ts";
import type { DiagnosticRow } from "./report.ts";
import { diagnosticTable } from "./table.ts";

export interface RenderOptions {
  /** With the colours of a terminal. */
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The text of the finding's file, or of any file by its path. */
export type Sources = string | undefined | ((file: string) => string | undefined);

/**
 * A finding for a person: what is wrong, the line with its place marked, related places, how to mend it.
 * Of a file whose text is not given, only the place is named. Ends with a line end.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sources: Sources,
  options: RenderOptions,
): string {
  const indexes = new Map<string, LineIndex | undefined>();
  const indexOf = (file: string): LineIndex | undefined => {
    if (!indexes.has(file)) indexes.set(file, indexFrom(sources, file, diagnostic.file));
    return indexes.get(file);
  };
  const index = indexOf(diagnostic.file);
  const paint = painter(options.colour);
  const related = diagnostic.related ?? [];
  const seen = related.filter((place) => indexOf(place.file) !== undefined);
  const gutter = String(Math.max(...[diagnostic, ...seen].map((place) => place.line))).length;
  const margin = " ".repeat(gutter);
  const bar = paint("frame", "|");
  const severity = diagnostic.severity;
  const lines: string[] = [];

  const title = `${severity} ${titleOf(diagnostic.code)}`;
  const message = wrapped(shown(diagnostic.message), Math.max(20, options.width));
  lines.push(paint(severity, title));
  lines.push(...message.map((line) => paint("strong", line)));
  lines.push(`${margin}${paint("frame", "-->")} ${placeOf(diagnostic)}`);
  if (index !== undefined) {
    lines.push(`${margin} ${bar}`);
    lines.push(...excerpt(diagnostic, index, gutter, severity, "^", "", paint, options.width));
  }
  for (const place of related) {
    const note = shown(place.message);
    const there = indexOf(place.file);
    if (there === undefined) {
      lines.push(`${margin}${paint("frame", ":::")} ${placeOf(place)}: ${note}`);
      continue;
    }
    lines.push(`${margin}${paint("frame", ":::")} ${placeOf(place)}`);
    lines.push(...excerpt(place, there, gutter, "frame", "-", note, paint, options.width));
  }
  const advice = diagnostic.help ?? titleOfFix(diagnostic);
  if (advice !== undefined) {
    const indent = `${margin}         `;
    const help = wrapped(shown(advice), Math.max(20, options.width - indent.length));
    lines.push(`${margin} ${bar}`);
    help.forEach((line, at) => {
      lines.push(
        at === 0
          ? `${margin} ${paint("frame", "=")} ${paint("strong", "help")}: ${line}`
          : `${indent}${line}`,
      );
    });
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Where nothing else says how to mend it, the first fix does. */
function titleOfFix({ fixes }: Diagnostic): string | undefined {
  const [first] = fixes ?? [];
  return first === undefined ? undefined : `${first.title}.`;
}

function indexFrom(sources: Sources, file: string, own: string): LineIndex | undefined {
  const text = typeof sources === "function" ? sources(file) : file === own ? sources : undefined;
  return text === undefined ? undefined : lineIndex(text);
}

function titleOf(code: string): string {
  const rows: Readonly<Record<string, DiagnosticRow>> = diagnosticTable;
  const row = rows[code];
  return row === undefined ? code : `${code} ${row.name}`;
}

function placeOf(place: Position): string {
  return `${shown(place.file)}:${place.line}:${place.column}`;
}

/** A line of the file with a stretch of it marked. A line that is too long is shown around the mark. */
function excerpt(
  place: Position,
  index: LineIndex,
  gutter: number,
  style: Style,
  mark: string,
  note: string,
  paint: Paint,
  width: number,
): string[] {
  const start = index.starts[place.line - 1] ?? index.text.length;
  const end = index.starts[place.line] ?? index.text.length;
  const line = index.text.slice(start, end).replace(/[\r\n]+$/, "");
  const from = Math.min(place.column - 1, line.length);
  const to = place.endLine > place.line ? line.length : Math.max(from, place.endColumn - 1);
  const before = columnsOf(line.slice(0, from));
  const marked = Math.max(1, columnsOf(line.slice(from, to), before));

  const room = Math.max(20, width - gutter - 3);
  const whole = shown(line);
  const skipped = before + marked > room ? Math.max(0, before - Math.floor(room / 3)) : 0;
  const left = skipped === 0 ? "" : "…";
  const text = skipped === 0 ? whole : whole.slice(cut(whole, skipped).length);
  const cutText =
    columnsOf(text) + left.length > room ? `${cut(text, room - 1 - left.length)}…` : text;
  const offset = before - (skipped === 0 ? 0 : columnsOf(cut(whole, skipped))) + left.length;
  const length = Math.max(1, Math.min(marked, room - offset));
  const number = String(place.line).padStart(gutter);
  const margin = " ".repeat(gutter);
  const bar = paint("frame", "|");
  const carets = paint(style, `${mark.repeat(length)}${note === "" ? "" : ` ${note}`}`);
  return [
    `${paint("frame", number)} ${bar} ${left}${cutText}`,
    `${margin} ${bar} ${" ".repeat(offset)}${carets}`,
  ];
}

type Style = Severity | "frame" | "strong";
type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, string>> = {
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  frame: "34",
  strong: "1",
};

function painter(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
