import type { Effect, MailMark } from "./decision.ts";
import type { MailCase } from "./mailCase.ts";

/** What people should know of a mail: what was found while it was judged, and how it could be read. */
export function marksOf(mail: MailCase, effects: readonly Effect[]): readonly MailMark[] {
  // Only what becomes a ticket or a comment is sure to be read; the marks are the same however rules are tried.
  const kept = effects.some(({ kind }) => kind === "create ticket" || kind === "update ticket");
  const content = kept ? mail.knownContent : undefined;
  if (content === undefined) return mail.marks;
  return [
    ...mail.marks,
    ...content.cuts.map(({ message }): MailMark => ({ kind: "cut", message })),
    ...(content.textsDiffer ? [differing] : []),
  ];
}

const differing: MailMark = {
  kind: "texts",
  message:
    "The plain text of this mail and its HTML say different things; rules and ticket have the plain text.",
};
