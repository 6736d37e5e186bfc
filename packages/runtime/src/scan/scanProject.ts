import type { HandlingContext } from "@mcrules/handling";
import type { MailboxScan } from "./report.ts";
import type { ScanOptions } from "./scanMailbox.ts";
import { scanMailbox } from "./scanMailbox.ts";

/**
 * Scans mailboxes of a project one after the other, all where none is named. What is wrong with one of them
 * stands in its report and ends none of the others. Throws where the project has no mailbox of a name.
 */
export async function scanProject(
  context: HandlingContext,
  options: ScanOptions & { readonly mailboxes?: readonly string[] | undefined },
): Promise<readonly MailboxScan[]> {
  const names = options.mailboxes ?? context.judge.program.mailboxes.map(({ name }) => name);
  const reports: MailboxScan[] = [];
  for (const name of names) {
    if (options.signal?.aborted === true) break;
    reports.push(await scanMailbox(context, name, options));
  }
  return reports;
}
