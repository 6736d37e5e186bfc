import { parsePattern } from "@mcrules/language";
import type { ProgramCondition, ProgramOperand, ProgramTest } from "../program/condition.ts";
import type { ConditionTables, Tables } from "../evaluate/tables.ts";
import { prepareTables } from "../evaluate/tables.ts";
import type { Automaton } from "../regular/automaton.ts";
import { patternAutomaton } from "../regular/pattern.ts";
import type { NamedSets } from "../regular/patternProgram.ts";
import type { WordTest } from "../regular/words.ts";
import { wordAutomaton } from "../regular/words.ts";
import { canonical, composed } from "../text/folding.ts";
import { requiredLiterals } from "../candidates/requiredLiterals.ts";
import { domainIn, localIn } from "./addressParts.ts";
import type { MailAtom, PartName, Range, Unknown, ValueAtom } from "./atoms.ts";
import type { Formula } from "./formula.ts";
import { all, always, any, literal, not } from "./formula.ts";
import type { FieldPlace } from "./groups.ts";
import { MailShape } from "./groups.ts";

/** A pattern whose machine is larger is taken to match anything or nothing, as the question needs it. */
const mostInstructions = 5_000;

/**
 * Makes formulas of conditions. A formula allows at least the mails that the condition allows, and its contrary at least
 * those that it does not: what is outside the model is free.
 */
export class MailFormulas {
  readonly #shape: MailShape;
  readonly #named: NamedSets;
  readonly #source: ConditionTables;
  readonly #tables: Tables;
  readonly #conditions = new Map<number, Formula<MailAtom>>();
  readonly #texts = new Map<string, Formula<ValueAtom>>();

  /** Of the mails of a mailbox. */
  constructor(source: ConditionTables, mailbox: string, named: NamedSets) {
    this.#source = source;
    this.#tables = prepareTables(source);
    this.#named = named;
    this.#shape = new MailShape(named, mailbox);
  }

