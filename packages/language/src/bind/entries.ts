import type { Line, SourceFile } from "../shape/shape.ts";
import type {
  CalendarDeclaration,
  ConditionDeclaration,
  ListDeclaration,
  OwnFieldType,
  RulesDeclaration,
} from "../tree/index.ts";
import { indexFile } from "../project/declared.ts";
import { bindAgent } from "./agent.ts";
import { bindCalendar } from "./calendar.ts";
import type { BindContext, Names } from "./context.ts";
import { bindGuarantee } from "./guarantees.ts";
import { bindHelpdesk, defaultHelpdesk } from "./helpdesk.ts";
import { bindList } from "./list.ts";
import { bindMailbox } from "./mailbox.ts";
import { bindConditionDeclaration } from "./namedCondition.ts";
import { bindProcess } from "./processes.ts";
import { bindRules } from "./rules.ts";
import { bindTest } from "./test.ts";
import type { Entry } from "../project/declared.ts";

/**
 * Which items of each line begin an entry, for one file alone: what the formatter parts lines by.
 * Names of other files are taken for known; nothing is reported.
 */
export function entriesOfFile(file: SourceFile): ReadonlyMap<Line, readonly number[]> {
  const starts = new Map<Line, number[]>();
  const context: BindContext = {
    file: file.path,
    text: file.text,
    names: allKnown(file.path),
    add: () => {},
    entryAt: (line, item) => {
      const known = starts.get(line);
      if (known === undefined) starts.set(line, [item]);
      else if (!known.includes(item)) known.push(item);
    },
  };
  for (const line of file.lines) context.entryAt(line, 0);
  for (const { kind, line } of indexFile(file, () => {}).entries) binders[kind](line, context);
  for (const items of starts.values()) items.sort((a, b) => a - b);
  return starts;
}

const binders: Readonly<Record<Entry["kind"], (line: Line, context: BindContext) => unknown>> = {
  helpdesk: bindHelpdesk,
  agent: bindAgent,
  list: bindList,
  condition: bindConditionDeclaration,
  calendar: bindCalendar,
  mailbox: bindMailbox,
  rules: bindRules,
  process: bindProcess,
  guarantee: bindGuarantee,
  test: bindTest,
};

/** Own fields among which every name is known: where a value ends does not hang on its type. */
class EveryField extends Map<string, OwnFieldType> {
  override get(): OwnFieldType {
    return { kind: "text" };
  }

  override has(): boolean {
    return true;
  }
}

/** Names among which every name is known, whatever it is. */
function allKnown(file: string): Names {
  const span = { file, start: 0, end: 0 };
  const declared = (value: string) => ({ span, name: { value, span }, documentation: undefined });
  return {
    helpdesk: { ...defaultHelpdesk, fields: new EveryField() },
    agents: [],
    ruleNames: new Set(),
    mailboxNames: [],
    list: (name): ListDeclaration => ({
      kind: "list",
      ...declared(name),
      values: [],
      from: undefined,
    }),
    condition: (name): ConditionDeclaration => ({
      kind: "condition",
      ...declared(name),
      condition: { kind: "always", span },
    }),
    calendar: (name): CalendarDeclaration => ({
      kind: "calendar",
      ...declared(name),
      open: [],
      closed: [],
    }),
    rules: (name): RulesDeclaration => ({ kind: "rules", ...declared(name), rules: [] }),
    mailbox: () => true,
    visible: () => [],
    elsewhere: () => undefined,
    readText: (path) => ({ path, text: "" }),
    resolve: (path) => ({ path }),
  };
}
