import { report } from "../diagnostics/report.ts";
import type { Placed } from "../tree/index.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { listed, takeText, wrongValue, type Entry } from "./values.ts";

/** The name of a mailbox of the project, bare; whether or not the file imports it. */
export function takeMailboxName(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Placed<string> | undefined {
  const { mailboxNames } = context.names;
  const word = cursor.takeWord();
  if (word === undefined) {
    const { item } = cursor;
    const inside = item?.kind === "text" && item.parts.length === 1 ? item.parts[0] : undefined;
    const name = inside?.kind === "string" ? inside.value : undefined;
    if (item === undefined || name === undefined || !mailboxNames.includes(name)) {
      return wrongValue(cursor, context, entry, "the name of a mailbox");
    }
    const expected = "the bare name of a mailbox";
    context.add(
      report(
        "MC2103",
        item.span,
        { word: entry.word, expected, found: describe(item), form: entry.form },
        { fixes: [replacement(`Write ${name}`, item.span, name)] },
      ),
    );
    cursor.skipRest();
    return undefined;
  }
  if (mailboxNames.includes(word.text)) return { value: word.text, span: word.span };
  const known =
    mailboxNames.length === 0
      ? "The project has no mailbox."
      : `There is: ${listed(mailboxNames)}.`;
  context.add(
    report(
      "MC2011",
      word.span,
      { kind: "mailbox", name: word.text, known },
      didYouMean(word.text, word.span, mailboxNames),
    ),
  );
  return undefined;
}

/** The name of a rule of the project, as a text. */
export function takeRuleName(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Placed<string> | undefined {
  const name = takeText(cursor, context, entry, "the name of a rule, as a text");
  if (name === undefined) return undefined;
  const { ruleNames } = context.names;
  if (ruleNames.has(name.value)) return name;
  const known =
    ruleNames.size === 0 ? "The project has no rule." : `There is: ${named(ruleNames)}.`;
  context.add(
    report(
      "MC2011",
      name.span,
      { kind: "rule", name: name.value, known },
      didYouMean(name.value, name.span, ruleNames, quoted),
    ),
  );
  return undefined;
}

function named(names: ReadonlySet<string>): string {
  const most = 8;
  const first = [...names].slice(0, most).map((name) => `"${name}"`);
  return `${listed(first)}${names.size > most ? ", …" : ""}`;
}
