import { createHash } from "node:crypto";
import type { Queries, Row } from "../database.ts";
import { documentName, numberedName } from "../documentName.ts";
import { RecordError } from "../errors.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { bytes, integer, isId, moment, only, optionalInteger, orNull, text, word } from "../row.ts";
import { insertion } from "../statement.ts";
import { addressKey, bounded, messageIdKey, nameKey } from "../text.ts";
import type { Comment, Participant, TicketDocument } from "../ticket.ts";
import { LONGEST, TICKETS, person, ticketOf } from "./ticketRows.ts";
import { noSuchTicket } from "./tickets.ts";

type CorrespondenceQueries = Pick<
  HelpdeskQueries,
  "ticketByMessageId" | "comments" | "documents" | "documentContent" | "participants"
>;
type CorrespondenceChanges = Pick<
  HelpdeskTransaction,
  "addComment" | "addDocument" | "addParticipant" | "addMessageId"
>;

/** Message-IDs are asked for in groups of these sizes, so that few statements are prepared. */
const GROUPS = [1, 10, 100] as const;
const MOST_MESSAGE_IDS = 1_000;

const PARTICIPANT_ORDER: readonly Participant["as"][] = [
  "requester",
  "contact",
  "account",
  "cc",
  "answered",
];

function commentOf(row: Row): Comment {
  return {
    id: integer(row, "id"),
    author: person(row, "author"),
    by: word(row, "written_by", ["customer", "agent", "system"]),
    internal: integer(row, "internal") === 1,
    text: text(row, "body"),
    quoted: text(row, "quoted"),
    at: integer(row, "written_at"),
  };
}

function documentOf(row: Row): TicketDocument {
  return {
    id: integer(row, "id"),
    commentId: optionalInteger(row, "comment_id"),
    name: text(row, "name"),
    type: text(row, "type"),
    size: integer(row, "size"),
    hash: text(row, "hash"),
  };
}

/** Reading what was written to and about a ticket, and who takes part in it. */
export function correspondenceQueries(queries: Queries): CorrespondenceQueries {
  return {
    ticketByMessageId: async (ids) => {
      const keys = ids
        .slice(0, MOST_MESSAGE_IDS)
        .map(messageIdKey)
        .filter((key) => key !== "");
      for (let start = 0; start < keys.length;) {
        const left = keys.length - start;
        const size = GROUPS.find((group) => group >= left) ?? 100;
        const group = keys.slice(start, start + size);
        start += size;
        const known = await ticketsOfMessages(queries, group, size);
        const first = group.find((key) => known.has(key));
        const ticket = first === undefined ? undefined : known.get(first);
        if (ticket !== undefined) {
          const row = only(
            await queries.query(`${TICKETS} WHERE t.id = ?`, [ticket]),
            noSuchTicket(ticket),
          );
          return ticketOf(row);
        }
      }
      return undefined;
    },

    comments: async (ticket) =>
      (
        await queries.query("SELECT * FROM ticket_comment WHERE ticket = ? ORDER BY id", [
          idOrNone(ticket),
        ])
      ).map(commentOf),

    documents: async (ticket) =>
      (
        await queries.query("SELECT * FROM document WHERE ticket = ? ORDER BY id", [
          idOrNone(ticket),
        ])
      ).map(documentOf),

    documentContent: async (hash) => {
      const row = (await queries.query("SELECT bytes FROM content WHERE hash = ?", [hash]))[0];
      return row === undefined ? undefined : bytes(row, "bytes");
    },

    participants: async (ticket) => {
      const rows = await queries.query(PARTICIPANTS, [idOrNone(ticket)]);
      const participants = new Map<string, Participant>();
      const ordered = rows
        .map((row): Participant => ({
          address: text(row, "address"),
          name: text(row, "name"),
          as: word(row, "joined_as", PARTICIPANT_ORDER),
        }))
        .sort((a, b) => PARTICIPANT_ORDER.indexOf(a.as) - PARTICIPANT_ORDER.indexOf(b.as));
      for (const participant of ordered) {
        const key = addressKey(participant.address);
        if (key !== "" && !participants.has(key)) {
          participants.set(key, participant);
        }
      }
      return [...participants.values()];
    },
  };
}

/**
 * The account of a ticket is its own, and that of its contact; its people are the contacts of
 * these accounts, and the accounts' own addresses.
 */
const PARTICIPANTS = `
  WITH given AS (
    SELECT t.id, t.requester_address, t.requester_name, t.contact_id, t.account_id,
      contact.account_id AS employer_id
    FROM ticket t LEFT JOIN registry_entry contact ON contact.id = t.contact_id
    WHERE t.id = ?
  )
  SELECT requester_address AS address, requester_name AS name, 'requester' AS joined_as
    FROM given WHERE requester_address IS NOT NULL
  UNION ALL
  SELECT a.address, e.name, 'contact'
    FROM given
      JOIN registry_entry e ON e.id = given.contact_id
      JOIN registry_address a ON a.entry = e.id
  UNION ALL
  SELECT a.address, e.name, 'account'
    FROM given
      JOIN registry_entry e ON e.id IN (given.account_id, given.employer_id)
      JOIN registry_address a ON a.entry = e.id
  UNION ALL
  SELECT a.address, e.name, 'account'
    FROM given
      JOIN registry_entry e
        ON e.account_id IN (given.account_id, given.employer_id) AND e.kind = 'contact'
      JOIN registry_address a ON a.entry = e.id
  UNION ALL
  SELECT p.address, p.name, p.joined_as
    FROM given JOIN participant p ON p.ticket = given.id`;

