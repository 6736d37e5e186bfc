import { report } from "../diagnostics/report.ts";
import type { Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { MailFlagWord } from "../tree/conditions.ts";
import type { Condition, Placed } from "../tree/index.ts";
import {
  flagOperator,
  mailFlags,
  negations,
  type ConditionWord,
} from "../vocabulary/conditions.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { inFront, placeInFront, skipBroken } from "./skipping.ts";
import { before, didYouMean, replacement } from "./suggestions.ts";

/** Binds `mail is FLAG`; the word `mail` is read. */
export function bindFlag(
  word: Word,
  from: number,
  cursor: Cursor,
  context: BindContext,
): Condition {
  const flags = wordsOf(mailFlags);
  const denied = negations.find(({ words }) => cursor.isPhrase(words));
  if (denied !== undefined) {
    const operator = cursor.takePhrase(denied.words) ?? cursor.here;
    context.add(
      report(
        "MC1106",
        operator,
        { words: denied.words },
        {
          fixes: [
            {
              title: "Write not before the condition",
              edits: [
                { span: before(word.span), text: `${denyWord} ` },
                { span: operator, text: flagOperator },
              ],
            },
          ],
        },
      ),
    );
    return broken(cursor, cursor.spanFrom(from));
  }
  if (cursor.takePhrase(flagOperator) === undefined) {
    missingIs(cursor, context, flags);
    return broken(cursor, word.span);
  }
  const flag = takeFlag(cursor, context, flags);
  if (flag === undefined) return broken(cursor, word.span);
  return { kind: "flag", span: cursor.spanFrom(from), flag };
}

function missingIs(cursor: Cursor, context: BindContext, flags: readonly MailFlagWord[]): void {
  const item = inFront(cursor);
  if (item?.kind === "unknown") return;
  const isFlag = item?.kind === "word" && flags.some((flag) => flag === item.text);
  const fixes = isFlag
    ? [replacement(`Write ${flagOperator} between them`, before(item.span), `${flagOperator} `)]
    : [];
  const holes = { field: mailWord, operators: flagOperator };
  context.add(report("MC1105", placeInFront(cursor), holes, { fixes }));
}

const mailWord: ConditionWord = "mail";
const oneFlagEach = "For several write any { … } with mail is and one of them a line.";
const denyWord: ConditionWord = "not";

function takeFlag(
  cursor: Cursor,
  context: BindContext,
  flags: readonly MailFlagWord[],
): Placed<MailFlagWord> | undefined {
  const item = inFront(cursor);
  const text = item?.kind === "word" ? item.text : singleText(item);
  const flag = flags.find((known) => known === text);
  if (flag !== undefined && item?.kind === "word") {
    cursor.take();
    return { value: flag, span: item.span };
  }
  if (item === undefined || item.kind === "list") {
    const holes = { operator: flagOperator, expected: `one of ${flags.join(", ")}` };
    const extras = item === undefined ? {} : { help: oneFlagEach };
    context.add(report("MC1122", placeInFront(cursor), holes, extras));
    return undefined;
  }
  if (item.kind === "unknown") return undefined;
  if (flag !== undefined) {
    context.add(
      report(
        "MC1121",
        item.span,
        { word: flag },
        { fixes: [replacement("Take the quotes away", item.span, flag)] },
      ),
    );
    return undefined;
  }
  const next = cursor.peek();
  const isArticle = text === "a" || text === "an" || text === "the";
  const extras =
    isArticle && next?.kind === "word"
      ? {
          help: `Take ${text} out.`,
          fixes: [replacement(`Take ${text} out`, { ...item.span, end: next.span.start }, "")],
        }
      : text === undefined
        ? {}
        : didYouMean(text, item.span, flags);
  context.add(
    report("MC1117", item.span, { found: describe(item), known: flags.join(", ") }, extras),
  );
  return undefined;
}

function singleText(item: Cursor["item"]): string | undefined {
  if (item?.kind !== "text" || item.parts.length !== 1) return undefined;
  const [part] = item.parts;
  return part?.kind === "string" ? part.value : undefined;
}

function broken(cursor: Cursor, place: Span): Condition {
  return { kind: "broken", span: skipBroken(cursor) ?? place };
}
