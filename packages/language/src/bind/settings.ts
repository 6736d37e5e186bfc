import { report, type RawFix, type ReportExtras } from "../diagnostics/report.ts";
import type { Block, Line } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import { declarations } from "../vocabulary/declarations.ts";
import { foreignSettingPrefixes, foreignSettings } from "../vocabulary/foreign.ts";
import { settingTails } from "../vocabulary/mailbox.ts";
import { testTails } from "../vocabulary/tests.ts";
import { wordsOf, type TailRow, type WordRow } from "../vocabulary/words.ts";
import { bindEntries, checkOwnLine } from "./block.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { behind } from "./suggestions.ts";
import { leftOverFinding, listed, type Entry } from "./values.ts";

/** Reads what stands behind the word of a setting. */
export type SettingReader = (cursor: Cursor, entry: SettingEntry) => void;

export interface SettingEntry extends Entry {
  /** The setting's word or words. */
  readonly span: Span;
}

/**
 * Binds a block of settings: each entry begins with a word of `rows`, and its reader reads the rest.
 * Unknown words, doubled settings and tails on a line of their own are reported here. Gives whether
 * every entry was a setting of the place: where one was not, a setting that seems to be missing may
 * be that one.
 */
export function bindSettings<W extends string>(
  block: Block,
  context: BindContext,
  place: string,
  rows: Readonly<Record<W, WordRow>>,
  readers: Readonly<Record<W, SettingReader>>,
): boolean {
  const words = wordsOf(rows);
  const seen = new Map<W, Span>();
  let understood = block.closed;
  bindEntries(block, context, (cursor) => {
    const from = cursor.index;
    const taken = cursor.takeOneOf(words);
    if (taken === undefined) {
      understood = false;
      const above = block.lines[block.lines.indexOf(cursor.line) - 1];
      unknownSetting(cursor, context, place, words, above);
      return;
    }
    const { phrase, span } = taken;
    checkOwnLine(block, cursor, from, context);
    readers[phrase](cursor, { word: phrase, form: rows[phrase].form, span });
    const first = seen.get(phrase);
    if (first === undefined) seen.set(phrase, span);
    else if (rows[phrase].repeatable !== true) {
      const whole = cursor.spanFrom(from);
      context.add(
        report(
          "MC2102",
          span,
          { word: phrase, place },
          {
            related: [{ span: first, message: "it stands here first" }],
            fixes: [removal(cursor.line, from, whole, `Take the second ${phrase} out`)],
          },
        ),
      );
    }
  });
  return understood;
}

/** Says that no entry of the place begins so, and leaves the rest of the line unread. */
export function unknownSetting(
  cursor: Cursor,
  context: BindContext,
  place: string,
  words: readonly string[],
  above?: Line,
): void {
  const item = cursor.item;
  const atLineStart = cursor.index === 0;
  if (item === undefined) return;
  if (item.kind === "unknown" || (atLineStart && cursor.line.misplaced === true)) {
    cursor.skipRest();
    return;
  }
  if (item.kind !== "word") {
    if (atLineStart) {
      context.add(
        report("MC2101", item.span, {
          place,
          word: `entry that begins with ${describe(item)}`,
          known: listed(words),
        }),
      );
    } else context.add(leftOverFinding(item));
    cursor.skipRest();
    return;
  }
  const tail = tailOf(item.text, words);
  if (tail !== undefined) {
    context.add(
      atLineStart
        ? report(
            "MC2104",
            item.span,
            { tail: item.text, setting: tail },
            joined(cursor.line, above, tail, context),
          )
        : report("MC2105", item.span, { found: describe(item) }),
    );
    cursor.skipRest();
    return;
  }
  if (isDeclaration(item.text) && cursor.line.items.some(({ kind }) => kind === "block")) {
    const help = `${item.text} begins a declaration, which stands in no other: a } may be missing above.`;
    const holes = { place, word: `"${item.text}"`, known: listed(words) };
    context.add(report("MC2101", item.span, holes, { help }));
    cursor.skipRest();
    return;
  }
  const next = cursor.peek();
  const isPrefix = foreignSettingPrefixes.includes(item.text);
  if (isPrefix && next?.kind === "word" && words.some((one) => one.split(" ")[0] === next.text)) {
    const gap = { ...item.span, end: next.span.start };
    const fixes = [{ title: `Take ${item.text} out`, edits: [{ span: gap, text: "" }] }];
    const holes = { place, word: `"${item.text}"`, known: listed(words) };
    context.add(report("MC2101", item.span, holes, { help: `Take ${item.text} out.`, fixes }));
    cursor.skipRest();
    return;
  }
  const guess = foreignWord(item.text, words) ?? nearest(item.text, words);
  context.add(
    report(
      "MC2101",
      item.span,
      { place, word: `"${item.text}"`, known: listed(words) },
      guess === undefined
        ? {}
        : {
            help: `Do you mean ${guess}?`,
            fixes: [{ title: `Write ${guess}`, edits: [{ span: item.span, text: guess }] }],
          },
    ),
  );
  cursor.skipRest();
}

function isDeclaration(word: string): boolean {
  return Object.hasOwn(declarations, word);
}

/** The tail behind the setting that it continues, where that stands on the line above. */
function joined(
  line: Line,
  above: Line | undefined,
  setting: string,
  { text }: BindContext,
): ReportExtras {
  const [first] = above?.items ?? [];
  if (above === undefined || first?.kind !== "word" || first.text !== setting.split(" ")[0])
    return {};
  const edits = [
    { span: behind(above.span), text: ` ${text.slice(line.span.start, line.span.end)}` },
    { span: line.span, text: "" },
  ];
  return { fixes: [{ title: "Join it to the line above", edits }] };
}

/** The setting of this place that other programs call so. */
function foreignWord(word: string, words: readonly string[]): string | undefined {
  const meant = Object.hasOwn(foreignSettings, word) ? foreignSettings[word] : undefined;
  const [setting = ""] = meant?.split(" ") ?? [];
  return words.includes(setting) ? meant : undefined;
}

/** The setting of this place that the word would continue. */
function tailOf(word: string, words: readonly string[]): string | undefined {
  const tails: Readonly<Record<string, TailRow>> = { ...settingTails, ...testTails };
  return Object.hasOwn(tails, word) ? tails[word]?.of.find((of) => words.includes(of)) : undefined;
}

/** Takes an entry out; the whole line where nothing else stands on it. */
export function removal(line: Line, from: number, whole: Span, title: string): RawFix {
  const alone = from === 0 && whole.end >= line.span.end;
  return { title, edits: [{ span: alone ? line.span : whole, text: "" }] };
}
