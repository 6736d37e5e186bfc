import { mailFields } from "@mcrules/language";
import type { ElementName } from "@mcrules/language";
import type { ProgramCondition, ProgramField, ProgramTest } from "../program/condition.ts";
import { isMailField } from "../evaluate/mailFields.ts";
import type { Tables } from "../evaluate/tables.ts";
import { canonical } from "../text/folding.ts";
import { requiredLiterals } from "./requiredLiterals.ts";

/** What a field has to hold: one of the values as a whole, as the end of a domain, or as a part. */
export interface KeyTest {
  readonly field: ProgramField;
  readonly kind: "whole" | "domain" | "part";
  /** Canonical. */
  readonly values: Iterable<string> & { readonly size?: number; readonly length?: number };
  /** Two tests of one name look for the same. */
  readonly name: string;
}

/**
 * What a mail has to have for a condition to hold: at least one of the tests. A condition may fail all
 * the same.
 */
export interface RuleKey {
  readonly tests: readonly KeyTest[];
  /** Whether any of the fields is read from the content. */
  readonly content: boolean;
  /** How many mails are expected to have it, by a rough measure. */
  readonly cost: number;
}

type Over = { readonly name: ElementName; readonly argument: string | undefined };

/** Headers are at hand, so a key that looks at them alone is always to be preferred. */
const costOfContent = 1_000_000;

/** The key of a condition; undefined where there is none: it has to be judged for each mail. */
export function keyOf(
  condition: ProgramCondition,
  tables: Tables,
  over?: Over,
): RuleKey | undefined {
  switch (condition.kind) {
    case "always":
    case "not":
    case "flag":
      return undefined;
    case "all": {
      let best: RuleKey | undefined;
      for (const inner of condition.conditions) {
        const key = keyOf(inner, tables, over);
        if (key !== undefined && (best === undefined || key.cost < best.cost)) best = key;
      }
      return best;
    }
    case "any": {
      const keys: RuleKey[] = [];
      for (const inner of condition.conditions) {
        const key = keyOf(inner, tables, over);
        if (key === undefined) return undefined;
        keys.push(key);
      }
      return {
        tests: keys.flatMap((key) => key.tests),
        content: keys.some((key) => key.content),
        cost: keys.reduce((sum, key) => sum + key.cost, 0),
      };
    }
    case "named":
      return keyOf(tables.condition(condition.index), tables);
    case "each":
      return condition.quantifier === "some"
        ? keyOf(condition.condition, tables, {
            name: condition.element,
            argument: condition.argument,
          })
        : undefined;
    case "test":
      return keyOfTest(condition, tables, over);
  }
}

function keyOfTest(test: ProgramTest, tables: Tables, over: Over | undefined): RuleKey | undefined {
  const field = fieldLookedAt(test.field, over);
  if (field === undefined || !isMailField(field.name)) return undefined;
  const wanted = wantedBy(test, tables);
  if (wanted === undefined) return undefined;
  const content = mailFields[field.name].reads === "content";
  const cost = costOf(wanted) + (content ? costOfContent : 0);
  // An empty text is part of every text, and no value of a many-valued field where its element has one.
  for (const value of wanted.values) if (value === "") return undefined;
  return { tests: [{ field, ...wanted }], content, cost };
}

type Wanted = Omit<KeyTest, "field">;

function wantedBy(test: ProgramTest, tables: Tables): Wanted | undefined {
  const { operand } = test;
  switch (operand.kind) {
    case "texts": {
      const values = operand.texts.map(canonical);
      const kind = kindOf(test.operator);
      return kind && { kind, values, name: `${kind} ${JSON.stringify(values)}` };
    }
    case "list": {
      const kind = kindOf(test.operator);
      return (
        kind && { kind, values: tables.list(operand.index), name: `${kind} list ${operand.index}` }
      );
    }
    case "pattern": {
      const values = requiredLiterals(operand.source);
      return values && { kind: "part", values, name: `part ${JSON.stringify(values)}` };
    }
    default:
      return undefined;
  }
}

function kindOf(operator: ProgramTest["operator"]): KeyTest["kind"] | undefined {
  switch (operator) {
    case "is":
    case "in":
      return "whole";
    case "under":
      return "domain";
    case "contains":
    case "starts with":
    case "ends with":
      return "part";
    default:
      return undefined;
  }
}

function costOf(wanted: Wanted): number {
  if (wanted.kind === "whole") return 1;
  if (wanted.kind === "domain") return 2;
  let cost = 0;
  for (const value of wanted.values) cost += 1000 / value.length ** 2;
  return 3 + cost;
}

const wholeOf: Readonly<Record<ElementName, string>> = {
  attachment: "attachment",
  from: "from",
  to: "to",
  cc: "cc",
  recipient: "recipients",
  "delivered-to": "delivered-to",
  header: "header",
};

/** The field of the mail in which a value of one element is found too. */
function fieldLookedAt(field: ProgramField, over: Over | undefined): ProgramField | undefined {
  if (field.in === "mail") return field;
  if (field.in !== "element" || over === undefined) return undefined;
  const part = field.name.slice(field.name.indexOf(".") + 1);
  const whole = wholeOf[over.name];
  return {
    in: "mail",
    name: part === "address" || part === "value" ? whole : `${whole}.${part}`,
    type: field.type,
    ...(over.argument === undefined ? {} : { argument: over.argument }),
  };
}
