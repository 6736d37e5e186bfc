import { checkOwnLine } from "./block.ts";
import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Condition, GuaranteeDeclaration, GuaranteeOutcome, Placed } from "../tree/index.ts";
import {
  guaranteeEntries,
  orWord,
  outcomes,
  outcomeWords,
  type OutcomeWord,
} from "../vocabulary/guarantees.ts";
import { beginsCondition, bindCondition, bindConditionLines } from "./conditions.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { readHead } from "./head.ts";
import { checkPicklistWord } from "./picklists.ts";
import { unknownName } from "./references.ts";
import { unknownSetting } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { didYouMean } from "./suggestions.ts";
import { plainText } from "./texts.ts";
import { leftOver, wrongValue } from "./values.ts";

type Claim = GuaranteeDeclaration["claims"][number];

/** Binds `guarantee "…" { … }`; the line is known to begin so. */
export function bindGuarantee(line: Line, context: BindContext): GuaranteeDeclaration {
  const { cursor, declared } = readHead(line, context, "guarantee");
  const block = cursor.takeKind("block");
  let when: Condition | undefined;
  let limit: Placed<string> | undefined;
  const claims: Claim[] = [];
  const seen = new Map<string, Span>();
  const words = wordsOf(guaranteeEntries);
  for (const entryLine of block?.lines ?? []) {
    const inside = new Cursor(entryLine);
    while (!inside.atEnd) {
      const from = inside.index;
      context.entryAt(entryLine, from);
      const taken = inside.takeOneOf(words);
      if (taken === undefined) {
        notAnEntry(inside, context, words);
        break;
      }
      if (block !== undefined) checkOwnLine(block, inside, from, context);
      const { phrase, span } = taken;
      const first = seen.get(phrase);
      seen.set(phrase, first ?? span);
      if (first !== undefined && (phrase === "when" || phrase === "in")) {
        const related = [{ span: first, message: "it stands here first" }];
        context.add(report("MC2102", span, { word: phrase, place: "a guarantee" }, { related }));
      }
      switch (phrase) {
        case "when": {
          const condition = bindCondition(inside, context, "mail");
          when ??= condition;
          break;
        }
        case "in": {
          const found = takeLimit(inside, context);
          limit ??= found;
          break;
        }
        case "never":
        case "expect": {
          const found = takeOutcomes(inside, context);
          claims.push({ span: inside.spanFrom(from), kind: phrase, outcomes: found });
          break;
        }
      }
    }
  }
  const place = declared.name.span;
  if (block?.closed === true && !seen.has("never") && !seen.has("expect")) {
    context.add(report("MC1621", place, {}));
  }
  if (block !== undefined) leftOver(cursor, context);
  return {
    ...declared,
    kind: "guarantee",
    when: when ?? { kind: "always", span: place },
    claims,
    in: limit,
  };
}

function notAnEntry(cursor: Cursor, context: BindContext, words: readonly string[]): void {
  const { item } = cursor;
  if (cursor.line.misplaced === true && cursor.index === 0) {
    cursor.skipRest();
  } else if (cursor.index > 0 && item?.kind === "word" && beginsCondition(item.text, context)) {
    context.add(report("MC1112", item.span, {}));
    cursor.skipRest();
  } else unknownSetting(cursor, context, "a guarantee", words);
}

/** The set of rules or the mailbox that a guarantee is limited to. */
function takeLimit(cursor: Cursor, context: BindContext): Placed<string> | undefined {
  const word = cursor.item;
  if (word?.kind !== "word") {
    const entry = { word: "in", form: guaranteeEntries.in.form };
    return wrongValue(cursor, context, entry, "the name of a set of rules or of a mailbox");
  }
  cursor.take();
  const { names } = context;
  if (names.rules(word.text) === undefined && !names.mailbox(word.text)) {
    const near = didYouMean(word.text, word.span, names.visible("mailbox"));
    unknownName(word, near.fixes === undefined ? "rules" : "mailbox", context);
    return undefined;
  }
  return { value: word.text, span: word.span };
}

function takeOutcomes(cursor: Cursor, context: BindContext): readonly GuaranteeOutcome[] {
  const found: GuaranteeOutcome[] = [];
  for (;;) {
    const outcome = takeOutcome(cursor, context);
    if (outcome === undefined) {
      cursor.skipRest();
      return found;
    }
    found.push(outcome);
    if (cursor.takePhrase(orWord) === undefined) return found;
  }
}

function takeOutcome(cursor: Cursor, context: BindContext): GuaranteeOutcome | undefined {
  const from = cursor.index;
  const taken = cursor.takeOneOf(outcomeWords);
  if (taken === undefined) {
    unknownOutcome(cursor, context);
    return undefined;
  }
  const { phrase, span } = taken;
  const outcome = takeKnown(phrase, span, from, cursor, context);
  const block = cursor.item;
  if (outcome !== undefined && block?.kind === "block") {
    context.add(report("MC1622", block.span, { outcome: phrase }));
    cursor.take();
    return undefined;
  }
  return outcome;
}

function takeKnown(
  word: OutcomeWord,
  span: Span,
  from: number,
  cursor: Cursor,
  context: BindContext,
): GuaranteeOutcome | undefined {
  switch (word) {
    case "create ticket": {
      const block = cursor.takeKind("block");
      const condition =
        block === undefined ? undefined : bindConditionLines(block, context, "ticket");
      return { kind: "create ticket", span: cursor.spanFrom(from), condition };
    }
    case "rule": {
      const item = cursor.takeKind("text");
      if (item === undefined) {
        const entry = { word, form: outcomes.rule.form };
        return wrongValue(cursor, context, entry, "the name of a rule in quotes");
      }
      const name = plainText(item, context);
      if (name === undefined || !checkPicklistWord(name.value, name.span, "rule", context)) {
        return undefined;
      }
      return { kind: "rule", span: cursor.spanFrom(from), name: name.value };
    }
    case "update ticket":
    case "ignore":
    case "delete":
    case "mark spam":
    case "send mail":
    case "decided":
      return { kind: word, span };
  }
}

function unknownOutcome(cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item?.kind === "unknown") return;
  const known = outcomeWords.join(", ");
  if (item?.kind !== "word") {
    context.add(report("MC1620", cursor.here, { word: describe(item), known }));
    return;
  }
  const next = cursor.peek();
  const second = next?.kind === "word" && next.text !== orWord ? next : undefined;
  if (second !== undefined) {
    const phrase = `${item.text} ${second.text}`;
    const span = { ...item.span, end: second.span.end };
    const extras = didYouMean(phrase, span, outcomeWords);
    if (extras.fixes !== undefined) {
      context.add(report("MC1620", span, { word: `"${phrase}"`, known }, extras));
      return;
    }
  }
  const first = (word: string): string => word.split(" ")[0] ?? word;
  const whole = (half: string): string => outcomeWords.find((word) => first(word) === half) ?? half;
  const extras = didYouMean(item.text, item.span, outcomeWords.map(first), whole);
  context.add(report("MC1620", item.span, { word: `"${item.text}"`, known }, extras));
}
