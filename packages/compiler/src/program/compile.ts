import type {
  Condition,
  GuaranteeOutcome,
  HelpdeskSettings,
  MailboxDeclaration,
  Position,
  ProcessDeclaration,
  Project,
  Span,
  Text,
} from "@mcrules/language";
import { mailFields } from "@mcrules/language";
import { isMailField } from "../evaluate/mailFields.ts";
import type { ConditionTables } from "../evaluate/tables.ts";
import type { ProgramCondition } from "./condition.ts";
import { hashOf } from "./hash.ts";
import { lowerAction, lowerProcessAction } from "./lowerAction.ts";
import { lowerCondition } from "./lowerCondition.ts";
import { Lowering } from "./lowering.ts";
import type { FillHole } from "./lowering.ts";
import { lowerText } from "./lowerText.ts";
import type {
  Program,
  ProgramHelpdesk,
  ProgramMailbox,
  ProgramProcess,
  ProgramRule,
  ProgramText,
} from "./program.ts";

/**
 * A checked project as plain data. Lists, conditions and calendars that nothing uses are left out. Throws
 * where the project has errors: check it first.
 */
export function compile(project: Project): Program {
  return compileIn(new Lowering(project), project);
}

/** A guarantee as plain data: its conditions point into the tables that come with it. */
export interface ProgramGuarantee {
  readonly name: string;
  readonly at: Position;
  readonly when: ProgramCondition;
  /** A set of rules or a mailbox. */
  readonly in: string | undefined;
  readonly claims: readonly {
    readonly kind: "never" | "expect";
    readonly at: Position;
    readonly outcomes: readonly ProgramOutcome[];
  }[];
}

export type ProgramOutcome =
  | { readonly kind: "create ticket"; readonly condition: ProgramCondition | undefined }
  | { readonly kind: Exclude<GuaranteeOutcome["kind"], "create ticket" | "rule"> }
  | { readonly kind: "rule"; readonly name: string };

/** A checked project with its guarantees, which no mail needs that is only decided. Throws as `compile` does. */
export function compileWithGuarantees(project: Project): {
  readonly program: Program;
  readonly guarantees: readonly ProgramGuarantee[];
  /** What the conditions of the rules and of the guarantees point into. */
  readonly tables: ConditionTables;
} {
  const lowering = new Lowering(project);
  const program = compileIn(lowering, project);
  const guarantees = project.guarantees.map((guarantee): ProgramGuarantee => ({
    name: guarantee.name.value,
    at: lowering.at(guarantee.name.span),
    when: lowerCondition(guarantee.when, lowering),
    in: guarantee.in?.value,
    claims: guarantee.claims.map(({ kind, span, outcomes }) => ({
      kind,
      at: lowering.at(span),
      outcomes: outcomes.map((outcome) => lowerOutcome(outcome, lowering)),
    })),
  }));
  const { lists, conditions, calendars } = lowering;
  return { program, guarantees, tables: { ...program, lists, conditions, calendars } };
}

function lowerOutcome(outcome: GuaranteeOutcome, lowering: Lowering): ProgramOutcome {
  switch (outcome.kind) {
    case "create ticket": {
      const { condition } = outcome;
      return {
        kind: "create ticket",
        condition: condition === undefined ? undefined : lowerCondition(condition, lowering),
      };
    }
    case "rule":
      return { kind: "rule", name: outcome.name };
    default:
      return { kind: outcome.kind };
  }
}

function compileIn(lowering: Lowering, project: Project): Program {
  const agents = project.agents.map((agent) => ({
    address: agent.address.value.toLowerCase(),
    name: agent.displayName?.value ?? "",
    signature: agent.signature === undefined ? undefined : lowerText(agent.signature, lowering),
  }));
  const mailboxes = project.mailboxes.map((mailbox) => lowerMailbox(mailbox, lowering));
  const processes = project.processes.map((process) => lowerProcess(process, lowering));
  const program: Omit<Program, "hash"> = {
    format: 1,
    language: 1,
    helpdesk: lowerHelpdesk(project.helpdesk),
    agents,
    lists: lowering.lists,
    conditions: lowering.conditions,
    calendars: lowering.calendars,
    mailboxes,
    processes,
  };
  return { ...program, hash: hashOf(program) };
}

/** A condition by itself, with the tables that it points into. */
export interface CompiledCondition {
  readonly condition: ProgramCondition;
  readonly tables: ConditionTables;
}

