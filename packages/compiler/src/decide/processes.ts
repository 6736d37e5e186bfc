import type { ElementName } from "@mcrules/language";
import type { ProgramProcessAction } from "../program/action.ts";
import type { ProgramField } from "../program/condition.ts";
import type { ProgramProcess, ProgramText } from "../program/program.ts";
import { isNeed } from "../evaluate/facts.ts";
import type { AskedRegistry, Element, Facts } from "../evaluate/facts.ts";
import type { PreparedCondition } from "../evaluate/prepared.ts";
import { FieldValues, noValues } from "../evaluate/values.ts";
import type { Value } from "../evaluate/values.ts";
import type { Desk } from "./desk.ts";
import type { ProcessEffect, ProcessInput, ProcessRun, ProcessTicket } from "./judge.ts";
import { MailCase } from "./mailCase.ts";
import type { Asking } from "./mailCase.ts";
import type { Need } from "./needs.ts";
import { blockLooksAtContent, propertiesOf } from "./properties.ts";
import { filled, onOneLine, textLooksAtContent, wordsOf } from "./texts.ts";
import type { Speaking } from "./texts.ts";

export interface ReadyProcess {
  readonly process: ProgramProcess;
  readonly when: PreparedCondition;
}

/** The processes that an event starts, with what they are to do, in the order of the program. */
export function* startedProcesses(
  event: ProcessInput,
  processes: readonly ReadyProcess[],
  desk: Desk,
): Asking<readonly ProcessRun[]> {
  const mail = event.mail === undefined ? undefined : new MailCase(event.mail);
  if (mail !== undefined && event.mail?.content !== undefined) mail.know(event.mail.content);
  const facts = new EventFacts(event, mail);
  const runs: ProcessRun[] = [];
  for (const { process, when } of processes) {
    if (!process.on.some((one) => event.events.includes(one))) continue;
    if (!(yield* facts.judged(when))) continue;
    const speaking: Speaking = {
      facts,
      captures: when.captures(facts, undefined),
      zone: desk.zone,
      processField: (field, argument) => processValues(event, field, argument),
      ticketPath: (path) => pathValues(event.ticket, path),
    };
    const actions: ProcessEffect[] = [];
    for (const action of process.actions) {
      if (mail !== undefined && actionLooksAtContent(action)) yield* mail.content();
      actions.push(effectOf(action, speaking, desk, event));
    }
    runs.push({ process: process.name, actions });
  }
  return runs;
}

/** What a process looks at: the event, its ticket, and the mail that caused it, absent where none did. */
class EventFacts implements Facts {
  readonly #event: ProcessInput;
  readonly #mail: MailCase | undefined;
  readonly #registered = new Map<string, boolean>();

  constructor(event: ProcessInput, mail: MailCase | undefined) {
    this.#event = event;
    this.#mail = mail;
  }

