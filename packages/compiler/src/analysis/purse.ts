import type { Budget } from "../regular/search.ts";

/** Steps that one question may cost: a quarter of a second at the worst. */
const mostForOne = 1_000_000;
/** What each question is left where those before it have spent all. */
const leastForOne = 20_000;

/** What all the questions about a project may cost together, so that few that are hard leave something to the others. */
export class Purse {
  #left = 8_000_000;

  /** Asks one question within what it may cost. */
  pay<T>(question: (budget: Budget) => T): T {
    const given = Math.min(mostForOne, Math.max(leastForOne, this.#left));
    const budget = { steps: given };
    const answer = question(budget);
    this.#left -= given - Math.max(0, budget.steps);
    return answer;
  }
}
