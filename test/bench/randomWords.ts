/** Numbers from 0 up to 1 that look random and are the same at each run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Words that can be spoken and mean nothing, the same at each run. */
export function randomWords(seed: number): () => string {
  const random = randomNumbers(seed);
  const one = (letters: string) => letters[Math.floor(random() * letters.length)] ?? "";
  return () => {
    let word = "";
    for (let syllable = 0; syllable < 4; syllable++) word += one("bcdfglmnprstvz") + one("aeiou");
    return word;
  };
}
