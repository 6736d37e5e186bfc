/** A set of Unicode characters: ranges of code points, both ends included, in order and apart. */
export type Characters = readonly (readonly [low: number, high: number])[];

/** What a text can hold: all but lone surrogates, which no decoded text has. */
export const anyCharacter: Characters = [
  [0, 0xd7ff],
  [0xe000, 0x10ffff],
];

/** The set of ranges in any order, which may overlap. */
export function charactersOf(ranges: Iterable<readonly [number, number]>): Characters {
  const sorted = [...ranges].toSorted((one, other) => one[0] - other[0]);
  const joined: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else joined.push([low, high]);
  }
  return joined;
}

export function single(codePoint: number): Characters {
  return [[codePoint, codePoint]];
}

/** All characters that are not in the set. */
export function complement(set: Characters): Characters {
  return without(anyCharacter, set);
}

export function intersection(one: Characters, other: Characters): Characters {
  const both: [number, number][] = [];
  let at = 0;
  let otherAt = 0;
  for (;;) {
    const left = one[at];
    const right = other[otherAt];
    if (left === undefined || right === undefined) return both;
    const low = Math.max(left[0], right[0]);
    const high = Math.min(left[1], right[1]);
    if (low <= high) both.push([low, high]);
    if (left[1] < right[1]) at += 1;
    else otherAt += 1;
  }
}

/** What of the first set is not in the second. */
export function without(set: Characters, taken: Characters): Characters {
  const left: [number, number][] = [];
  let from = 0;
  for (const [low, high] of set) {
    let next = low;
    while (from < taken.length && (taken[from]?.[1] ?? 0) < low) from += 1;
    for (let at = from; next <= high; at += 1) {
      const hole = taken[at];
      if (hole === undefined || hole[0] > high) {
        left.push([next, high]);
        break;
      }
      if (hole[0] > next) left.push([next, hole[0] - 1]);
      next = Math.max(next, hole[1] + 1);
    }
  }
  return left;
}

/** Whether a character is in the set. */
export function has(set: Characters, codePoint: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = set[middle];
    if (range === undefined) return false;
    if (codePoint < range[0]) high = middle - 1;
    else if (codePoint > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}
