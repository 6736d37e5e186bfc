import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { Given, Placed } from "../tree/index.ts";
import {
  givenPersonSettings,
  givenTicketSettings,
  givenWords,
  type GivenWord,
  type RegistryWord,
} from "../vocabulary/tests.ts";
import { bareAddress, namedAddress } from "./address.ts";
import { bindTicketBlock, emptyTicketBlock } from "./blocks.ts";
import { noCaptures } from "./captures.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeMailboxName, takeRuleName } from "./projectNames.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { Slot } from "./slot.ts";
import { didYouMean } from "./suggestions.ts";
import { listed, takeMoment, takeNumber, takeText, takeTexts, type Entry } from "./values.ts";

/** Reads what stands behind `given`, and tells what a test gives twice. */
export class GivenReader {
  readonly #context: BindContext;
  readonly #seen = new Map<string, Span>();

  constructor(context: BindContext) {
    this.#context = context;
  }

  take(cursor: Cursor, given: SettingEntry): Given | undefined {
    const words = wordsOf(givenWords);
    const taken = cursor.takeOneOf(words);
    if (taken === undefined) {
      const { item } = cursor;
      const word = describe(item);
      const extras = item?.kind === "word" ? didYouMean(item.text, item.span, words) : {};
      if (item?.kind !== "unknown") {
        this.#context.add(report("MC2201", cursor.here, { word, known: listed(words) }, extras));
      }
      cursor.skipRest();
      return undefined;
    }
    const { phrase } = taken;
    const entry = { word: `${given.word} ${phrase}`, form: givenWords[phrase].form };
    return this.#read(phrase, cursor, { ...entry, span: given.span });
  }

  #read(word: GivenWord, cursor: Cursor, entry: SettingEntry): Given | undefined {
    switch (word) {
      case "ticket":
        return this.#ticket(cursor, entry);
      case "contact":
      case "account":
      case "lead":
      case "vendor":
        return this.#person(word, cursor, entry);
      case "blocked": {
        const text = takeText(cursor, this.#context, entry, "an address");
        const address = text === undefined ? undefined : bareAddress(text, this.#context);
        if (address === undefined) return undefined;
        this.#once(`blocked "${address.value}"`, address.span);
        return { kind: "blocked", span: this.#span(entry, cursor), address: address.value };
      }
      case "now": {
        const moment = takeMoment(cursor, this.#context, entry);
        if (moment === undefined) return undefined;
        this.#once("now", moment.span);
        return { kind: "now", span: this.#span(entry, cursor), instant: moment.value };
      }
      default: {
        const none: never = word;
        return none;
      }
    }
  }

  #ticket(cursor: Cursor, entry: SettingEntry): Given | undefined {
    const context = this.#context;
    const id = takeTicketNumber(cursor, context, entry);
    const block = cursor.takeKind("block");
    const extra = new GivenTicketSettings(context);
    const bound =
      block === undefined
        ? emptyTicketBlock
        : bindTicketBlock(block, context, "given", noCaptures, (inside) => extra.take(inside));
    if (id === undefined) return undefined;
    this.#once(`ticket ${id.value}`, id.span);
    return {
      kind: "ticket",
      span: this.#span(entry, cursor),
      id: id.value,
      block: bound,
      ...extra.values(),
    };
  }

  #person(word: RegistryWord, cursor: Cursor, entry: SettingEntry): Given | undefined {
    const context = this.#context;
    const text = takeText(cursor, context, entry, "an address");
    const block = cursor.takeKind("block");
    const name = new Slot<Placed<string>>();
    const account = new Slot<Placed<string>>();
    if (block !== undefined) {
      bindSettings(block, context, entry.word, givenPersonSettings, {
        name: (inside, setting) => name.set(setting.span, takeText(inside, context, setting)),
        account: (inside, setting) => account.set(setting.span, takeText(inside, context, setting)),
      });
    }
    if (text === undefined) return undefined;
    // An account may be known by its name alone.
    const byName = word === "account" && !text.value.includes("@");
    const key = byName ? text : bareAddress(text, context);
    if (key === undefined) return undefined;
    this.#once(`${word} "${key.value}"`, key.span);
    return {
      kind: word,
      span: this.#span(entry, cursor),
      key: key.value,
      name: name.value?.value,
      account: account.value?.value,
    };
  }

  #once(what: string, span: Span): void {
    const first = this.#seen.get(what);
    if (first === undefined) this.#seen.set(what, span);
    else {
      this.#context.add(
        report(
          "MC2209",
          span,
          { what },
          { related: [{ span: first, message: "it is given here first" }] },
        ),
      );
    }
  }

