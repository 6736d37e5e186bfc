import { elementFields, mailFields, processFields } from "@mcrules/language";
import type { ElementName, FieldType, Position } from "@mcrules/language";
import type { ProgramAction, ProgramBlock } from "../program/action.ts";
import type { ProgramCondition, ProgramField, ProgramTest } from "../program/condition.ts";
import type { Program, ProgramMailbox, ProgramRule } from "../program/program.ts";

/** Programs for tests, written by hand. */

export function place(line: number): Position {
  return { file: "sample.mcrules", line, column: 1, endLine: line, endColumn: 80 };
}

const anywhere = place(1);

export const noBlock: ProgramBlock = { tags: [], fields: [], addCc: false, internal: false };

export function block(given: Partial<ProgramBlock>): ProgramBlock {
  return { ...noBlock, ...given };
}

export const always: ProgramCondition = { kind: "always", at: anywhere };

export function all(...conditions: readonly ProgramCondition[]): ProgramCondition {
  return { kind: "all", at: anywhere, conditions };
}

export function any(...conditions: readonly ProgramCondition[]): ProgramCondition {
  return { kind: "any", at: anywhere, conditions };
}

export function not(condition: ProgramCondition): ProgramCondition {
  return { kind: "not", at: anywhere, condition };
}

export function flag(word: string): ProgramCondition {
  return { kind: "flag", at: anywhere, flag: word };
}

export function each(
  quantifier: "some" | "every" | "no",
  element: ElementName,
  condition: ProgramCondition,
  argument?: string,
): ProgramCondition {
  return {
    kind: "each",
    at: anywhere,
    quantifier,
    element,
    condition,
    ...(argument === undefined ? {} : { argument }),
  };
}

const typeOf: Readonly<Record<string, { readonly type: FieldType }>> = mailFields;
const elementTypeOf: Readonly<Record<string, { readonly type: FieldType }>> = elementFields;
const processTypeOf: Readonly<Record<string, { readonly type: FieldType }>> = processFields;

/** `header X-Id` is the header of that name; `attachment.name` with `in` "element" that of one attachment. */
export function field(written: string, where: ProgramField["in"] = "mail"): ProgramField {
  const space = written.indexOf(" ");
  const name = space === -1 ? written : written.slice(0, space);
  const rows = where === "element" ? elementTypeOf : where === "process" ? processTypeOf : typeOf;
  return {
    in: where,
    name,
    type: rows[name]?.type ?? "text",
    ...(space === -1 ? {} : { argument: written.slice(space + 1) }),
  };
}

/** A test of a field against texts; any of them. */
export function texts(
  of: string | ProgramField,
  operator: "is" | "contains" | "starts with" | "ends with" | "under",
  ...wanted: readonly string[]
): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: typeof of === "string" ? field(of) : of,
    operator,
    operand: { kind: "texts", texts: wanted },
    expected: wanted.map((text) => `"${text}"`).join(", "),
  };
}

export function inList(of: string, index: number): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: field(of),
    operator: "in",
    operand: { kind: "list", index },
    expected: `list ${index}`,
  };
}

export function inRegistry(
  of: string,
  registry: "contacts" | "accounts" | "leads" | "vendors" | "agents",
): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: field(of),
    operator: "in",
    operand: { kind: "registry", registry },
    expected: registry,
  };
}

export function matches(of: string | ProgramField, source: string, flags = ""): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: typeof of === "string" ? field(of) : of,
    operator: "matches",
    operand: {
      kind: "pattern",
      source,
      flags,
      captures: [...source.matchAll(/\(\?<([A-Za-z0-9_]+)>/g)].map((found) => found[1] ?? ""),
    },
    expected: `/${source}/${flags}`,
  };
}

export function number(
  of: string | ProgramField,
  operator: "=" | "<" | "<=" | ">" | ">=",
  value: number,
): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: typeof of === "string" ? field(of) : of,
    operator,
    operand: { kind: "number", value },
    expected: String(value),
  };
}

export function exists(of: string): ProgramTest {
  return {
    kind: "test",
    at: anywhere,
    field: field(of),
    operator: "exists",
    operand: { kind: "none" },
    expected: "",
  };
}

export const ignore: ProgramAction = { kind: "ignore", at: anywhere };
export const goOn: ProgramAction = { kind: "continue", at: anywhere };

export function create(given: Partial<ProgramBlock> = {}): ProgramAction {
  return { kind: "create ticket", at: anywhere, block: block(given) };
}

export function set(given: Partial<ProgramBlock>): ProgramAction {
  return { kind: "set", at: anywhere, block: block(given) };
}

type UpdateTicket = Extract<ProgramAction, { kind: "update ticket" }>;

export function update(
  key: UpdateTicket["key"],
  given: Partial<Omit<UpdateTicket, "kind" | "at" | "key" | "block">> & {
    readonly block?: Partial<ProgramBlock>;
  } = {},
): ProgramAction {
  return {
    kind: "update ticket",
    at: anywhere,
    key,
    fromAnyone: given.fromAnyone ?? false,
    ...(given.closed === undefined ? {} : { closed: given.closed }),
    ...(given.otherwise === undefined ? {} : { otherwise: given.otherwise }),
    block: block(given.block ?? {}),
  };
}

export function rule(
  name: string,
  when: ProgramCondition,
  ...actions: readonly ProgramAction[]
): ProgramRule {
  return { name, set: "incoming", at: anywhere, when, actions, reads: "helpdesk" };
}

export function mailbox(
  rules: readonly ProgramRule[],
  settings: Partial<ProgramMailbox["settings"]> = {},
): ProgramMailbox {
  return {
    name: "support",
    at: anywhere,
    settings: {
      source: undefined,
      pec: false,
      through: [],
      trusts: [],
      enabled: true,
      folders: undefined,
      find: "all",
      since: { kind: "beginning" },
      after: { kind: "nothing" },
      unmatched: { kind: "nothing" },
      spamFolder: undefined,
      duplicates: "per mailbox",
      scan: { kind: "manually" },
      smtp: undefined,
      addresses: [],
      ...settings,
    },
    ownAddresses: ["info@example.it"],
    rules,
  };
}

export function program(
  rules: readonly ProgramRule[],
  given: Partial<Program> & { readonly settings?: Partial<ProgramMailbox["settings"]> } = {},
): Program {
  const { settings, ...rest } = given;
  return {
    format: 1,
    language: 1,
    hash: "",
    helpdesk: {
      store: undefined,
      zone: "Europe/Rome",
      status: ["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"],
      closed: ["Closed"],
      waiting: "Wait For Response",
      answered: "Answered By Customer",
      priority: ["Low", "Normal", "High"],
      severity: ["Minor", "Major"],
      category: ["Hardware"],
      groups: ["First level", "Billing"],
      fields: [
        { name: "Order", type: "text", words: [] },
        { name: "Count", type: "number", words: [] },
        { name: "Due", type: "date", words: [] },
        { name: "Kind", type: "words", words: ["Gold", "Silver"] },
      ],
      number: { before: "TT", after: "" },
      sendLimit: { count: 10, within: { milliseconds: 3 * 3_600_000 } },
      answer: { kind: "within", duration: { milliseconds: 3 * 86_400_000 } },
      keep: { kind: "for", duration: { milliseconds: 90 * 86_400_000 } },
    },
    agents: [{ address: "marco@example.it", name: "Marco", signature: undefined }],
    lists: [],
    conditions: [],
    calendars: [],
    mailboxes: [mailbox(rules, settings)],
    processes: [],
    ...rest,
  };
}
