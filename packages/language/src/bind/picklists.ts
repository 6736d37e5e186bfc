import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { FieldType } from "../vocabulary/fields.ts";
import type { BindContext } from "./context.ts";
import { didYouMean, quoted } from "./suggestions.ts";

/** What words the project declares for a kind of thing. */
export type PicklistKind =
  | "priority"
  | "severity"
  | "category"
  | "status"
  | "group"
  | "agent"
  | "group or agent"
  | "rule"
  | "mailbox";

/** The words of a kind, in the order of their declaration. */
export function picklistWords(kind: PicklistKind, context: BindContext): readonly string[] {
  const { helpdesk, agents, ruleNames, mailboxNames } = context.names;
  switch (kind) {
    case "priority":
    case "severity":
    case "category":
    case "status":
      return helpdesk[kind];
    case "group":
      return helpdesk.groups;
    case "agent":
      return agents.map(({ address }) => address.value);
    case "group or agent":
      return [...helpdesk.groups, ...agents.map(({ address }) => address.value)];
    case "rule":
      return [...ruleNames];
    case "mailbox":
      return mailboxNames;
  }
}

/** The kind of words that a field of this type holds; undefined where it holds any text. */
export function picklistOf(type: FieldType): PicklistKind | undefined {
  switch (type) {
    case "status":
    case "priority":
    case "severity":
    case "category":
    case "rule":
    case "mailbox":
      return type;
    case "assigned":
      return "group or agent";
    case "text":
    case "address":
    case "domain":
    case "header":
    case "number":
    case "size":
    case "duration":
    case "moment":
    case "authentication":
    case "pec":
    case "tag":
      return undefined;
  }
}

/** Whether the word is one of its kind; where it is not, that is reported. */
export function checkPicklistWord(
  word: string,
  span: Span,
  kind: PicklistKind,
  context: BindContext,
): boolean {
  const words = picklistWords(kind, context);
  if (words.includes(word)) return true;
  // Addresses of agents are kept in lower case, and people do not have to write them so.
  if (kind.includes("agent") && words.includes(word.toLowerCase())) return true;
  const known =
    words.length === 0
      ? `The project declares none.`
      : `There is: ${words.map(quoted).join(", ")}.`;
  const extras = didYouMean(word, span, words, quoted);
  if (kind === "rule" || kind === "mailbox") {
    context.add(report("MC2011", span, { kind, name: word, known }, extras));
    return false;
  }
  const related = declaredAt(kind.startsWith("group") ? "groups" : kind, context);
  context.add(report("MC1131", span, { kind, word, known }, { ...extras, related }));
  return false;
}

/** Where the helpdesk declares words: the setting, or `field "name"`. */
export function declaredAt(
  setting: string,
  context: BindContext,
): NonNullable<ReportExtras["related"]> {
  const span = context.names.helpdesk.places.get(setting);
  return span === undefined ? [] : [{ span, message: "these are declared" }];
}
