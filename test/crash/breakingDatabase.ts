import type { Database } from "../../packages/helpdesk/src/database.ts";
import type { Strike } from "./strike.ts";

/** A database whose calls may break: before they take effect and after, the COMMIT among them. */
export function breakingDatabase(database: Database, strike: Strike): Database {
  return {
    ...database,
    query: async (text, values) => {
      strike.pass(`before ${text}`);
      const rows = await database.query(text, values);
      strike.pass(`after ${text}`);
      return rows;
    },
    transaction: async (work) => {
      strike.pass("before BEGIN");
      const result = await database.transaction(async (queries) => {
        const done = await work({
          query: async (text, values) => {
            strike.pass(`before ${text}`);
            const rows = await queries.query(text, values);
            strike.pass(`after ${text}`);
            return rows;
          },
          script: async (text) => {
            strike.pass("before the schema");
            await queries.script(text);
            strike.pass("after the schema");
          },
        });
        strike.pass("before COMMIT");
        return done;
      });
      strike.pass("after COMMIT");
      return result;
    },
  };
}
