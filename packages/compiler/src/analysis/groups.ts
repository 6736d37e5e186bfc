import { authenticationWords, parsePattern, pecWords } from "@mcrules/language";
import type { Automaton } from "../regular/automaton.ts";
import { patternAutomaton } from "../regular/pattern.ts";
import type { NamedSets } from "../regular/patternProgram.ts";
import { wordAutomaton } from "../regular/words.ts";
import { canonical } from "../text/folding.ts";
import type { Group, Part } from "./atoms.ts";

/** A value and what of it a field looks at. */
export interface FieldPlace {
  readonly group: Group;
  readonly looksAt: "text" | "local" | "domain" | "name" | "type" | "number";
}

const people = ["from", "to", "cc", "bcc", "reply-to", "recipients", "delivered-to"] as const;

/** Bytes, milliseconds and counts: far beyond what occurs. */
const largest = 2 ** 50;

/** White space and control characters, of which the mail reader leaves single spaces within a line. */
const spacing = String.raw`\x00-\x20\x7f-\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`;
const oneLine = String.raw`\A(?:[^${spacing}]+(?: [^${spacing}]+)*)?\z`;
const notEmpty = String.raw`\A[^${spacing}]+(?: [^${spacing}]+)*\z`;
/** An address has one last `@` with something on both sides; only a quoted local part holds white space. */
const locals = String.raw`(?:"[^\x00-\x1f\x7f-\x9f]*|[^\x00-\x20\x7f-\x9f"(),;<>\\]+)`;
const domains = String.raw`[^\x00-\x20\x7f-\x9f"(),;<>\\@]+`;

/** What a mail has, as far as rules look at it: the groups of its fields, made once for a question. */
export class MailShape {
  readonly #named: NamedSets;
  readonly #mailbox: string;
  readonly #groups = new Map<string, Group>();
  readonly #oneLine: Automaton;
  readonly #displayNames: Automaton;
  readonly #addresses: Extract<Part, { kind: "text" }>;

  /** Of the mails of a mailbox. */
  constructor(named: NamedSets, mailbox: string) {
    this.#named = named;
    this.#mailbox = mailbox;
    this.#oneLine = this.#texts(oneLine);
    this.#displayNames = this.#texts(notEmpty);
    this.#addresses = {
      kind: "text",
      within: this.#texts(String.raw`\A${locals}@${domains}\z`),
      optional: false,
      halves: {
        local: this.#texts(String.raw`\A${locals}\z`),
        domain: this.#texts(String.raw`\A${domains}\z`),
      },
    };
  }

  /** Where a field of a mail is looked at; undefined for what a mail does not have. */
  field(name: string, argument: string | undefined): FieldPlace | undefined {
    const person = people.find((one) => name === one || name.startsWith(`${one}.`));
    if (person !== undefined) {
      const part = name.slice(person.length + 1);
      const group = this.people(person);
      switch (part) {
        case "":
          return { group, looksAt: "text" };
        case "name":
        case "local":
        case "domain":
          return { group, looksAt: part };
        default:
          return undefined;
      }
    }
    switch (name) {
      case "header":
        return { group: this.header(argument ?? ""), looksAt: "text" };
      case "attachment.name":
        return { group: this.attachment(), looksAt: "name" };
      case "attachment.type":
        return { group: this.attachment(), looksAt: "type" };
      case "attachment.size":
        return { group: this.attachment(), looksAt: "number" };
      case "subject":
      case "subject.base":
        return { group: this.#text(name, "one", this.#oneLine), looksAt: "text" };
      case "body":
      case "body.new":
      case "folder":
        return { group: this.#text(name, "one", undefined), looksAt: "text" };
      case "html":
        return { group: this.#text(name, "one or none", undefined), looksAt: "text" };
      case "mailbox": {
        const only = wordAutomaton("is", [canonical(this.#mailbox)]);
        return { group: this.#text(name, "one", only), looksAt: "text" };
      }
      case "spf":
      case "dkim":
      case "dmarc":
        return {
          group: this.#text(name, "one", wordAutomaton("is", authenticationWords)),
          looksAt: "text",
        };
      case "pec.kind":
        return {
          group: this.#text(name, "one or none", wordAutomaton("is", pecWords)),
          looksAt: "text",
        };
      case "attachments":
      case "size":
      case "age":
      case "received":
        return { group: this.#number(name, "one", 0), looksAt: "number" };
      case "date":
        return { group: this.#number(name, "one or none", -largest), looksAt: "number" };
      default:
        return undefined;
    }
  }

  people(name: string): Group {
    return this.#group(name, "any number", {
      text: this.#addresses,
      name: { kind: "text", within: this.#displayNames, optional: true },
    });
  }

  header(name: string): Group {
    return this.#group(`header "${name.toLowerCase()}"`, "any number", {
      text: { kind: "text", within: this.#oneLine, optional: false },
    });
  }

  attachment(): Group {
    return this.#group("attachment", "any number", {
      name: { kind: "text", within: undefined, optional: true },
      type: { kind: "text", within: this.#oneLine, optional: false },
      number: { kind: "number", range: { low: 0, high: largest } },
    });
  }

  #text(name: string, has: Group["has"], within: Automaton | undefined): Group {
    return this.#group(name, has, { text: { kind: "text", within, optional: false } });
  }

  #number(name: string, has: Group["has"], low: number): Group {
    const part: Part = { kind: "number", range: { low, high: largest } };
    return this.#group(name, has, { number: part });
  }

  #group(name: string, has: Group["has"], parts: Group["parts"]): Group {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const group: Group = { name, has, parts };
    this.#groups.set(name, group);
    return group;
  }

  #texts(pattern: string): Automaton {
    const parsed = parsePattern(pattern, { i: false, m: false, s: false });
    const automaton =
      parsed.tree === undefined
        ? undefined
        : patternAutomaton(parsed.tree, this.#named, { mostInstructions: 1_000 });
    if (automaton === undefined) throw new TypeError(`This pattern cannot be read: ${pattern}`);
    return automaton;
  }
}
