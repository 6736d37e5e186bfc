import type { HandlingContext } from "@mcrules/handling";
import type { HelpdeskTransaction, NewTicket, Person } from "@mcrules/helpdesk";
import type { Given, OwnFieldValue, PicklistValue, Text, TicketBlock } from "@mcrules/language";
import { parseAddress, subjectBase } from "@mcrules/mail";

/** The instant at which a test's clock stands where it says nothing: a Monday morning. */
export const defaultNow = Date.UTC(2026, 0, 5, 9, 0, 0);

/** Puts what a test takes as given into its store, in one transaction. */
export async function arrange(
  context: HandlingContext,
  given: readonly Given[],
  now: number,
): Promise<void> {
  await context.helpdesk.transaction(async (desk) => {
    // A ticket is connected to its contact, so the registry comes first, whatever the order written.
    for (const one of given) await register(desk, one, now);
    for (const one of given) {
      if (one.kind === "ticket") await openGiven(context, desk, one, now);
    }
  });
}

async function register(desk: HelpdeskTransaction, given: Given, now: number): Promise<void> {
  switch (given.kind) {
    case "contact":
    case "lead":
    case "vendor":
      await desk.addRegistryEntry({
        kind: given.kind,
        name: given.name ?? "",
        addresses: [given.key],
        ...(given.account === undefined ? {} : { account: given.account }),
      });
      return;
    case "account": {
      const address = parseAddress(given.key);
      await desk.addRegistryEntry({
        kind: "account",
        name: given.name ?? given.key,
        addresses: address === undefined ? [] : [address.address],
      });
      return;
    }
    case "blocked":
      await desk.block(given.address, "given by the test", now);
      return;
    case "ticket":
    case "now":
      return;
  }
}

async function openGiven(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  given: Extract<Given, { kind: "ticket" }>,
  now: number,
): Promise<void> {
  const { helpdesk } = context.judge.program;
  const { block } = given;
  const title = plain(block.title) ?? `Ticket ${given.id}`;
  const requester = person(given.requester?.value);
  const contactAddress = plain(block.contact) ?? requester?.address;
  const contact =
    contactAddress === undefined ? undefined : await desk.registryEntry("contact", contactAddress);
  const account =
    given.account === undefined
      ? undefined
      : ((await desk.accountByName(given.account.value)) ??
        (await desk.addRegistryEntry({
          kind: "account",
          name: given.account.value,
          addresses: [],
        })));
  const status =
    word(block.status) ??
    (given.closed === undefined ? helpdesk.status[0] : helpdesk.closed[0]) ??
    "Open";
  const closed = helpdesk.closed.includes(status);
  const created = given.created ?? now;
  const ticket: NewTicket & { readonly titleBase: string } = {
    id: given.id,
    title,
    titleBase: subjectBase(title),
    description: plain(block.description) ?? "",
    status,
    closed: false,
    priority: word(block.priority),
    severity: word(block.severity),
    category: word(block.category),
    tags: block.tags.map((tag) => plain(tag) ?? ""),
    code: plain(block.code),
    assigned: assigned(block),
    fields: block.fields.map(({ name, value }) => ({ name: name.value, value: fieldValue(value) })),
    requester,
    contactId: contact?.id,
    accountId: account?.id,
    mailbox: given.mailbox?.value,
    rule: given.rule?.value,
    numberFormat: helpdesk.number,
    at: created,
  };
  // Closed by a change of its own, so that "closed for 30 days" counts from the moment given.
  await desk.createTicket(closed ? { ...ticket, status: helpdesk.status[0] ?? "Open" } : ticket);
  if (closed) {
    await desk.changeTicket(given.id, {
      status: { name: status, closed: true },
      at: given.closed ?? created,
    });
  }
  for (const address of given.takesPart) {
    const taking = person(address);
    if (taking !== undefined) await desk.addParticipant(given.id, taking, "cc");
  }
}

function person(text: string | undefined): Person | undefined {
  const address = text === undefined ? undefined : parseAddress(text);
  return address === undefined ? undefined : { address: address.address, name: address.name };
}

function word(value: PicklistValue | undefined): string | undefined {
  return value?.kind === "word" ? value.word : undefined;
}

function assigned(block: TicketBlock): NewTicket["assigned"] {
  if (block.assign === undefined) return undefined;
  const name = block.assign.kind === "group" ? word(block.assign.name) : word(block.assign.address);
  return name === undefined ? undefined : { kind: block.assign.kind, name };
}

/** A text without holes: what a `given` holds. */
function plain(text: Text | undefined): string | undefined {
  return text?.parts.filter((part) => typeof part === "string").join("");
}

function fieldValue(value: OwnFieldValue): string | number {
  switch (value.kind) {
    case "text":
      return plain(value.text) ?? "";
    case "number":
      return value.value;
    case "when":
      return value.value.kind === "moment"
        ? new Date(value.value.instant).toISOString()
        : [value.value.year, value.value.month, value.value.day]
            .map((number, index) => String(number).padStart(index === 0 ? 4 : 2, "0"))
            .join("-");
    case "in":
    case "expression":
      return "";
  }
}
