import type { Dialect, Queries, Row } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import type { PendingMailEffect } from "../journal.ts";
import { integer, isId, moment, optionalInteger, optionalText, text } from "../row.ts";
import { insertion } from "../statement.ts";
import { liesAlsoAt } from "./journal.ts";

type MailEffectQueries = Pick<HelpdeskQueries, "pendingMailEffects" | "whereabouts">;
type MailEffectChanges = Pick<
  HelpdeskTransaction,
  "addMailEffect" | "mailEffectDone" | "claimMailEffect" | "releaseMailEffect" | "mailMoved"
>;

function pendingOf(row: Row): PendingMailEffect {
  const by = optionalText(row, "claimed_by");
  return {
    id: integer(row, "id"),
    journal: integer(row, "journal"),
    mailbox: text(row, "mailbox"),
    folder: text(row, "folder"),
    place: text(row, "place"),
    effect: text(row, "effect"),
    claim: by === undefined ? undefined : { by, until: optionalInteger(row, "claimed_until") ?? 0 },
  };
}

/** Asking what is still to be done to mails in their mailboxes, and where they lie. */
export function mailEffectQueries(queries: Queries): MailEffectQueries {
  return {
    pendingMailEffects: async (mailbox, journal) => {
      const rows =
        journal === undefined
          ? await queries.query("SELECT * FROM mail_effect WHERE mailbox = ? ORDER BY id", [
              mailbox,
            ])
          : await queries.query(
              "SELECT * FROM mail_effect WHERE journal = ? AND mailbox = ? ORDER BY id",
              [isId(journal) ? journal : 0, mailbox],
            );
      return rows.map(pendingOf);
    },

    whereabouts: async (journal) => {
      const row = (
        await queries.query("SELECT folder, place FROM mail_whereabouts WHERE journal = ?", [
          isId(journal) ? journal : 0,
        ])
      )[0];
      return row === undefined
        ? undefined
        : { folder: text(row, "folder"), place: text(row, "place") };
    },
  };
}

/** Writing down what is to be done to a mail, and what came of it. */
export function mailEffectChanges(queries: Queries, dialect: Dialect): MailEffectChanges {
  return {
    addMailEffect: async (effect) => {
      const statement = insertion("mail_effect", {
        journal: effect.journal,
        mailbox: effect.mailbox,
        folder: effect.folder,
        place: effect.place,
        effect: effect.effect,
      });
      await queries.query(statement.text, statement.values);
    },

    mailEffectDone: async (id) => {
      await queries.query("DELETE FROM mail_effect WHERE id = ?", [id]);
    },

    claimMailEffect: async (id, claim) => {
      const row = (
        await queries.query(`SELECT * FROM mail_effect WHERE id = ?${dialect.rowLock}`, [id])
      )[0];
      if (row === undefined) return undefined;
      const { claim: other } = pendingOf(row);
      const isFree =
        other === undefined ||
        other.until <= claim.now ||
        other.by === claim.holder ||
        other.by === claim.insteadOf;
      if (!isFree) return undefined;
      const begun = optionalText(row, "note");
      await queries.query(
        "UPDATE mail_effect SET claimed_by = ?, claimed_until = ?, note = ? WHERE id = ?",
        [claim.holder, moment(claim.until), begun ?? claim.note, id],
      );
      return { begun };
    },

    releaseMailEffect: async (id) => {
      await queries.query("UPDATE mail_effect SET claimed_by = NULL WHERE id = ?", [id]);
    },

    mailMoved: async (journal, mailbox, folder, place) => {
      await queries.query(
        `INSERT INTO mail_whereabouts (journal, folder, place) VALUES (?, ?, ?)
         ON CONFLICT (journal) DO UPDATE SET folder = excluded.folder, place = excluded.place`,
        [journal, folder, place],
      );
      await liesAlsoAt(queries, journal, { mailbox, folder, place });
    },
  };
}
