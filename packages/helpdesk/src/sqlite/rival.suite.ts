/**
 * A second process on a store, for the tests: `node rival.suite.ts STORE WHAT …`. It says `ready`
 * and begins when a line comes in.
 */
import { once } from "node:events";
import { argv, seteuid, stdin, stdout } from "node:process";
import { StoreConflict, StoreError, openSqliteHelpdesk } from "../index.ts";
import { newEntry, newTicket } from "../store/given.suite.ts";

const [, , store = "", what = "", count = "0"] = argv;

function say(line: string): void {
  stdout.write(`${line}\n`);
}

async function asked(): Promise<void> {
  say("ready");
  await once(stdin, "data");
}

/** Handles the same mails as its rivals; says which it was the first to do. */
async function handle(): Promise<void> {
  const desk = await openSqliteHelpdesk(store);
  await asked();
  for (let mail = 0; mail < Number(count); mail += 1) {
    try {
      await desk.transaction(async (t) => {
        const ticket = await t.createTicket(newTicket({ title: String(mail) }));
        await t.addJournalEntry(newEntry(String(mail), { ticket: ticket.id }));
      });
      say(`won ${mail}`);
    } catch (error) {
      if (!(error instanceof StoreConflict)) {
        throw error;
      }
      say(`lost ${mail}`);
    }
  }
  await desk.close();
  stdin.destroy();
}

/** Stands still in the middle of a transaction. */
async function hang(): Promise<void> {
  const desk = await openSqliteHelpdesk(store);
  await desk.transaction(async (t) => {
    const ticket = await t.createTicket(newTicket());
    await t.addDocument(ticket.id, {
      name: "large.bin",
      type: "application/octet-stream",
      // More than SQLite's cache holds, so that it stands in the log already.
      content: new Uint8Array(40_000_000).fill(7),
    });
    await t.addJournalEntry(newEntry("a", { ticket: ticket.id }));
    await asked();
    await once(stdin, "data");
  });
}

/** Makes tickets until it is killed, and says each one after its commit. */
async function write(): Promise<void> {
  const desk = await openSqliteHelpdesk(store);
  await asked();
  for (let mail = 0; ; mail += 1) {
    await desk.transaction(async (t) => {
      const ticket = await t.createTicket(newTicket({ title: String(mail) }));
      await t.addComment(ticket.id, {
        author: undefined,
        by: "system",
        internal: true,
        text: String(mail),
        quoted: "",
        at: 1,
      });
      await t.addJournalEntry(newEntry(String(mail), { ticket: ticket.id }));
    });
    say(`done ${mail}`);
  }
}

/** Opens the store as a user who may not write, and says what came of it. */
async function openAsNobody(readOnly: boolean): Promise<void> {
  const nobody = 65_534;
  if (seteuid !== undefined && Number(count) === 1) {
    seteuid(nobody);
  }
  try {
    const desk = await openSqliteHelpdesk(store, { readOnly });
    say(`opened ${(await desk.tickets({})).length}`);
    await desk.close();
  } catch (error) {
    if (!(error instanceof StoreError)) {
      throw error;
    }
    say(`refused ${error.kind}`);
  }
}

switch (what) {
  case "handle":
    await handle();
    break;
  case "hang":
    await hang();
    break;
  case "write":
    await write();
    break;
  case "open":
    await openAsNobody(false);
    break;
  case "read":
    await openAsNobody(true);
    break;
  default:
    throw new Error(`unknown: ${what}`);
}
