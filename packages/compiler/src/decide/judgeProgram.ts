import type { Program } from "../program/program.ts";
import { conditionPreparer } from "../evaluate/prepare.ts";
import { prepareTables } from "../evaluate/tables.ts";
import { decideMail } from "./decide.ts";
import { ruleIndex } from "../candidates/ruleIndex.ts";
import { prepareDesk } from "./desk.ts";
import type { Judge } from "./judge.ts";
import { startedProcesses } from "./processes.ts";
import type { NextRule, ReadyMailbox } from "./ready.ts";

/**
 * Makes a Program ready to run: patterns compiled, lists brought into canonical form. Throws where
 * the Program is none that `compile` made (a pattern that RE2 does not take, a zone that is not known).
 */
export function judge(program: Program): Judge {
  const tables = prepareTables(program);
  const prepare = conditionPreparer(tables);
  const desk = prepareDesk(program, tables);
  const mailboxes = new Map<string, ReadyMailbox>(
    program.mailboxes.map((mailbox) => [
      mailbox.name,
      {
        mailbox,
        rules: mailbox.rules.map((rule) => ({ rule, when: prepare(rule.when) })),
        candidates: ruleIndex(mailbox.rules, tables),
      },
    ]),
  );
  const processes = program.processes.map((process) => ({ process, when: prepare(process.when) }));

  return {
    program,
    *decide(input, options) {
      const mailbox = mailboxes.get(input.arrival.mailbox);
      if (mailbox === undefined)
        throw new RangeError(`The program has no mailbox "${input.arrival.mailbox}".`);
      const traced = rulesTraced(options?.trace ?? true);
      const next = rulesFrom(mailbox, traced);
      return yield* decideMail(input, mailbox, desk, prepare, next, traced);
    },
    processes: (event) => startedProcesses(event, processes, desk),
  };
}

/** How many rules, from the first on, are taken down in the trace whether they act or not. */
function rulesTraced(trace: boolean | number): number {
  if (typeof trace === "number") return trace;
  return trace ? Number.POSITIVE_INFINITY : 0;
}

/**
 * The rules that are traced one after the other: the plain way, which every other way has to agree with. Below
 * them only those that can hold.
 */
function rulesFrom(mailbox: ReadyMailbox, traced: number): NextRule {
  const last = mailbox.rules.length - 1;
  if (traced > last) return (_mail, position) => (position < last ? position + 1 : undefined);
  const candidates = mailbox.candidates();
  return (mail, position) => (position + 1 < traced ? position + 1 : candidates(mail, position));
}
