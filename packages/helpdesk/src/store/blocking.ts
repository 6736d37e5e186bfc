import type { Queries } from "../database.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { integer, moment, text } from "../row.ts";
import { insertion } from "../statement.ts";
import { addressKey, bounded } from "../text.ts";
import { LONGEST } from "./ticketRows.ts";

type BlockingQueries = Pick<HelpdeskQueries, "blocked" | "blockedAddresses" | "mutedUntil">;
type BlockingChanges = Pick<HelpdeskTransaction, "block" | "unblock" | "mute">;

/** Whose mail ends before the rules, and to whom nothing is sent. */
export function blockingQueries(queries: Queries): BlockingQueries {
  return {
    blocked: async (addresses) => {
      for (const address of addresses) {
        const rows = await queries.query(
          "SELECT 1 AS there FROM blocked_address WHERE address_key = ?",
          [addressKey(address)],
        );
        if (rows.length > 0) {
          return address;
        }
      }
      return undefined;
    },

    blockedAddresses: async () =>
      (await queries.query("SELECT * FROM blocked_address ORDER BY address_key")).map((row) => ({
        address: text(row, "address"),
        at: integer(row, "blocked_at"),
        reason: text(row, "reason"),
      })),

    mutedUntil: async (address, now) => {
      const row = (
        await queries.query(
          "SELECT muted_until FROM muted_address WHERE address_key = ? AND muted_until > ?",
          [addressKey(address), moment(now)],
        )
      )[0];
      return row === undefined ? undefined : integer(row, "muted_until");
    },
  };
}

/** Blocking and muting. */
export function blockingChanges(queries: Queries): BlockingChanges {
  return {
    block: async (address, reason, at) => {
      const key = addressKey(address);
      if (key === "") {
        return;
      }
      const statement = insertion(
        "blocked_address",
        {
          address_key: key,
          address: bounded(address.trim(), LONGEST.line),
          blocked_at: moment(at),
          reason: bounded(reason, LONGEST.line),
        },
        "ON CONFLICT (address_key) DO NOTHING",
      );
      await queries.query(statement.text, statement.values);
    },

    unblock: async (address) =>
      (
        await queries.query("DELETE FROM blocked_address WHERE address_key = ? RETURNING address", [
          addressKey(address),
        ])
      ).length > 0,

    mute: async (address, until) => {
      const key = addressKey(address);
      if (key === "") {
        return;
      }
      const statement = insertion(
        "muted_address",
        { address_key: key, muted_until: moment(until) },
        `ON CONFLICT (address_key) DO UPDATE SET muted_until = excluded.muted_until
         WHERE muted_address.muted_until < excluded.muted_until`,
      );
      await queries.query(statement.text, statement.values);
    },
  };
}
