import { report } from "../diagnostics/report.ts";
import type { CaptureItem } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Condition, Placed, Text } from "../tree/index.ts";
import { nearest } from "../suggest.ts";
import { textsOf } from "../tree/walk.ts";
import type { BindContext } from "./context.ts";

/** The tickets that a test names: known from the expectation on that names them. */
export class TestTickets {
  readonly #context: BindContext;
  readonly #named = new Map<string, Span>();
  /** Names whose lack was told: a test says it once. */
  readonly #told = new Set<string>();

  constructor(context: BindContext) {
    this.#context = context;
  }

  name({ value, span }: Placed<string>): void {
    const first = this.#named.get(value);
    if (first === undefined) this.#named.set(value, span);
    else {
      this.#context.add(
        report(
          "MC2205",
          span,
          { name: `$${value}` },
          { related: [{ span: first, message: "it names a ticket here already" }] },
        ),
      );
    }
  }

  check({ name, span }: Pick<CaptureItem, "name" | "span">): void {
    if (this.#named.has(name) || this.#told.has(name)) return;
    this.#told.add(name);
    const guess = nearest(name, this.#named.keys());
    const help = guess === undefined ? {} : { help: `Do you mean $${guess}?` };
    this.#context.add(report("MC2204", span, { name: `$${name}` }, help));
  }

  checkText(text: Text): void {
    for (const part of text.parts) {
      if (typeof part === "string" || part.expression.kind !== "test ticket") continue;
      this.check(part.expression);
    }
  }

  checkCondition(condition: Condition): void {
    for (const text of textsOf(condition)) this.checkText(text);
  }
}
