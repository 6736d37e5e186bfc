import { randomBytes } from "node:crypto";
import type { HandlingContext } from "@mcrules/handling";
import type { Helpdesk, Ticket } from "@mcrules/helpdesk";
import { openMailReader } from "@mcrules/mail";
import type { Run } from "./commandLine.ts";
import { CannotRun } from "./failure.ts";
import { runnableProject, type RunnableProject } from "./program.ts";
import { openStore, storeTrouble, type StoreUse } from "./store.ts";

/** What the commands that look at a store have in common. */
export interface DeskOptions {
  readonly project?: string;
  readonly store?: string;
  readonly format: string;
}

/** The project with its store, for the length of one command. */
export interface Desk extends RunnableProject {
  readonly helpdesk: Helpdesk;
  readonly context: HandlingContext;
}

/**
 * Opens project and store, does the work, closes them. Gives the work's exit code; 2 where the
 * rules have errors.
 * @throws CannotRun where the store cannot be used.
 */
export async function withDesk(
  { terminal }: Run,
  options: DeskOptions,
  use: StoreUse,
  work: (desk: Desk) => Promise<number>,
): Promise<number> {
  const runnable = runnableProject(terminal, options.project);
  if (runnable === undefined) return 1;
  const { judge, loaded } = runnable;
  const helpdesk = await openStore(loaded.root, judge.program, options.store, use);
  const reader = openMailReader();
  try {
    return await work({
      ...runnable,
      helpdesk,
      context: { judge, helpdesk, reader, now: Date.now, randomBytes },
    });
  } catch (error) {
    throw storeTrouble(error) ?? error;
  } finally {
    await reader.close();
    await helpdesk.close();
  }
}

/**
 * The ticket that a person names by its number (`TT12`), id (`12`) or reference (`9x12`).
 * @throws CannotRun where there is none.
 */
export async function namedTicket(helpdesk: Helpdesk, name: string): Promise<Ticket> {
  const found = await findTicket(helpdesk, name);
  if (found === undefined) {
    throw new CannotRun(
      `there is no ticket ${name}`,
      "`mcrules ticket list` shows those there are.",
    );
  }
  return found;
}

/** The ticket of that name, where there is one. */
export async function findTicket(helpdesk: Helpdesk, name: string): Promise<Ticket | undefined> {
  const byNumber = await helpdesk.ticketByNumber(name);
  if (byNumber !== undefined) return byNumber;
  const id = /^(?:9x)?([1-9][0-9]{0,14})$/i.exec(name)?.[1];
  return id === undefined ? undefined : helpdesk.ticket(Number(id));
}

/** Day and minute in the helpdesk's zone. */
export function momentText(instant: number, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(instant);
}
