import { report } from "../diagnostics/report.ts";
import type { Expectation } from "../tree/index.ts";
import { expectations, type ExpectationPhrase, type ExpectationRow } from "../vocabulary/tests.ts";
import type { BindContext } from "./context.ts";

/** An expectation and the words that it began with. */
export interface ReadExpectation {
  readonly phrase: ExpectationPhrase;
  readonly expectation: Expectation;
}

/** The expectations below one `receive` or `wait`; those that can never hold are reported. */
export class StepExpectations {
  readonly #context: BindContext;
  readonly #all: Expectation[] = [];

  constructor(context: BindContext) {
    this.#context = context;
  }

  get all(): readonly Expectation[] {
    return this.#all;
  }

  add(read: ReadExpectation | undefined, behind: "receive" | "wait"): void {
    if (read === undefined) return;
    const { phrase, expectation } = read;
    const row: ExpectationRow = expectations[phrase];
    if (behind === "wait" && row.needsMail === true) {
      this.#context.add(report("MC2212", expectation.span, {}));
    } else {
      const earlier = this.#all.find((one) => excludes(one, expectation));
      if (earlier !== undefined) {
        this.#context.add(
          report(
            "MC2211",
            expectation.span,
            {},
            { related: [{ span: earlier.span, message: "the other one stands here" }] },
          ),
        );
      }
    }
    this.#all.push(expectation);
  }
}

/** Kinds of which a mail can have only one. */
const endings: readonly Expectation["kind"][] = ["blocked", "already seen", "own mail", "bounce"];
/** What happens only to a mail that reached the rules. */
const ofRules: readonly Expectation["kind"][] = [
  "rule",
  "ignored",
  "ticket created",
  "ticket updated",
  "filed under",
];

function excludes(one: Expectation, other: Expectation): boolean {
  return never(one, other) || never(other, one);
}

function never(one: Expectation, other: Expectation): boolean {
  const { kind } = other;
  switch (one.kind) {
    case "no ticket":
      return kind === "ticket created" || kind === "ticket updated";
    case "ticket created":
      return kind === "ticket updated";
    case "no mail sent":
      return kind === "mail sent";
    case "untouched":
      return kind === "marked" || kind === "moved" || kind === "copied" || kind === "deleted";
    case "deleted":
      return kind === "moved";
    case "blocked":
    case "already seen":
    case "own mail":
    case "bounce":
      return (
        ofRules.includes(kind) ||
        (endings.includes(kind) && endings.indexOf(kind) !== endings.indexOf(one.kind))
      );
    default:
      return false;
  }
}
