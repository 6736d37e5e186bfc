import type { Queries, Row, Value } from "../database.ts";
import { StoreConflict } from "../errors.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import type { JournalEntry, JournalIdentity, NewJournalEntry } from "../journal.ts";
import { headersOnlyKey } from "../journal.ts";
import {
  bytes,
  integer,
  isId,
  moment,
  optionalInteger,
  optionalText,
  orNull,
  text,
  textList,
  word,
} from "../row.ts";
import { change, insertion } from "../statement.ts";
import { bounded, exactKey, messageIdKey, storableJson } from "../text.ts";
import { LONGEST } from "./ticketRows.ts";
import { limited } from "./tickets.ts";

type JournalQueries = Pick<
  HelpdeskQueries,
  | "journaled"
  | "failedTry"
  | "journaledAt"
  | "journaledWhole"
  | "failedPlaces"
  | "journalEntry"
  | "journalOfTicket"
  | "journal"
  | "rawMail"
>;
type JournalChanges = Pick<
  HelpdeskTransaction,
  | "addJournalEntry"
  | "replaceJournalEntry"
  | "forgetFailure"
  | "addJournalPlace"
  | "putRawMail"
  | "removeRawMails"
>;

const MOST_ENTRIES = 1_000_000;
const LONGEST_ERROR = 10_000;

function entryOf(row: Row): JournalEntry {
  return {
    id: integer(row, "id"),
    mailbox: text(row, "mailbox"),
    folder: text(row, "folder"),
    place: text(row, "place"),
    identity: {
      messageId: optionalText(row, "message_id"),
      headerKey: text(row, "header_key"),
      contentKey: text(row, "content_key"),
    },
    subject: text(row, "subject"),
    from: text(row, "sender"),
    received: integer(row, "received_at"),
    handledAt: integer(row, "handled_at"),
    state: word(row, "state", ["done", "failed", "set aside"]),
    outcome: text(row, "outcome"),
    rule: optionalText(row, "rule"),
    rules: textList(row, "rules"),
    ticket: optionalInteger(row, "ticket"),
    program: text(row, "program"),
    trace: text(row, "trace"),
    attempts: integer(row, "attempts"),
    error: optionalText(row, "error"),
  };
}

function firstEntry(rows: readonly Row[]): JournalEntry | undefined {
  const row = rows[0];
  return row === undefined ? undefined : entryOf(row);
}

function placeKey(mailbox: string, folder: string, place: string): string {
  return exactKey(JSON.stringify([mailbox, folder, place]));
}

/**
 * A mail without a Message-ID is known by its content alone. Of others whose body was never fetched the
 * headers are all there is to know them by.
 */
function sameMail(identity: JournalIdentity): {
  readonly condition: string;
  readonly values: readonly Value[];
} {
  const content = exactKey(identity.contentKey);
  return identity.messageId === undefined
    ? { condition: "content_key = ?", values: [content] }
    : {
        condition: "content_key IN (?, ?) AND message_key = ?",
        values: [
          content,
          exactKey(headersOnlyKey(identity.headerKey)),
          messageIdKey(identity.messageId),
        ],
      };
}

/** Asking what became of which mail. */
export function journalQueries(queries: Queries): JournalQueries {
  return {
    journaled: async (identity, mailbox) => {
      const { condition, values } = sameMail(identity);
      const within = mailbox === undefined ? "" : "AND mailbox = ?";
      return firstEntry(
        await queries.query(
          `SELECT * FROM journal WHERE ${condition} AND state <> 'failed' ${within} ORDER BY id LIMIT 1`,
          mailbox === undefined ? values : [...values, mailbox],
        ),
      );
    },

    failedTry: async (identity, mailbox) => {
      const { condition, values } = sameMail(identity);
      return firstEntry(
        await queries.query(
          `SELECT * FROM journal WHERE ${condition} AND state = 'failed' AND mailbox = ? ORDER BY id LIMIT 1`,
          [...values, mailbox],
        ),
      );
    },

    journaledWhole: async ({ messageId, headerKey }, mailbox) => {
      const within = mailbox === undefined ? "" : "AND mailbox = ?";
      const values = [
        headerKey,
        messageId === undefined ? "" : messageIdKey(messageId),
        exactKey(headersOnlyKey(headerKey)),
      ];
      const rows = await queries.query(
        `SELECT id FROM journal
         WHERE header_key = ? AND message_key = ? AND content_key <> ? ${within} LIMIT 1`,
        mailbox === undefined ? values : [...values, mailbox],
      );
      return rows.length > 0;
    },

    failedPlaces: async (mailbox) =>
      (
        await queries.query(
          `SELECT folder, place FROM journal
           WHERE state <> 'done' AND state = 'failed' AND mailbox = ? ORDER BY id`,
          [mailbox],
        )
      ).map((row) => ({ folder: text(row, "folder"), place: text(row, "place") })),

    journaledAt: async (mailbox, folder, place) => {
      const key = placeKey(mailbox, folder, place);
      return firstEntry(
        await queries.query(
          `SELECT * FROM journal
           WHERE id IN (
             SELECT id FROM journal WHERE place_key = ?
             UNION ALL SELECT journal FROM journal_other_place WHERE place_key = ?
           ) AND state <> 'failed'
           ORDER BY id DESC LIMIT 1`,
          [key, key],
        ),
      );
    },

    journalEntry: async (id) =>
      isId(id)
        ? firstEntry(await queries.query("SELECT * FROM journal WHERE id = ?", [id]))
        : undefined,

    journalOfTicket: async (ticket) =>
      isId(ticket)
        ? (await queries.query("SELECT * FROM journal WHERE ticket = ? ORDER BY id", [ticket])).map(
            entryOf,
          )
        : [],

    journal: async ({ failed, limit }) => {
      const where =
        failed === undefined ? "" : failed ? "WHERE state <> 'done'" : "WHERE state = 'done'";
      return (
        await queries.query(`SELECT * FROM journal ${where} ORDER BY id DESC LIMIT ?`, [
          limited(limit, MOST_ENTRIES),
        ])
      ).map(entryOf);
    },

    rawMail: async (contentKey) => {
      const row = (
        await queries.query("SELECT bytes FROM raw_mail WHERE content_key = ?", [
          exactKey(contentKey),
        ])
      )[0];
      return row === undefined ? undefined : bytes(row, "bytes");
    },
  };
}

