import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, type Judge } from "@mcrules/compiler";
import { readOutgoingMail } from "@mcrules/handling";
import { helpdeskOn, openSqliteHelpdesk, type Database, type Helpdesk } from "@mcrules/helpdesk";
import type { MailReader } from "@mcrules/mail";
import { scanProject, type MailboxScan } from "@mcrules/runtime";
import { openSqliteDatabase } from "../../packages/helpdesk/src/sqlite/sqliteDatabase.ts";
import { contentOf, filesOf, type Content } from "./storeContent.ts";
import { firstMails, laterMails, mailsOfOneConversation, now, worldProgram } from "./world.ts";

/** What every scan of these tests is done with. */
export interface Machine {
  readonly judge: Judge;
  readonly reader: MailReader;
}

export function machine(reader: MailReader): Machine {
  return { judge: judge(worldProgram()), reader };
}

/** A folder with mails, and a store beside them. */
export class World {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** With the first mails, and somebody in the registry. */
  static async make(): Promise<World> {
    const world = new World(mkdtempSync(join(tmpdir(), "mcrules-crash-")));
    firstMails(world.root);
    const helpdesk = await openSqliteHelpdesk(world.store);
    await helpdesk.transaction((desk) =>
      desk.addRegistryEntry({
        kind: "contact",
        name: "Anna",
        addresses: ["anna@firm.example"],
        account: "Firm",
      }),
    );
    await helpdesk.close();
    return world;
  }

  /** The same once more, as it is now. */
  copy(): World {
    const root = mkdtempSync(join(tmpdir(), "mcrules-crash-"));
    cpSync(this.root, root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return new World(root);
  }

  get store(): string {
    return join(this.root, "helpdesk.db");
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  /** Adds the mails that answer what the first ones caused. */
  async addLaterMails(): Promise<void> {
    const helpdesk = await openSqliteHelpdesk(this.store, { readOnly: true });
    const tickets = await helpdesk.tickets({});
    const sent = (await helpdesk.outbox({})).flatMap(
      ({ payload }) => readOutgoingMail(payload) ?? [],
    );
    await helpdesk.close();
    laterMails(this.root, {
      reference: (title) => `9x${only(tickets.filter((one) => one.title === title)).id}`,
      sent: (subject) => only(sent.filter((mail) => mail.subject.startsWith(subject))).messageId,
    });
  }

  addConversation(): void {
    mailsOfOneConversation(this.root);
  }

  /** All that a run leaves behind. */
  outcome(): Outcome {
    return {
      store: contentOf(this.store, this.root),
      files: ["Maildir", "mail"].flatMap((folder) =>
        filesOf(join(this.root, folder)).map((file) => `${folder}/${file}`),
      ),
    };
  }
}

export interface Outcome {
  readonly store: Content;
  readonly files: readonly string[];
}

function only<T>(found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`one was expected, there are ${found.length}`);
  }
  return first;
}

/** One scan of all mailboxes. `wrap` may put something between the helpdesk and its database. */
export async function scan(
  { judge, reader }: Machine,
  world: { readonly root: string; readonly store: string },
  wrap: (database: Database) => Database = (database) => database,
): Promise<readonly MailboxScan[]> {
  const database = await openSqliteDatabase(world.store);
  let helpdesk: Helpdesk | undefined;
  try {
    helpdesk = await helpdeskOn(wrap(database));
    return await scanProject(
      { judge, helpdesk, reader, now: () => now, randomBytes },
      { root: world.root },
    );
  } finally {
    await database.close();
  }
}

/** As often as it takes until nothing is left to be tried again. */
export async function scanToTheEnd(machine: Machine, world: World): Promise<void> {
  for (let scans = 1; scans <= 6; scans++) {
    const reports = await scan(machine, world);
    const error = reports.find((report) => report.error !== undefined)?.error;
    if (error !== undefined) throw new Error(error);
    if (reports.every(({ read, failed }) => read === 0 && failed === 0)) return;
  }
  throw new Error("after six scans something is still to be done");
}
