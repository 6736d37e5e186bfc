import {
  authenticationWords,
  durationUnits,
  elementNames,
  fromNow,
  hoursOf,
  mailFields,
  pecWords,
  processFields,
  secretSources,
  sentMailFields,
  sentMailId,
  sizeUnits,
  ticketFields,
  ticketPaths,
  ticketPrefix,
  wordsOf,
  type FieldRow,
} from "../../../packages/language/src/index.ts";
import {
  choice,
  oneOrList,
  optional,
  part,
  sequence,
  sign,
  token,
  type Chapter,
  type Rule,
} from "./rule.ts";

/** Fields by their names; what takes an argument is followed by a text. */
function fieldsOf(rows: Readonly<Record<string, FieldRow>>): readonly Rule[] {
  return Object.entries(rows).map(([name, row]) =>
    row.argument === undefined ? sequence(name) : sequence(name, token("TEXT")),
  );
}

export const values: Chapter = {
  title: "Values",
  parts: {
    texts: oneOrList(token("TEXT")),
    size: sequence(token("NUMBER"), choice(...wordsOf(sizeUnits))),
    duration: sequence(token("NUMBER"), choice(...wordsOf(durationUnits))),
    when: choice(token("DATE"), token("MOMENT")),
    "from now": sequence(fromNow, part("duration"), optional(hoursOf, token("NAME"))),
    secret: sequence(choice(...wordsOf(secretSources)), sign("("), token("TEXT"), sign(")")),
    expression: choice(
      part("mail field"),
      part("process field"),
      part("ticket path"),
      token("CAPTURE"),
      sentMailId,
    ),
    "ticket path": choice(...ticketPaths.map((path) => `${ticketPrefix}${path}`)),
    "mail field": choice(...fieldsOf(mailFields)),
    "process field": choice(...fieldsOf(processFields)),
    "ticket field": choice(...fieldsOf(ticketFields)),
    "field of a sent mail": choice(...fieldsOf(sentMailFields)),
    element: choice(
      ...elementNames.map((name) =>
        name === "header" ? sequence(name, token("TEXT")) : sequence(name),
      ),
    ),
    word: choice(...authenticationWords, ...pecWords.filter((word) => !isAuthentication(word))),
  },
};

function isAuthentication(word: string): boolean {
  return authenticationWords.some((one) => one === word);
}