function idOrNone(id: number): number {
  return isId(id) ? id : 0;
}

/** Which ticket knows each of these: as sent by us before received before named, open before closed, newest first. */
async function ticketsOfMessages(
  queries: Queries,
  keys: readonly string[],
  size: number,
): Promise<ReadonlyMap<string, number>> {
  const places = Array.from({ length: size }, () => "?").join(", ");
  const padded = Array.from({ length: size }, (_, index) => keys[index] ?? "");
  const rows = await queries.query(
    `SELECT m.message_key, m.ticket
     FROM ticket_message m JOIN ticket t ON t.id = m.ticket
     WHERE m.message_key IN (${places}) AND t.spam = 0
     ORDER BY CASE m.known_as WHEN 'sent' THEN 1 WHEN 'received' THEN 2 ELSE 3 END,
       t.closed, t.id DESC`,
    padded,
  );
  const known = new Map<string, number>();
  for (const row of rows) {
    const key = text(row, "message_key");
    if (!known.has(key)) {
      known.set(key, integer(row, "ticket"));
    }
  }
  return known;
}

/** Adding what was written, and who takes part. */
export function correspondenceChanges(queries: Queries): CorrespondenceChanges {
  const touched = async (ticket: number, at: number): Promise<void> => {
    const rows = await queries.query(
      `UPDATE ticket SET updated_at = CASE WHEN updated_at < ? THEN ? ELSE updated_at END
       WHERE id = ? RETURNING id`,
      [at, at, idOrNone(ticket)],
    );
    only(rows, noSuchTicket(ticket));
  };

  const contentStored = async (content: Uint8Array): Promise<string> => {
    const hash = createHash("sha256").update(content).digest("hex");
    const known = await queries.query("SELECT 1 AS there FROM content WHERE hash = ?", [hash]);
    if (known.length === 0) {
      await queries.query(
        "INSERT INTO content (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
        [hash, content],
      );
    }
    return hash;
  };

  const isTaken = async (ticket: number, name: string): Promise<boolean> =>
    (
      await queries.query("SELECT 1 AS there FROM document WHERE ticket = ? AND name_key = ?", [
        ticket,
        nameKey(name),
      ])
    ).length > 0;

  /** A name that no document of the ticket has, by letter case and Unicode form too. */
  const freeName = async (ticket: number, name: string): Promise<string> => {
    if (!(await isTaken(ticket, name))) {
      return name;
    }
    const twins = only(
      await queries.query(
        "SELECT count(*) AS twins FROM document WHERE ticket = ? AND claimed_key = ?",
        [ticket, nameKey(name)],
      ),
      noSuchTicket(ticket),
    );
    for (let number = integer(twins, "twins") + 1; ; number += 1) {
      const candidate = numberedName(name, Math.max(number, 2));
      if (!(await isTaken(ticket, candidate))) {
        return candidate;
      }
    }
  };

  return {
    addComment: async (ticket, comment) => {
      const at = moment(comment.at);
      await touched(ticket, at);
      const author = comment.author;
      const statement = insertion(
        "ticket_comment",
        {
          ticket,
          author_address: author === undefined ? null : bounded(author.address, LONGEST.line),
          author_name: author === undefined ? null : bounded(author.name, LONGEST.line),
          written_by: comment.by,
          internal: comment.internal ? 1 : 0,
          body: bounded(comment.text, LONGEST.text),
          quoted: bounded(comment.quoted, LONGEST.text),
          written_at: at,
        },
        "RETURNING *",
      );
      return commentOf(
        only(await queries.query(statement.text, statement.values), noSuchTicket(ticket)),
      );
    },

    addDocument: async (ticket, document) => {
      if (!isId(ticket)) {
        throw new RecordError("no such record", noSuchTicket(ticket));
      }
      const claimed = documentName(document.name);
      const name = await freeName(ticket, claimed);
      const statement = insertion(
        "document",
        {
          ticket,
          comment_id: orNull(document.commentId),
          name,
          name_key: nameKey(name),
          claimed_key: nameKey(claimed),
          type: bounded(document.type, LONGEST.line),
          size: document.content.byteLength,
          hash: await contentStored(document.content),
        },
        "RETURNING *",
      );
      return documentOf(
        only(await queries.query(statement.text, statement.values), noSuchTicket(ticket)),
      );
    },

    addParticipant: async (ticket, participant, as) => {
      const key = addressKey(participant.address);
      if (key === "") {
        return;
      }
      const statement = insertion(
        "participant",
        {
          ticket,
          address_key: key,
          address: bounded(participant.address.trim(), LONGEST.line),
          name: bounded(participant.name, LONGEST.line),
          joined_as: as,
        },
        "ON CONFLICT (ticket, address_key) DO NOTHING",
      );
      await queries.query(statement.text, statement.values);
    },

    addMessageId: async (ticket, messageId, as) => {
      const key = messageIdKey(messageId);
      if (key === "") {
        return;
      }
      const statement = insertion(
        "ticket_message",
        { message_key: key, ticket, known_as: as },
        `ON CONFLICT (message_key, ticket) DO UPDATE SET known_as = excluded.known_as
         WHERE ticket_message.known_as = 'named' OR excluded.known_as = 'sent'`,
      );
      await queries.query(statement.text, statement.values);
    },
  };
}
