import type { ProgramHelpdesk, TicketProperties } from "@mcrules/compiler";
import type { HelpdeskQueries, TicketChange } from "@mcrules/helpdesk";

/** A status and whether it counts as closed. */
export function statusOf(
  helpdesk: ProgramHelpdesk,
  name: string,
): { readonly name: string; readonly closed: boolean } {
  const folded = name.toLowerCase();
  const known = helpdesk.status.find((status) => status.toLowerCase() === folded) ?? name;
  return { name: known, closed: helpdesk.closed.includes(known) };
}

/** The change of a ticket that these properties ask for. */
export function propertyChange(
  helpdesk: ProgramHelpdesk,
  properties: TicketProperties,
): Omit<TicketChange, "at"> {
  return {
    ...(properties.status === undefined ? {} : { status: statusOf(helpdesk, properties.status) }),
    ...(properties.priority === undefined ? {} : { priority: properties.priority }),
    ...(properties.severity === undefined ? {} : { severity: properties.severity }),
    ...(properties.category === undefined ? {} : { category: properties.category }),
    ...(properties.assigned === undefined ? {} : { assigned: properties.assigned }),
    ...(properties.tags.length === 0 ? {} : { addTags: properties.tags }),
    ...(properties.fields.length === 0 ? {} : { fields: properties.fields }),
  };
}

/** The registry entry that a ticket is connected with: the contact with that address, else the account. */
export async function connectionFor(
  desk: HelpdeskQueries,
  address: string | undefined,
): Promise<{ readonly contactId?: number; readonly accountId?: number }> {
  if (address === undefined || address === "") return {};
  const contact = await desk.registryEntry("contact", address);
  if (contact !== undefined) return { contactId: contact.id };
  const account = await desk.registryEntry("account", address);
  return account === undefined ? {} : { accountId: account.id };
}
