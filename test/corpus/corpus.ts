/**
 * Real mail beside the checkout: where it is, which of its files are mails, and how a set's
 * agreement is told. Nothing of it is copied here.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { openMailReader } from "@mcrules/mail";
import type { MailContent, Reading } from "@mcrules/mail";

const folder = process.env["MCRULES_CORPUS"] ?? join(import.meta.dirname, "../../../shared/corpus");

/** False where the corpus is not there: its tests are then left out, and one line says so. */
export const found = existsSync(folder);
if (!found) process.stdout.write(`No mail corpus at ${folder}: its mails are not compared.\n`);

export const plainReading: Reading = { pec: false, through: [], trusts: [] };

export const sets: readonly string[] = found
  ? readdirSync(folder)
      .filter((name) => name !== "licences" && statSync(join(folder, name)).isDirectory())
      .toSorted()
  : [];

/** All files below a folder of the corpus, by their path in it. */
export function filesIn(path: string): readonly string[] {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Those that begin with a header line, but for those that say what a mail should give. */
export function mailsIn(path: string): readonly string[] {
  return filesIn(path).filter(
    (file) =>
      !/\.(?:json|tsv|md|xml|list|tnef|LICENSE)$/.test(file) &&
      /^(?:\u00ef\u00bb\u00bf)?(?:>?From |[!-9;-~]+[ \t]*:)/.test(
        bytesOf(file).toString("latin1", 0, 200),
      ),
  );
}

export function exists(file: string): boolean {
  return existsSync(join(folder, file));
}

export function bytesOf(file: string): Buffer {
  return readFileSync(join(folder, file));
}

export function textOf(file: string): string {
  return bytesOf(file).toString().replace(/\r\n?/g, "\n").trimEnd();
}

/** Reads on this thread: what is compared is what is read, not how long it takes. */
const reader = openMailReader({ workers: 0 });

export function read(bytes: Uint8Array, reading: Reading = plainReading): Promise<MailContent> {
  return reader.readContent(bytes, reading);
}

/** White space is no part of what is compared. */
export function words(text: string): string {
  return text.replace(/[\s\u200B]+/g, " ").trim();
}

export interface Compared {
  readonly file: string;
  readonly agrees: boolean;
}

/** Tells on one line how many agree and which do not; gives the count and the share. */
export function agreement(
  what: string,
  results: readonly Compared[],
): { readonly agreed: number; readonly share: number; readonly differing: readonly string[] } {
  const differing = results.filter((one) => !one.agrees).map((one) => one.file);
  const agreed = results.length - differing.length;
  const share = results.length === 0 ? 1 : agreed / results.length;
  const rest = differing.length === 0 ? "" : `; not ${differing.slice(0, 40).join(", ")}`;
  process.stdout.write(
    `${what}: ${agreed} of ${results.length} (${(share * 100).toFixed(1)} %)${rest}\n`,
  );
  return { agreed, share, differing };
}
