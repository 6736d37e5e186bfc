import type { Queries } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { integer, moment, only } from "../row.ts";
import { addressKey } from "../text.ts";
import { TICKETS, ticketOf } from "./ticketRows.ts";

type CountQueries = Pick<HelpdeskQueries, "misses" | "openedTickets">;
type CountChanges = Pick<HelpdeskTransaction, "countMiss" | "countOpened" | "removeCounts">;

/** So many misses of one address are kept: whoever guesses without end takes no more room. */
const MOST_MISSES = 100;

/** What senders did lately, where something depends on how often. */
export function countQueries(queries: Queries): CountQueries {
  return {
    misses: async (address, since) =>
      integer(
        only(
          await queries.query(
            "SELECT count(*) AS misses FROM sender_miss WHERE address_key = ? AND missed_at >= ?",
            [addressKey(address), moment(since)],
          ),
          "The misses could not be counted.",
        ),
        "misses",
      ),

    openedTickets: async ({ mailbox, requester, since }) => {
      const key = addressKey(requester);
      const opened = only(
        await queries.query(
          `SELECT count(*) AS opened FROM opened_ticket
           WHERE mailbox = ? AND address_key = ? AND opened_at >= ? AND flood = 0`,
          [mailbox, key, moment(since)],
        ),
        "The tickets of a requester could not be counted.",
      );
      const floods = await queries.query(
        `SELECT ticket FROM opened_ticket
         WHERE mailbox = ? AND address_key = ? AND opened_at >= ? AND flood = 1
         ORDER BY opened_at DESC, ticket DESC LIMIT 1`,
        [mailbox, key, moment(since)],
      );
      const flood = floods[0];
      const tickets =
        flood === undefined
          ? []
          : await queries.query(`${TICKETS} WHERE t.id = ?`, [integer(flood, "ticket")]);
      return { count: integer(opened, "opened"), flood: tickets.map(ticketOf)[0] };
    },
  };
}

/** Counting what senders do. */
export function countChanges(queries: Queries): CountChanges {
  return {
    countMiss: async (address, at) => {
      const key = addressKey(address);
      await queries.query("INSERT INTO sender_miss (address_key, missed_at) VALUES (?, ?)", [
        key,
        moment(at),
      ]);
      await queries.query(
        `DELETE FROM sender_miss WHERE address_key = ? AND id NOT IN
         (SELECT id FROM sender_miss WHERE address_key = ? ORDER BY missed_at DESC, id DESC LIMIT ?)`,
        [key, key, MOST_MISSES],
      );
    },

    countOpened: async ({ mailbox, requester, ticket, flood, at }) => {
      await queries.query(
        `INSERT INTO opened_ticket (mailbox, address_key, opened_at, ticket, flood)
         VALUES (?, ?, ?, ?, ?)`,
        [mailbox, addressKey(requester), moment(at), ticket, flood ? 1 : 0],
      );
    },

    removeCounts: async (before) => {
      await queries.query("DELETE FROM sender_miss WHERE missed_at < ?", [moment(before.misses)]);
      await queries.query("DELETE FROM opened_ticket WHERE opened_at < ?", [
        moment(before.openedTickets),
      ]);
    },
  };
}
