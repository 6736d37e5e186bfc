import type { MailMark } from "@mcrules/compiler";
import {
  closeTicket,
  commentTicket,
  openTicket,
  readStoredDecision,
  reopenTicket,
} from "@mcrules/handling";
import type { Comment, OutboxEntry, Person, Ticket, TicketDocument } from "@mcrules/helpdesk";
import { formatAddress, parseAddress } from "@mcrules/mail";
import type { Run } from "../commandLine.ts";
import { findTicket, momentText, namedTicket, withDesk, type DeskOptions } from "../desk.ts";
import { marksText } from "../decisionText.ts";
import { CannotRun } from "../failure.ts";
import { columns, count, fit, printable, table, type Terminal } from "../terminal.ts";

/** `mcrules ticket list`. */
export function ticketList(
  run: Run,
  options: DeskOptions & {
    readonly open: boolean;
    readonly spam: boolean;
    readonly mailbox?: string;
  },
): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "list", async ({ helpdesk, judge }) => {
    const tickets = await helpdesk.tickets({
      ...(options.spam ? {} : { spam: false }),
      ...(options.open ? { open: true } : {}),
      ...(options.mailbox === undefined ? {} : { mailbox: options.mailbox }),
    });
    if (options.format === "json") {
      terminal.out(`${JSON.stringify({ tickets: tickets.map(ticketJson) }, null, 2)}\n`);
      return 0;
    }
    if (tickets.length === 0) {
      terminal.note("No tickets.\n");
      return 0;
    }
    const { zone } = judge.program.helpdesk;
    const rows = tickets.map((ticket) => [
      ticket.number,
      ticket.status,
      ticket.priority ?? "",
      momentText(ticket.createdAt, zone),
      ticket.requester?.address ?? "",
      ticket.title,
    ]);
    const titleWidth = process.stdout.isTTY ? Math.max(20, terminal.width - 70) : 200;
    terminal.out(
      table([
        ["number", "status", "priority", "opened", "requester", "title"],
        ...rows.map((row) =>
          row.map((cell, index) =>
            fit(printable(cell), index === row.length - 1 ? titleWidth : 40),
          ),
        ),
      ]),
    );
    return 0;
  });
}

/** `mcrules ticket show`. */
export function ticketShow(run: Run, name: string, options: DeskOptions): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "read", async ({ helpdesk, judge }) => {
    const ticket = await namedTicket(helpdesk, name);
    const comments = await helpdesk.comments(ticket.id);
    const documents = await helpdesk.documents(ticket.id);
    const outbox = (await helpdesk.outbox({})).filter((entry) => entry.ticket === ticket.id);
    const marks = (await helpdesk.journalOfTicket(ticket.id)).flatMap(
      (entry) => readStoredDecision(entry)?.marks ?? [],
    );
    if (options.format === "json") {
      terminal.out(
        `${JSON.stringify({ tickets: [shownTicketJson(ticket, marks, comments, documents, outbox)] }, null, 2)}\n`,
      );
    } else {
      showTicket(terminal, ticket, marks, comments, documents, outbox, judge.program.helpdesk.zone);
    }
    return 0;
  });
}

/** `mcrules ticket open`: a new one with that title; the name of a ticket opens that one again. */
export function ticketOpen(
  run: Run,
  title: string,
  options: DeskOptions & {
    readonly description: string;
    readonly requester?: string;
    readonly priority?: string;
  },
): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "write", async ({ helpdesk, judge, context }) => {
    const known = await findTicket(helpdesk, title);
    if (known !== undefined) {
      const { ticket } = await reopenTicket(context, known.id);
      told(terminal, options.format, ticket, "is open");
      return 0;
    }
    const { priority } = judge.program.helpdesk;
    if (options.priority !== undefined && !priority.includes(options.priority)) {
      throw new CannotRun(
        `the helpdesk has no priority ${options.priority}`,
        `It has: ${priority.join(", ")}.`,
      );
    }
    const requester = options.requester === undefined ? undefined : person(options.requester);
    const { ticket } = await openTicket(context, {
      title,
      description: options.description,
      ...(requester === undefined ? {} : { requester }),
      properties: options.priority === undefined ? {} : { priority: options.priority },
    });
    told(terminal, options.format, ticket, "opened");
    return 0;
  });
}

/** `mcrules ticket close`. */
export function ticketClose(run: Run, name: string, options: DeskOptions): Promise<number> {
  return withDesk(run, options, "change", async ({ helpdesk, context }) => {
    const { id } = await namedTicket(helpdesk, name);
    const { ticket } = await closeTicket(context, id);
    told(run.terminal, options.format, ticket, "is closed");
    return 0;
  });
}

/** `mcrules ticket comment`. */
export function ticketComment(
  run: Run,
  name: string,
  text: string,
  options: DeskOptions & { readonly internal: boolean; readonly as?: string },
): Promise<number> {
  if (text.trim() === "") throw new CannotRun("the comment is empty");
  return withDesk(run, options, "change", async ({ helpdesk, context }) => {
    const { id } = await namedTicket(helpdesk, name);
    const author = options.as === undefined ? undefined : person(options.as);
    const { ticket } = await commentTicket(context, id, {
      text,
      internal: options.internal,
      ...(author === undefined ? {} : { author }),
    });
    told(run.terminal, options.format, ticket, "has the comment");
    return 0;
  });
}

function person(text: string): Person {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new CannotRun(`${text} is no address`, "An address looks like anna@example.it.");
  }
  return { address: address.address, name: address.name };
}

