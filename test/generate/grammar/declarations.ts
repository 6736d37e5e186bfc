import {
  declarations as rows,
  fromFile,
  ruleWord,
  type DeclarationWord,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  part,
  repeat,
  sequence,
  sign,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const named = token("NAME");
const titled = token("TEXT");

const tails: Readonly<Record<DeclarationWord, readonly Piece[]>> = {
  import: [token("TEXT")],
  helpdesk: [block(part("helpdesk setting"))],
  agent: [titled, block(part("agent setting"))],
  list: [named, choice(sequence(sign("="), part("texts")), sequence(fromFile, token("TEXT")))],
  condition: [named, sign("="), part("condition")],
  calendar: [named, block(part("calendar setting"))],
  mailbox: [named, block(part("mailbox setting"))],
  rules: [named, block(part("rule"))],
  process: [titled, block(part("process entry"))],
  guarantee: [titled, block(part("guarantee entry"))],
  test: [titled, block(part("test entry"))],
};

export const declarations: Chapter = {
  title: "Declarations",
  parts: {
    file: repeat(part("declaration")),
    declaration: choice(...Object.keys(rows).map((word) => part(`${word} declaration`))),
    ...Object.fromEntries(
      Object.entries(tails).map(([word, tail]) => [`${word} declaration`, sequence(word, ...tail)]),
    ),
    rule: sequence(ruleWord, titled, block(part("rule entry"))),
  },
};
