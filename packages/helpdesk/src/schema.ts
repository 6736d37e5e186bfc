import type { Database, Dialect, Queries } from "./database.ts";
import { StoreError } from "./errors.ts";
import { integer } from "./row.ts";

/**
 * The steps by which a store came to its present form; step 1 stands first. A step that a released
 * version has run is never changed: a later one is added.
 */
const STEPS: readonly ((words: Dialect) => string)[] = [
  ({ id, lastingId, integer: int, bytes, tableEnd }) => `
    CREATE TABLE registry_entry (
      id ${lastingId},
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL,
      account_id ${int} REFERENCES registry_entry (id) ON DELETE SET NULL
    )${tableEnd};
    CREATE INDEX registry_entry_name ON registry_entry (kind, name_key);
    CREATE INDEX registry_entry_account ON registry_entry (account_id);

    CREATE TABLE registry_address (
      kind TEXT NOT NULL,
      address_key TEXT NOT NULL,
      address TEXT NOT NULL,
      entry ${int} NOT NULL REFERENCES registry_entry (id) ON DELETE CASCADE,
      place ${int} NOT NULL,
      PRIMARY KEY (kind, address_key)
    )${tableEnd};
    CREATE INDEX registry_address_entry ON registry_address (entry, place);

    CREATE TABLE ticket (
      id ${id},
      number TEXT NOT NULL,
      number_key TEXT NOT NULL,
      title TEXT NOT NULL,
      title_key TEXT NOT NULL,
      description TEXT NOT NULL,
      status TEXT NOT NULL,
      closed ${int} NOT NULL,
      priority TEXT,
      severity TEXT,
      category TEXT,
      tags TEXT NOT NULL,
      code TEXT,
      code_key TEXT,
      assigned_kind TEXT,
      assigned_name TEXT,
      fields TEXT NOT NULL,
      requester_address TEXT,
      requester_name TEXT,
      contact_id ${int} REFERENCES registry_entry (id) ON DELETE SET NULL,
      account_id ${int} REFERENCES registry_entry (id) ON DELETE SET NULL,
      mailbox TEXT,
      rule TEXT,
      mail TEXT,
      linked_to ${int} REFERENCES ticket (id),
      spam ${int} NOT NULL,
      created_at ${int} NOT NULL,
      updated_at ${int} NOT NULL,
      closed_at ${int}
    )${tableEnd};
    CREATE INDEX ticket_number ON ticket (number_key, id);
    CREATE INDEX ticket_title ON ticket (title_key, spam, closed, id DESC);
    CREATE INDEX ticket_code ON ticket (code_key, spam, closed, id DESC) WHERE code_key IS NOT NULL;
    CREATE INDEX ticket_mailbox ON ticket (mailbox, id);
    CREATE INDEX ticket_open ON ticket (id) WHERE closed = 0;
    CREATE INDEX ticket_spam ON ticket (id) WHERE spam = 1;
    CREATE INDEX ticket_contact ON ticket (contact_id) WHERE contact_id IS NOT NULL;
    CREATE INDEX ticket_account ON ticket (account_id) WHERE account_id IS NOT NULL;

    CREATE TABLE ticket_comment (
      id ${id},
      ticket ${int} NOT NULL REFERENCES ticket (id),
      author_address TEXT,
      author_name TEXT,
      written_by TEXT NOT NULL,
      internal ${int} NOT NULL,
      body TEXT NOT NULL,
      quoted TEXT NOT NULL,
      written_at ${int} NOT NULL
    )${tableEnd};
    CREATE INDEX ticket_comment_ticket ON ticket_comment (ticket, id);

    CREATE TABLE content (
      hash TEXT NOT NULL PRIMARY KEY,
      bytes ${bytes} NOT NULL
    )${tableEnd};

    CREATE TABLE document (
      id ${id},
      ticket ${int} NOT NULL REFERENCES ticket (id),
      comment_id ${int} REFERENCES ticket_comment (id),
      name TEXT NOT NULL,
      name_key TEXT NOT NULL,
      claimed_key TEXT NOT NULL,
      type TEXT NOT NULL,
      size ${int} NOT NULL,
      hash TEXT NOT NULL REFERENCES content (hash)
    )${tableEnd};
    CREATE INDEX document_ticket ON document (ticket, id);
    CREATE UNIQUE INDEX document_name ON document (ticket, name_key);
    CREATE INDEX document_claimed ON document (ticket, claimed_key);

    CREATE TABLE participant (
      ticket ${int} NOT NULL REFERENCES ticket (id),
      address_key TEXT NOT NULL,
      address TEXT NOT NULL,
      name TEXT NOT NULL,
      joined_as TEXT NOT NULL,
      PRIMARY KEY (ticket, address_key)
    )${tableEnd};

    CREATE TABLE ticket_message (
      message_key TEXT NOT NULL,
      ticket ${int} NOT NULL REFERENCES ticket (id),
      known_as TEXT NOT NULL,
      PRIMARY KEY (message_key, ticket)
    )${tableEnd};

    CREATE TABLE blocked_address (
      address_key TEXT NOT NULL PRIMARY KEY,
      address TEXT NOT NULL,
      blocked_at ${int} NOT NULL,
      reason TEXT NOT NULL
    )${tableEnd};

    CREATE TABLE muted_address (
      address_key TEXT NOT NULL PRIMARY KEY,
      muted_until ${int} NOT NULL
    )${tableEnd};

    CREATE TABLE journal (
      id ${id},
      scope TEXT NOT NULL,
      mailbox TEXT NOT NULL,
      folder TEXT NOT NULL,
      place TEXT NOT NULL,
      place_key TEXT NOT NULL,
      message_id TEXT,
      message_key TEXT NOT NULL,
      header_key TEXT NOT NULL,
      content_key TEXT NOT NULL,
      subject TEXT NOT NULL,
      sender TEXT NOT NULL,
      received_at ${int} NOT NULL,
      handled_at ${int} NOT NULL,
      state TEXT NOT NULL,
      outcome TEXT NOT NULL,
      rule TEXT,
      rules TEXT NOT NULL,
      ticket ${int} REFERENCES ticket (id),
      program TEXT NOT NULL,
      trace TEXT NOT NULL,
      attempts ${int} NOT NULL,
      error TEXT
    )${tableEnd};
    CREATE UNIQUE INDEX journal_identity ON journal (content_key, message_key, scope);
    CREATE INDEX journal_place ON journal (place_key, id);
    CREATE INDEX journal_ticket ON journal (ticket, id) WHERE ticket IS NOT NULL;
    CREATE INDEX journal_undone ON journal (id) WHERE state <> 'done';

    CREATE TABLE journal_other_place (
      place_key TEXT NOT NULL PRIMARY KEY,
      journal ${int} NOT NULL REFERENCES journal (id)
    )${tableEnd};

    CREATE TABLE filed_mail (
      journal ${int} NOT NULL REFERENCES journal (id),
      entry ${int} NOT NULL REFERENCES registry_entry (id) ON DELETE CASCADE,
      PRIMARY KEY (journal, entry)
    )${tableEnd};
    CREATE INDEX filed_mail_entry ON filed_mail (entry);

    CREATE TABLE raw_mail (
      content_key TEXT NOT NULL PRIMARY KEY,
      bytes ${bytes} NOT NULL,
      keep_until ${int}
    )${tableEnd};
    CREATE INDEX raw_mail_keep ON raw_mail (keep_until) WHERE keep_until IS NOT NULL;

    CREATE TABLE mail_effect (
      id ${lastingId},
      journal ${int} NOT NULL REFERENCES journal (id),
      mailbox TEXT NOT NULL,
      folder TEXT NOT NULL,
      place TEXT NOT NULL,
      effect TEXT NOT NULL
    )${tableEnd};
    CREATE INDEX mail_effect_mailbox ON mail_effect (mailbox, id);

    CREATE TABLE outbox (
      id ${id},
      kind TEXT NOT NULL,
      ticket ${int} REFERENCES ticket (id),
      process TEXT,
      mailbox TEXT,
      delivery_key TEXT NOT NULL,
      recipients TEXT NOT NULL,
      subject TEXT NOT NULL,
      payload TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      attempts ${int} NOT NULL,
      created_at ${int} NOT NULL,
      not_before ${int} NOT NULL
    )${tableEnd};
    CREATE INDEX outbox_state ON outbox (state, id);
    CREATE INDEX outbox_ticket ON outbox (ticket, id) WHERE ticket IS NOT NULL;

    CREATE TABLE outbox_recipient (
      address_key TEXT NOT NULL,
      created_at ${int} NOT NULL,
      outbox ${int} NOT NULL REFERENCES outbox (id),
      PRIMARY KEY (address_key, created_at, outbox)
    )${tableEnd};

    CREATE TABLE alarm (
      id ${id},
      raised_at ${int} NOT NULL,
      message TEXT NOT NULL
    )${tableEnd};

    CREATE TABLE mailbox_scan (
      mailbox TEXT NOT NULL PRIMARY KEY,
      ended_at ${int} NOT NULL
    )${tableEnd};

    CREATE TABLE secret_key (
      name TEXT NOT NULL PRIMARY KEY,
      bytes ${bytes} NOT NULL
    )${tableEnd};
  `,

  ({ integer: int, tableEnd }) => `
    CREATE INDEX journal_header ON journal (header_key, message_key);

    CREATE TABLE folder_position (
      mailbox TEXT NOT NULL,
      folder_key TEXT NOT NULL,
      folder TEXT NOT NULL,
      uid_validity TEXT NOT NULL,
      last_uid ${int} NOT NULL,
      highest_modseq TEXT,
      PRIMARY KEY (mailbox, folder_key)
    )${tableEnd};

    CREATE TABLE mailbox_start (
      mailbox TEXT NOT NULL PRIMARY KEY,
      first_scan_at ${int} NOT NULL
    )${tableEnd};

    CREATE TABLE mail_whereabouts (
      journal ${int} NOT NULL PRIMARY KEY REFERENCES journal (id),
      folder TEXT NOT NULL,
      place TEXT NOT NULL
    )${tableEnd};

    ALTER TABLE mail_effect ADD COLUMN claimed_by TEXT;
    ALTER TABLE mail_effect ADD COLUMN claimed_until ${int};
    ALTER TABLE mail_effect ADD COLUMN note TEXT;
    CREATE INDEX mail_effect_journal ON mail_effect (journal, id);
  `,

  ({ id, integer: int, tableEnd }) => `
    ALTER TABLE outbox_recipient ADD COLUMN stranger_domain TEXT;
    CREATE INDEX outbox_recipient_stranger ON outbox_recipient (stranger_domain, created_at)
      WHERE stranger_domain IS NOT NULL;

    CREATE INDEX alarm_age ON alarm (raised_at);

    CREATE TABLE sender_miss (
      id ${id},
      address_key TEXT NOT NULL,
      missed_at ${int} NOT NULL
    )${tableEnd};
    CREATE INDEX sender_miss_address ON sender_miss (address_key, missed_at);
    CREATE INDEX sender_miss_age ON sender_miss (missed_at);

    CREATE TABLE opened_ticket (
      mailbox TEXT NOT NULL,
      address_key TEXT NOT NULL,
      opened_at ${int} NOT NULL,
      ticket ${int} NOT NULL REFERENCES ticket (id),
      flood ${int} NOT NULL,
      PRIMARY KEY (mailbox, address_key, opened_at, ticket)
    )${tableEnd};
    CREATE INDEX opened_ticket_age ON opened_ticket (opened_at);
  `,
];

