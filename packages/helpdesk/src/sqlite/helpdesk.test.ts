import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { openSqliteHelpdesk } from "../index.ts";
import { countsSuite } from "../store/counts.suite.ts";
import { journalSuite } from "../store/journal.suite.ts";
import { positionsSuite } from "../store/positions.suite.ts";
import { registrySuite } from "../store/registry.suite.ts";
import { ticketSuite } from "../store/tickets.suite.ts";
import { transactionSuite } from "../store/transaction.suite.ts";

const folder = mkdtempSync(join(tmpdir(), "mcrules-helpdesk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let stores = 0;
const kinds = [
  { name: "in memory", open: () => openSqliteHelpdesk(":memory:") },
  {
    name: "in a file",
    open: () => {
      stores += 1;
      return openSqliteHelpdesk(join(folder, String(stores), "helpdesk.db"));
    },
  },
];

describe.each(kinds)("SQLite $name", ({ open }) => {
  ticketSuite(open);
  registrySuite(open);
  journalSuite(open);
  countsSuite(open);
  positionsSuite(open);
  transactionSuite(open);
});
