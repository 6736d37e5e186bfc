import type { Afterwards } from "@mcrules/language";
import type { ProgramMailbox } from "../program/program.ts";
import type { MailEffect } from "./decision.ts";

function effectsOf(afterwards: Afterwards): readonly MailEffect[] {
  switch (afterwards.kind) {
    case "nothing":
      return [];
    case "mark read":
      return [{ kind: "mark", as: "read" }];
    case "move":
      return [{ kind: "move", folder: afterwards.folder }];
    case "delete":
      return [{ kind: "delete" }];
  }
}

/**
 * What becomes of the mail itself: what the rules said, and the mailbox's `after` or `unmatched`, in an
 * order that can be carried out. A rule's own move or delete replaces those; a mark of a rule comes after
 * theirs, so that `mark unread` stands. Of several moves the last is where the mail ends.
 */
export function mailEffectsOf(
  mailbox: ProgramMailbox,
  own: readonly MailEffect[],
  end: { readonly byRule: boolean; readonly senderBlocked: boolean },
): readonly MailEffect[] {
  const { after, unmatched, spamFolder } = mailbox.settings;
  const stay = own.filter((effect) => effect.kind === "mark" || effect.kind === "copy");
  const leave =
    own.find((effect) => effect.kind === "delete") ??
    own.findLast((effect) => effect.kind === "move");
  if (leave !== undefined) return [...stay, leave];
  if (end.senderBlocked && spamFolder !== undefined)
    return [...stay, { kind: "move", folder: spamFolder }];
  const given = effectsOf(end.byRule ? after : unmatched);
  return [
    ...given.filter((effect) => effect.kind === "mark"),
    ...stay,
    ...given.filter((effect) => effect.kind !== "mark"),
  ];
}
