import type { HandlingContext } from "@mcrules/handling";
import type { FolderPosition, HelpdeskTransaction } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";
import type { Beginning } from "./beginning.ts";
import type { Reach } from "./reach.ts";

/** How many mails are looked at again at most where a crash comes. */
const keptEvery = 100;

/** Writes down how far the folders of a server are done. */
export class Keeping {
  readonly #context: HandlingContext;
  readonly #mailbox: string;
  readonly #reach: Reach;
  #written = new Map<string, string>();
  #since = 0;

  constructor(context: HandlingContext, mailbox: string, reach: Reach) {
    this.#context = context;
    this.#mailbox = mailbox;
    this.#reach = reach;
  }

  /** The very first scan, and where it begins, are remembered before any mail is done. */
  async began({ isFirst, at }: Beginning & { readonly at: Instant }): Promise<void> {
    if (!isFirst) {
      const stored = await this.#context.helpdesk.folderPositions(this.#mailbox);
      this.#written = new Map(stored.map((one) => [one.folder, JSON.stringify(one)]));
      return;
    }
    await this.#context.helpdesk.transaction(async (desk) => {
      await desk.scanBegan(this.#mailbox, at);
      await this.#write(desk, this.#reach.positions());
    });
  }

  async sometimes(): Promise<void> {
    this.#since += 1;
    if (this.#since >= keptEvery) await this.now();
  }

  async now(): Promise<void> {
    this.#since = 0;
    const changed = this.#reach
      .positions()
      .filter((position) => this.#written.get(position.folder) !== JSON.stringify(position));
    if (changed.length === 0) return;
    await this.#context.helpdesk.transaction((desk) => this.#write(desk, changed));
  }

  async #write(desk: HelpdeskTransaction, positions: readonly FolderPosition[]): Promise<void> {
    for (const position of positions) {
      await desk.setFolderPosition(this.#mailbox, position);
      this.#written.set(position.folder, JSON.stringify(position));
    }
  }
}
