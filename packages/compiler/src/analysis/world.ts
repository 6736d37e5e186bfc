import type { ConditionTables } from "../evaluate/tables.ts";
import type { Program, ProgramMailbox, ProgramRule } from "../program/program.ts";
import { NamedSets } from "../regular/patternProgram.ts";
import { RulesInOrder } from "./above.ts";
import type { MailAtom } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { MailFormulas } from "./mailFormula.ts";
import type { Result } from "./results.ts";
import { alwaysEnd, resultsOf } from "./results.ts";
import { Solver } from "./solve.ts";

/** A rule as logic sees it. */
export interface RuleInWorld {
  readonly rule: ProgramRule;
  /** Its condition. */
  readonly formula: Formula<MailAtom>;
  /** How its actions can come out. */
  readonly results: readonly (Result | undefined)[];
  /** So many of the rules that take every mail they get stand above it. */
  readonly above: number;
}

/** The mails of one mailbox, and its rules: what every question about them stands on, worked out once. */
export interface World {
  readonly mailbox: ProgramMailbox;
  readonly formulas: MailFormulas;
  readonly solver: Solver;
  readonly rules: readonly RuleInWorld[];
  /** The rules that take every mail that they get and for which their condition holds. */
  readonly taking: RulesInOrder;
}

/** The worlds of a program's mailboxes. `tables` are what the conditions point into that will be asked about. */
export function worldsOf(program: Program, tables: ConditionTables): readonly World[] {
  const named = new NamedSets();
  return program.mailboxes.map((mailbox): World => {
    const formulas = new MailFormulas(tables, mailbox.name, named);
    const rules: RuleInWorld[] = [];
    const taking: RuleInWorld[] = [];
    for (const rule of mailbox.rules) {
      const results = resultsOf(rule.actions, mailbox, program.helpdesk);
      const one = { rule, formula: formulas.of(rule.when), results, above: taking.length };
      rules.push(one);
      if (alwaysEnd(results)) taking.push(one);
    }
    return { mailbox, formulas, solver: new Solver(), rules, taking: new RulesInOrder(taking) };
  });
}
