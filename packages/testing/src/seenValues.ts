import { readOutgoingMail } from "@mcrules/handling";
import type { Comment, OutboxEntry, Ticket } from "@mcrules/helpdesk";
import { formatAddress } from "@mcrules/mail";

/** The values of a field, as an expectation compares them; none where it is absent. */
export type Values = readonly (string | number)[];

/** The values of a ticket's fields. `comment` is the one that the mail became. */
export function ticketValues(
  ticket: Ticket,
  comment: Comment | undefined,
): (field: string, argument: string | undefined) => Values {
  return (field, argument) => {
    switch (field) {
      case "title":
        return [ticket.title];
      case "description":
        return [ticket.description];
      case "comment":
        return some(comment?.text);
      case "code":
        return some(ticket.code);
      case "contact":
        return some(ticket.contact?.address);
      case "requester":
        return some(ticket.requester?.address);
      case "priority":
        return some(ticket.priority);
      case "severity":
        return some(ticket.severity);
      case "category":
        return some(ticket.category);
      case "status":
        return [ticket.status];
      case "tag":
        return ticket.tags;
      case "assigned":
        return some(ticket.assigned?.name);
      case "documents":
        return [ticket.documents];
      case "comments":
        return [ticket.comments];
      case "rule":
        return some(ticket.rule);
      case "mailbox":
        return some(ticket.mailbox);
      case "field":
        return some(argument === undefined ? undefined : ticket.fields[argument]);
      case "mail.from":
        return ticket.mail?.from.map(formatAddress) ?? [];
      case "mail.to":
        return ticket.mail?.to.map(formatAddress) ?? [];
      case "mail.cc":
        return ticket.mail?.cc.map(formatAddress) ?? [];
      case "mail.bcc":
        return ticket.mail?.bcc.map(formatAddress) ?? [];
      case "mail.date":
        return ticket.mail === undefined ? [] : some(instant(ticket.mail.date));
      default:
        throw new Error(`An expectation asks for "${field}", which no ticket has.`);
    }
  };
}

/** The values of a mail that was sent. */
export function sentMailValues(
  entry: OutboxEntry,
): (field: string, argument: string | undefined) => Values {
  const mail = readOutgoingMail(entry.payload);
  return (field) => {
    if (mail === undefined) return [];
    switch (field) {
      case "to":
        return mail.to.map(({ address }) => address);
      case "cc":
        return mail.cc.map(({ address }) => address);
      case "subject":
        return [mail.subject];
      case "body":
        return [mail.text];
      default:
        throw new Error(`An expectation asks for "${field}", which no sent mail has.`);
    }
  };
}

function some(value: string | number | undefined): Values {
  return value === undefined ? [] : [value];
}

function instant(text: string): number | undefined {
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}
