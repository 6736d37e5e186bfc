import type { Item, Line, SourceFile } from "@mcrules/language";
import { entriesOf, type EntryStarts } from "./entries.ts";
import { commentText } from "./remarks.ts";

/**
 * Whether two files say the same: the same entries with the same values, and the same comments in the same
 * order. Where lines, blanks and trailing commas stand does not count. Gives what differs first, or nothing.
 */
export function difference(
  one: SourceFile,
  oneStarts: EntryStarts,
  other: SourceFile,
  otherStarts: EntryStarts,
): string | undefined {
  const before = valuesOf(one.lines, oneStarts);
  const after = valuesOf(other.lines, otherStarts);
  const at = before.findIndex((entry, index) => entry !== after[index]);
  if (at >= 0 || before.length !== after.length) {
    const entry = before[at] ?? after[before.length] ?? "";
    return `a declaration would not stay the same: ${entry.slice(0, 60)}`;
  }
  const comments = one.comments.map(commentText);
  const kept = other.comments.map(commentText);
  const lost = comments.findIndex((comment, index) => comment !== kept[index]);
  if (lost >= 0) return `a comment would not stay where it is: ${comments[lost]}`;
  return comments.length === kept.length ? undefined : "a comment would appear twice";
}

function valuesOf(lines: readonly Line[], starts: EntryStarts): string[] {
  return lines.flatMap((line) =>
    entriesOf(line, starts).map((items) => items.map((item) => valueOf(item, starts)).join(" ")),
  );
}

/** An item as text that tells it from every other item, without its place. */
function valueOf(item: Item, starts: EntryStarts): string {
  switch (item.kind) {
    case "word":
    case "unknown":
      return item.text;
    case "text":
      return JSON.stringify(
        item.parts.map((part) =>
          part.kind === "string"
            ? part.value
            : [part.items.map((inner) => valueOf(inner, starts)).join(" ")],
        ),
      );
    case "pattern":
      return `/${item.source}/${item.flags}`;
    case "number":
    case "date":
      return item.raw;
    case "time":
      return `at ${item.minutes}`;
    case "capture":
      return `$${item.name}.${item.path ?? ""}`;
    case "symbol":
      return item.symbol;
    case "list":
      return `[${item.items.map((inner) => valueOf(inner, starts)).join(" ")}]`;
    case "group":
      return `(${item.items.map((inner) => valueOf(inner, starts)).join(" ")})`;
    case "block":
      return `{${valuesOf(item.lines, starts).join("\n")}}`;
    default:
      return item satisfies never;
  }
}
