import type {
  Action,
  OwnFieldValue,
  PicklistValue,
  ProcessAction,
  Recipient,
  TicketBlock,
} from "@mcrules/language";
import type {
  ProgramAction,
  ProgramBlock,
  ProgramFieldValue,
  ProgramPicklistValue,
  ProgramProcessAction,
} from "./action.ts";
import { lowerCondition } from "./lowerCondition.ts";
import { notCompiled } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression, lowerText } from "./lowerText.ts";
import type { ProgramText } from "./program.ts";

type UpdateTicket = Extract<Action, { kind: "update ticket" }>;

export function lowerAction(action: Action, lowering: Lowering): ProgramAction {
  const at = lowering.at(action.span);
  switch (action.kind) {
    case "ignore":
    case "delete":
    case "mark spam":
    case "continue":
      return { kind: action.kind, at };
    case "create ticket":
    case "set":
      return { kind: action.kind, at, block: lowerBlock(action.block, lowering) };
    case "update ticket":
      return {
        kind: "update ticket",
        at,
        key: lowerKey(action.key, lowering),
        fromAnyone: action.fromAnyone,
        ...(action.closed === undefined ? {} : { closed: lowerClosed(action.closed, lowering) }),
        block: lowerBlock(action.block, lowering),
        ...(action.otherwise === undefined
          ? {}
          : { otherwise: action.otherwise.map((one) => lowerAction(one, lowering)) }),
      };
    case "file under":
      return {
        kind: "file under",
        at,
        registries: action.registries.map((registry) => registry.value),
        by: action.by,
      };
    case "mark":
      return { kind: "mark", at, as: action.as };
    case "move":
    case "copy":
      return { kind: action.kind, at, folder: action.folder.value };
    case "broken":
      throw notCompiled("action", at);
    default: {
      const unknown: never = action;
      throw new TypeError(`No such action: ${JSON.stringify(unknown)}`);
    }
  }
}

function lowerKey(
  key: UpdateTicket["key"],
  lowering: Lowering,
): Extract<ProgramAction, { kind: "update ticket" }>["key"] {
  switch (key.kind) {
    case "id":
      return { kind: "id", capture: key.capture };
    case "code":
    case "titled":
      return { kind: key.kind, text: lowerText(key.text, lowering) };
    case "thread":
      return { kind: "thread" };
  }
}

function lowerClosed(
  closed: NonNullable<UpdateTicket["closed"]>,
  lowering: Lowering,
): NonNullable<Extract<ProgramAction, { kind: "update ticket" }>["closed"]> {
  return {
    kind: closed.kind,
    ...(closed.longerThan === undefined ? {} : { longerThan: closed.longerThan.milliseconds }),
    ...(closed.kind === "if"
      ? { actions: closed.actions.map((one) => lowerAction(one, lowering)) }
      : {}),
  };
}

/** A property only where there is a value for it. */
function optional<K extends string, V>(
  name: K,
  value: V | undefined,
): { readonly [name in K]?: V } {
  const given: { [name in K]?: V } = {};
  if (value !== undefined) given[name] = value;
  return given;
}

export function lowerBlock(block: TicketBlock, lowering: Lowering): ProgramBlock {
  const text = (one: TicketBlock["title"]): ProgramText | undefined =>
    one === undefined ? undefined : lowerText(one, lowering);
  return {
    ...optional("title", text(block.title)),
    ...optional("description", text(block.description)),
    ...optional("code", text(block.code)),
    ...optional("contact", text(block.contact)),
    ...optional("priority", lowerPicklist(block.priority)),
    ...optional("severity", lowerPicklist(block.severity)),
    ...optional("category", lowerPicklist(block.category)),
    ...optional("status", lowerPicklist(block.status)),
    tags: block.tags.map((tag) => lowerText(tag, lowering)),
    ...optional("assign", lowerAssign(block.assign)),
    fields: block.fields.map(({ name, value }) => ({
      name: name.value,
      value: lowerFieldValue(value, lowering),
    })),
    ...optional("register", block.register?.value),
    addCc: block.addCc !== undefined,
    ...optional("documents", lowerDocuments(block.documents, lowering)),
    ...optional("onBehalfOf", lowerOnBehalfOf(block.onBehalfOf)),
    internal: block.internal !== undefined,
  };
}