  #span(entry: SettingEntry, cursor: Cursor): Span {
    const last = cursor.line.items[cursor.index - 1]?.span ?? entry.span;
    return { ...entry.span, end: Math.max(entry.span.end, last.end) };
  }
}

/** What a given ticket has beside the words of the block of `create ticket`. */
class GivenTicketSettings {
  readonly #context: BindContext;
  readonly #rule = new Slot<Placed<string>>();
  readonly #mailbox = new Slot<Placed<string>>();
  readonly #account = new Slot<Placed<string>>();
  readonly #requester = new Slot<Placed<string>>();
  readonly #created = new Slot<number>();
  readonly #closed = new Slot<number>();
  readonly #takesPart = new Slot<readonly string[]>();
  readonly #seen = new Map<string, Span>();

  constructor(context: BindContext) {
    this.#context = context;
  }

  /** Reads one entry, where it is one of these. */
  take(cursor: Cursor): boolean {
    const taken = cursor.takeOneOf(wordsOf(givenTicketSettings));
    if (taken === undefined) return false;
    const context = this.#context;
    const { phrase, span } = taken;
    const entry = { word: phrase, form: givenTicketSettings[phrase].form };
    switch (phrase) {
      case "rule":
        this.#rule.set(span, takeRuleName(cursor, context, entry));
        break;
      case "mailbox":
        this.#mailbox.set(span, takeMailboxName(cursor, context, entry));
        break;
      case "account":
        this.#account.set(span, takeText(cursor, context, entry));
        break;
      case "requester":
        this.#requester.set(span, this.#person(cursor, entry));
        break;
      case "created":
        this.#created.set(span, takeMoment(cursor, context, entry)?.value);
        break;
      case "closed":
        this.#closed.set(span, takeMoment(cursor, context, entry)?.value);
        break;
      case "takes part": {
        const texts = takeTexts(cursor, context, entry, "addresses") ?? [];
        const addresses = texts.map((text) => bareAddress(text, context)?.value);
        this.#takesPart.set(
          span,
          addresses.filter((address) => address !== undefined),
        );
        break;
      }
      default: {
        const none: never = phrase;
        return none;
      }
    }
    const first = this.#seen.get(phrase);
    if (first === undefined) this.#seen.set(phrase, span);
    else {
      const related = [{ span: first, message: "it stands here first" }];
      const place = "a given ticket";
      context.add(report("MC2102", span, { word: phrase, place }, { related }));
    }
    return true;
  }

  values() {
    return {
      rule: this.#rule.value,
      mailbox: this.#mailbox.value,
      account: this.#account.value,
      requester: this.#requester.value,
      created: this.#created.value,
      closed: this.#closed.value,
      takesPart: this.#takesPart.value ?? [],
    };
  }

  /** An address, with the name that a mail would show where one is given. */
  #person(cursor: Cursor, entry: Entry): Placed<string> | undefined {
    const text = takeText(cursor, this.#context, entry, "an address");
    const person = text === undefined ? undefined : namedAddress(text, this.#context);
    if (person === undefined) return undefined;
    const { span, name, address } = person;
    return {
      span,
      value: name === "" ? address : `"${name.replaceAll(/["\\]/g, "")}" <${address}>`,
    };
  }
}

/** The number of a ticket in the store: whole, from 1 on, at most 15 digits. */
export function takeTicketNumber(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Placed<number> | undefined {
  const number = takeNumber(cursor, context, entry, "the number of a ticket");
  if (number === undefined) return undefined;
  if (/^[1-9][0-9]{0,14}$/.test(number.raw)) return { value: number.value, span: number.span };
  context.add(report("MC2213", number.span, { number: number.raw }));
  return undefined;
}
