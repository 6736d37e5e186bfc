import {
  orWord,
  type GuaranteeEntry,
  type OutcomeWord,
} from "../../../packages/language/src/index.ts";
import {
  block,
  entries,
  optional,
  part,
  repeat,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const outcomeList = [part("outcome"), repeat(sequence(orWord, part("outcome")))];

const tails: Readonly<Record<GuaranteeEntry, readonly Piece[]>> = {
  when: [part("condition")],
  never: outcomeList,
  expect: outcomeList,
  in: [token("NAME")],
};

const outcomeTails: Readonly<Record<OutcomeWord, readonly Piece[]>> = {
  "create ticket": [optional(block(part("condition on a ticket")))],
  "update ticket": [],
  ignore: [],
  delete: [],
  "mark spam": [],
  "send mail": [],
  rule: [token("TEXT")],
  decided: [],
};

export const guarantees: Chapter = {
  title: "Guarantees",
  parts: { "guarantee entry": entries(tails), outcome: entries(outcomeTails) },
};
