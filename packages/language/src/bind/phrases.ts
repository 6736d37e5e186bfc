import type { ReportExtras } from "../diagnostics/report.ts";
import type { Item } from "../shape/shape.ts";
import type { Cursor } from "./cursor.ts";
import { replacement } from "./suggestions.ts";

/**
 * What was meant where a phrase of several words is begun and not ended, or its first word stands twice:
 * `send` for `send mail`. Undefined where no phrase begins so, or several do.
 */
export function meantPhrase(cursor: Cursor, phrases: readonly string[]): ReportExtras | undefined {
  const { item } = cursor;
  if (item?.kind !== "word") return undefined;
  const next = cursor.peek();
  const begins = phrases.some((phrase) => phrase.split(" ")[0] === item.text);
  if (begins && wordOf(next) === item.text && next !== undefined) {
    const gap = { ...item.span, end: next.span.start };
    const title = `Take the second ${item.text} out`;
    return { help: `${title}.`, fixes: [replacement(title, gap, "")] };
  }
  const matched = phrases.map((phrase) => ({ words: phrase.split(" "), phrase }));
  const lengths = matched.map(({ words }) => commonLength(cursor, words));
  const longest = Math.max(0, ...lengths);
  const meant = matched.filter((_, at) => longest > 0 && lengths[at] === longest);
  const [only] = meant;
  if (only === undefined || meant.length > 1) return undefined;
  const help = `Do you mean ${only.phrase}?`;
  const lacking = only.words.slice(longest);
  const rest = cursor.line.items.slice(cursor.index + longest);
  // The word is there, further on: the order is wrong.
  if (rest.some((one) => lacking.includes(wordOf(one) ?? ""))) return { help };
  const last = cursor.peek(longest - 1) ?? item;
  const span = { ...item.span, end: last.span.end };
  return { help, fixes: [replacement(`Write ${only.phrase}`, span, only.phrase)] };
}

function commonLength(cursor: Cursor, words: readonly string[]): number {
  let length = 0;
  while (length < words.length && wordOf(cursor.peek(length)) === words[length]) length += 1;
  return length < words.length ? length : 0;
}

function wordOf(item: Item | undefined): string | undefined {
  return item?.kind === "word" ? item.text : undefined;
}
