import type { Program } from "../program/program.ts";
import { conditionPreparer } from "../evaluate/prepare.ts";
import { prepareTables } from "../evaluate/tables.ts";
import { decideMail } from "./decide.ts";
import { ruleIndex } from "../candidates/rule-index.ts";
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
      const explained = options?.trace !== false;
      const next = explained ? everyRule(mailbox) : mailbox.candidates();
      return yield* decideMail(input, mailbox, desk, prepare, next, explained);
    },
    processes: (event) => startedProcesses(event, processes, desk),
  };
}

/** One rule after the other: the plain way, which every other way has to agree with. */
function everyRule(mailbox: ReadyMailbox): NextRule {
  return (_mail, position) => (position + 1 < mailbox.rules.length ? position + 1 : undefined);
}
