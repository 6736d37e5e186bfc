import type { ElementName, FieldType } from "@mcrules/language";
import type { Instant } from "@mcrules/mail";
import type { ProgramField, ProgramTest } from "../program/condition.ts";
import { canonical } from "../text/folding.ts";
import { literalFinder } from "../text/literalFinder.ts";
import { isOpen } from "../time/calendar.ts";
import { storedMoment } from "../time/storedMoment.ts";
import { elementReaders, isElementField } from "./mailFields.ts";
import { isNeed } from "./facts.ts";
import type { Element, Facts } from "./facts.ts";
import { noCaptures } from "./prepared.ts";
import type { Captures, PreparedCondition, Verdict } from "./prepared.ts";
import type { Tables } from "./tables.ts";
import { FieldValues, noValues } from "./values.ts";
import type { Value } from "./values.ts";
import { durationInWords } from "../text/durations.ts";

/** Whether a test holds for the values of its field. */
type Holds = (values: FieldValues, facts: Facts) => Verdict;

/** A test of one field, made ready. `element` is what the enclosing `some`, `every` or `no` goes over. */
export function prepareTest(
  test: ProgramTest,
  tables: Tables,
  element: { readonly name: ElementName; readonly argument: string | undefined } | undefined,
): PreparedCondition {
  const holds = prepareComparison(test, tables);
  const field = fieldAsWritten(test.field, element);
  const { at, operator, expected } = test;
  const written = operator === "=" ? "is" : operator;
  return {
    judge: (facts, current, looks) => {
      const values = valuesOf(test.field, facts, current);
      if (isNeed(values)) return values;
      const result = holds(values, facts);
      if (isNeed(result)) return result;
      looks?.push({
        at,
        field,
        operator: written,
        expected,
        actual: () => inWords(values.raw, test.field.type, tables),
        result,
      });
      return result;
    },
    captures: capturesOf(test, tables),
  };
}

function valuesOf(field: ProgramField, facts: Facts, element: Element | undefined) {
  if (field.in !== "element") return facts.values(field);
  if (element === undefined || !isElementField(field.name)) return noValues;
  const known = element.read.get(field.name);
  if (known !== undefined) return known;
  const values = new FieldValues(elementReaders[field.name](element));
  element.read.set(field.name, values);
  return values;
}

function capturesOf(test: ProgramTest, tables: Tables): PreparedCondition["captures"] {
  if (test.operand.kind !== "pattern" || test.operand.captures.length === 0)
    return () => noCaptures;
  const pattern = tables.pattern(test.operand.source, test.operand.flags);
  return (facts, element, further): Captures => {
    const values = valuesOf(test.field, facts, element);
    if (isNeed(values)) return noCaptures;
    for (const value of values.composed) {
      const found = pattern.find(value);
      if (found === undefined) continue;
      if (further !== undefined)
        for (const [name, later] of pattern.findFurther(value))
          if (!further.has(name)) further.set(name, later);
      return found;
    }
    return noCaptures;
  };
}

function prepareComparison(test: ProgramTest, tables: Tables): Holds {
  const { operand } = test;
  switch (operand.kind) {
    case "texts":
      return textComparison(test.operator, operand.texts.map(canonical));
    case "list": {
      return textComparison(test.operator, tables.list(operand.index));
    }
    case "pattern": {
      const pattern = tables.pattern(operand.source, operand.flags);
      return (values) => values.composed.some((value) => pattern.test(value));
    }
    case "registry": {
      const { registry } = operand;
      if (registry === "agents")
        return (values) => values.canonical.some((value) => tables.isAgent(value));
      return (values, facts) => {
        for (const value of values.raw) {
          const found = facts.registered(registry, String(value));
          if (found !== false) return found;
        }
        return false;
      };
    }
    case "number":
      return numberComparison(test.operator, operand.value);
    case "when": {
      const { value } = operand;
      const start: Instant =
        value.kind === "moment" ? value.instant : tables.zone.startOfDay(value);
      const end: Instant =
        value.kind === "moment" ? value.instant + 1 : tables.zone.endOfDay(value);
      const within = momentComparison(test.operator, start, end);
      return (values) =>
        values.raw.some((raw) => {
          const instant = typeof raw === "number" ? raw : storedMoment(raw, tables.zone);
          return instant !== undefined && within(instant);
        });
    }
    case "calendar": {
      const hours = tables.calendar(operand.index);
      return (values) =>
        values.raw.some((raw) => typeof raw === "number" && isOpen(hours, tables.zone, raw));
    }
    case "none":
      return (values) => values.raw.length > 0;
  }
}

