import type { Item, Line } from "@mcrules/language";

/** Which items of a line begin an entry, by line. A line that is not in it is one entry. */
export type EntryStarts = ReadonlyMap<Line, readonly number[]>;

/**
 * The entries of a line, as runs of its items. In a line that means nothing an entry may seem to begin
 * anywhere; parting it before anything but a word could change how its text is read.
 */
export function entriesOf(line: Line, starts: EntryStarts): readonly (readonly Item[])[] {
  const begins = starts.get(line) ?? [];
  const cuts = begins.filter((at) => at > 0 && line.items[at]?.kind === "word");
  return [0, ...cuts].map((from, index) => line.items.slice(from, cuts[index]));
}
