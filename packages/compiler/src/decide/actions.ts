import type { ProgramAction } from "../program/action.ts";
import { recipients } from "../evaluate/mailFields.ts";
import type { Effect, MailEffect } from "./decision.ts";
import { createdTicket } from "./createTicket.ts";
import type { Asking } from "./mailCase.ts";
import { otherPeople } from "./people.ts";
import {
  blockLooksAtContent,
  joinedProperties,
  propertiesOf,
  withoutDoubles,
} from "./properties.ts";
import type { Done, GivenAbove, RuleRun } from "./run.ts";
import { updateTicket } from "./updateTicket.ts";

const registryOf = {
  contact: "contacts",
  account: "accounts",
  lead: "leads",
  vendor: "vendors",
} as const;

/**
 * Does the actions of a rule, in their order: all of them, or none where its `update ticket` cannot be done
 * or where it only files and finds nobody. Undefined: not done.
 */
export function* perform(
  actions: readonly ProgramAction[],
  run: RuleRun,
): Asking<Done | undefined> {
  const effects: Effect[] = [];
  const mailEffects: MailEffect[] = [];
  let given: GivenAbove = run.given;
  let ignored = false;
  let spam = false;
  let ends = false;
  let goesOn = false;

  for (const action of actions) {
    switch (action.kind) {
      case "ignore":
        ignored = true;
        ends = true;
        break;
      case "create ticket":
        effects.push(yield* createdTicket(action.block, action.at, { ...run, given }));
        ends = true;
        break;
      case "update ticket": {
        const done = yield* updateTicket(action, { ...run, given });
        if (done === undefined) return undefined;
        effects.push(...done.effects);
        mailEffects.push(...done.mailEffects);
        given = done.given;
        ignored ||= done.ignored;
        spam ||= done.spam;
        ends ||= done.ends;
        break;
      }
      case "set":
        given = yield* givenBelow(action.block, { ...run, given });
        break;
      case "file under":
        effects.push(...(yield* filed(action, run)));
        ends = true;
        break;
      case "mark":
        mailEffects.push({ kind: "mark", as: action.as });
        break;
      case "move":
      case "copy":
        mailEffects.push({ kind: action.kind, folder: action.folder });
        ends ||= action.kind === "move";
        break;
      case "delete":
        mailEffects.push({ kind: "delete" });
        ends = true;
        break;
      case "mark spam": {
        const block = yield* spamEffects(run);
        effects.push(...block);
        spam = true;
        ends = true;
        break;
      }
      case "continue":
        goesOn = true;
        break;
      default: {
        const unknown: never = action;
        throw new TypeError(`No such action: ${JSON.stringify(unknown)}`);
      }
    }
  }
  if (onlyFiles(actions) && effects.length === 0) return undefined;
  return { effects, mailEffects, given, ends: ends && !goesOn, ignored, spam };
}

function onlyFiles(actions: readonly ProgramAction[]): boolean {
  return (
    actions.some((action) => action.kind === "file under") &&
    actions.every((action) => action.kind === "file under" || action.kind === "continue")
  );
}

function* givenBelow(
  block: Extract<ProgramAction, { kind: "set" }>["block"],
  run: RuleRun,
): Asking<GivenAbove> {
  if (blockLooksAtContent(block)) yield* run.mail.content();
  const properties = propertiesOf(block, run.desk, run.speaking, run.mail.input.arrival.received);
  return {
    properties: joinedProperties(run.given.properties, properties),
    participants: block.addCc
      ? otherPeople([...run.given.participants, ...run.mail.headers.cc], run.desk)
      : run.given.participants,
  };
}

function* filed(
  action: Extract<ProgramAction, { kind: "file under" }>,
  run: RuleRun,
): Asking<readonly Effect[]> {
  const { headers } = run.mail;
  const people = action.by === "from" ? headers.from : recipients(headers);
  const addresses = withoutDoubles(people.map((person) => person.address));
  const effects: Effect[] = [];
  for (const registry of action.registries) {
    const found: string[] = [];
    for (const address of addresses)
      if (yield* run.mail.isRegistered(registryOf[registry], address)) found.push(address);
    run.looks?.push({
      at: action.at,
      field: action.by === "from" ? "from" : "recipients",
      operator: "in",
      expected: registryOf[registry],
      actual: () => (addresses.length === 0 ? "(none)" : addresses.join(", ")),
      result: found.length > 0,
    });
    for (const address of found)
      effects.push({ kind: "file under", rule: run.rule, registry, address });
  }
  return effects;
}

/** Contacts, agents and our own addresses only a person can block: a forged From must not silence them. */
function* spamEffects(run: RuleRun): Asking<readonly Effect[]> {
  const { mail, desk, rule } = run;
  const blocked: string[] = [];
  const reported: string[] = [];
  for (const address of withoutDoubles(mail.headers.from.map((person) => person.address))) {
    const known =
      desk.agent(address) !== undefined ||
      desk.isOurs(address) ||
      (yield* mail.isRegistered("contacts", address));
    (known ? reported : blocked).push(address);
  }
  const effects: Effect[] = [];
  if (blocked.length > 0) effects.push({ kind: "block sender", rule, addresses: blocked });
  if (reported.length > 0) effects.push({ kind: "report spam", rule, addresses: reported });
  return effects;
}
