import type {
  Helpdesk,
  HelpdeskTransaction,
  NewJournalEntry,
  NewOutboxEntry,
  NewTicket,
} from "../index.ts";

export type OpenStore = () => Promise<Helpdesk>;

export const anna = { address: "anna@example.it", name: "Anna" };
export const marco = { address: "marco@example.it", name: "Marco" };

export function newTicket(
  given: Partial<NewTicket & { titleBase: string }> = {},
): NewTicket & { readonly titleBase: string } {
  const title = given.title ?? "Printer broken";
  return {
    title,
    titleBase: title,
    description: "It does not print.",
    status: "Open",
    closed: false,
    tags: [],
    fields: [],
    numberFormat: { before: "TT", after: "" },
    at: 1_000,
    ...given,
  };
}

export function newEntry(content: string, given: Partial<NewJournalEntry> = {}): NewJournalEntry {
  return {
    mailbox: "support",
    folder: "INBOX",
    place: `1:${content}`,
    identity: {
      messageId: `<${content}@example.it>`,
      headerKey: `header ${content}`,
      contentKey: `content ${content}`,
    },
    subject: "Printer broken",
    from: "anna@example.it",
    received: 900,
    handledAt: 1_000,
    state: "done",
    outcome: "ticket created",
    rule: "Support",
    rules: ["Support"],
    ticket: undefined,
    program: "abc",
    trace: "{}",
    attempts: 1,
    error: undefined,
    ...given,
  };
}

export function newOutboxEntry(given: Partial<NewOutboxEntry> = {}): NewOutboxEntry {
  return {
    kind: "mail",
    ticket: undefined,
    process: "Opening notice",
    mailbox: "support",
    key: "<1@helpdesk>",
    recipients: ["anna@example.it"],
    subject: "Opening TT1",
    payload: "{}",
    state: "waiting",
    reason: undefined,
    createdAt: 1_000,
    ...given,
  };
}

/** One thing done in a transaction of its own. */
export function doing<T>(
  desk: Helpdesk,
  work: (transaction: HelpdeskTransaction) => Promise<T>,
): Promise<T> {
  return desk.transaction(work);
}
