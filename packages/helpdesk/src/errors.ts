/** Why a store cannot do its work at all. None of these says anything about the mail in hand. */
export type StoreErrorKind =
  | "missing"
  | "newer version"
  | "older version"
  | "not a store"
  | "damaged"
  | "read only"
  | "cannot open"
  | "disk full"
  | "busy"
  | "closed";

/** The store itself is out of order: an outage of ours, never the fault of a mail. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  /** The file's path or the database's address, without a password. */
  readonly path: string;

  constructor(kind: StoreErrorKind, path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StoreError";
    this.kind = kind;
    this.path = path;
  }
}

/**
 * Somebody else has committed the same mail in the meantime. The transaction is undone; the answer
 * is "already seen".
 */
export class StoreConflict extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StoreConflict";
  }
}

/** The store is in order, but was asked for something that cannot be: a ticket that is not there. */
export class RecordError extends Error {
  readonly kind: "no such record" | "exists" | "out of bounds";

  constructor(kind: RecordError["kind"], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "RecordError";
    this.kind = kind;
  }
}