function told(terminal: Terminal, format: string, ticket: Ticket, what: string): void {
  if (format === "json") {
    terminal.out(`${JSON.stringify({ tickets: [ticketJson(ticket)] }, null, 2)}\n`);
  } else {
    terminal.out(`Ticket ${ticket.number} ${what}.\n`);
  }
}

function ticketJson(ticket: Ticket): object {
  return {
    number: ticket.number,
    id: ticket.id,
    ref: ticket.ref,
    title: ticket.title,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority ?? null,
    severity: ticket.severity ?? null,
    category: ticket.category ?? null,
    tags: ticket.tags,
    code: ticket.code ?? null,
    assigned: ticket.assigned?.name ?? null,
    fields: ticket.fields,
    requester: ticket.requester ?? null,
    contact: ticket.contact ?? null,
    account: ticket.account ?? null,
    mailbox: ticket.mailbox ?? null,
    rule: ticket.rule ?? null,
    fromMail: ticket.fromMail,
    linkedTo: ticket.linkedTo ?? null,
    spam: ticket.spam,
    comments: ticket.comments,
    documents: ticket.documents,
    createdAt: new Date(ticket.createdAt).toISOString(),
    updatedAt: new Date(ticket.updatedAt).toISOString(),
    closedAt: ticket.closedAt === undefined ? null : new Date(ticket.closedAt).toISOString(),
  };
}

function shownTicketJson(
  ticket: Ticket,
  marks: readonly MailMark[],
  comments: readonly Comment[],
  documents: readonly TicketDocument[],
  outbox: readonly OutboxEntry[],
): object {
  const { mail } = ticket;
  return {
    ...ticketJson(ticket),
    mail:
      mail === undefined
        ? null
        : {
            from: mail.from.map(formatAddress),
            to: mail.to.map(formatAddress),
            cc: mail.cc.map(formatAddress),
            bcc: mail.bcc.map(formatAddress),
            fromName: mail.fromName,
            sender: mail.sender,
            date: mail.date,
          },
    marks: [...new Map(marks.map((mark) => [mark.message, mark])).values()],
    comments: comments.map((comment) => ({
      id: comment.id,
      author: comment.author ?? null,
      by: comment.by,
      internal: comment.internal,
      text: comment.text,
      quoted: comment.quoted,
      createdAt: new Date(comment.at).toISOString(),
    })),
    documents: documents.map(({ id, name, type, size, hash, commentId }) => ({
      id,
      name,
      type,
      size,
      hash,
      comment: commentId ?? null,
    })),
    outbox: outbox.map((entry) => ({
      kind: entry.kind,
      process: entry.process ?? null,
      recipients: entry.recipients,
      subject: entry.subject,
      state: entry.state,
      reason: entry.reason ?? null,
      createdAt: new Date(entry.createdAt).toISOString(),
    })),
  };
}

function showTicket(
  terminal: Terminal,
  ticket: Ticket,
  marks: readonly MailMark[],
  comments: readonly Comment[],
  documents: readonly TicketDocument[],
  outbox: readonly OutboxEntry[],
  zone: string,
): void {
  const title = printable(ticket.title);
  terminal.out(`${terminal.style("bold", `${ticket.number}  ${title}`)}\n`);
  const facts: [string, string | undefined][] = [
    ["status", ticket.status],
    ["priority", ticket.priority],
    ["severity", ticket.severity],
    ["category", ticket.category],
    ["tags", ticket.tags.join(", ")],
    ["code", ticket.code],
    ["assigned", ticket.assigned?.name],
    ...Object.entries(ticket.fields).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ["requester", ticket.requester === undefined ? undefined : formatAddress(ticket.requester)],
    ["contact", ticket.contact === undefined ? undefined : formatAddress(ticket.contact)],
    ["account", ticket.account],
    ["opened", momentText(ticket.createdAt, zone)],
    ["closed", ticket.closedAt === undefined ? undefined : momentText(ticket.closedAt, zone)],
    ["linked to", ticket.linkedTo === undefined ? undefined : `ticket ${ticket.linkedTo}`],
    ["mailbox", ticket.mailbox],
    ["rule", ticket.rule],
    ["reference", ticket.ref],
    ["mail from", ticket.mail?.from.map(formatAddress).join(", ")],
    ["mail to", ticket.mail?.to.map(formatAddress).join(", ")],
    ["mail cc", ticket.mail?.cc.map(formatAddress).join(", ")],
    ["mail date", ticket.mail?.date],
  ];
  terminal.out(
    table(
      facts
        .filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== "")
        .map(([name, value]) => [`  ${name}`, printable(value)]),
    ),
  );
  terminal.out(marksText(marks, terminal));
  for (const { name, type, size } of documents) {
    terminal.out(`  document  ${printable(name)}  ${type}  ${count(size, "byte")}\n`);
  }
  for (const entry of outbox) {
    const what = entry.kind === "mail" ? `mail to ${entry.recipients.join(", ")}` : "call";
    const process = entry.process === undefined ? "" : ` of process "${entry.process}"`;
    const reason = entry.reason === undefined ? "" : `: ${entry.reason}`;
    terminal.out(`  ${printable(`${what}${process} ${entry.state}${reason}`)}\n`);
  }
  if (ticket.description !== "") terminal.out(`\n${indent(printable(ticket.description))}\n`);
  for (const comment of comments) {
    const author = comment.author === undefined ? comment.by : formatAddress(comment.author);
    const head = `${momentText(comment.at, zone)}  ${printable(author)}${comment.internal ? "  (internal)" : ""}`;
    terminal.out(
      `\n${terminal.style("dim", "─".repeat(Math.min(terminal.width, columns(head))))}\n${head}\n${indent(printable(comment.text))}\n`,
    );
  }
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
