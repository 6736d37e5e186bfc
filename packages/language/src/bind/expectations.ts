import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { Expectation, Placed, TicketName } from "../tree/index.ts";
import {
  expectations,
  markWords,
  nameAs,
  registryWords,
  ticketOutcomes,
  type ExpectationPhrase,
} from "../vocabulary/tests.ts";
import { sentMailFields, ticketFields } from "../vocabulary/fields.ts";
import { bindConditionLines, type ConditionFields } from "./conditions.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeTicketNumber } from "./given.ts";
import { takeRuleName } from "./projectNames.ts";
import { type SettingEntry } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import type { ReadExpectation } from "./stepExpectations.ts";
import { didYouMean, replacement } from "./suggestions.ts";
import type { TestTickets } from "./testTickets.ts";
import { listed, takeOneOf, takeText, wrongValue, type Entry } from "./values.ts";
import { meantPhrase } from "./phrases.ts";

/** Reads what stands behind `expect`. */
export function takeExpectation(
  cursor: Cursor,
  context: BindContext,
  expect: SettingEntry,
  tickets: TestTickets,
): ReadExpectation | undefined {
  const phrases = wordsOf(expectations);
  const taken = cursor.takeOneOf(phrases);
  if (taken === undefined) {
    unknownExpectation(cursor, context, phrases);
    return undefined;
  }
  const { phrase } = taken;
  const entry: Entry = { word: `${expect.word} ${phrase}`, form: expectations[phrase].form };
  const reader = new ExpectationReader(cursor, context, entry, expect.span, tickets);
  return { phrase, expectation: reader.read(phrase) };
}

function unknownExpectation(
  cursor: Cursor,
  context: BindContext,
  phrases: readonly string[],
): void {
  const { item } = cursor;
  if (item?.kind === "unknown") {
    cursor.skipRest();
    return;
  }
  const known = listed(phrases);
  const said = item?.kind === "word" ? item.text : "";
  const words = new Set(phrases.map((phrase) => phrase.split(" ")[0] ?? phrase));
  // "no" and the like are right as far as they go: then the second word is the wrong one.
  const second = cursor.peek();
  const first = words.has(said) && second?.kind === "word" ? said : undefined;
  const wrong = first === undefined ? item : second;
  const candidates =
    first === undefined
      ? words
      : phrases
          .filter((phrase) => phrase.startsWith(`${first} `))
          .map((phrase) => phrase.split(" ")[1] ?? phrase);
  const span = wrong?.span ?? cursor.here;
  const word =
    first === undefined
      ? describe(item)
      : `"${first} ${second?.kind === "word" ? second.text : ""}"`;
  const longer = first === undefined ? phrases.filter((one) => one.startsWith(`${said} `)) : [];
  const extras =
    longer.length > 0
      ? inFull(longer, span)
      : wrong?.kind === "word"
        ? didYouMean(wrong.text, span, candidates)
        : {};
  const begun = meantPhrase(cursor, phrases);
  const asked = isField(said) ? { help: inBlock(said) } : (begun ?? extras);
  context.add(report("MC2202", span, { word, known }, asked));
  cursor.skipRest();
}

/** What the beginning of an expectation may have been meant for. */
function inFull(phrases: readonly string[], span: Span): ReportExtras {
  const [only, ...others] = phrases;
  if (only === undefined || others.length > 0) return { help: `It goes on: ${listed(phrases)}.` };
  return { help: `Do you mean ${only}?`, fixes: [replacement(`Write ${only}`, span, only)] };
}

function isField(word: string): boolean {
  return Object.hasOwn(ticketFields, word) || Object.hasOwn(sentMailFields, word);
}

function inBlock(field: string): string {
  const form = Object.hasOwn(ticketFields, field)
    ? `expect ticket created { ${field} … }`
    : `expect mail sent { ${field} … }`;
  return `What is asked of a ticket or a mail stands in its block: ${form}`;
}

class ExpectationReader {
  readonly #cursor: Cursor;
  readonly #context: BindContext;
  readonly #entry: Entry;
  readonly #start: Span;
  readonly #tickets: TestTickets;

  constructor(
    cursor: Cursor,
    context: BindContext,
    entry: Entry,
    start: Span,
    tickets: TestTickets,
  ) {
    this.#cursor = cursor;
    this.#context = context;
    this.#entry = entry;
    this.#start = start;
    this.#tickets = tickets;
  }

