import type { Queries } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { bytes, integer, moment, only, text } from "../row.ts";
import { bounded } from "../text.ts";
import { LONGEST } from "./ticketRows.ts";

type UpkeepQueries = Pick<HelpdeskQueries, "alarms" | "alarmed" | "lastScan" | "storedSigningKey">;
type UpkeepChanges = Pick<HelpdeskTransaction, "addAlarm" | "scanEnded" | "signingKey">;

const SIGNING_KEY = "message-id";
const KEY_BYTES = 32;

async function signingKeyOf(queries: Queries): Promise<Uint8Array | undefined> {
  const row = (
    await queries.query("SELECT bytes FROM secret_key WHERE name = ?", [SIGNING_KEY])
  )[0];
  return row === undefined ? undefined : bytes(row, "bytes");
}

/** What the store knows of the house itself. */
export function upkeepQueries(queries: Queries): UpkeepQueries {
  return {
    alarms: async () =>
      (await queries.query("SELECT * FROM alarm ORDER BY id")).map((row) => ({
        id: integer(row, "id"),
        at: integer(row, "raised_at"),
        message: text(row, "message"),
      })),

    alarmed: async (message, since) =>
      (
        await queries.query(
          "SELECT 1 AS there FROM alarm WHERE raised_at >= ? AND message = ? LIMIT 1",
          [moment(since), bounded(message, LONGEST.line)],
        )
      ).length > 0,

    lastScan: async (mailbox) => {
      const row = (
        await queries.query("SELECT ended_at FROM mailbox_scan WHERE mailbox = ?", [mailbox])
      )[0];
      return row === undefined ? undefined : integer(row, "ended_at");
    },

    storedSigningKey: () => signingKeyOf(queries),
  };
}

/** What the store notes of the house itself. */
export function upkeepChanges(queries: Queries): UpkeepChanges {
  return {
    addAlarm: async (message, at) => {
      await queries.query("INSERT INTO alarm (raised_at, message) VALUES (?, ?)", [
        moment(at),
        bounded(message, LONGEST.line),
      ]);
    },

    scanEnded: async (mailbox, at) => {
      await queries.query(
        `INSERT INTO mailbox_scan (mailbox, ended_at) VALUES (?, ?)
         ON CONFLICT (mailbox) DO UPDATE SET ended_at = excluded.ended_at
         WHERE mailbox_scan.ended_at < excluded.ended_at`,
        [mailbox, moment(at)],
      );
    },

    signingKey: async (fresh) => {
      const stored = await signingKeyOf(queries);
      if (stored !== undefined) {
        return stored;
      }
      if (fresh.byteLength < KEY_BYTES) {
        throw new RangeError(`A signing key has at least ${KEY_BYTES} bytes.`);
      }
      // Somebody else may make one at the same moment: whoever is first, both sign with that one.
      await queries.query(
        "INSERT INTO secret_key (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        [SIGNING_KEY, fresh],
      );
      return bytes(
        only(
          await queries.query("SELECT bytes FROM secret_key WHERE name = ?", [SIGNING_KEY]),
          "The signing key could not be stored.",
        ),
        "bytes",
      );
    },
  };
}
