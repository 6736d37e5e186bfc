import { report } from "../diagnostics/report.ts";
import { placeOf } from "../paths.ts";
import type { SecretSource } from "../tree/index.ts";
import { secretSources, type SecretWord } from "../vocabulary/mailbox.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { replacement } from "./suggestions.ts";
import { oneOf, takeText, wrongValue, type Entry } from "./values.ts";

/** `env("NAME")` or `file("path")`; a literal is refused, with the way to write it. */
export function takeSecret(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): SecretSource | undefined {
  const from = cursor.index;
  const literal = cursor.takeKind("text");
  const forms = oneOf(Object.values(secretSources).map((row) => row.form));
  if (literal !== undefined) {
    const name = "PASSWORD";
    const instead = `env("${name}")`;
    context.add(
      report(
        "MC2108",
        literal.span,
        { name },
        {
          fixes: [{ title: `Write ${instead}`, edits: [{ span: literal.span, text: instead }] }],
        },
      ),
    );
    return undefined;
  }
  const source = cursor.takeOneOf<SecretWord>(wordsOf(secretSources))?.phrase;
  const { item } = cursor;
  if (source === undefined && (item?.kind === "capture" || item?.kind === "word")) {
    const name = item.kind === "capture" ? item.name : item.text;
    const fixes = [replacement(`Write env("${name}")`, item.span, `env("${name}")`)];
    const holes = { word: entry.word, expected: forms, found: describe(item), form: entry.form };
    const help = `Name where it is found: env("${name}"), or file("path").`;
    context.add(report("MC2103", item.span, holes, { help, fixes }));
    cursor.skipRest();
    return undefined;
  }
  if (source === undefined) return wrongValue(cursor, context, entry, forms);
  const group = cursor.takeKind("group");
  if (group === undefined) return wrongValue(cursor, context, entry, secretSources[source].form);
  const inside = new Cursor({ kind: "line", span: group.span, items: group.items });
  const sourceEntry = { word: source, form: secretSources[source].form };
  const text = takeText(inside, context, sourceEntry, "a text");
  if (text === undefined) return undefined;
  if (!inside.atEnd) return wrongValue(inside, context, sourceEntry, "one text");
  const span = cursor.spanFrom(from);
  if (source === "env") return { kind: "env", span, name: text.value };
  // A secret is looked at when it is used: the file need not be there now.
  return { kind: "file", span, path: placeOf(context.file, text.value) };
}
