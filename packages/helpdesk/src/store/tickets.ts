import type { Dialect, Queries, Row, Value } from "../database.ts";
import { RecordError } from "../errors.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { fieldValues, integer, isId, moment, only, orNull, textList } from "../row.ts";
import { change, insertion } from "../statement.ts";
import { bounded, nameKey } from "../text.ts";
import type { Ticket } from "../ticket.ts";
import {
  LONGEST,
  TICKETS,
  codeColumns,
  fieldsJson,
  mailJson,
  tagsJson,
  ticketOf,
} from "./ticketRows.ts";

type TicketQueries = Pick<
  HelpdeskQueries,
  "ticket" | "ticketByNumber" | "tickets" | "ticketByCode" | "ticketByTitleBase"
>;
type TicketChanges = Pick<HelpdeskTransaction, "createTicket" | "changeTicket">;

const NEWEST_OPEN_FIRST = "ORDER BY t.closed, t.id DESC LIMIT 1";
const MOST_TICKETS = 1_000_000;

function firstTicket(rows: readonly Row[]): Ticket | undefined {
  const row = rows[0];
  return row === undefined ? undefined : ticketOf(row);
}

/** The ticket that has to be there. */
export function noSuchTicket(id: number): string {
  return `There is no ticket ${id} in the store.`;
}

/** Finding tickets. */
export function ticketQueries(queries: Queries): TicketQueries {
  const byKey = async (column: "code_key" | "title_key", given: string) => {
    const key = nameKey(given);
    return key === ""
      ? undefined
      : firstTicket(
          await queries.query(
            `${TICKETS} WHERE t.${column} = ? AND t.spam = 0 ${NEWEST_OPEN_FIRST}`,
            [key],
          ),
        );
  };
  return {
    ticket: async (id) =>
      isId(id) ? firstTicket(await queries.query(`${TICKETS} WHERE t.id = ?`, [id])) : undefined,

    ticketByNumber: async (number) =>
      firstTicket(
        await queries.query(`${TICKETS} WHERE t.number_key = ? ORDER BY t.id DESC LIMIT 1`, [
          nameKey(number),
        ]),
      ),

    tickets: async ({ spam, open, mailbox, limit }) => {
      const conditions: string[] = [];
      const values: Value[] = [];
      if (spam !== undefined) {
        conditions.push(spam ? "t.spam = 1" : "t.spam = 0");
      }
      if (open !== undefined) {
        conditions.push(open ? "t.closed = 0" : "t.closed = 1");
      }
      if (mailbox !== undefined) {
        conditions.push("t.mailbox = ?");
        values.push(mailbox);
      }
      const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
      const rows = await queries.query(`${TICKETS} ${where} ORDER BY t.id DESC LIMIT ?`, [
        ...values,
        limited(limit, MOST_TICKETS),
      ]);
      return rows.map(ticketOf);
    },

    ticketByCode: (code) => byKey("code_key", code),
    ticketByTitleBase: (base) => byKey("title_key", base),
  };
}

/** How many rows are asked for, within what can be answered. */
export function limited(limit: number | undefined, most: number): number {
  return limit === undefined ? most : Math.max(0, Math.min(Math.floor(limit), most));
}

