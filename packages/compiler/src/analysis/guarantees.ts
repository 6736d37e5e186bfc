import type { ProgramGuarantee, ProgramOutcome } from "../program/compile.ts";
import type { ProgramCondition } from "../program/condition.ts";
import type { Program, ProgramMailbox, ProgramProcess, ProgramRule } from "../program/program.ts";
import type { Decision } from "../decide/decision.ts";
import type { MailAtom, MailModel } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { all, always, any, never, not } from "./formula.ts";
import type { Given } from "./given.ts";
import { askedProperties, givenNames, holdsOf, mayClose, sourcesOf } from "./given.ts";
import { Purse } from "./purse.ts";
import { mailThatPasses } from "./reach.ts";
import type { Result } from "./results.ts";
import { sendingProcesses } from "./results.ts";
import type { World } from "./world.ts";

export type Claim = ProgramGuarantee["claims"][number];

/** What is known of a claim about all mails. */
export interface ClaimProof {
  readonly guarantee: ProgramGuarantee;
  readonly claim: Claim;
  readonly verdict:
    | { readonly kind: "proved" }
    /** Mails that may break it, as far as the model goes: each is to be tried. */
    | { readonly kind: "found"; readonly suspects: readonly Suspect[] }
    | { readonly kind: "not decided"; readonly reason: string };
}

/** A mail that may break a claim. */
export interface Suspect {
  readonly mailbox: string;
  /** The rule that would end the search, or undefined where none would. */
  readonly rule: ProgramRule | undefined;
  readonly model: MailModel;
}

/**
 * Looks for mails that break the claims of guarantees: for each rule whose actions may come out against a claim a mail that
 * gets there. Where there is none, whatever the helpdesk knows, the claim is proved.
 */
export function proveGuarantees(
  program: Program,
  guarantees: readonly ProgramGuarantee[],
  worlds: readonly World[],
): readonly ClaimProof[] {
  const purse = new Purse();
  const askers = worlds.map((world) => new Asker(program, world, purse));
  return guarantees.flatMap((guarantee) =>
    guarantee.claims.map((claim): ClaimProof => {
      const suspects: Suspect[] = [];
      let undecided = false;
      for (const asker of askers) {
        const found = asker.suspects(guarantee, claim);
        suspects.push(...found.suspects);
        undecided ||= found.undecided;
      }
      if (suspects.length > 0) return { guarantee, claim, verdict: { kind: "found", suspects } };
      const reason = "the question took too long";
      const verdict = undecided
        ? { kind: "not decided" as const, reason }
        : { kind: "proved" as const };
      return { guarantee, claim, verdict };
    }),
  );
}

/** Of each mailbox the claim that rules decide every mail; `name` is the mailbox's. */
export function totalGuarantees(program: Program): readonly ProgramGuarantee[] {
  return program.mailboxes.map(({ name, at }) => ({
    name,
    at,
    when: { kind: "always", at },
    in: name,
    claims: [{ kind: "expect", at, outcomes: [{ kind: "decided" }] }],
  }));
}

interface Found {
  readonly suspects: readonly Suspect[];
  readonly undecided: boolean;
}

/** Asks whether claims hold for the mails of one mailbox. */
class Asker {
  readonly #program: Program;
  readonly #world: World;
  readonly #purse: Purse;

  constructor(program: Program, world: World, purse: Purse) {
    this.#program = program;
    this.#world = world;
    this.#purse = purse;
  }

  suspects(guarantee: ProgramGuarantee, claim: Claim): Found {
    const isMeant = this.#meant(guarantee.in);
    if (isMeant === undefined) return { suspects: [], undecided: false };
    const { mailbox, formulas, rules, taking } = this.#world;
    const when = formulas.of(guarantee.when);
    const suspects: Suspect[] = [];
    let undecided = false;
    const look = (
      formula: Formula<MailAtom>,
      above: number,
      rule: ProgramRule | undefined,
    ): void => {
      if (formula.kind === "constant" && !formula.value) return;
      const passing = this.#purse.pay((budget) =>
        mailThatPasses(formula, above, this.#world, budget),
      );
      if (passing.kind === "found") {
        suspects.push({ mailbox: mailbox.name, rule, model: passing.model });
      }
      undecided ||= passing.kind === "not decided";
    };
    for (const [at, { rule, formula, results, above }] of rules.entries()) {
      if (!isMeant(rule)) continue;
      const higher = mailbox.rules.slice(0, at);
      const breaks = any(
        results.flatMap((result) =>
          result === undefined ? [] : [this.#breaks(claim, rule, result, higher)],
        ),
      );
      look(all([when, formula, breaks]), above, rule);
    }
    // What no rule decides has none of the outcomes.
    if (claim.kind === "expect") look(when, taking.count, undefined);
    return { suspects, undecided };
  }

  /** Which rules a guarantee is about; undefined where it is about none of this mailbox. */
  #meant(name: string | undefined): ((rule: ProgramRule) => boolean) | undefined {
    const { mailbox } = this.#world;
    if (name === undefined || name === mailbox.name) return () => true;
    return mailbox.rules.some(({ set }) => set === name) ? ({ set }) => set === name : undefined;
  }

