import type { ProcessEffect, ProcessInput } from "@mcrules/compiler";
import type { HelpdeskTransaction, OutboxEntry } from "@mcrules/helpdesk";
import { subjectBase } from "@mcrules/mail";
import { answerNeed } from "../answers.ts";
import { drive } from "../deciding.ts";
import { propertyChange } from "../effects/properties.ts";
import type { HandlingContext } from "../handling.ts";
import { decideInput } from "../mailInHand.ts";
import { putCall } from "./call.ts";
import type { Happened } from "./event.ts";
import { processTicket } from "./event.ts";
import { putMail } from "./sendMail.ts";

/**
 * Runs the processes that something starts, inside its transaction. What leaves the machine is put into
 * the outbox. What a process does starts no process.
 */
export async function runProcesses(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
): Promise<readonly OutboxEntry[]> {
  const { program } = context.judge;
  const { events } = happened;
  if (!program.processes.some((process) => process.on.some((event) => events.includes(event)))) {
    return [];
  }
  const input = await processInput(desk, happened);
  const asking = { program, desk, mail: happened.cause?.mail, asNew: true };
  const runs = await drive(context.judge.processes(input), (need) => answerNeed(need, asking));
  const entries: OutboxEntry[] = [];
  for (const run of runs) {
    for (const action of run.actions) {
      const entry = await act(context, desk, happened, input, run.process, action);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return entries;
}

async function processInput(desk: HelpdeskTransaction, happened: Happened): Promise<ProcessInput> {
  const { cause, ticket, now } = happened;
  return {
    events: happened.events,
    now,
    mail:
      cause === undefined
        ? undefined
        : { ...decideInput(cause.mail, now), content: await cause.mail.content() },
    rule: happened.rule,
    ticket: ticket === undefined ? undefined : await processTicket(desk, ticket),
  };
}

async function act(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  input: ProcessInput,
  process: string,
  action: ProcessEffect,
): Promise<OutboxEntry | undefined> {
  switch (action.kind) {
    case "send mail":
      return putMail(context, desk, happened, process, action);
    case "call":
      return putCall(context, desk, happened, input, process, action);
    case "set":
      if (happened.ticket !== undefined) {
        await desk.changeTicket(happened.ticket.id, {
          ...propertyChange(context.judge.program.helpdesk, action.properties),
          ...(action.title === undefined
            ? {}
            : { title: action.title, titleBase: subjectBase(action.title) }),
          at: happened.now,
        });
      }
      return undefined;
    default:
      return unknownAction(action);
  }
}

function unknownAction(action: never): never {
  throw new Error(`The judge asked for something unknown: ${JSON.stringify(action)}`);
}
