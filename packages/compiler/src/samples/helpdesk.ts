import type { MailContent } from "@mcrules/mail";
import type { Answer, Need, TicketFacts } from "../decide/needs.ts";

/** A helpdesk for tests: what it answers, and what it was asked. */
export interface SampleHelpdesk {
  readonly content?: MailContent;
  readonly seen?: boolean;
  readonly ownIds?: readonly string[];
  /** Nothing was ever sent. */
  readonly silent?: boolean;
  readonly blocked?: readonly string[];
  readonly contacts?: readonly string[];
  readonly accounts?: readonly string[];
  /** How often the senders named tickets in vain. */
  readonly misses?: number;
  /** How many tickets the requester's mails opened, and the flood ticket among them. */
  readonly opened?: { readonly count: number; readonly flood?: TicketFacts };
  readonly tickets?: readonly (TicketFacts & {
    readonly takesPart?: readonly string[];
    readonly code?: string;
    readonly ids?: readonly string[];
  })[];
}

export function ticket(
  id: number,
  given: Partial<NonNullable<SampleHelpdesk["tickets"]>[number]> = {},
): NonNullable<SampleHelpdesk["tickets"]>[number] {
  return {
    id,
    number: `TT${id}`,
    title: "Printer broken",
    status: given.closedAt === undefined ? "Open" : "Closed",
    closedAt: undefined,
    ...given,
  };
}

function answer(need: Need, desk: SampleHelpdesk): Answer {
  const tickets = desk.tickets ?? [];
  switch (need.need) {
    case "content":
      if (desk.content === undefined) throw new Error("The content was not to be asked for.");
      return { need: "content", content: desk.content };
    case "seen":
      return { need: "seen", seen: desk.seen ?? false };
    case "own mail":
      return { need: "own mail", own: desk.ownIds?.includes(need.messageId) ?? false };
    case "signed before":
      return { need: "signed before", signed: desk.silent !== true };
    case "bounced ticket":
      return {
        need: "bounced ticket",
        ticket: tickets.find((one) => need.ids.some((id) => one.ids?.includes(id))),
      };
    case "blocked":
      return {
        need: "blocked",
        address: need.addresses.find((one) => desk.blocked?.includes(one)),
      };
    case "registry": {
      const known = need.registry === "contacts" ? desk.contacts : desk.accounts;
      return { need: "registry", found: known?.includes(need.address) ?? false };
    }
    case "ticket": {
      const { by } = need;
      const found = tickets.find((one) => {
        switch (by.kind) {
          case "id":
            return one.id === by.id;
          case "code":
            return one.code === by.code;
          case "titled":
            return one.title === by.title;
          case "thread":
            return by.ids.some((id) => one.ids?.includes(id));
        }
      });
      return { need: "ticket", ticket: found };
    }
    case "participation": {
      const known = tickets.find((one) => one.id === need.ticket)?.takesPart ?? [];
      return {
        need: "participation",
        takesPart: need.senders.length > 0 && need.senders.every((one) => known.includes(one)),
      };
    }
    case "misses":
      return { need: "misses", most: desk.misses ?? 0 };
    case "opened tickets":
      return {
        need: "opened tickets",
        count: desk.opened?.count ?? 0,
        flood: desk.opened?.flood,
      };
  }
}

/** Runs to the end, with what was asked, in its order. */
export function answered<T>(
  asking: Generator<Need, T, Answer>,
  desk: SampleHelpdesk = {},
): { readonly result: T; readonly needs: readonly Need[] } {
  const needs: Need[] = [];
  let step = asking.next();
  while (step.done !== true) {
    needs.push(step.value);
    step = asking.next(answer(step.value, desk));
  }
  return { result: step.value, needs };
}