  /** Of which mails a result of a rule breaks a claim. */
  #breaks(
    claim: Claim,
    rule: ProgramRule,
    result: Result,
    above: readonly ProgramRule[],
  ): Formula<MailAtom> {
    const matches = claim.outcomes.map((outcome) => this.#comesOut(outcome, rule, result, above));
    switch (claim.kind) {
      case "never":
        return any(matches.map(({ may }) => may));
      case "expect":
        // What only marks the mail or the ticket decides nothing.
        return result.ends ? all(matches.map(({ mayNot }) => mayNot)) : never;
    }
  }

  /** For which mails an outcome may be there, and for which it may be missing. */
  #comesOut(
    outcome: ProgramOutcome,
    rule: ProgramRule,
    result: Result,
    above: readonly ProgramRule[],
  ): Possible {
    switch (outcome.kind) {
      case "create ticket":
        if (!result.facts.has("create ticket")) return surely(false);
        return outcome.condition === undefined
          ? surely(true)
          : this.#given(outcome.condition, rule, above);
      case "update ticket":
      case "ignore":
      case "delete":
      case "mark spam":
        return surely(result.facts.has(outcome.kind));
      case "decided":
        return surely(result.ends);
      case "rule":
        return surely(result.ends && rule.name === outcome.name);
      case "send mail":
        return {
          may: any(
            sendingProcesses(
              result,
              this.#program.processes,
              mayClose(above, rule, this.#program.helpdesk.closed),
            ).map((process) =>
              this.#world.formulas.of(known(process, rule, this.#world.mailbox, result)),
            ),
          ),
          // Automatic and old mail, muted addresses and the send limit keep it back.
          mayNot: always,
        };
    }
  }

  /** Whether a new ticket is as a condition says, by where its properties may come from. */
  #given(condition: ProgramCondition, rule: ProgramRule, above: readonly ProgramRule[]): Possible {
    let ways: readonly {
      readonly given: ReadonlyMap<string, Given>;
      readonly when: Formula<MailAtom>;
    }[] = [{ given: new Map(), when: always }];
    for (const name of askedProperties(condition)) {
      const sources = sourcesOf(name, above, rule);
      ways = ways.flatMap((way) =>
        sources.map(({ holds, fails, given }) => ({
          given: new Map([...way.given, [name, this.#withDefault(name, given)]]),
          when: all([
            way.when,
            ...holds.map((one) => this.#world.formulas.of(one)),
            ...fails.map((one) => not(this.#world.formulas.of(one))),
          ]),
        })),
      );
    }
    const where = (wanted: boolean): Formula<MailAtom> =>
      any(
        ways.flatMap(({ given, when }) => {
          const holds = holdsOf(condition, given);
          return holds === undefined || holds === wanted ? [when] : [];
        }),
      );
    return { may: where(true), mayNot: where(false) };
  }

  #withDefault(name: string, given: Given): Given {
    const [first] = this.#program.helpdesk.status;
    if (name !== "status" || given.kind !== "none" || first === undefined) return given;
    return { kind: "word", word: first };
  }
}

interface Possible {
  readonly may: Formula<MailAtom>;
  readonly mayNot: Formula<MailAtom>;
}

function surely(holds: boolean): Possible {
  return holds ? { may: always, mayNot: never } : { may: never, mayNot: always };
}

/** The condition of a process, where the rule and the mailbox are known. */
function known(
  process: ProgramProcess,
  rule: ProgramRule,
  mailbox: ProgramMailbox,
  result: Result,
): ProgramCondition {
  const created = result.facts.has("create ticket");
  const words = new Map([
    ["rule", rule.name],
    ...(created
      ? ([
          ["ticket.rule", rule.name],
          ["ticket.mailbox", mailbox.name],
        ] as const)
      : []),
  ]);
  const replaced = (condition: ProgramCondition): ProgramCondition => {
    switch (condition.kind) {
      case "all":
      case "any":
        return { ...condition, conditions: condition.conditions.map(replaced) };
      case "not":
        return { ...condition, condition: replaced(condition.condition) };
      case "test": {
        const word = condition.field.in === "process" ? words.get(condition.field.name) : undefined;
        if (word === undefined) return condition;
        const holds = holdsOf(condition, new Map([[condition.field.name, { kind: "word", word }]]));
        if (holds === undefined) return condition;
        const { at } = condition;
        const whole: ProgramCondition = { kind: "always", at };
        return holds ? whole : { kind: "not", at, condition: whole };
      }
      default:
        return condition;
    }
  };
  return replaced(process.when);
}

/**
 * Whether a decision about a mail breaks a claim; undefined where the decision alone does not tell. `rule`s that are named
 * ended the search.
 */
export function breaksClaim(
  claim: Claim,
  decision: Decision,
  program: Program,
): boolean | undefined {
  const matches = claim.outcomes.map((outcome) => cameOut(outcome, decision, program));
  switch (claim.kind) {
    case "never":
      if (matches.includes(true)) return true;
      return matches.includes(undefined) ? undefined : false;
    case "expect":
      if (matches.includes(true)) return false;
      return matches.includes(undefined) ? undefined : true;
  }
}

function cameOut(
  outcome: ProgramOutcome,
  decision: Decision,
  program: Program,
): boolean | undefined {
  switch (outcome.kind) {
    case "create ticket": {
      const created = decision.effects.find((effect) => effect.kind === "create ticket");
      if (created === undefined) return false;
      if (outcome.condition === undefined) return true;
      const { properties } = created;
      const status = properties.status ?? program.helpdesk.status[0];
      const words = { ...properties, status };
      return holdsOf(
        outcome.condition,
        new Map(
          givenNames.map((name): [string, Given] => {
            const word = words[name];
            return [name, word === undefined ? { kind: "none" } : { kind: "word", word }];
          }),
        ),
      );
    }
    case "update ticket":
      return decision.effects.some((effect) => effect.kind === "update ticket");
    case "ignore":
      return decision.outcome === "ignored";
    case "delete":
      return decision.mailEffects.some((effect) => effect.kind === "delete");
    case "mark spam":
      // A mail without a sender blocks nobody, and is spam all the same.
      return decision.outcome === "spam";
    case "decided":
      return decision.rule !== null;
    case "rule":
      return decision.rule === outcome.name;
    case "send mail":
      return undefined;
  }
}
