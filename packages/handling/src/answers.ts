import type { Answer, Need, Program, TicketFacts, TicketQuery } from "@mcrules/compiler";
import type { HelpdeskQueries, RegistryKind, Ticket } from "@mcrules/helpdesk";
import { readSignedMessageId, subjectBase } from "@mcrules/mail";
import { foldAddress } from "./address.ts";
import { agentAddresses, duplicatesWithin } from "./mailbox.ts";
import type { MailInHand } from "./mailInHand.ts";
import { bodyTells } from "./mailInHand.ts";

/** Whom and about what is asked. */
export interface Asking {
  readonly program: Program;
  readonly desk: HelpdeskQueries;
  /** Absent where a person caused what is judged. */
  readonly mail: MailInHand | undefined;
  /** The mail is judged as if it had never been seen. */
  readonly asNew: boolean;
}

/** Answers one question of the judge from the mail in hand and the helpdesk. Writes nothing. */
export async function answerNeed(need: Need, asking: Asking): Promise<Answer> {
  const { desk } = asking;
  switch (need.need) {
    case "content":
      return { need: "content", content: await mailOf(asking).content() };
    case "seen": {
      if (asking.asNew) return { need: "seen", seen: false };
      const mail = mailOf(asking);
      if (await bodyTells(desk, mail)) await mail.whole();
      const entry = await desk.journaled(mail.identity, duplicatesWithin(mail.mailbox));
      return { need: "seen", seen: entry !== undefined };
    }
    case "own mail":
      return { need: "own mail", own: (await signedBy(desk, [need.messageId])).length > 0 };
    case "signed before":
      return { need: "signed before", signed: (await desk.storedSigningKey()) !== undefined };
    case "bounced ticket": {
      const [first] = await signedBy(desk, need.ids);
      const ticket = first?.ticket === undefined ? undefined : await desk.ticket(first.ticket);
      return { need: "bounced ticket", ticket: factsOf(ticket) };
    }
    case "blocked":
      return {
        need: "blocked",
        address: need.addresses.length === 0 ? undefined : await desk.blocked(need.addresses),
      };
    case "registry": {
      const entry = await desk.registryEntry(registryKind(need.registry), need.address);
      return { need: "registry", found: entry !== undefined };
    }
    case "ticket":
      return { need: "ticket", ticket: factsOf(await ticketBy(desk, need.by)) };
    case "participation":
      return { need: "participation", takesPart: await takesPart(asking, need) };
    case "misses": {
      let most = 0;
      for (const address of need.addresses)
        most = Math.max(most, await desk.misses(address, need.since));
      return { need: "misses", most };
    }
    case "opened tickets": {
      const { count, flood } = await desk.openedTickets(need);
      return { need: "opened tickets", count, flood: factsOf(flood) };
    }
    default:
      return unknownNeed(need);
  }
}

function unknownNeed(need: never): never {
  throw new Error(`The judge asked for something unknown: ${JSON.stringify(need)}`);
}

function mailOf(asking: Asking): MailInHand {
  if (asking.mail === undefined) throw new Error("A mail was asked for where a person acted.");
  return asking.mail;
}

function registryKind(registry: "contacts" | "accounts" | "leads" | "vendors"): RegistryKind {
  switch (registry) {
    case "contacts":
      return "contact";
    case "accounts":
      return "account";
    case "leads":
      return "lead";
    case "vendors":
      return "vendor";
  }
}

/** Those of the Message-IDs that we signed, in their order. */
export async function signedBy(
  desk: HelpdeskQueries,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly ticket: number | undefined }[]> {
  if (ids.length === 0) return [];
  const key = await desk.storedSigningKey();
  if (key === undefined) return [];
  return ids.flatMap((id) => {
    const signed = readSignedMessageId(id, key);
    return signed === undefined ? [] : [{ id, ticket: signed.ticket }];
  });
}

async function ticketBy(desk: HelpdeskQueries, by: TicketQuery): Promise<Ticket | undefined> {
  switch (by.kind) {
    case "id": {
      const ticket = await desk.ticket(by.id);
      return ticket?.spam === true ? undefined : ticket;
    }
    case "code":
      return by.code === "" ? undefined : desk.ticketByCode(by.code);
    case "titled": {
      const base = subjectBase(by.title);
      return base === "" ? undefined : desk.ticketByTitleBase(base);
    }
    case "thread":
      return ticketByThread(desk, by.ids);
  }
}

/** A signature tells the ticket even where the store forgot the mail that bore it. */
async function ticketByThread(
  desk: HelpdeskQueries,
  ids: readonly string[],
): Promise<Ticket | undefined> {
  let rest = ids;
  for (const signed of await signedBy(desk, ids)) {
    if (signed.ticket === undefined) continue;
    const at = rest.indexOf(signed.id);
    const before = at <= 0 ? undefined : await desk.ticketByMessageId(rest.slice(0, at));
    if (before !== undefined) return before.spam ? undefined : before;
    const ticket = await desk.ticket(signed.ticket);
    if (ticket !== undefined) return ticket.spam ? undefined : ticket;
    rest = rest.slice(at + 1);
  }
  const known = rest.length === 0 ? undefined : await desk.ticketByMessageId(rest);
  return known?.spam === true ? undefined : known;
}

async function takesPart(
  asking: Asking,
  need: Extract<Need, { need: "participation" }>,
): Promise<boolean> {
  const signed = await signedBy(asking.desk, need.thread);
  if (signed.some((id) => id.ticket === need.ticket)) return true;
  if (need.senders.length === 0) return false;
  const agents = agentAddresses(asking.program);
  const strangers = need.senders.map(foldAddress).filter((sender) => !agents.has(sender));
  if (strangers.length === 0) return true;
  const people = await asking.desk.participants(need.ticket);
  const known = new Set(people.map((person) => foldAddress(person.address)));
  return strangers.every((sender) => known.has(sender));
}

function factsOf(ticket: Ticket | undefined): TicketFacts | undefined {
  return ticket === undefined
    ? undefined
    : {
        id: ticket.id,
        number: ticket.number,
        title: ticket.title,
        status: ticket.status,
        closedAt: ticket.closedAt,
      };
}
