import { report, type RawDiagnostic } from "../../diagnostics/report.ts";
import type { Span } from "../../span.ts";
import type { Action, Condition, Project, Rule, TicketBlock } from "../../tree/index.ts";

/** A property that a block gives, by the name under which it can be given once. */
interface Given {
  readonly key: string;
  readonly span: Span;
}

/** The rule that sets a property whatever the mail, and where. */
interface Winner {
  readonly rule: string;
  readonly span: Span;
}

/** Properties that no ticket ever gets, since a `set` that stands higher is done for every mail. */
export function* propertyChecks(project: Project): Generator<RawDiagnostic> {
  const lost = new Map<Given, Winner[]>();
  const applied = new Map<Rule, number>();
  const blocks = new Map<TicketBlock, readonly Given[]>();
  const givenBy = (block: TicketBlock): readonly Given[] => {
    const given = blocks.get(block) ?? givenIn(block);
    blocks.set(block, given);
    return given;
  };
  for (const mailbox of project.mailboxes) {
    const winners = new Map<string, Winner>();
    for (const rule of mailbox.apply.flatMap(({ rules }) => rules.rules)) {
      applied.set(rule, (applied.get(rule) ?? 0) + 1);
      const mine = new Map<string, Winner>();
      for (const action of rule.actions) {
        if (action.kind !== "set" && action.kind !== "create ticket") continue;
        for (const given of givenBy(action.block)) {
          const winner = winners.get(given.key) ?? mine.get(given.key);
          if (winner !== undefined) lost.set(given, [...(lost.get(given) ?? []), winner]);
          else if (action.kind === "set") {
            mine.set(given.key, { rule: rule.name.value, span: given.span });
          }
        }
      }
      if (!isAlways(rule.when) || !rule.actions.every(isSurelyDone)) continue;
      for (const [key, winner] of mine) winners.set(key, winner);
    }
  }
  // Where another mailbox applies the rule without the `set`, the property is seen there.
  for (const [rule, times] of applied) {
    for (const action of rule.actions) {
      if (action.kind !== "set" && action.kind !== "create ticket") continue;
      for (const given of givenBy(action.block)) {
        const found = lost.get(given) ?? [];
        const [winner] = found;
        if (winner === undefined || found.length < times) continue;
        const related = [{ span: winner.span, message: "this is set first" }];
        const holes = { property: given.key, rule: winner.rule };
        yield report("MC4205", given.span, holes, { related });
      }
    }
  }
}

/** Whether an action is done wherever the condition of its rule holds, and ends nothing. */
function isSurelyDone({ kind }: Action): boolean {
  return kind === "set" || kind === "mark" || kind === "copy" || kind === "continue";
}

function isAlways(condition: Condition): boolean {
  switch (condition.kind) {
    case "always":
      return true;
    case "all":
      return condition.conditions.every(isAlways);
    case "any":
      return condition.conditions.some(isAlways);
    case "named":
      return isAlways(condition.declaration.condition);
    case "not":
    case "each":
    case "test":
    case "flag":
    case "broken":
      return false;
  }
}

/** What a block gives of the properties of which a ticket has one; tags and people add up. */
function givenIn(block: TicketBlock): readonly Given[] {
  const given: Given[] = [];
  for (const key of ["priority", "severity", "category", "status"] as const) {
    const value = block[key];
    if (value !== undefined) given.push({ key, span: value.span });
  }
  if (block.assign !== undefined) given.push({ key: "assign", span: block.assign.span });
  for (const { name } of block.fields) {
    given.push({ key: `field "${name.value}"`, span: name.span });
  }
  return given;
}
