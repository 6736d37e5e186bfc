import type { MailContent } from "@mcrules/mail";
import type { ProgramBlock } from "../program/action.ts";
import type { Element } from "../evaluate/facts.ts";
import { isNeed } from "../evaluate/facts.ts";
import type { Asking } from "./mailCase.ts";
import type { RuleRun } from "./run.ts";

/** The attachments that become documents, as indexes. */
export function* documentsOf(
  block: ProgramBlock,
  content: MailContent,
  run: RuleRun,
): Asking<readonly number[]> {
  const every = content.attachments.map((_, index) => index);
  if (block.documents === undefined) return every;
  if (block.documents.kind === "none") return [];
  const except = run.prepare(block.documents.condition);
  const kept: number[] = [];
  for (const [index, attachment] of content.attachments.entries()) {
    const element: Element = { kind: "attachment", attachment, read: new Map() };
    for (;;) {
      const verdict = except.judge(run.mail, element, undefined);
      if (isNeed(verdict)) {
        yield* run.mail.satisfy(verdict);
        continue;
      }
      if (!verdict) kept.push(index);
      break;
    }
  }
  return kept;
}
