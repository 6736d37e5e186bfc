import { AsyncLocalStorage } from "node:async_hooks";
import type { Database, DatabaseTransaction, Dialect, Queries } from "../database.ts";
import type { Helpdesk, HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { migrate } from "../schema.ts";
import { storable } from "../text.ts";
import { blockingChanges, blockingQueries } from "./blocking.ts";
import { countChanges, countQueries } from "./counts.ts";
import { correspondenceChanges, correspondenceQueries } from "./correspondence.ts";
import { journalChanges, journalQueries } from "./journal.ts";
import { mailEffectChanges, mailEffectQueries } from "./mailEffects.ts";
import { outboxChanges, outboxQueries } from "./outbox.ts";
import { positionChanges, positionQueries } from "./positions.ts";
import { registryChanges, registryQueries } from "./registry.ts";
import { ticketChanges, ticketQueries } from "./tickets.ts";
import { upkeepChanges, upkeepQueries } from "./upkeep.ts";

function allQueries(queries: Queries): HelpdeskQueries {
  return {
    ...ticketQueries(queries),
    ...correspondenceQueries(queries),
    ...registryQueries(queries),
    ...blockingQueries(queries),
    ...journalQueries(queries),
    ...mailEffectQueries(queries),
    ...positionQueries(queries),
    ...outboxQueries(queries),
    ...countQueries(queries),
    ...upkeepQueries(queries),
  };
}

function allChanges(queries: Queries, dialect: Dialect): HelpdeskTransaction {
  return {
    ...allQueries(queries),
    ...ticketChanges(queries, dialect),
    ...correspondenceChanges(queries),
    ...registryChanges(queries),
    ...blockingChanges(queries),
    ...journalChanges(queries),
    ...mailEffectChanges(queries, dialect),
    ...positionChanges(queries),
    ...outboxChanges(queries, dialect),
    ...countChanges(queries),
    ...upkeepChanges(queries),
  };
}

/** A transaction that is being done. */
interface Running {
  readonly queries: Queries;
  over: boolean;
}

/** Every text that is stored or looked for is one that each database takes. */
function storing(queries: Queries): Queries {
  return {
    query: (text, values = []) =>
      queries.query(
        text,
        values.map((value) => (typeof value === "string" ? storable(value) : value)),
      ),
  };
}

/** The helpdesk on a database, which is brought to the present schema first. Throws `StoreError`. */
export async function helpdeskOn(database: Database): Promise<Helpdesk> {
  await migrate(database);
  const running = new AsyncLocalStorage<Running>();

  const current = (): Running | undefined => {
    const transaction = running.getStore();
    return transaction?.over === false ? transaction : undefined;
  };

  const outside: Queries = storing({
    // Whoever asks from within a transaction would otherwise wait for its end, which waits for the answer.
    query: (text, values) => (current()?.queries ?? database).query(text, values),
  });

  const begin = <T>(
    work: (transaction: Running, queries: DatabaseTransaction) => Promise<T>,
  ): Promise<T> => {
    if (current() !== undefined) throw new Error(NESTED);
    return database.transaction((queries) => {
      const transaction: Running = { queries, over: false };
      return running.run(transaction, () => work(transaction, queries));
    });
  };

  return {
    ...allQueries(outside),

    transaction: async (work) =>
      begin((transaction) => untilOver(transaction, database.dialect, work)),

    together: async (work) =>
      begin((all, queries) => {
        let inOne = false;
        return untilDone(all, () =>
          work({
            ...allQueries(outside),
            // Where a row needs no lock of its own, a transaction has locked them all.
            undisturbed: database.dialect.rowLock === "",
            transaction: async (part) => {
              if (inOne) throw new Error(NESTED);
              if (all.over) throw new Error(OVER);
              inOne = true;
              try {
                return await savepoint(all, queries, () =>
                  untilOver({ queries, over: false }, database.dialect, part),
                );
              } finally {
                inOne = false;
              }
            },
            together: () => Promise.reject(new Error(NESTED)),
            close: () => Promise.reject(new Error(NESTED)),
          }),
        );
      }),

    close: () => database.close(),
  };
}

const NESTED =
  "A transaction of the helpdesk was begun within another one. Use the one that was handed over.";

const OVER = "The transaction of the helpdesk is over; nothing more can be done in it.";

/** Does `work` in a transaction that takes no further statement once it has ended. */
function untilOver<T>(
  transaction: Running,
  dialect: Dialect,
  work: (desk: HelpdeskTransaction) => Promise<T>,
): Promise<T> {
  const inside = storing({
    query: async (text, values) => {
      if (transaction.over) {
        throw new Error(OVER);
      }
      return transaction.queries.query(text, values);
    },
  });
  return untilDone(transaction, () => work(allChanges(inside, dialect)));
}

async function untilDone<T>(transaction: Running, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    transaction.over = true;
  }
}

/** All or nothing within a transaction that goes on. */
async function savepoint<T>(
  all: Running,
  queries: DatabaseTransaction,
  work: () => Promise<T>,
): Promise<T> {
  await queries.script("SAVEPOINT part");
  try {
    const result = await work();
    await queries.script("RELEASE SAVEPOINT part");
    return result;
  } catch (error) {
    try {
      await queries.script("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
    } catch {
      // After some errors, such as a full disk, SQLite has undone everything: nothing may go on.
      all.over = true;
    }
    throw error;
  }
}