/**
 * One condition of a project, for `evaluateCondition`. `fillHole` gives the words for holes in the texts
 * of its tests; without it a hole there is an error. `at` is `placesIn` of the project's sources, made once
 * for many conditions. Throws where the condition is broken.
 */
export function compileCondition(
  condition: Condition,
  project: Project,
  fillHole?: FillHole,
  at?: (span: Span) => Position,
): CompiledCondition {
  const lowering = new Lowering(project, fillHole, at);
  const lowered = lowerCondition(condition, lowering);
  return {
    condition: lowered,
    tables: {
      lists: lowering.lists,
      conditions: lowering.conditions,
      calendars: lowering.calendars,
      agents: project.agents.map((agent) => ({ address: agent.address.value })),
      helpdesk: { zone: project.helpdesk.zone },
    },
  };
}

/**
 * One text of a project. `fillHole` gives the words for its holes: with it the text comes out as one
 * string; without it an expression that only a test knows is an error.
 */
export function compileText(text: Text, project: Project, fillHole?: FillHole): ProgramText {
  return lowerText(text, new Lowering(project, fillHole));
}

function lowerHelpdesk(helpdesk: HelpdeskSettings): ProgramHelpdesk {
  const { span: _span, places: _places, fields, ...settings } = helpdesk;
  return {
    ...settings,
    fields: [...fields].map(([name, type]) => ({
      name,
      type: type.kind,
      words: type.kind === "words" ? type.words : [],
    })),
  };
}

function lowerMailbox(mailbox: MailboxDeclaration, lowering: Lowering): ProgramMailbox {
  const { kind: _kind, span, name, documentation: _documentation, apply, ...settings } = mailbox;
  return {
    name: name.value,
    at: lowering.at(span),
    settings,
    ownAddresses: ownAddressesOf(mailbox),
    rules: apply.flatMap(({ rules }) =>
      rules.rules.map((rule): ProgramRule => {
        const when = lowerCondition(rule.when, lowering);
        return {
          name: rule.name.value,
          set: rules.name.value,
          at: lowering.at(rule.name.span),
          when,
          actions: rule.actions.map((action) => lowerAction(action, lowering)),
          reads: readsOf(when, lowering.conditions),
        };
      }),
    ),
  };
}

/** The sender's addresses, by default the login where that is an address. */
function ownAddressesOf(mailbox: MailboxDeclaration): readonly string[] {
  const named = mailbox.addresses.map(({ address }) => address.toLowerCase());
  if (named.length > 0) return [...new Set(named)];
  const login = mailbox.source?.kind === "server" ? mailbox.source.login?.user.value : undefined;
  return login !== undefined && /^[^\s@]+@[^\s@]+$/.test(login) ? [login.toLowerCase()] : [];
}

function lowerProcess(process: ProcessDeclaration, lowering: Lowering): ProgramProcess {
  return {
    name: process.name.value,
    at: lowering.at(process.name.span),
    on: process.on.map((event) => event.value),
    when: lowerCondition(process.when, lowering),
    actions: process.actions.map((action) => lowerProcessAction(action, lowering)),
  };
}

type Reads = ProgramRule["reads"];

/** The most that a condition may look at: the helpdesk is further away than the content. */
function readsOf(condition: ProgramCondition, conditions: Program["conditions"]): Reads {
  switch (condition.kind) {
    case "always":
      return "headers";
    case "all":
    case "any":
      return furthest(condition.conditions.map((one) => readsOf(one, conditions)));
    case "not":
      return readsOf(condition.condition, conditions);
    case "each":
      return furthest([
        condition.element === "attachment" ? "content" : "headers",
        readsOf(condition.condition, conditions),
      ]);
    case "named": {
      const named = conditions[condition.index];
      return named === undefined ? "headers" : readsOf(named.condition, conditions);
    }
    case "flag":
      // Some marks of a mail, a bounce without a report for one, stand only in its content.
      return "content";
    case "test": {
      const { field, operand } = condition;
      if (operand.kind === "registry" && operand.registry !== "agents") return "helpdesk";
      if (field.in !== "mail" || !isMailField(field.name)) return "headers";
      return mailFields[field.name].reads === "content" || field.name === "size"
        ? "content"
        : "headers";
    }
  }
}

function furthest(reads: readonly Reads[]): Reads {
  if (reads.includes("helpdesk")) return "helpdesk";
  return reads.includes("content") ? "content" : "headers";
}
