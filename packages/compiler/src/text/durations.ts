const units = [
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** A length of time for people, in its two largest units: `3 days 4 hours`. */
export function durationInWords(milliseconds: number): string {
  let left = Math.floor(milliseconds / 1000) * 1000;
  const words: string[] = [];
  for (const [unit, length] of units) {
    const count = Math.floor(left / length);
    if (count === 0) {
      if (words.length > 0) break;
      continue;
    }
    left -= count * length;
    words.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
    if (words.length === 2) break;
  }
  return words.length === 0 ? "0 seconds" : words.join(" ");
}