/** From here on one pass over the text costs less than one for each word. */
const manyWords = 32;

function textComparison(
  operator: ProgramTest["operator"],
  wanted: readonly string[] | ReadonlySet<string>,
): Holds {
  const words = [...new Set(wanted)];
  const one = words.length === 1 ? words[0] : undefined;
  switch (operator) {
    case "is":
    case "in": {
      if (one !== undefined) return (values) => values.canonical.includes(one);
      const set = new Set(words);
      return (values) => values.canonical.some((value) => set.has(value));
    }
    case "contains": {
      const finder =
        words.length < manyWords || words.includes("") ? undefined : literalFinder(words);
      if (finder !== undefined)
        return (values) => {
          let found = false;
          for (const value of values.canonical) finder.find(value, () => (found = true));
          return found;
        };
      return (values) =>
        values.canonical.some((value) => words.some((word) => value.includes(word)));
    }
    case "starts with":
      return (values) =>
        values.canonical.some((value) => words.some((word) => value.startsWith(word)));
    case "ends with":
      return (values) =>
        values.canonical.some((value) => words.some((word) => value.endsWith(word)));
    case "under": {
      const set = new Set(words);
      return (values) => values.canonical.some((value) => isUnder(value, set));
    }
    default:
      throw new TypeError(`"${operator}" compares no texts.`);
  }
}

/** Whether the domain, or one that it lies below, is in the set. */
function isUnder(domain: string, set: ReadonlySet<string>): boolean {
  for (let rest = domain; ;) {
    if (set.has(rest)) return true;
    const dot = rest.indexOf(".");
    if (dot === -1) return false;
    rest = rest.slice(dot + 1);
  }
}

const leadingNumber = /^[+-]?\d+(?:\.\d+)?/;

/** A number, or the decimal number that a text begins with; undefined where it begins with none. */
function numberIn(value: Value): number | undefined {
  if (typeof value === "number") return value;
  const found = leadingNumber.exec(value);
  return found === null ? undefined : Number(found[0]);
}

function numberComparison(operator: ProgramTest["operator"], wanted: number): Holds {
  const compare = numberTest(operator, wanted);
  return (values) =>
    values.raw.some((raw) => {
      const value = numberIn(raw);
      return value !== undefined && compare(value);
    });
}

function numberTest(operator: ProgramTest["operator"], wanted: number): (value: number) => boolean {
  switch (operator) {
    case "=":
      return (value) => value === wanted;
    case "<":
      return (value) => value < wanted;
    case "<=":
      return (value) => value <= wanted;
    case ">":
      return (value) => value > wanted;
    case ">=":
      return (value) => value >= wanted;
    default:
      throw new TypeError(`"${operator}" compares no numbers.`);
  }
}

function momentComparison(
  operator: ProgramTest["operator"],
  start: Instant,
  end: Instant,
): (instant: Instant) => boolean {
  switch (operator) {
    case "before":
      return (instant) => instant < start;
    case "after":
      return (instant) => instant >= end;
    case "on":
      return (instant) => instant >= start && instant < end;
    default:
      throw new TypeError(`"${operator}" compares no moments.`);
  }
}

/** A field as it is written in the sources; of a value in a `some` with what it is a value of. */
function fieldAsWritten(
  field: ProgramField,
  element: { readonly name: ElementName; readonly argument: string | undefined } | undefined,
): string {
  if (field.in === "element" && element !== undefined) {
    const part = field.name.slice(field.name.indexOf(".") + 1);
    const whole = elementAsWritten(element.name, element.argument);
    return part === "value" || part === "address" ? whole : `${whole}.${part}`;
  }
  return field.argument === undefined ? field.name : `${field.name} "${field.argument}"`;
}

export function elementAsWritten(name: ElementName, argument: string | undefined): string {
  return argument === undefined ? name : `${name} "${argument}"`;
}

/** Values as a trace shows them. */
function inWords(values: readonly Value[], type: FieldType, tables: Tables): string {
  if (values.length === 0) return "(none)";
  return values
    .map((value) => {
      if (typeof value === "string") return value;
      if (type === "moment") return tables.zone.format(value);
      if (type === "duration") return durationInWords(value);
      return String(value);
    })
    .join(", ");
}
