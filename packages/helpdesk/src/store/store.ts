import { AsyncLocalStorage } from "node:async_hooks";
import type { Database, Dialect, Queries } from "../database.ts";
import type { Helpdesk, HelpdeskQueries, HelpdeskTransaction } from "../helpdesk.ts";
import { migrate } from "../schema.ts";
import { storable } from "../text.ts";
import { blockingChanges, blockingQueries } from "./blocking.ts";
import { correspondenceChanges, correspondenceQueries } from "./correspondence.ts";
import { journalChanges, journalQueries } from "./journal.ts";
import { mailEffectChanges, mailEffectQueries } from "./mail-effects.ts";
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

  return {
    ...allQueries(outside),

    transaction: async (work) => {
      if (current() !== undefined) {
        throw new Error(
          "A transaction of the helpdesk was begun within another one. Use the one that was handed over.",
        );
      }
      return database.transaction((queries) => {
        const transaction: Running = { queries, over: false };
        const inside = storing({
          query: async (text, values) => {
            if (transaction.over) {
              throw new Error(
                "The transaction of the helpdesk is over; nothing more can be done in it.",
              );
            }
            return queries.query(text, values);
          },
        });
        return running.run(transaction, async () => {
          try {
            return await work(allChanges(inside, database.dialect));
          } finally {
            transaction.over = true;
          }
        });
      });
    },

    close: () => database.close(),
  };
}
