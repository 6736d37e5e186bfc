import type { ProgramAction } from "../program/action.ts";
import type { ProgramMailbox } from "../program/program.ts";

/**
 * Whether the search always ends at actions whose rule's condition holds. Where a ticket or somebody in the registry has to
 * be found it may go on: then nothing below is shadowed.
 */
export function alwaysEnds(actions: readonly ProgramAction[], mailbox: ProgramMailbox): boolean {
  if (actions.some((action) => action.kind === "continue")) return false;
  if (onlyFiles(actions)) return false;
  const updates = actions.filter((action) => action.kind === "update ticket");
  if (!updates.every((update) => updateEnds(update, mailbox))) return false;
  return updates.length > 0 || actions.some(ends);
}

function onlyFiles(actions: readonly ProgramAction[]): boolean {
  return actions.every((action) => action.kind === "file under");
}

function updateEnds(
  update: Extract<ProgramAction, { kind: "update ticket" }>,
  mailbox: ProgramMailbox,
): boolean {
  const { otherwise, closed } = update;
  // Where DMARC failed, or the ticket is closed too long, the next rule is looked at.
  if (otherwise === undefined || mailbox.settings.trusts.length > 0) return false;
  if (closed?.kind === "unless") return false;
  return alwaysEnds(otherwise, mailbox) && alwaysEnds(closed?.actions ?? otherwise, mailbox);
}

function ends(action: ProgramAction): boolean {
  switch (action.kind) {
    case "ignore":
    case "create ticket":
    case "file under":
    case "move":
    case "delete":
    case "mark spam":
      return true;
    case "update ticket":
    case "set":
    case "mark":
    case "copy":
    case "continue":
      return false;
    default: {
      const unknown: never = action;
      throw new TypeError(`No such action: ${JSON.stringify(unknown)}`);
    }
  }
}
