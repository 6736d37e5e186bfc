import type { FolderPosition } from "@mcrules/helpdesk";
import type { FolderReach, ListedMail } from "../source.ts";

interface FolderProgress {
  readonly reach: FolderReach;
  readonly pending: readonly number[];
  readonly done: Set<number>;
  /** So many of `pending` are done without a gap. */
  at: number;
}

/** How far the folders of a server are done while a scan goes on: never beyond a mail that is not journaled. */
export class Reach {
  readonly #folders = new Map<string, FolderProgress>();

  constructor(reaches: readonly FolderReach[]) {
    for (const reach of reaches) {
      this.#folders.set(reach.end.folder, {
        reach,
        pending: reach.pending.toSorted((left, right) => left - right),
        done: new Set(),
        at: 0,
      });
    }
  }

  /** A mail is journaled, or is there no more. */
  isDone({ arrival, uid }: ListedMail): void {
    const folder = this.#folders.get(arrival.folder);
    if (folder === undefined || uid === undefined) return;
    folder.done.add(uid);
    for (let next = folder.pending[folder.at]; next !== undefined && folder.done.has(next);) {
      folder.done.delete(next);
      folder.at += 1;
      next = folder.pending[folder.at];
    }
  }

  /** How far each folder is done. */
  positions(): readonly FolderPosition[] {
    return [...this.#folders.values()].map(({ reach, pending, at }) => {
      const next = pending[at];
      if (next === undefined) return reach.end;
      return {
        ...reach.end,
        lastUid: Math.max(reach.before, next - 1),
        // Flags that changed are looked at again.
        highestModseq: undefined,
      };
    });
  }
}