function lowerPicklist(value: PicklistValue | undefined): ProgramPicklistValue | undefined {
  if (value === undefined) return undefined;
  return value.kind === "word"
    ? { kind: "word", word: value.word }
    : { kind: "capture", name: value.name };
}

function lowerAssign(assign: TicketBlock["assign"]): ProgramBlock["assign"] | undefined {
  if (assign === undefined) return undefined;
  const value = lowerPicklist(assign.kind === "group" ? assign.name : assign.address);
  return value === undefined ? undefined : { kind: assign.kind, value };
}

function lowerDocuments(
  documents: TicketBlock["documents"],
  lowering: Lowering,
): ProgramBlock["documents"] | undefined {
  if (documents === undefined) return undefined;
  return documents.kind === "none"
    ? { kind: "none" }
    : { kind: "except", condition: lowerCondition(documents.condition, lowering) };
}

function lowerOnBehalfOf(
  onBehalfOf: TicketBlock["onBehalfOf"],
): ProgramBlock["onBehalfOf"] | undefined {
  if (onBehalfOf === undefined) return undefined;
  return onBehalfOf.kind === "capture"
    ? { kind: "capture", name: onBehalfOf.name }
    : { kind: onBehalfOf.kind };
}

function lowerFieldValue(value: OwnFieldValue, lowering: Lowering): ProgramFieldValue {
  switch (value.kind) {
    case "text":
      return { kind: "text", text: lowerText(value.text, lowering) };
    case "expression":
      return { kind: "expression", expression: lowerExpression(value.expression, lowering) };
    case "number":
      return { kind: "number", value: value.value };
    case "when":
      return { kind: "when", value: value.value };
    case "in":
      return {
        kind: "in",
        amount: value.amount,
        unit: value.unit,
        ...(value.calendar === undefined
          ? {}
          : { calendar: lowering.calendar(value.calendar.calendar) }),
      };
    default: {
      const unknown: never = value;
      throw new TypeError(`No such value: ${JSON.stringify(unknown)}`);
    }
  }
}

function lowerRecipient(recipient: Recipient, lowering: Lowering): ProgramText {
  return recipient.kind === "text"
    ? lowerText(recipient.text, lowering)
    : [lowerExpression(recipient.expression, lowering)];
}

export function lowerProcessAction(
  action: ProcessAction,
  lowering: Lowering,
): ProgramProcessAction {
  const at = lowering.at(action.span);
  switch (action.kind) {
    case "send mail": {
      const recipients = (list: readonly Recipient[]): readonly ProgramText[] =>
        list.map((one) => lowerRecipient(one, lowering));
      const { subject, body, html } = action;
      return {
        kind: "send mail",
        at,
        to: recipients(action.to),
        cc: recipients(action.cc),
        bcc: recipients(action.bcc),
        ...(subject === undefined ? {} : { subject: lowerText(subject, lowering) }),
        ...(body === undefined ? {} : { body: lowerText(body, lowering) }),
        ...(html === undefined ? {} : { html: lowerText(html, lowering) }),
        attach: action.attach.map((one) => one.value),
      };
    }
    case "set":
      return { kind: "set", at, block: lowerBlock(action.block, lowering) };
    case "call":
      return {
        kind: "call",
        at,
        url: lowerText(action.url, lowering),
        headers: action.headers.map(({ name, value }) => ({
          name: name.value,
          value:
            value.kind === "text"
              ? { kind: "text", text: lowerText(value, lowering) }
              : { kind: "secret", secret: value },
        })),
      };
    case "broken":
      throw notCompiled("action", at);
    default: {
      const unknown: never = action;
      throw new TypeError(`No such action: ${JSON.stringify(unknown)}`);
    }
  }
}
