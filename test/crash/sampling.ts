/** Set for a run over all places, not only over some of them. */
export const long = process.env["MCRULES_LONG"] === "1";

/**
 * Numbers from 1 to `last`: all of them in a long run or where they are few, else so many of them, chosen
 * by a seed. The seed is printed, and MCRULES_SEED brings the same ones again.
 */
export function sample(what: string, last: number, most: number): readonly number[] {
  const all = Array.from({ length: last }, (_, index) => index + 1);
  if (long || last <= most) return all;
  const seed = Number(process.env["MCRULES_SEED"] ?? Date.now() % 1_000_000);
  console.log(`${what}: ${most} of ${last}, MCRULES_SEED=${seed}`);
  const random = randomNumbers(seed);
  const chosen = new Set([1, last]);
  while (chosen.size < most) chosen.add(1 + Math.floor(random() * last));
  return [...chosen].toSorted((left, right) => left - right);
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
