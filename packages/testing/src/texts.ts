import { readOutgoingMail } from "@mcrules/handling";
import type { OutboxEntry, Ticket } from "@mcrules/helpdesk";
import type { Expression, Text, TicketPath } from "@mcrules/language";

/** What the holes of a test's texts look at. */
export interface TestValues {
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly lastSent: OutboxEntry | undefined;
}

/** A text of a test, its holes filled. An absent value is the empty text. */
export function fillText(text: Text, values: TestValues): string {
  return text.parts
    .map((part) => (typeof part === "string" ? part : expressionText(part.expression, values)))
    .join("");
}

/** The words for one hole. An absent value is the empty text. */
export function expressionText(expression: Expression, values: TestValues): string {
  switch (expression.kind) {
    case "test ticket": {
      const ticket = values.tickets.get(expression.name);
      return ticket === undefined ? "" : ticketPathText(ticket, expression.path);
    }
    case "sent mail id":
      return values.lastSent === undefined
        ? ""
        : (readOutgoingMail(values.lastSent.payload)?.messageId ?? "");
    case "mail field":
    case "process field":
    case "ticket path":
    case "capture":
      throw new Error("A text of a test has a hole that tests do not know.");
  }
}

function ticketPathText(ticket: Ticket, path: TicketPath): string {
  switch (path) {
    case "number":
      return ticket.number;
    case "id":
      return String(ticket.id);
    case "ref":
      return ticket.ref;
    case "title":
      return ticket.title;
    case "status":
      return ticket.status;
    case "priority":
      return ticket.priority ?? "";
    case "severity":
      return ticket.severity ?? "";
    case "category":
      return ticket.category ?? "";
    case "tag":
      return ticket.tags.join(", ");
    case "rule":
      return ticket.rule ?? "";
    case "mailbox":
      return ticket.mailbox ?? "";
    case "requester":
      return ticket.requester?.address ?? "";
    case "requester.name":
      return ticket.requester?.name ?? "";
    case "contact":
      return ticket.contact?.address ?? "";
    case "contact.name":
      return ticket.contact?.name ?? "";
    case "assigned":
      return ticket.assigned?.name ?? "";
  }
}
