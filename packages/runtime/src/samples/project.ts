import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Program } from "@mcrules/compiler";
import { judge } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { openSqliteHelpdesk } from "@mcrules/helpdesk";
import { openMailReader } from "@mcrules/mail";

/** A project in a folder of its own, with a real store, for tests. */
export interface SampleProject {
  readonly root: string;
  readonly store: string;
  readonly helpdesk: Helpdesk;
  context(program: Program): HandlingContext;
  /** Writes a file below the root. */
  write(path: string, text: string): void;
  /** All files below a folder, by their paths. */
  files(path: string): readonly string[];
  close(): Promise<void>;
}

export async function sampleProject(): Promise<SampleProject> {
  const root = mkdtempSync(join(tmpdir(), "mcrules-scan-"));
  const store = join(root, "helpdesk.db");
  const helpdesk = await openSqliteHelpdesk(store);
  const reader = openMailReader();
  return {
    root,
    store,
    helpdesk,
    context: (program) => ({ judge: judge(program), helpdesk, reader, now: Date.now, randomBytes }),
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
    },
    files: (path) =>
      readdirSync(join(root, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, path).length + 1))
        .toSorted(),
    close: async () => {
      await reader.close();
      await helpdesk.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** A mail; the number makes it another one. */
export function mailText(
  number: number,
  given: { subject?: string; id?: string; from?: string } = {},
) {
  const id = given.id ?? `<${number}@example.org>`;
  return [
    `From: ${given.from ?? "Anna <anna@example.org>"}`,
    "To: info@example.it",
    ...(id === "" ? [] : [`Message-ID: ${id}`]),
    `Date: Mon, 2 Nov 2026 09:${String(number % 60).padStart(2, "0")}:00 +0100`,
    `Subject: ${given.subject ?? `Mail ${number}`}`,
    "",
    `Text ${number}.`,
    "",
  ].join("\n");
}