/** Making and changing tickets. */
export function ticketChanges(queries: Queries, dialect: Dialect): TicketChanges {
  const stored = async (id: number): Promise<Ticket> =>
    ticketOf(only(await queries.query(`${TICKETS} WHERE t.id = ?`, [id]), noSuchTicket(id)));

  const numbered = async (
    format: { readonly before: string; readonly after: string },
    id: number,
  ): Promise<void> => {
    const number = `${format.before}${id}${format.after}`;
    await queries.query("UPDATE ticket SET number = ?, number_key = ? WHERE id = ?", [
      number,
      nameKey(number),
      id,
    ]);
  };

  return {
    createTicket: async (ticket) => {
      const at = moment(ticket.at);
      if (ticket.id !== undefined && !isId(ticket.id)) {
        throw new RecordError(
          "out of bounds",
          `${ticket.id} is no ticket's id: an id is a whole number from 1, of at most 15 digits.`,
        );
      }
      const statement = insertion(
        "ticket",
        {
          ...(ticket.id === undefined ? {} : { id: ticket.id }),
          number: "",
          number_key: "",
          title: bounded(ticket.title, LONGEST.line),
          title_key: nameKey(ticket.titleBase),
          description: bounded(ticket.description, LONGEST.text),
          status: ticket.status,
          closed: ticket.closed ? 1 : 0,
          priority: orNull(ticket.priority),
          severity: orNull(ticket.severity),
          category: orNull(ticket.category),
          tags: tagsJson(ticket.tags),
          ...codeColumns(ticket.code),
          assigned_kind: orNull(ticket.assigned?.kind),
          assigned_name: orNull(ticket.assigned?.name),
          fields: fieldsJson(new Map(), ticket.fields),
          requester_address:
            ticket.requester === undefined ? null : bounded(ticket.requester.address, LONGEST.line),
          requester_name:
            ticket.requester === undefined ? null : bounded(ticket.requester.name, LONGEST.line),
          contact_id: orNull(ticket.contactId),
          account_id: orNull(ticket.accountId),
          mailbox: orNull(ticket.mailbox),
          rule: orNull(ticket.rule),
          mail: ticket.mail === undefined ? null : mailJson(ticket.mail),
          linked_to: orNull(ticket.linkedTo),
          spam: 0,
          created_at: at,
          updated_at: at,
          closed_at: ticket.closed ? at : null,
        },
        "ON CONFLICT (id) DO NOTHING RETURNING id",
      );
      const row = (await queries.query(statement.text, statement.values))[0];
      if (row === undefined) {
        throw new RecordError("exists", `There is a ticket ${ticket.id} in the store already.`);
      }
      const id = integer(row, "id");
      if (ticket.id !== undefined && dialect.ticketIdsGoOn !== undefined) {
        await queries.query(dialect.ticketIdsGoOn);
      }
      await numbered(ticket.numberFormat, id);
      return stored(id);
    },

    changeTicket: async (id, given) => {
      if (!isId(id)) {
        throw new RecordError("no such record", noSuchTicket(id));
      }
      const before = only(
        await queries.query(
          `SELECT tags, fields, closed, closed_at, updated_at FROM ticket WHERE id = ?${dialect.rowLock}`,
          [id],
        ),
        noSuchTicket(id),
      );
      const at = moment(given.at);
      const status = given.status;
      const statement = change(
        "ticket",
        {
          title: given.title === undefined ? undefined : bounded(given.title, LONGEST.line),
          title_key: given.titleBase === undefined ? undefined : nameKey(given.titleBase),
          status: status?.name,
          closed: status === undefined ? undefined : status.closed ? 1 : 0,
          closed_at: status === undefined ? undefined : closedAt(before, status.closed, at),
          priority: given.priority,
          severity: given.severity,
          category: given.category,
          tags:
            given.addTags === undefined
              ? undefined
              : tagsJson(textList(before, "tags"), given.addTags),
          ...(given.code === undefined ? {} : codeColumns(given.code)),
          assigned_kind: given.assigned?.kind,
          assigned_name: given.assigned?.name,
          fields:
            given.fields === undefined
              ? undefined
              : fieldsJson(fieldValues(before, "fields"), given.fields),
          contact_id: given.contactId,
          account_id: given.accountId,
          spam: given.spam === undefined ? undefined : given.spam ? 1 : 0,
          updated_at: Math.max(at, integer(before, "updated_at")),
        },
        "WHERE id = ?",
        [id],
      );
      await queries.query(statement.text, statement.values);
      return stored(id);
    },
  };
}

/** A ticket that was closed already stays closed since then. */
function closedAt(before: Row, closes: boolean, at: number): number | null {
  if (!closes) {
    return null;
  }
  return integer(before, "closed") === 1 ? integer(before, "closed_at") : at;
}
