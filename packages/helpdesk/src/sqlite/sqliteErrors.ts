import { RecordError, StoreConflict, StoreError } from "../errors.ts";

/** SQLite's result codes, https://www.sqlite.org/rescode.html. */
const CODE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;
const FOREIGN_KEY = 787;
const PRIMARY_KEY = 1555;
const UNIQUE = 2067;
const SHARED_MEMORY_SIZE = 4874;

/** The extended result code, where the error is one of SQLite's. */
export function resultCode(error: unknown): number | undefined {
  if (error instanceof Error && "errcode" in error && typeof error.errcode === "number") {
    return error.errcode;
  }
  return undefined;
}

/** Whether waiting may help. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code !== undefined && ((code & 0xff) === CODE.busy || (code & 0xff) === CODE.locked);
}

/** The store at `path` is locked by another program for longer than we wait. */
export function busyError(path: string, cause: unknown): StoreError {
  return new StoreError(
    "busy",
    path,
    `Another program keeps the store ${path} locked. Wait until it has finished, or end it.`,
    cause,
  );
}

function codeOfSystem(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

function readOnlyError(path: string, cause: unknown): StoreError {
  return new StoreError(
    "read only",
    path,
    `The store ${path} cannot be written: the file or its folder is read only for this user. ` +
      "Both have to be writable, or name another place with `--store`.",
    cause,
  );
}

function diskFullError(path: string, cause: unknown): StoreError {
  return new StoreError(
    "disk full",
    path,
    `There is no room left for the store ${path}. Nothing was half written. ` +
      "Make room and start again: what was not done is done then.",
    cause,
  );
}

/** What an error of the file system says of the store at `path`. */
export function fromSystem(error: unknown, path: string): unknown {
  switch (codeOfSystem(error)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return readOnlyError(path, error);
    case "ENOSPC":
    case "EDQUOT":
      return diskFullError(path, error);
    case "ENOTDIR":
    case "EEXIST":
    case "ELOOP":
    case "ENAMETOOLONG":
    case "EISDIR":
      return new StoreError(
        "cannot open",
        path,
        `The store ${path} cannot be made there: a part of the path is not a folder, or the path is a folder itself.`,
        error,
      );
    default:
      return error;
  }
}

/** What an error of SQLite says of the store at `path`; any other error as it is. */
export function fromSqlite(error: unknown, path: string): unknown {
  const code = resultCode(error);
  if (code === undefined) {
    return error;
  }
  if (code === UNIQUE || code === PRIMARY_KEY) {
    return new StoreConflict("Another program has stored the same in the meantime.", error);
  }
  if (code === FOREIGN_KEY) {
    return new RecordError("no such record", "What this belongs to is not in the store.", error);
  }
  if (code === SHARED_MEMORY_SIZE) {
    return diskFullError(path, error);
  }
  switch (code & 0xff) {
    case CODE.busy:
    case CODE.locked:
      return busyError(path, error);
    case CODE.readOnly:
      return readOnlyError(path, error);
    case CODE.full:
      return diskFullError(path, error);
    case CODE.corrupt:
      return new StoreError(
        "damaged",
        path,
        `The store ${path} is damaged. Bring back a copy of it; \`sqlite3 FILE .recover\` may save the rest.`,
        error,
      );
    case CODE.notADatabase:
      return notAStore(path, error);
    case CODE.cannotOpen:
    case CODE.inputOutput:
      return new StoreError(
        "cannot open",
        path,
        `The store ${path} cannot be opened: it is a folder, may not be read by this user, or its disk gives errors.`,
        error,
      );
    default:
      return error;
  }
}

/** The file at `path` is something else. */
export function notAStore(path: string, cause?: unknown): StoreError {
  return new StoreError(
    "not a store",
    path,
    `${path} is not a store of mcrules: it is another kind of file, and was left as it is. ` +
      "Name another path with `--store` or `store sqlite`.",
    cause,
  );
}

/** There is nothing at `path`. */
export function missingStore(path: string): StoreError {
  return new StoreError(
    "missing",
    path,
    `There is no store at ${path} yet. The first \`mcrules scan\` makes it.`,
  );
}
