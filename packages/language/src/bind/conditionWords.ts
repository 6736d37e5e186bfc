import { report, type RawFix, type ReportExtras } from "../diagnostics/report.ts";
import type { Word } from "../shape/shape.ts";
import {
  conditionWords,
  flagOperator,
  foreignConditionWords,
  foreignOperators,
  joiners,
  mailFlags,
} from "../vocabulary/conditions.ts";
import { foreignFields } from "../vocabulary/foreign.ts";
import { isOperatorWord } from "../vocabulary/operators.ts";
import { wordsOf } from "../vocabulary/words.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { fieldAt, fieldNames, takesMail, type ConditionFields } from "./fieldNames.ts";
import { isNameOfAnything, unknownName } from "./references.ts";
import { inFront } from "./skipping.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";

/** A word that is no field, no condition and no word of a condition: says what was most likely meant. */
export function unknownWord(
  item: Word,
  cursor: Cursor,
  context: BindContext,
  fields: ConditionFields,
): void {
  if (isForeign(item.text)) {
    const fixes = item.text === "true" ? [replacement("Write always", item.span, "always")] : [];
    foreignWord(item, context, fixes);
    return;
  }
  if (takesMail(fields) && isNameOfAnything(item.text, context)) {
    unknownName(item, "condition", context);
    return;
  }
  const names = fieldNames(fields);
  cursor.take();
  const behind = inFront(cursor);
  const [base = ""] = item.text.split(".");
  if (item.text.includes(".") && fieldAt(base, fields) !== undefined) {
    const parts = names.filter((name) => name.startsWith(`${base}.`));
    const part = item.text.slice(base.length + 1);
    const meant = isOperatorWord(part) ? part : foreignOperators[part];
    const help = `An operator stands behind the field: ${base} ${meant ?? part} …`;
    const known = parts.length === 0 ? "It has no parts." : `It has: ${parts.join(", ")}.`;
    context.add(
      report(
        "MC1102",
        item.span,
        { field: base, part, known },
        meant === undefined ? didYouMean(item.text, item.span, parts) : { help },
      ),
    );
    return;
  }
  if (!names.includes(base) && isElementField(item.text, fields)) {
    const plain = item.text.slice(item.text.indexOf(".") + 1);
    context.add(
      report(
        "MC1103",
        item.span,
        { field: item.text, plain },
        { fixes: [replacement(`Write ${plain}`, item.span, plain)] },
      ),
    );
    return;
  }
  const conditions = takesMail(fields) ? context.names.visible("condition") : [];
  const words = wordsOf(conditionWords);
  const candidates =
    behind === undefined
      ? [...conditions, ...names, ...words]
      : behind.kind === "block"
        ? words
        : [...names, ...words, ...conditions];
  const extras = meantInstead(item, fields) ?? didYouMean(item.text, item.span, candidates);
  if (fields === "mail" && fieldAt(item.text, "process") !== undefined) {
    const help =
      "A process asks about the ticket, in its when. Rules and named conditions ask about the mail alone.";
    context.add(report("MC1101", item.span, { word: item.text, known: "" }, { help }));
    return;
  }
  if (behind === undefined && takesMail(fields)) {
    context.add(report("MC1108", item.span, { word: item.text }, extras));
  } else {
    context.add(
      report(
        "MC1101",
        item.span,
        { word: item.text, known: wholeFields(names).join(", ") },
        extras,
      ),
    );
  }
}

/** What a word of other programs, a flag, an operator or the name of a header stands for. */
function meantInstead({ text, span }: Word, fields: ConditionFields): ReportExtras | undefined {
  if (!takesMail(fields)) return undefined;
  const field = Object.hasOwn(foreignFields, text) ? foreignFields[text] : undefined;
  if (field !== undefined) {
    return { help: `Do you mean ${field}?`, fixes: [replacement(`Write ${field}`, span, field)] };
  }
  if (text === flagOperator)
    return { help: `It is asked by: mail ${flagOperator} FLAG, or by FIELD ${flagOperator} "…"` };
  const flag = text.replace(/^(?:mail\.|is-|is)/i, "").toLowerCase();
  if (Object.hasOwn(mailFlags, flag))
    return { help: `It is asked by: mail ${flagOperator} ${flag}` };
  if (isOperatorWord(text)) {
    return { help: `The field stands first: subject ${text} …` };
  }
  if (!/^[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+$/.test(text)) return undefined;
  const header = `header ${quoted(text)}`;
  return {
    help: `A header is asked by its name in quotes: ${header}`,
    fixes: [replacement(`Write ${header}`, span, header)],
  };
}

/** The fields without those that are a part of another. */
function wholeFields(names: readonly string[]): readonly string[] {
  return names.filter((name) => !names.includes(name.split(".")[0] ?? "") || !name.includes("."));
}

/** `attachment.size` inside `some attachment { … }`, where it is `size`. */
function isElementField(word: string, fields: ConditionFields): boolean {
  const dot = word.indexOf(".");
  return dot > 0 && !takesMail(fields) && fieldAt(word.slice(dot + 1), fields) !== undefined;
}

/** Says how the word of another language is said here. */
export function foreignWord(item: Word, context: BindContext, fixes: readonly RawFix[] = []): void {
  const instead = foreignConditionWords[item.text] ?? "";
  context.add(report("MC1107", item.span, { word: item.text, instead }, { fixes }));
}

export function isForeign(word: string): boolean {
  return Object.hasOwn(foreignConditionWords, word);
}

/** Words that would join two conditions in another language, and the group that is meant. */
export function joinerOf(word: string): "all" | "any" | "none" | undefined {
  return Object.hasOwn(joiners, word) ? joiners[word] : undefined;
}