/** The version that this program writes. */
export const SCHEMA_VERSION = STEPS.length;

async function appliedVersion(database: Queries): Promise<number> {
  const rows = await database.query("SELECT max(version) AS version FROM schema_version");
  const row = rows[0];
  return row === undefined || row["version"] === null ? 0 : integer(row, "version");
}

function newer(database: Database, version: number): StoreError {
  return new StoreError(
    "newer version",
    database.place,
    `The store ${database.place} was written by a newer mcrules (its version is ${version}, ` +
      `this program knows ${SCHEMA_VERSION}). Nothing was changed. Use the newer program.`,
  );
}

/**
 * Brings a store to the present version, each step in a transaction of its own, so that a crash
 * between them loses nothing. Several programs may do this at once.
 *
 * Throws `StoreError`: "newer version", and "older version" where the store is only read.
 */
export async function migrate(database: Database): Promise<void> {
  if (database.readOnly) {
    const version = await appliedVersion(database);
    if (version > SCHEMA_VERSION) {
      throw newer(database, version);
    }
    if (version < SCHEMA_VERSION) {
      throw new StoreError(
        "older version",
        database.place,
        `The store ${database.place} was written by an older mcrules and has to be brought up to ` +
          "date first. Any command that writes does it, such as `mcrules scan`.",
      );
    }
    return;
  }
  let version = 0;
  do {
    version = await database.transaction(async (queries) => {
      if (database.dialect.schemaLock !== undefined) {
        await queries.query(database.dialect.schemaLock);
      }
      await queries.script(
        `CREATE TABLE IF NOT EXISTS schema_version (version ${database.dialect.integer} NOT NULL PRIMARY KEY)`,
      );
      const applied = await appliedVersion(queries);
      if (applied > SCHEMA_VERSION) {
        throw newer(database, applied);
      }
      const step = STEPS[applied];
      if (step === undefined) {
        return applied;
      }
      await queries.script(step(database.dialect));
      await queries.query("INSERT INTO schema_version (version) VALUES (?)", [applied + 1]);
      return applied + 1;
    });
  } while (version < SCHEMA_VERSION);
}
