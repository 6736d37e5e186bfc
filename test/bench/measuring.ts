/** Something to be measured: it tells how many it did, or nothing where it did one. */
export interface Candidate {
  readonly name: string;
  run(): number | Promise<number>;
}

/**
 * Milliseconds for one of what each candidate does: the median of several rounds. The candidates take
 * turns within each round, so that a machine that is busy for a while is busy for all of them.
 */
export async function inTurns(
  candidates: readonly Candidate[],
  rounds = 5,
): Promise<ReadonlyMap<string, number>> {
  const taken = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const candidate of candidates) {
      const start = performance.now();
      const count = await candidate.run();
      taken.get(candidate.name)?.push((performance.now() - start) / count);
    }
  }
  return new Map([...taken].map(([name, times]) => [name, median(times)]));
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** What one candidate took. */
export function of(taken: ReadonlyMap<string, number>, name: string): number {
  const time = taken.get(name);
  if (time === undefined) throw new RangeError(`Nothing of the name ${name} was measured.`);
  return time;
}
