import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import {
  copySqliteHelpdesk,
  openSqliteHelpdesk,
  StoreError,
  type Helpdesk,
} from "@mcrules/helpdesk";
import type { Program } from "@mcrules/compiler";
import { CannotRun } from "./failure.ts";
import { shown } from "./project.ts";

/** What a command wants of the store. */
export type StoreUse =
  /** Made where there is none. */
  | "write"
  /** Must be there: what is to be changed is in it. */
  | "change"
  /** Must be there, is not written to. */
  | "read"
  /** Not written to; where the project has none yet, there is nothing in it. One that was named must be there. */
  | "list"
  /** Not written to; an empty one in memory where there is none. */
  | "look";

/**
 * The file of the store: `--store`, else the environment's MCRULES_STORE, else what `helpdesk`
 * says, else `.mcrules-data/helpdesk.db` beside the project's root.
 * @throws CannotRun for an address that is none.
 */
export function storePath(root: string, program: Program, option: string | undefined): string {
  const url = option ?? process.env["MCRULES_STORE"];
  if (url !== undefined && url !== "") {
    if (url.startsWith("sqlite:")) return url.slice("sqlite:".length);
    if (/^postgres(ql)?:/.test(url)) throw noPostgres();
    throw new CannotRun(
      `${url} is no address of a store`,
      "An address looks like sqlite:helpdesk.db.",
    );
  }
  const { store } = program.helpdesk;
  if (store === undefined) return join(root, ".mcrules-data", "helpdesk.db");
  if (store.kind === "postgres") throw noPostgres();
  return isAbsolute(store.path) ? store.path : join(root, store.path);
}

function noPostgres(): CannotRun {
  return new CannotRun(
    "this version keeps its store in SQLite only",
    'Write store sqlite "helpdesk.db", or --store sqlite:helpdesk.db.',
  );
}

/**
 * Opens the store of a project.
 * @throws CannotRun where it cannot be opened, in one or two lines.
 */
export async function openStore(
  root: string,
  program: Program,
  option: string | undefined,
  use: StoreUse,
): Promise<Helpdesk> {
  const path = storePath(root, program, option);
  const mayLack = use === "look" || (use === "list" && option === undefined);
  try {
    if (mayLack && path !== ":memory:" && !existsSync(path)) {
      return await openSqliteHelpdesk(":memory:");
    }
    if (use !== "write" && path !== ":memory:" && !existsSync(path)) {
      throw new CannotRun(
        `there is no store at ${shown(path)} yet`,
        "`mcrules scan` makes it; `--store sqlite:PATH` names another.",
      );
    }
    return await openSqliteHelpdesk(path, {
      readOnly: use !== "write" && use !== "change" && path !== ":memory:",
    });
  } catch (error) {
    throw storeTrouble(error) ?? error;
  }
}

/** A store to try things out in, and how it is thrown away. */
export interface ScratchStore {
  readonly helpdesk: Helpdesk;
  discard(): Promise<void>;
}

/**
 * A copy of the project's store that may be written to; an empty one where there is none yet.
 * @throws CannotRun where the store cannot be read, or there is no room for the copy.
 */
export async function openScratch(
  root: string,
  program: Program,
  option: string | undefined,
): Promise<ScratchStore> {
  const path = storePath(root, program, option);
  try {
    if (path !== ":memory:" && existsSync(path)) return await copySqliteHelpdesk(path);
    const helpdesk = await openSqliteHelpdesk(":memory:");
    return { helpdesk, discard: () => helpdesk.close() };
  } catch (error) {
    throw storeTrouble(error) ?? error;
  }
}

/** What went wrong with the store, in people's words; undefined for other errors. */
export function storeTrouble(error: unknown): CannotRun | undefined {
  return error instanceof StoreError ? new CannotRun(error.message) : undefined;
}
