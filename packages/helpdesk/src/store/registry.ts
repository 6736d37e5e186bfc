import type { Queries, Row } from "../database.ts";
import { RecordError } from "../errors.ts";
import type { HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import type { RegistryEntry, RegistryKind } from "../registry.ts";
import { integer, only, optionalInteger, optionalText, text, word } from "../row.ts";
import { change, insertion } from "../statement.ts";
import { addressKey, bounded, nameKey } from "../text.ts";
import { LONGEST } from "./ticketRows.ts";

type RegistryQueries = Pick<
  HelpdeskQueries,
  "registryEntry" | "isRegistered" | "registryEntries" | "accountByName" | "filedUnder"
>;
type RegistryChanges = Pick<
  HelpdeskTransaction,
  "addRegistryEntry" | "removeRegistryEntry" | "fileMail"
>;

const KINDS = ["contact", "account", "lead", "vendor"] as const;

/** One row for each address of each entry; an entry without addresses has one row. */
const ENTRIES = `
  SELECT e.id, e.kind, e.name, account.name AS account_name, a.address
  FROM registry_entry e
    LEFT JOIN registry_entry account ON account.id = e.account_id
    LEFT JOIN registry_address a ON a.entry = e.id`;

function entriesOf(rows: readonly Row[]): readonly RegistryEntry[] {
  const entries = new Map<
    number,
    { readonly entry: RegistryEntry; readonly addresses: string[] }
  >();
  for (const row of rows) {
    const id = integer(row, "id");
    const address = optionalText(row, "address");
    const known = entries.get(id);
    if (known === undefined) {
      const addresses = address === undefined ? [] : [address];
      const entry: RegistryEntry = {
        kind: word(row, "kind", KINDS),
        id,
        name: text(row, "name"),
        addresses,
        account: optionalText(row, "account_name"),
      };
      entries.set(id, { entry, addresses });
    } else if (address !== undefined) {
      known.addresses.push(address);
    }
  }
  return [...entries.values()].map(({ entry }) => entry);
}

async function entryById(queries: Queries, id: number): Promise<RegistryEntry | undefined> {
  return entriesOf(
    await queries.query(`${ENTRIES} WHERE e.id = ? ORDER BY e.id, a.place`, [id]),
  )[0];
}

async function idByAddress(
  queries: Queries,
  kind: RegistryKind,
  address: string,
): Promise<number | undefined> {
  const row = (
    await queries.query("SELECT entry FROM registry_address WHERE kind = ? AND address_key = ?", [
      kind,
      addressKey(address),
    ])
  )[0];
  return row === undefined ? undefined : integer(row, "entry");
}

async function idByName(
  queries: Queries,
  kind: RegistryKind,
  name: string,
): Promise<number | undefined> {
  const key = nameKey(name);
  if (key === "") {
    return undefined;
  }
  const row = (
    await queries.query(
      "SELECT id FROM registry_entry WHERE kind = ? AND name_key = ? ORDER BY id LIMIT 1",
      [kind, key],
    )
  )[0];
  return row === undefined ? undefined : integer(row, "id");
}

/** Looking people and companies up. */
export function registryQueries(queries: Queries): RegistryQueries {
  return {
    registryEntry: async (kind, address) => {
      const id = await idByAddress(queries, kind, address);
      return id === undefined ? undefined : entryById(queries, id);
    },

    isRegistered: async (address) =>
      (
        await queries.query(
          `SELECT 1 AS there FROM registry_address
           WHERE kind IN (${KINDS.map(() => "?").join(", ")}) AND address_key = ? LIMIT 1`,
          [...KINDS, addressKey(address)],
        )
      ).length > 0,

    registryEntries: async (kind) =>
      entriesOf(
        await queries.query(`${ENTRIES} WHERE e.kind = ? ORDER BY e.name_key, e.id, a.place`, [
          kind,
        ]),
      ),

    accountByName: async (name) => {
      const id = await idByName(queries, "account", name);
      return id === undefined ? undefined : entryById(queries, id);
    },

    filedUnder: async (journal) =>
      entriesOf(
        await queries.query(
          `${ENTRIES} JOIN filed_mail f ON f.entry = e.id WHERE f.journal = ? ORDER BY e.id, a.place`,
          [journal],
        ),
      ),
  };
}

/** Entering, changing and removing people and companies. */
export function registryChanges(queries: Queries): RegistryChanges {
  const inserted = async (
    kind: RegistryKind,
    name: string,
    account: number | undefined,
  ): Promise<number> => {
    const statement = insertion(
      "registry_entry",
      {
        kind,
        name: bounded(name.trim(), LONGEST.line),
        name_key: nameKey(name),
        account_id: account ?? null,
      },
      "RETURNING id",
    );
    const rows = await queries.query(statement.text, statement.values);
    return integer(only(rows, "The entry could not be stored."), "id");
  };

  const accountNamed = async (name: string): Promise<number> =>
    (await idByName(queries, "account", name)) ?? (await inserted("account", name, undefined));

  /** Gives the address to the entry. Whoever had it before and has no other left is the same one. */
  const addressGiven = async (
    kind: RegistryKind,
    entry: number,
    address: string,
    place: number,
  ): Promise<void> => {
    const before = await idByAddress(queries, kind, address);
    const statement = insertion(
      "registry_address",
      {
        kind,
        address_key: addressKey(address),
        address: bounded(address.trim(), LONGEST.line),
        entry,
        place,
      },
      `ON CONFLICT (kind, address_key)
       DO UPDATE SET entry = excluded.entry, address = excluded.address,
         place = CASE WHEN registry_address.entry = excluded.entry
           THEN registry_address.place ELSE excluded.place END`,
    );
    await queries.query(statement.text, statement.values);
    if (before !== undefined && before !== entry && kind !== "account") {
      await merged(before, entry);
    }
  };

  const merged = async (from: number, into: number): Promise<void> => {
    const left = await queries.query("SELECT 1 AS there FROM registry_address WHERE entry = ?", [
      from,
    ]);
    if (left.length === 0) {
      await queries.query("UPDATE ticket SET contact_id = ? WHERE contact_id = ?", [into, from]);
      await queries.query(
        `INSERT INTO filed_mail (journal, entry) SELECT journal, CAST(? AS BIGINT) FROM filed_mail WHERE entry = ?
         ON CONFLICT (journal, entry) DO NOTHING`,
        [into, from],
      );
      await queries.query("DELETE FROM registry_entry WHERE id = ?", [from]);
    }
  };

  const known = async (
    kind: RegistryKind,
    name: string,
    addresses: readonly string[],
  ): Promise<number | undefined> => {
    const named = kind === "account" ? await idByName(queries, kind, name) : undefined;
    if (named !== undefined) {
      return named;
    }
    for (const address of addresses) {
      const id = await idByAddress(queries, kind, address);
      if (id !== undefined) {
        return id;
      }
    }
    return undefined;
  };

  return {
    addRegistryEntry: async (entry) => {
      const addresses = entry.addresses.filter((address) => address.trim() !== "");
      const named = nameKey(entry.name) !== "";
      if (entry.kind === "account" ? !named && addresses.length === 0 : addresses.length === 0) {
        throw new RecordError(
          "out of bounds",
          entry.kind === "account"
            ? "An account needs a name or an address."
            : `A ${entry.kind} needs an address: it is what ${entry.kind}s are found by.`,
        );
      }
      const account =
        entry.account === undefined || entry.kind === "account" || nameKey(entry.account) === ""
          ? undefined
          : await accountNamed(entry.account);
      const before = await known(entry.kind, entry.name, addresses);
      const id = before ?? (await inserted(entry.kind, entry.name, account));
      if (before !== undefined && (named || account !== undefined)) {
        const statement = change(
          "registry_entry",
          {
            ...(named
              ? { name: bounded(entry.name.trim(), LONGEST.line), name_key: nameKey(entry.name) }
              : {}),
            account_id: account,
          },
          "WHERE id = ?",
          [before],
        );
        await queries.query(statement.text, statement.values);
      }
      const last = (
        await queries.query("SELECT max(place) AS place FROM registry_address WHERE entry = ?", [
          id,
        ])
      )[0];
      const start = (last === undefined ? undefined : optionalInteger(last, "place")) ?? 0;
      for (const [index, address] of addresses.entries()) {
        await addressGiven(entry.kind, id, address, start + index + 1);
      }
      const stored = await entryById(queries, id);
      if (stored === undefined) {
        throw new RecordError("no such record", "The entry could not be stored.");
      }
      return stored;
    },

    removeRegistryEntry: async (kind, key) => {
      const id =
        (kind === "account" ? await idByName(queries, kind, key) : undefined) ??
        (await idByAddress(queries, kind, key));
      if (id === undefined) {
        return false;
      }
      await queries.query("DELETE FROM registry_entry WHERE id = ?", [id]);
      return true;
    },

    fileMail: async (entry, kind, journal) => {
      only(
        await queries.query("SELECT id FROM registry_entry WHERE id = ? AND kind = ?", [
          entry,
          kind,
        ]),
        `There is no ${kind} with the id ${entry} in the registry.`,
      );
      await queries.query(
        "INSERT INTO filed_mail (journal, entry) VALUES (?, ?) ON CONFLICT (journal, entry) DO NOTHING",
        [journal, entry],
      );
    },
  };
}
