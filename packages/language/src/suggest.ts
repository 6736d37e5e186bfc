/**
 * The candidate that a person most likely meant by `word`, or none. Letter case does not count; two
 * neighbouring letters that changed places are one mistake. At most a third of the word's letters
 * (but one at least) may differ; of several equally near ones the first counts.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = [...word.toLowerCase()];
  let best: string | undefined;
  let bound = Math.max(1, Math.floor(wanted.length / 3));
  for (const candidate of candidates) {
    const letters = [...candidate.toLowerCase()];
    if (Math.abs(letters.length - wanted.length) > bound) continue;
    const distance = editDistance(wanted, letters);
    // A word of one or two letters is near to every other: only its own letters in another case count.
    if (distance >= Math.max(wanted.length, letters.length)) continue;
    if (distance < bound || (distance === bound && best === undefined)) {
      best = candidate;
      bound = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
function editDistance(from: readonly string[], to: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