function columnsOf(entry: NewJournalEntry): Readonly<Record<string, Value>> {
  const { messageId, headerKey, contentKey } = entry.identity;
  return {
    scope: exactKey(entry.scope ?? entry.mailbox),
    mailbox: entry.mailbox,
    folder: entry.folder,
    place: entry.place,
    place_key: placeKey(entry.mailbox, entry.folder, entry.place),
    message_id: messageId === undefined ? null : bounded(messageId, LONGEST.line),
    message_key: messageId === undefined ? "" : messageIdKey(messageId),
    header_key: headerKey,
    content_key: exactKey(contentKey),
    subject: bounded(entry.subject, LONGEST.line),
    sender: bounded(entry.from, LONGEST.line),
    received_at: moment(entry.received),
    handled_at: moment(entry.handledAt),
    state: entry.state,
    outcome: entry.outcome,
    rule: orNull(entry.rule),
    rules: storableJson(entry.rules),
    ticket: orNull(entry.ticket),
    program: entry.program,
    trace: entry.trace,
    error: entry.error === undefined ? null : bounded(entry.error, LONGEST_ERROR),
  };
}

/** The mail of a journal entry is found at that place too. */
export async function liesAlsoAt(
  queries: Queries,
  journal: number,
  at: { readonly mailbox: string; readonly folder: string; readonly place: string },
): Promise<void> {
  await queries.query(
    `INSERT INTO journal_other_place (place_key, journal) VALUES (?, ?)
     ON CONFLICT (place_key) DO UPDATE SET journal = excluded.journal`,
    [placeKey(at.mailbox, at.folder, at.place), journal],
  );
}

/** The journal's own statements. */
export function journalChanges(queries: Queries): JournalChanges {
  return {
    addJournalEntry: async (entry) => {
      const columns = columnsOf(entry);
      const replaced = Object.keys(columns).map((name) => `${name} = excluded.${name}`);
      const statement = insertion(
        "journal",
        { ...columns, attempts: entry.attempts },
        `ON CONFLICT (content_key, message_key, scope) DO UPDATE SET ${replaced.join(", ")},
           attempts = CASE WHEN excluded.attempts > journal.attempts
             THEN excluded.attempts ELSE journal.attempts + 1 END
         WHERE journal.state = 'failed'
         RETURNING id, attempts`,
      );
      const added = (await queries.query(statement.text, statement.values))[0];
      if (added === undefined) {
        throw new StoreConflict(
          `The mail "${bounded(entry.subject, 100)}" is in the journal already: another program handled it meanwhile.`,
        );
      }
      return entryOf({ ...columns, ...added });
    },

    replaceJournalEntry: async (id, entry) => {
      const statement = change(
        "journal",
        columnsOf(entry),
        `, attempts = CASE WHEN ? > attempts THEN ? ELSE attempts + 1 END
         WHERE id = ? AND state = 'failed' RETURNING *`,
        [entry.attempts, entry.attempts, id],
      );
      const replaced = firstEntry(await queries.query(statement.text, statement.values));
      if (replaced === undefined) {
        throw new StoreConflict(
          `The journal's entry ${id} is no failed try any more: another program handled the mail meanwhile.`,
        );
      }
      return replaced;
    },

    forgetFailure: async (id) =>
      isId(id) &&
      (
        await queries.query(
          "UPDATE journal SET state = 'failed', attempts = 0 WHERE id = ? AND state <> 'done' RETURNING id",
          [id],
        )
      ).length > 0,

    addJournalPlace: (id, mailbox, folder, place) =>
      liesAlsoAt(queries, id, { mailbox, folder, place }),

    putRawMail: async (contentKey, mail, keepUntil) => {
      await queries.query(
        `INSERT INTO raw_mail (content_key, bytes, keep_until) VALUES (?, ?, ?)
         ON CONFLICT (content_key) DO UPDATE SET keep_until = CASE
           WHEN raw_mail.keep_until IS NULL OR raw_mail.keep_until > excluded.keep_until
           THEN raw_mail.keep_until ELSE excluded.keep_until END`,
        [exactKey(contentKey), mail, keepUntil === undefined ? null : moment(keepUntil)],
      );
    },

    removeRawMails: async (before) =>
      (
        await queries.query("DELETE FROM raw_mail WHERE keep_until < ? RETURNING content_key", [
          moment(before),
        ])
      ).length,
  };
}
