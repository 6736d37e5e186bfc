import type { ElementName } from "@mcrules/language";
import type { Address, Instant, MailContent, MailHeaders } from "@mcrules/mail";
import type { ProgramField } from "../program/condition.ts";
import { canonical } from "../text/folding.ts";
import type { AskedRegistry, Element, Facts } from "../evaluate/facts.ts";
import { headerValues, isMailField, mailReaders, recipients } from "../evaluate/mailFields.ts";
import type { MailMark } from "./decision.ts";
import { FieldValues, noValues } from "../evaluate/values.ts";
import type {
  Answer,
  DecideInput,
  Need,
  RecordedAnswer,
  TicketFacts,
  TicketQuery,
} from "./needs.ts";

export type Asking<T> = Generator<Need, T, Answer>;

const contentNeed: Need = { need: "content" };

function otherAnswer(need: Need, answer: Answer): Error {
  return new Error(`Asked for "${need.need}", answered with "${answer.need}".`);
}

const fieldKey = (field: ProgramField): string =>
  field.argument === undefined ? field.name : `${field.name} ${field.argument.toLowerCase()}`;

/**
 * One mail while it is judged: what is known of it, what was asked of the helpdesk and answered.
 * Nothing is asked twice.
 */
export class MailCase implements Facts {
  readonly input: DecideInput;
  readonly answers: RecordedAnswer[] = [];
  /** What people should know of it, found while it was judged. */
  readonly marks: MailMark[] = [];
  /** A rule took a ticket's number from it that its sender has nothing to do with. */
  missed = false;
  #headers: MailHeaders;
  #content: MailContent | undefined;
  readonly #read = new Map<string, FieldValues>();
  readonly #elements = new Map<string, readonly Element[]>();
  readonly #registered = new Map<string, boolean>();
  readonly #tickets = new Map<string, TicketFacts | undefined>();
  readonly #takesPart = new Map<number, boolean>();

  constructor(input: DecideInput) {
    this.input = input;
    this.#headers = input.headers;
  }

  /** The headers that rules see, as far as they are known. */
  get headers(): MailHeaders {
    return this.#headers;
  }

  get knownContent(): MailContent | undefined {
    return this.#content;
  }

  /** Takes in a content that is at hand already. */
  know(content: MailContent): void {
    // Of an opened envelope the fields are others now. Else the same ones stay read.
    if (this.#headers.enclosed) {
      this.#read.clear();
      this.#elements.clear();
    }
    this.#content = content;
    this.#headers = content.headers;
  }

  values(field: ProgramField): FieldValues | Need {
    const key = fieldKey(field);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    if (!isMailField(field.name)) return noValues;
    const raw = mailReaders[field.name](
      {
        headers: this.#headers,
        content: this.#content,
        arrival: this.input.arrival,
        now: this.input.now,
      },
      field.argument ?? "",
    );
    if (raw === undefined) return contentNeed;
    const values = new FieldValues(raw);
    this.#read.set(key, values);
    return values;
  }

  flag(flag: string): boolean | Need {
    const flags: Readonly<Record<string, boolean | undefined>> = this.#headers.flags;
    const known = flags[flag];
    if (known !== undefined) return known;
    return this.#content === undefined ? contentNeed : false;
  }

  elements(element: ElementName, argument: string | undefined): readonly Element[] | Need {
    const key = argument === undefined ? element : `${element} ${argument.toLowerCase()}`;
    const known = this.#elements.get(key);
    if (known !== undefined) return known;
    const elements = this.#elementsOf(element, argument);
    if (elements === undefined) return contentNeed;
    this.#elements.set(key, elements);
    return elements;
  }

