/**
 * Counts the places at which something can break, and strikes at one of them: before a call takes effect, or
 * after it did but before anybody learns of it.
 */
export class Strike {
  #places = 0;
  #struckAt: string | undefined;
  readonly #at: number;
  readonly #lasting: boolean;
  readonly #break: (what: string) => never;

  /** `lasting`: everything that comes after breaks too, as in an outage. */
  constructor(at: number, breaks: (what: string) => never, lasting = false) {
    this.#at = at;
    this.#break = breaks;
    this.#lasting = lasting;
  }

  /** How many places there were so far. */
  get places(): number {
    return this.#places;
  }

  /** What broke first. */
  get struckAt(): string | undefined {
    return this.#struckAt;
  }

  /** A place is passed, or breaks. */
  pass(what: string): void {
    this.#places += 1;
    if (this.#places === this.#at || (this.#lasting && this.#struckAt !== undefined)) {
      this.#struckAt ??= what;
      this.#break(what);
    }
  }
}

/** A strike that never comes: it counts the places. */
export function noStrike(): Strike {
  return new Strike(0, () => {
    throw new Error("Nothing was to break.");
  });
}
