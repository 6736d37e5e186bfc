import type { Queries } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { integer, moment, optionalText, orNull, text } from "../row.ts";
import { insertion } from "../statement.ts";
import { exactKey } from "../text.ts";

type PositionQueries = Pick<HelpdeskQueries, "folderPositions" | "firstScan">;
type PositionChanges = Pick<HelpdeskTransaction, "setFolderPosition" | "scanBegan">;

/** Asking where scans of a mailbox began, and how far they came. */
export function positionQueries(queries: Queries): PositionQueries {
  return {
    folderPositions: async (mailbox) =>
      (
        await queries.query("SELECT * FROM folder_position WHERE mailbox = ? ORDER BY folder_key", [
          mailbox,
        ])
      ).map((row) => ({
        folder: text(row, "folder"),
        uidValidity: text(row, "uid_validity"),
        lastUid: integer(row, "last_uid"),
        highestModseq: optionalText(row, "highest_modseq"),
      })),

    firstScan: async (mailbox) => {
      const row = (
        await queries.query("SELECT first_scan_at FROM mailbox_start WHERE mailbox = ?", [mailbox])
      )[0];
      return row === undefined ? undefined : integer(row, "first_scan_at");
    },
  };
}

/** Writing down how far a scan came. */
export function positionChanges(queries: Queries): PositionChanges {
  return {
    setFolderPosition: async (mailbox, position) => {
      const statement = insertion(
        "folder_position",
        {
          mailbox,
          folder_key: exactKey(position.folder),
          folder: position.folder,
          uid_validity: position.uidValidity,
          last_uid: position.lastUid,
          highest_modseq: orNull(position.highestModseq),
        },
        // Another process may have come further meanwhile.
        `ON CONFLICT (mailbox, folder_key) DO UPDATE SET folder = excluded.folder,
           uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
           highest_modseq = excluded.highest_modseq
         WHERE folder_position.uid_validity <> excluded.uid_validity
           OR folder_position.last_uid <= excluded.last_uid`,
      );
      await queries.query(statement.text, statement.values);
    },

    scanBegan: async (mailbox, at) => {
      await queries.query(
        `INSERT INTO mailbox_start (mailbox, first_scan_at) VALUES (?, ?)
         ON CONFLICT (mailbox) DO NOTHING`,
        [mailbox, moment(at)],
      );
    },
  };
}