  #elementsOf(element: ElementName, argument: string | undefined): readonly Element[] | undefined {
    const people = (addresses: readonly Address[]): readonly Element[] =>
      addresses.map((address) => ({ kind: "address", address, read: new Map() }));
    const headers = this.#headers;
    switch (element) {
      case "attachment":
        return this.#content?.attachments.map((attachment) => ({
          kind: "attachment",
          attachment,
          read: new Map(),
        }));
      case "from":
        return people(headers.from);
      case "to":
        return people(headers.to);
      case "cc":
        return people(headers.cc);
      case "recipient":
        return people(recipients(headers));
      case "delivered-to":
        return people(headers.deliveredTo);
      case "header":
        return headerValues(headers, argument ?? "").map((value) => ({
          kind: "header",
          value,
          read: new Map(),
        }));
    }
  }

  registered(registry: AskedRegistry, address: string): boolean | Need {
    const known = this.#knownRegistered(registry, address);
    return known ?? { need: "registry", registry, address };
  }

  /** What was answered for the address, in this spelling or in another that is the same. */
  #knownRegistered(registry: AskedRegistry, address: string): boolean | undefined {
    const spelled = `${registry} ${address}`;
    const known = this.#registered.get(spelled);
    if (known !== undefined) return known;
    const same = this.#registered.get(`${registry} ${canonical(address)}`);
    if (same !== undefined) this.#registered.set(spelled, same);
    return same;
  }

  /** Asks for what a condition or an action needs, and keeps the answer. */
  *satisfy(need: Need): Asking<void> {
    switch (need.need) {
      case "content":
        yield* this.content();
        return;
      case "registry":
        yield* this.isRegistered(need.registry, need.address);
        return;
      default:
        throw new TypeError(`No condition needs "${need.need}".`);
    }
  }

  *content(): Asking<MailContent> {
    if (this.#content !== undefined) return this.#content;
    const answer = yield contentNeed;
    if (answer.need !== "content") throw otherAnswer(contentNeed, answer);
    this.know(answer.content);
    return answer.content;
  }

  *isRegistered(registry: AskedRegistry, address: string): Asking<boolean> {
    const known = this.#knownRegistered(registry, address);
    if (known !== undefined) return known;
    const need = { need: "registry", registry, address } as const;
    const answer = yield need;
    if (answer.need !== "registry") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    this.#registered.set(`${registry} ${address}`, answer.found);
    this.#registered.set(`${registry} ${canonical(address)}`, answer.found);
    return answer.found;
  }

  *isSeen(): Asking<boolean> {
    const need = { need: "seen" } as const;
    const answer = yield need;
    if (answer.need !== "seen") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.seen;
  }

  *isOwnMail(messageId: string): Asking<boolean> {
    const need = { need: "own mail", messageId } as const;
    const answer = yield need;
    if (answer.need !== "own mail") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.own;
  }

  *everSigned(): Asking<boolean> {
    const need = { need: "signed before" } as const;
    const answer = yield need;
    if (answer.need !== "signed before") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.signed;
  }

  *bouncedTicket(ids: readonly string[]): Asking<TicketFacts | undefined> {
    const need = { need: "bounced ticket", ids } as const;
    const answer = yield need;
    if (answer.need !== "bounced ticket") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.ticket;
  }

  *blockedAmong(addresses: readonly string[]): Asking<string | undefined> {
    const need = { need: "blocked", addresses } as const;
    const answer = yield need;
    if (answer.need !== "blocked") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.address;
  }

  *ticket(by: TicketQuery): Asking<TicketFacts | undefined> {
    const key = JSON.stringify(by);
    if (this.#tickets.has(key)) return this.#tickets.get(key);
    const need = { need: "ticket", by } as const;
    const answer = yield need;
    if (answer.need !== "ticket") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    this.#tickets.set(key, answer.ticket);
    return answer.ticket;
  }

  /** Whether everyone in From takes part in the ticket, or the mail answers a mail of ours about it. */
  *takesPart(ticket: number): Asking<boolean> {
    const known = this.#takesPart.get(ticket);
    if (known !== undefined) return known;
    const senders = this.#headers.from.map((person) => person.address);
    const thread = this.#headers.thread;
    if (senders.length === 0 && thread.length === 0) return false;
    const need = { need: "participation", ticket, senders, thread } as const;
    const answer = yield need;
    if (answer.need !== "participation") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    this.#takesPart.set(ticket, answer.takesPart);
    return answer.takesPart;
  }

  /** Two rules may come upon the same. */
  mark(mark: MailMark): void {
    if (!this.marks.some(({ message }) => message === mark.message)) this.marks.push(mark);
  }

  *misses(addresses: readonly string[], since: Instant): Asking<number> {
    const need = { need: "misses", addresses, since } as const;
    const answer = yield need;
    if (answer.need !== "misses") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer.most;
  }

  *openedTickets(
    requester: string,
    since: Instant,
  ): Asking<{ readonly count: number; readonly flood: TicketFacts | undefined }> {
    const { mailbox } = this.input.arrival;
    const need = { need: "opened tickets", mailbox, requester, since } as const;
    const answer = yield need;
    if (answer.need !== "opened tickets") throw otherAnswer(need, answer);
    this.answers.push({ need, answer });
    return answer;
  }
}
