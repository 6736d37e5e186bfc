import type { Dialect, Queries, Row } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import type { OutboxEntry } from "../journal.ts";
import {
  integer,
  moment,
  only,
  optionalInteger,
  optionalText,
  orNull,
  text,
  textList,
  word,
} from "../row.ts";
import { insertion } from "../statement.ts";
import { addressKey, bounded, storableJson } from "../text.ts";
import { limited } from "./tickets.ts";

type OutboxQueries = Pick<HelpdeskQueries, "outbox" | "sentTo" | "sentAbout" | "sentToStrangers">;
type OutboxChanges = Pick<HelpdeskTransaction, "addOutboxEntry" | "claimOutbox" | "outboxTried">;

const STATES = ["waiting", "sent", "failed", "withheld"] as const;
const MOST_CLAIMED = 1_000;
const LONGEST_REASON = 10_000;

function entryOf(row: Row): OutboxEntry {
  return {
    id: integer(row, "id"),
    kind: word(row, "kind", ["mail", "call"]),
    ticket: optionalInteger(row, "ticket"),
    process: optionalText(row, "process"),
    mailbox: optionalText(row, "mailbox"),
    key: text(row, "delivery_key"),
    recipients: textList(row, "recipients"),
    subject: text(row, "subject"),
    payload: text(row, "payload"),
    state: word(row, "state", STATES),
    reason: optionalText(row, "reason"),
    attempts: integer(row, "attempts"),
    createdAt: integer(row, "created_at"),
  };
}

function mailsOf(rows: readonly Row[]): number {
  return integer(only(rows, "The mails could not be counted."), "mails");
}

/** The domain of an address, or a domain, as it is compared. */
function domainKey(address: string): string {
  return addressKey(address.slice(address.lastIndexOf("@") + 1));
}

/** Asking what is to leave the machine, and what has left it. */
export function outboxQueries(queries: Queries): OutboxQueries {
  return {
    outbox: async ({ state }) => {
      const rows =
        state === undefined
          ? await queries.query("SELECT * FROM outbox ORDER BY id")
          : await queries.query("SELECT * FROM outbox WHERE state = ? ORDER BY id", [state]);
      return rows.map(entryOf);
    },

    sentTo: async (address, since) => {
      const rows = await queries.query(
        `SELECT o.subject, count(*) AS mails
         FROM outbox_recipient r JOIN outbox o ON o.id = r.outbox
         WHERE r.address_key = ? AND r.created_at >= ? AND o.state <> 'withheld'
         GROUP BY o.subject`,
        [addressKey(address), moment(since)],
      );
      const bySubject = rows.map((row) => [text(row, "subject"), integer(row, "mails")] as const);
      return {
        count: bySubject.reduce((sum, [, mails]) => sum + mails, 0),
        bySubject: Object.fromEntries(bySubject),
      };
    },

    sentAbout: async (ticket, since) =>
      mailsOf(
        await queries.query(
          `SELECT count(*) AS mails FROM outbox
           WHERE ticket = ? AND created_at >= ? AND kind = 'mail' AND process IS NOT NULL
             AND state <> 'withheld'`,
          [ticket, moment(since)],
        ),
      ),

    sentToStrangers: async (domain, since) =>
      mailsOf(
        await queries.query(
          `SELECT count(*) AS mails FROM outbox_recipient r JOIN outbox o ON o.id = r.outbox
           WHERE r.stranger_domain = ? AND r.created_at >= ? AND o.state <> 'withheld'`,
          [domainKey(domain), moment(since)],
        ),
      ),
  };
}

/** Writing down what is to leave the machine. */
export function outboxChanges(queries: Queries, dialect: Dialect): OutboxChanges {
  return {
    addOutboxEntry: async (entry) => {
      const createdAt = moment(entry.createdAt);
      const statement = insertion(
        "outbox",
        {
          kind: entry.kind,
          ticket: orNull(entry.ticket),
          process: orNull(entry.process),
          mailbox: orNull(entry.mailbox),
          delivery_key: entry.key,
          recipients: storableJson(entry.recipients),
          subject: entry.subject,
          payload: entry.payload,
          state: entry.state,
          reason: entry.reason === undefined ? null : bounded(entry.reason, LONGEST_REASON),
          attempts: 0,
          created_at: createdAt,
          not_before: createdAt,
        },
        "RETURNING *",
      );
      const added = entryOf(
        only(
          await queries.query(statement.text, statement.values),
          "The outbox could not be written.",
        ),
      );
      if (entry.kind === "mail") {
        const strangers = new Map(
          (entry.strangers ?? []).map((address) => [addressKey(address), domainKey(address)]),
        );
        for (const key of new Set(entry.recipients.map(addressKey))) {
          await queries.query(
            `INSERT INTO outbox_recipient (address_key, created_at, outbox, stranger_domain)
             VALUES (?, ?, ?, ?)`,
            [key, createdAt, added.id, orNull(strangers.get(key))],
          );
        }
      }
      return added;
    },

    claimOutbox: async ({ now, until, limit }) => {
      const rows = await queries.query(
        `SELECT * FROM outbox WHERE state = 'waiting' AND not_before <= ? ORDER BY id LIMIT ?${dialect.rowLock}`,
        [moment(now), limited(limit, MOST_CLAIMED)],
      );
      const claimed = rows.map(entryOf);
      for (const { id } of claimed) {
        await queries.query("UPDATE outbox SET not_before = ? WHERE id = ?", [moment(until), id]);
      }
      return claimed;
    },

    outboxTried: async (id, result) => {
      const rows = await queries.query(
        `UPDATE outbox SET state = ?, reason = ?, attempts = attempts + 1, not_before = ?
         WHERE id = ? RETURNING *`,
        [
          result.state,
          result.reason === undefined ? null : bounded(result.reason, LONGEST_REASON),
          result.notBefore === undefined ? 0 : moment(result.notBefore),
          id,
        ],
      );
      return entryOf(only(rows, `There is no entry ${id} in the outbox.`));
    },
  };
}
