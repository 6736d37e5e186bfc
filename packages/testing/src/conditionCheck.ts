import { compileCondition, evaluateCondition, type Answer, type Need } from "@mcrules/compiler";
import type { Helpdesk } from "@mcrules/helpdesk";
import type { Condition, Position, Project, Span } from "@mcrules/language";
import { expressionText, type TestValues } from "./texts.ts";
import type { Values } from "./seenValues.ts";

/** What the check of one condition came to. */
export interface Checked {
  readonly holds: boolean;
  /** The values that were seen, for a failure. */
  readonly saw: string;
}

/** Judges conditions of expectations by the very evaluator that judges rules. */
export class ConditionCheck {
  readonly #project: Project;
  readonly #helpdesk: Helpdesk;
  readonly #position: (span: Span) => Position;

  constructor(project: Project, helpdesk: Helpdesk, position: (span: Span) => Position) {
    this.#project = project;
    this.#position = position;
    this.#helpdesk = helpdesk;
  }

  /** `values` reads the ticket or mail that the condition speaks of; `test` fills the holes of its texts. */
  async check(
    condition: Condition,
    values: (field: string, argument: string | undefined) => Values,
    test: TestValues,
  ): Promise<Checked> {
    const compiled = compileCondition(
      condition,
      this.#project,
      (expression) => expressionText(expression, test),
      this.#position,
    );
    const evaluation = evaluateCondition(compiled, {
      values: ({ name, argument }) => values(name, argument),
    });
    let next = evaluation.next();
    while (next.done !== true) next = evaluation.next(await this.#answer(next.value));
    const { holds, because } = next.value;
    const failing = because.find(({ result }) => !result) ?? because.at(-1);
    return { holds, saw: failing?.actual ?? "" };
  }

  async #answer(need: Need): Promise<Answer> {
    if (need.need !== "registry") {
      throw new Error(`An expectation asks for "${need.need}", which only rules can ask for.`);
    }
    const kind = {
      contacts: "contact",
      accounts: "account",
      leads: "lead",
      vendors: "vendor",
    } as const;
    const entry = await this.#helpdesk.registryEntry(kind[need.registry], need.address);
    return { need: "registry", found: entry !== undefined };
  }
}