  values(field: ProgramField): FieldValues | Need {
    if (field.in === "process")
      return new FieldValues(processValues(this.#event, field.name, field.argument));
    return this.#mail?.values(field) ?? noValues;
  }

  flag(flag: string): boolean | Need {
    return this.#mail?.flag(flag) ?? false;
  }

  elements(element: ElementName, argument: string | undefined): readonly Element[] | Need {
    return this.#mail?.elements(element, argument) ?? [];
  }

  registered(registry: AskedRegistry, address: string): boolean | Need {
    return (
      this.#mail?.registered(registry, address) ??
      this.#registered.get(`${registry} ${address}`) ?? { need: "registry", registry, address }
    );
  }

  *judged(condition: PreparedCondition): Asking<boolean> {
    for (;;) {
      const verdict = condition.judge(this, undefined, undefined);
      if (!isNeed(verdict)) return verdict;
      if (this.#mail !== undefined) yield* this.#mail.satisfy(verdict);
      else if (verdict.need === "registry") {
        const answer = yield verdict;
        if (answer.need !== "registry")
          throw new Error(`Asked for "registry", answered with "${answer.need}".`);
        this.#registered.set(`${verdict.registry} ${verdict.address}`, answer.found);
      } else throw new TypeError(`An event without a mail needs no "${verdict.need}".`);
    }
  }
}

const present = <T>(value: T | undefined | null): readonly T[] =>
  value === undefined || value === null ? [] : [value];

/** The values of a field of the event: none where there is no ticket. */
function processValues(
  event: ProcessInput,
  field: string,
  argument: string | undefined,
): readonly Value[] {
  if (field === "rule") return present(event.rule);
  if (field === "ticket.field") {
    const fields = event.ticket?.fields ?? {};
    return argument !== undefined && Object.hasOwn(fields, argument)
      ? present(fields[argument])
      : [];
  }
  return field.startsWith("ticket.") ? pathValues(event.ticket, field.slice(7)) : [];
}

/** The values of `ticket.PATH`. */
function pathValues(ticket: ProcessTicket | undefined, path: string): readonly Value[] {
  if (ticket === undefined) return [];
  switch (path) {
    case "id":
      return [ticket.id];
    case "number":
      return [ticket.number];
    case "ref":
      return [ticket.ref];
    case "title":
      return [ticket.title];
    case "status":
      return [ticket.status];
    case "priority":
      return present(ticket.priority);
    case "severity":
      return present(ticket.severity);
    case "category":
      return present(ticket.category);
    case "tag":
      return ticket.tags;
    case "rule":
      return present(ticket.rule);
    case "mailbox":
      return present(ticket.mailbox);
    case "requester":
      return present(ticket.requester?.address);
    case "requester.name":
      return present(ticket.requester?.name);
    case "contact":
      return present(ticket.contact?.address);
    case "contact.name":
      return present(ticket.contact?.name);
    case "assigned":
      return present(ticket.assigned);
    default:
      return [];
  }
}

function actionLooksAtContent(action: ProgramProcessAction): boolean {
  const texts = (list: readonly (ProgramText | undefined)[]): boolean =>
    list.some((text) => text !== undefined && textLooksAtContent(text));
  switch (action.kind) {
    case "send mail":
      return texts([
        ...action.to,
        ...action.cc,
        ...action.bcc,
        action.subject,
        action.body,
        action.html,
      ]);
    case "set":
      return blockLooksAtContent(action.block);
    case "call":
      return texts([
        action.url,
        ...action.headers.map(({ value }) => (value.kind === "text" ? value.text : undefined)),
      ]);
  }
}

function effectOf(
  action: ProgramProcessAction,
  speaking: Speaking,
  desk: Desk,
  event: ProcessInput,
): ProcessEffect {
  switch (action.kind) {
    case "send mail": {
      const recipients = (texts: readonly ProgramText[]): readonly string[] =>
        texts.flatMap((text) => recipientsOf(text, speaking));
      return {
        kind: "send mail",
        to: recipients(action.to),
        cc: recipients(action.cc),
        bcc: recipients(action.bcc),
        subject: onOneLine(filled(action.subject ?? [], speaking)),
        body: filled(action.body ?? [], speaking),
        html: action.html === undefined ? undefined : filled(action.html, speaking, escapedForHtml),
        attach: action.attach,
      };
    }
    case "set": {
      const received = event.mail?.arrival.received ?? event.now;
      const title =
        action.block.title === undefined ? "" : onOneLine(filled(action.block.title, speaking));
      return {
        kind: "set",
        properties: propertiesOf(action.block, desk, speaking, received),
        title: title === "" ? undefined : title,
      };
    }
    case "call":
      return {
        kind: "call",
        url: onOneLine(filled(action.url, speaking, inAddress)),
        headers: action.headers.map(({ name, value }) => ({
          name,
          value:
            value.kind === "text"
              ? onOneLine(filled(value.text, speaking))
              : {
                  secret:
                    value.secret.kind === "env"
                      ? { kind: "env", name: value.secret.name }
                      : { kind: "file", name: value.secret.path },
                },
        })),
      };
  }
}

/** A text that is one expression names as many recipients as it has values. */
function recipientsOf(text: ProgramText, speaking: Speaking): readonly string[] {
  const [only, ...more] = text;
  const words =
    only !== undefined && typeof only !== "string" && more.length === 0
      ? wordsOf(only, speaking)
      : [filled(text, speaking)];
  return words.map(onOneLine).filter((word) => word !== "");
}

const htmlMarks: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What a mail says never becomes HTML: its marks are shown as they are, its line ends stay line ends. */
function escapedForHtml(words: string): string {
  return words
    .replaceAll(/[&<>"']/g, (mark) => htmlMarks[mark] ?? mark)
    .replaceAll(/\r?\n/g, "<br>\n");
}

/** What a mail says stays one piece of an address that is called: it adds no path and no parameter. */
function inAddress(words: string): string {
  return encodeURIComponent(words.toWellFormed());
}
