import {
  elementFields,
  flagOperator,
  mailFlags,
  operators,
  registryKinds,
  wordsOf,
  type ConditionWord,
  type OperandForm,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  entries,
  oneOrList,
  part,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

/** Each place of conditions has fields of its own. */
const places = {
  condition: choice(part("mail field"), part("process field")),
  "condition on a value": choice(
    ...new Set(wordsOf(elementFields).map((field) => field.slice(field.indexOf(".") + 1))),
  ),
  "condition on a ticket": part("ticket field"),
  "condition on a sent mail": part("field of a sent mail"),
} as const;

function conditionParts(name: string, field: Piece): readonly (readonly [string, Piece])[] {
  const value = part("condition on a value");
  const tails: Readonly<Record<ConditionWord, readonly Piece[]>> = {
    all: [block(part(name))],
    any: [block(part(name))],
    not: [part(name)],
    always: [],
    some: [part("element"), block(value)],
    every: [part("element"), block(value)],
    no: [part("element"), block(value)],
    mail: [flagOperator, choice(...wordsOf(mailFlags))],
  };
  const { all, any, not, ...more } = tails;
  const everywhere = { all, any, not };
  return [
    [
      name,
      name === "condition"
        ? choice(entries({ ...everywhere, ...more }), sequence(field, part("test")), token("NAME"))
        : choice(entries(everywhere), sequence(field, part("test"))),
    ],
  ];
}

/** What stands behind an operator. A list by its name is compared by `in`, never by `is`. */
const operands: Readonly<Record<OperandForm, Piece | undefined>> = {
  texts: choice(oneOrList(part("value")), token("NAME")),
  "list name": choice(...registryKinds, token("NAME")),
  pattern: token("PATTERN"),
  number: part("quantity"),
  moment: part("when"),
  "calendar name": token("NAME"),
  nothing: undefined,
};

export const conditions: Chapter = {
  title: "Conditions",
  parts: {
    ...Object.fromEntries(
      Object.entries(places)
        .flatMap(([name, field]) => conditionParts(name, field))
        .map(([name, rule]) => [name, sequence(rule)]),
    ),
    test: choice(
      ...Object.entries(operators).map(([word, { operand }]) => {
        const behind = word === "is" ? oneOrList(part("value")) : operands[operand];
        return behind === undefined ? word : sequence(word, behind);
      }),
    ),
    value: choice(token("TEXT"), part("quantity"), part("word"), token("CAPTURE")),
    quantity: choice(token("NUMBER"), part("size"), part("duration")),
  },
};
