/** What may be bound to a placeholder. */
export type Value = string | number | Uint8Array | null;

/** One row, by column name. PostgreSQL hands big integers over as text: read them with `row.ts`. */
export type Row = Readonly<Record<string, unknown>>;

/** Words of the schema in which the databases differ. */
export interface Dialect {
  /** A primary key that the database counts up. */
  readonly id: string;
  /** The same, where rows are deleted and an id must still never come back. */
  readonly lastingId: string;
  readonly integer: string;
  readonly bytes: string;
  /** What ends a CREATE TABLE. */
  readonly tableEnd: string;
  /** What a SELECT needs at its end so that nobody else changes its rows before the commit. */
  readonly rowLock: string;
  /** Lets one program at a time change the schema; undefined where a transaction does so by itself. */
  readonly schemaLock: string | undefined;
  /** Has the ids of tickets go on behind the largest; undefined where they do so by themselves. */
  readonly ticketIdsGoOn: string | undefined;
}

/** Something that answers SQL. Placeholders are `?`, in order. */
export interface Queries {
  query(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
}

/** A transaction's own view. */
export interface DatabaseTransaction extends Queries {
  /** Several statements without values, as the schema is written. */
  script(text: string): Promise<void>;
}

/**
 * The little that the helpdesk wants of a database. An adapter throws `StoreError` for an outage,
 * `StoreConflict` for a unique key and `RecordError` for a foreign key that is violated.
 */
export interface Database extends Queries {
  readonly dialect: Dialect;
  /** The path or the address, for messages. No password is in it. */
  readonly place: string;
  readonly readOnly: boolean;
  /** All or nothing: commits when `work` resolves, undoes everything when it rejects. */
  transaction<T>(work: (queries: DatabaseTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