  read(phrase: ExpectationPhrase): Expectation {
    switch (phrase) {
      case "rule": {
        const name = takeRuleName(this.#cursor, this.#context, this.#entry);
        return name === undefined ? this.#broken() : { kind: "rule", name, span: this.#span() };
      }
      case "no rule":
      case "ignored":
      case "blocked":
      case "failed":
      case "already seen":
      case "own mail":
      case "no ticket":
      case "no mail sent":
      case "deleted":
      case "untouched":
        return { kind: phrase, span: this.#span() };
      case "bounce of ticket": {
        const ticket = this.#ticketName();
        return ticket === undefined
          ? this.#broken()
          : { kind: "bounce", ticket, span: this.#span() };
      }
      case "ticket":
        return this.#ticket();
      case "mail sent": {
        const condition = this.#conditions("sent mail");
        return { kind: "mail sent", condition, span: this.#span() };
      }
      case "filed under": {
        const registry = takeOneOf(this.#cursor, this.#context, this.#entry, registryWords);
        if (registry === undefined) return this.#broken();
        const key = takeText(this.#cursor, this.#context, this.#entry, "an address or a name");
        if (key === undefined) return this.#broken();
        const folded = key.value.toLowerCase();
        const kept = key.value.includes("@") ? folded : key.value;
        return { kind: "filed under", registry: registry.value, key: kept, span: this.#span() };
      }
      case "marked": {
        const as = takeOneOf(this.#cursor, this.#context, this.#entry, markWords);
        return as === undefined
          ? this.#broken()
          : { kind: "marked", as: as.value, span: this.#span() };
      }
      case "moved to":
        return this.#folder("moved");
      case "copied to":
        return this.#folder("copied");
      default: {
        const none: never = phrase;
        return none;
      }
    }
  }

  /** `created [as $name] [{ … }]`, `42 updated [{ … }]`, `$first updated [{ … }]` */
  #ticket(): Expectation {
    const { item } = this.#cursor;
    if (item?.kind === "number" || item?.kind === "capture") {
      const ticket = this.#ticketName();
      if (this.#cursor.takePhrase(ticketOutcomes[1]) === undefined) {
        if (ticket !== undefined) {
          wrongValue(this.#cursor, this.#context, this.#entry, ticketOutcomes[1]);
        }
        return this.#broken();
      }
      const condition = this.#conditions("ticket");
      if (ticket === undefined) return this.#broken();
      return { kind: "ticket updated", ticket, condition, span: this.#span() };
    }
    if (this.#cursor.isPhrase(ticketOutcomes[1])) {
      wrongValue(this.#cursor, this.#context, this.#entry, "the ticket's number or name");
      return this.#broken();
    }
    if (item?.kind !== "word") {
      const expected = "created, or the ticket and updated";
      wrongValue(this.#cursor, this.#context, this.#entry, expected);
      return this.#broken();
    }
    const created = takeOneOf(this.#cursor, this.#context, this.#entry, [ticketOutcomes[0]]);
    if (created === undefined) return this.#broken();
    const before = this.#name();
    const condition = this.#conditions("ticket");
    const as = before ?? this.#name();
    if (as !== undefined) this.#tickets.name(as);
    return { kind: "ticket created", condition, as, span: this.#span() };
  }

  #name(): Placed<string> | undefined {
    if (this.#cursor.takePhrase(nameAs) === undefined) return undefined;
    const capture = this.#cursor.takeKind("capture");
    if (capture === undefined || capture.path !== undefined) {
      if (capture !== undefined) this.#cursor.back(this.#cursor.index - 1);
      return wrongValue(this.#cursor, this.#context, this.#entry, "a name such as $first");
    }
    return { value: capture.name, span: capture.span };
  }

  #ticketName(): TicketName | undefined {
    const capture = this.#cursor.takeKind("capture");
    if (capture === undefined) {
      const id = takeTicketNumber(this.#cursor, this.#context, this.#entry);
      return id === undefined ? undefined : { kind: "id", span: id.span, id: id.value };
    }
    if (capture.path !== undefined) {
      this.#cursor.back(this.#cursor.index - 1);
      return wrongValue(this.#cursor, this.#context, this.#entry, "a name such as $first");
    }
    this.#tickets.check(capture);
    return { kind: "named", span: capture.span, name: capture.name };
  }

  #conditions(fields: Extract<ConditionFields, "ticket" | "sent mail">) {
    const block = this.#cursor.takeKind("block");
    if (block === undefined) return undefined;
    const condition = bindConditionLines(block, this.#context, fields);
    this.#tickets.checkCondition(condition);
    return condition;
  }

  #folder(kind: "moved" | "copied"): Expectation {
    const folder = takeText(this.#cursor, this.#context, this.#entry, "the name of a folder");
    return folder === undefined
      ? this.#broken()
      : { kind, folder: folder.value, span: this.#span() };
  }

  #span(): Span {
    const last = this.#cursor.line.items[this.#cursor.index - 1]?.span ?? this.#start;
    return { ...this.#start, end: Math.max(this.#start.end, last.end) };
  }

  #broken(): Expectation {
    return { kind: "broken", span: this.#span() };
  }
}