  /** The condition of a rule. */
  of(condition: ProgramCondition): Formula<MailAtom> {
    switch (condition.kind) {
      case "always":
        return always;
      case "all":
        return all(condition.conditions.map((part) => this.of(part)));
      case "any":
        return any(condition.conditions.map((part) => this.of(part)));
      case "not":
        return not(this.of(condition.condition));
      case "named": {
        const known = this.#conditions.get(condition.index);
        if (known !== undefined) return known;
        const formula = this.of(this.#tables.condition(condition.index));
        this.#conditions.set(condition.index, formula);
        return formula;
      }
      case "flag":
        // Whatever is a bounce was written by a program.
        return condition.flag === "bounce"
          ? all([flagged("bounce"), flagged("automatic")])
          : flagged(condition.flag);
      case "each":
        return this.#each(condition);
      case "test":
        return this.#test(condition);
      default: {
        const unknown: never = condition;
        throw new TypeError(`No such condition: ${JSON.stringify(unknown)}`);
      }
    }
  }

  #each(condition: Extract<ProgramCondition, { kind: "each" }>): Formula<MailAtom> {
    const { element, argument, quantifier } = condition;
    const place = this.#elementPlace(element, argument);
    const formula = this.#ofValue(condition.condition, place);
    switch (quantifier) {
      case "some":
        return this.#some(place, formula);
      case "no":
        return not(this.#some(place, formula));
      case "every":
        return not(this.#some(place, not(formula)));
    }
  }

  #elementPlace(element: string, argument: string | undefined): Pick<FieldPlace, "group"> {
    switch (element) {
      case "attachment":
        return { group: this.#shape.attachment() };
      case "header":
        return { group: this.#shape.header(argument ?? "") };
      case "recipient":
        return { group: this.#shape.people("recipients") };
      default:
        return { group: this.#shape.people(element) };
    }
  }

  /** A condition within `some X { … }`. */
  #ofValue(condition: ProgramCondition, place: Pick<FieldPlace, "group">): Formula<ValueAtom> {
    switch (condition.kind) {
      case "always":
        return always;
      case "all":
        return all(condition.conditions.map((part) => this.#ofValue(part, place)));
      case "any":
        return any(condition.conditions.map((part) => this.#ofValue(part, place)));
      case "not":
        return not(this.#ofValue(condition.condition, place));
      case "test": {
        const part = condition.field.name.slice(condition.field.name.indexOf(".") + 1);
        return this.#valueTest(condition, { ...place, looksAt: lookedAt(part) });
      }
      case "named":
      case "each":
      case "flag":
        return unknown(JSON.stringify(condition), { kind: "other" });
      default: {
        const unknown: never = condition;
        throw new TypeError(`No such condition: ${JSON.stringify(unknown)}`);
      }
    }
  }

  #test(test: ProgramTest): Formula<MailAtom> {
    const place =
      test.field.in === "mail"
        ? this.#shape.field(test.field.name, test.field.argument)
        : undefined;
    if (place === undefined) return unknown(keyOfTest(test), { kind: "other" });
    if (test.operator === "during") return unknown(keyOfTest(test), { kind: "calendar" });
    const holds = this.#valueTest(test, place);
    if (test.field.name === "attachments") return this.#count(holds);
    return this.#some(place, holds);
  }

  /** How many attachments there are is tied to whether there is one. */
  #count(holds: Formula<ValueAtom>): Formula<MailAtom> {
    const place = this.#shape.field("attachments", undefined);
    const some = this.#some({ group: this.#shape.attachment() }, always);
    if (place === undefined) return some;
    const counted = this.#some(place, holds);
    if (holds.kind !== "literal" || holds.atom.kind !== "number") return counted;
    const { low, high } = holds.atom.range;
    if (low === 1 && high === Infinity) return some;
    if (low <= 0 && high === 0) return not(some);
    return low > 0 ? all([some, counted]) : counted;
  }

  #some(place: Pick<FieldPlace, "group">, formula: Formula<ValueAtom>): Formula<MailAtom> {
    if (formula.kind === "constant" && (!formula.value || place.group.has === "one"))
      return formula;
    const { group } = place;
    return literal({ kind: "some value", key: `${group.name}: ${keyOf(formula)}`, group, formula });
  }

  #valueTest(test: ProgramTest, place: FieldPlace): Formula<ValueAtom> {
    const part = partOf(place.looksAt);
    switch (test.operator) {
      case "exists":
        return place.group.parts[part]?.kind === "text" && isOptional(place, part)
          ? literal({ kind: "present", key: `${part} exists`, part })
          : always;
      case "is":
      case "contains":
      case "starts with":
      case "ends with":
      case "under":
        return this.#words(test, test.operator, place);
      case "in":
        return this.#in(test, place);
      case "matches":
        return this.#matches(test, place);
      case "=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.#numbers(test, test.operator, place);
      case "before":
      case "after":
      case "on":
        return this.#moments(test, test.operator, place);
      case "during":
        return unknown(keyOfTest(test), { kind: "calendar" });
    }
  }

  #in(test: ProgramTest, place: FieldPlace): Formula<ValueAtom> {
    const { operand } = test;
    if (operand.kind !== "registry") return this.#words(test, "is", place);
    // Rules that are written before the first agent is declared are no mistake.
    if (operand.registry !== "agents" || this.#source.agents.length === 0) {
      const { registry } = operand;
      return unknown(`in ${registry}`, { kind: "registry", registry });
    }
    const addresses = this.#source.agents.map(({ address }) => canonical(address));
    return this.#text(place, "in agents", () => comparison("is", addresses));
  }

  #words(test: ProgramTest, kind: WordTest, place: FieldPlace): Formula<ValueAtom> {
    const words = this.#wordsOf(test.operand);
    if (words === undefined || place.looksAt === "number") return notModelled(test);
    return this.#text(place, `${kind} ${keyOfOperand(test.operand)}`, () =>
      comparison(kind, [...words]),
    );
  }

  #wordsOf(operand: ProgramOperand): Iterable<string> | undefined {
    switch (operand.kind) {
      case "texts":
        return operand.texts.map(canonical);
      case "list":
        return this.#tables.list(operand.index);
      default:
        return undefined;
    }
  }

  #matches(test: ProgramTest, place: FieldPlace): Formula<ValueAtom> {
    const { operand } = test;
    if (operand.kind !== "pattern" || place.looksAt === "number") return notModelled(test);
    return this.#text(place, `matches ${keyOfOperand(operand)}`, () => {
      const parsed = parsePattern(composed(operand.source), {
        i: operand.flags.includes("i"),
        m: operand.flags.includes("m"),
        s: operand.flags.includes("s"),
      });
      if (parsed.tree === undefined) return undefined;
      const automaton = patternAutomaton(parsed.tree, this.#named, { mostInstructions });
      return automaton && { automaton, words: requiredLiterals(operand.source) };
    });
  }

  /** `make` gives undefined for what is outside the model. */
  #text(place: FieldPlace, asked: string, make: () => Texts | undefined): Formula<ValueAtom> {
    const { looksAt } = place;
    const key = `${looksAt} ${asked}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const made = make();
    const formula: Formula<ValueAtom> =
      made === undefined
        ? unknown(key, { kind: "other" })
        : literal({
            kind: "text",
            key,
            part: partOf(looksAt),
            words: made.words,
            ...lookedAtBy(made.automaton, looksAt),
          });
    this.#texts.set(key, formula);
    return formula;
  }

  #numbers(
    test: ProgramTest,
    operator: "=" | "<" | "<=" | ">" | ">=",
    place: FieldPlace,
  ): Formula<ValueAtom> {
    const { operand } = test;
    if (operand.kind !== "number") return notModelled(test);
    const wanted = operand.value;
    if (place.looksAt !== "number") {
      return unknown(keyOfTest(test), { kind: "number", operator, wanted });
    }
    const range: Readonly<Record<typeof operator, Range>> = {
      "=": { low: wanted, high: wanted },
      "<": { low: -Infinity, high: Math.ceil(wanted) - 1 },
      "<=": { low: -Infinity, high: Math.floor(wanted) },
      ">": { low: Math.floor(wanted) + 1, high: Infinity },
      ">=": { low: Math.ceil(wanted), high: Infinity },
    };
    if (operator === "=" && !Number.isInteger(wanted)) return { kind: "constant", value: false };
    return numberIn(range[operator]);
  }

  #moments(
    test: ProgramTest,
    operator: "before" | "after" | "on",
    place: FieldPlace,
  ): Formula<ValueAtom> {
    const { operand } = test;
    if (operand.kind !== "when" || place.looksAt !== "number") return notModelled(test);
    const { value } = operand;
    const { zone } = this.#tables;
    const start = value.kind === "moment" ? value.instant : zone.startOfDay(value);
    const end = value.kind === "moment" ? value.instant + 1 : zone.endOfDay(value);
    switch (operator) {
      case "before":
        return numberIn({ low: -Infinity, high: start - 1 });
      case "after":
        return numberIn({ low: end, high: Infinity });
      case "on":
        return numberIn({ low: start, high: end - 1 });
    }
  }
}

/** A set of texts, with words of which each text in it holds one. */
interface Texts {
  readonly automaton: Automaton;
  readonly words: readonly string[] | undefined;
}

function comparison(kind: WordTest, words: readonly string[]): Texts {
  return { automaton: wordAutomaton(kind, words), words };
}

function flagged(flag: string): Formula<MailAtom> {
  return unknown(`mail is ${flag}`, { kind: "flag", flag });
}

/** What is outside the model may hold or not, alike wherever it is asked with the same key. */
function unknown(key: string, what: Unknown): Extract<Formula<FreeAtom>, { kind: "literal" }> {
  return { kind: "literal", atom: { kind: "free", key, unknown: what }, holds: true };
}

type FreeAtom = { readonly key: string; readonly kind: "free"; readonly unknown: Unknown };

function notModelled(test: ProgramTest): Formula<ValueAtom> {
  return unknown(keyOfTest(test), { kind: "other" });
}

function lookedAt(part: string): FieldPlace["looksAt"] {
  switch (part) {
    case "name":
    case "local":
    case "domain":
    case "type":
      return part;
    case "size":
      return "number";
    default:
      return "text";
  }
}

function partOf(looksAt: FieldPlace["looksAt"]): PartName {
  switch (looksAt) {
    case "name":
    case "type":
    case "number":
      return looksAt;
    case "text":
    case "local":
    case "domain":
      return "text";
  }
}

/** What is asked of the whole text, and of the half of an address that is looked at. */
function lookedAtBy(
  automaton: Automaton,
  looksAt: FieldPlace["looksAt"],
): Pick<Extract<ValueAtom, { kind: "text" }>, "automaton" | "half"> {
  switch (looksAt) {
    case "local":
      return { automaton: localIn(automaton), half: { of: looksAt, automaton } };
    case "domain":
      return { automaton: domainIn(automaton), half: { of: looksAt, automaton } };
    default:
      return { automaton };
  }
}

function isOptional({ group }: FieldPlace, part: PartName): boolean {
  const found = group.parts[part];
  return found?.kind === "text" && found.optional;
}

function numberIn(range: Range): Formula<ValueAtom> {
  return literal({ kind: "number", key: `${range.low} to ${range.high}`, part: "number", range });
}

function keyOfTest({ field, operator, operand }: ProgramTest): string {
  return JSON.stringify([field.name, field.argument, operator, operand]);
}

function keyOfOperand(operand: ProgramOperand): string {
  return JSON.stringify(operand);
}

function keyOf(formula: Formula<ValueAtom>): string {
  switch (formula.kind) {
    case "constant":
      return String(formula.value);
    case "literal":
      return `${formula.holds ? "" : "not "}${formula.atom.key}`;
    case "all":
    case "any":
      return `${formula.kind}(${formula.parts.map(keyOf).join("; ")})`;
  }
}
