import type { Program, ProgramMailbox } from "../program/program.ts";
import { canonical } from "../text/folding.ts";
import type { Zone } from "../time/zone.ts";
import type { Tables } from "../evaluate/tables.ts";

/** What of a Program the actions look at, made ready once. */
export interface Desk {
  readonly program: Program;
  readonly tables: Tables;
  readonly zone: Zone;
  /** Whether the address is one of any mailbox of the project. */
  isOurs(address: string): boolean;
  /** The agent's address, lower case, where the address is an agent's. */
  agent(address: string): string | undefined;
}

export function prepareDesk(program: Program, tables: Tables): Desk {
  const ours = new Set(program.mailboxes.flatMap((mailbox) => mailbox.ownAddresses).map(canonical));
  const agents = new Map(
    program.agents.map((agent) => [canonical(agent.address), agent.address.toLowerCase()]),
  );
  return {
    program,
    tables,
    zone: tables.zone,
    isOurs: (address) => ours.has(canonical(address)),
    agent: (address) => agents.get(canonical(address)),
  };
}

/** The sender takes part in nothing: the server that the mailbox trusts says that DMARC failed. */
export function isDistrusted(
  mailbox: ProgramMailbox,
  headers: { readonly authentication: { readonly dmarc: string } },
): boolean {
  return mailbox.settings.trusts.length > 0 && headers.authentication.dmarc === "fail";
}
