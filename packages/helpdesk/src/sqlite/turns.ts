/** Work that is done one piece after the other. */
export interface Turns {
  /** Does `work` once all that was given before it has ended, well or not. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** One connection serves one transaction at a time: what comes meanwhile waits here. */
export function inTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const turn = last.then(work);
      // The failure belongs to whoever asked; the next in line only waits for the end.
      last = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn;
    },
  };
}
