import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Block, Line, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Action, Condition, Placed, Rule, RulesDeclaration } from "../tree/index.ts";
import {
  actionWords,
  ruleEntries,
  updateTails,
  updateTailWords,
  type RuleEntry,
} from "../vocabulary/actions.ts";
import { ruleWord } from "../vocabulary/declarations.ts";
import { ticketEntries } from "../vocabulary/ticketBlock.ts";
import { bindActions, tailOnOwnLine } from "./actions.ts";
import { bindEntries, checkOwnLine } from "./block.ts";
import { checkCaptures } from "./captureUse.ts";
import { capturesOf, noCaptures, type Captures } from "./captures.ts";
import { foreignWord, isForeign, joinerOf } from "./conditionWords.ts";
import { beginsCondition, bindCondition } from "./conditions.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { readHead, takeBlock } from "./head.ts";
import { unknownSetting } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { before, behind, didYouMean, quoted, replacement } from "./suggestions.ts";
import { plainText } from "./texts.ts";

/** Binds `rules NAME { … }`. */
export function bindRules(line: Line, context: BindContext): RulesDeclaration {
  const head = readHead(line, context, "rules");
  const { declared } = head;
  const block = takeBlock(head, context);
  const rules: Rule[] = [];
  if (block !== undefined) {
    bindEntries(block, context, (inside) => {
      const from = inside.index;
      const rule = bindRule(inside, context);
      if (rule !== undefined) checkOwnLine(block, inside, from, context);
      if (rule !== undefined) rules.push(rule);
    });
    if (block.lines.length === 0 && block.closed) {
      context.add(report("MC1427", block.span, { name: declared.name.value }));
    }
  }
  return { ...declared, kind: "rules", rules };
}

function bindRule(cursor: Cursor, context: BindContext): Rule | undefined {
  const from = cursor.index;
  const word = cursor.item;
  if (cursor.takePhrase(ruleWord) === undefined) {
    notARule(cursor, context);
    return undefined;
  }
  const name = takeName(cursor, context);
  const block = cursor.takeKind("block");
  if (block === undefined) {
    if (cursor.item?.kind !== "unknown" && name !== undefined) {
      context.add(report("MC1429", cursor.here, { what: ruleWord, found: describe(cursor.item) }));
    }
    cursor.skipRest();
    return undefined;
  }
  const bound = bindRuleBlock(block, context, word?.span ?? block.span);
  return {
    kind: "rule",
    span: cursor.spanFrom(from),
    name: name ?? { value: "", span: word?.span ?? block.span },
    documentation: context.documentationOf?.(cursor.line),
    ...bound,
  };
}

function notARule(cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item?.kind === "unknown") {
    cursor.skipRest();
    return;
  }
  // A rule of a set or a tail that was misplaced is reported by its indentation already.
  if (cursor.line.misplaced !== true || cursor.index > 0) {
    const extras = item?.kind === "word" ? didYouMean(item.text, item.span, [ruleWord]) : {};
    context.add(report("MC1401", cursor.here, { found: describe(item) }, extras));
  }
  cursor.skipRest();
}

function takeName(cursor: Cursor, context: BindContext): Placed<string> | undefined {
  const { item } = cursor;
  if (item?.kind === "text") {
    cursor.take();
    const name = plainText(item, context);
    if (name === undefined || name.value.trim() !== "") return name;
    context.add(report("MC2122", item.span, { word: ruleWord }));
    return undefined;
  }
  if (item?.kind === "unknown") return undefined;
  const found = describe(item);
  const next = cursor.peek();
  const fixes =
    item?.kind !== "word"
      ? []
      : next?.kind === "text"
        ? [replacement(`Take ${item.text} out`, { ...item.span, end: next.span.start }, "")]
        : [replacement("Put it in quotes", item.span, quoted(item.text))];
  const place = item?.kind === "block" ? before(item.span) : cursor.here;
  context.add(
    report(
      "MC2006",
      place,
      { one: `a ${ruleWord}`, expected: "a text", found, form: ruleForm },
      { fixes },
    ),
  );
  while (cursor.item !== undefined && cursor.item.kind !== "block") cursor.take();
  return undefined;
}

const ruleForm = `${ruleWord} "…" { ${wordsOf(ruleEntries).join(" … ")} … }`;

interface RuleParts {
  when: Condition | undefined;
  actions: readonly Action[] | undefined;
  /** Where each word stands first. */
  readonly seen: Map<string, Span>;
  /** The word of the last entry. */
  last: RuleEntry | undefined;
}

function bindRuleBlock(
  block: Block,
  context: BindContext,
  place: Span,
): { when: Condition; actions: readonly Action[] } {
  const parts: RuleParts = {
    when: undefined,
    actions: undefined,
    seen: new Map(),
    last: undefined,
  };
  let captures: Captures = { ...noCaptures, incomplete: true };
  const words = wordsOf(ruleEntries);
  const taken = new Set<Line>();
  for (const [index, line] of block.lines.entries()) {
    if (taken.has(line)) continue;
    const cursor = new Cursor(line);
    while (!cursor.atEnd) {
      const from = cursor.index;
      context.entryAt(line, from);
      if (from === 0 && tailOnOwnLine(cursor, block.lines[index - 1]?.span, context)) break;
      const entry = cursor.takeOneOf(words);
      if (entry === undefined) {
        notAnEntry(cursor, context, words, parts);
        break;
      }
      checkOwnLine(block, cursor, from, context);
      const { phrase, span } = entry;
      const nextMisplaced = cursor.atEnd && block.lines[index + 1]?.misplaced === true;
      const first = parts.seen.get(phrase);
      parts.seen.set(phrase, first ?? span);
      parts.last = phrase;
      if (first !== undefined) {
        const related = [{ span: first, message: "it stands here first" }];
        context.add(report("MC2102", span, { word: phrase, place: "a rule" }, { related }));
      }
      if (nextMisplaced) continue;
      const below = cursor.atEnd ? block.lines[index + 1] : undefined;
      if (below !== undefined && isLineBelow(below, phrase, context)) {
        valueBelow(phrase, span, below, context);
        taken.add(below);
        continue;
      }
      if (phrase === "when") {
        const condition = bindCondition(cursor, context, "mail");
        if (parts.when !== undefined) continue;
        parts.when = condition;
        captures = capturesOf(condition);
        checkCaptures(captures, context);
      } else {
        const actions = bindActions(cursor, context, captures, phrase);
        parts.actions ??= actions;
      }
    }
  }
  if (block.closed) {
    for (const word of words) {
      if (!parts.seen.has(word)) context.add(report("MC1402", place, { what: "the rule", word }));
    }
  }
  return {
    when: parts.when ?? { kind: "broken", span: block.span },
    actions: parts.actions ?? [{ kind: "broken", span: block.span }],
  };
}

const severalConditions = "Several conditions stand in all { … } or any { … }, a condition a line.";

/** How several actions or conditions are written, where a comma or an "and" stands between two. */
function severalOf(cursor: Cursor, context: BindContext, { last }: RuleParts): string | undefined {
  const { item, index } = cursor;
  if (index === 0 || item === undefined) return undefined;
  const comma = item.kind === "symbol" && item.symbol === ",";
  const next = cursor.peek();
  if (last === "then") {
    return comma || (item.kind === "word" && joinerOf(item.text) !== undefined)
      ? severalActions
      : undefined;
  }
  const begins = next?.kind === "word" && beginsCondition(next.text, context);
  return comma && begins ? severalConditions : undefined;
}

const severalActions = "Several actions stand in braces, an action a line: then { … }";

/** What begins with a condition, an action or a property of a ticket where an entry of a rule should: how it is said. */
function entryLacking(
  { text, span }: Word,
  cursor: Cursor,
  context: BindContext,
  { seen, last }: RuleParts,
): ReportExtras | undefined {
  if (actionWords.some((action) => cursor.isPhrase(action))) {
    if (seen.has("then")) return { help: severalActions };
    const fixes = standsFurtherOn("then", cursor)
      ? []
      : [replacement("Write then before it", before(span), "then ")];
    return { help: "An action stands behind then.", fixes };
  }
  if (cursor.index > 0) {
    const ofTicket = last === "then" && Object.hasOwn(ticketEntries, text);
    const help = `What a ticket is given stands in braces: create ticket { ${text} … }`;
    return ofTicket ? { help } : undefined;
  }
  if (!beginsCondition(text, context)) return undefined;
  if (seen.has("when")) {
    return { help: severalConditions };
  }
  const fixes = standsFurtherOn("when", cursor)
    ? []
    : [replacement("Write when before it", before(span), "when ")];
  return { help: "A condition stands behind when.", fixes };
}

/** Whether the word is there, at a later place of the line: then it is the order that is wrong. */
function standsFurtherOn(word: RuleEntry, { line }: Cursor): boolean {
  return line.items.some((one) => one.kind === "word" && one.text === word);
}

/** Whether a line holds what the word that ends the line above it asks for. */
function isLineBelow(line: Line, word: RuleEntry, context: BindContext): boolean {
  const first = line.items[0];
  if (first?.kind === "block") return word === "then";
  if (first?.kind !== "word") return false;
  if (word === "when") return beginsCondition(first.text, context);
  const cursor = new Cursor(line);
  return actionWords.some((action) => cursor.isPhrase(action));
}

function valueBelow(word: RuleEntry, span: Span, below: Line, context: BindContext): void {
  const gap = { file: span.file, start: span.end, end: below.span.start };
  const fixes = [replacement("Join the two lines", gap, " ")];
  const found = "the end of the line";
  context.add(
    word === "when"
      ? report("MC1109", behind(span), { found }, { fixes })
      : report("MC1407", behind(span), { behind: word, found }, { fixes }),
  );
}

function notAnEntry(
  cursor: Cursor,
  context: BindContext,
  words: readonly string[],
  parts: RuleParts,
): void {
  if (cursor.line.misplaced === true && cursor.index === 0) {
    cursor.skipRest();
    return;
  }
  const { item } = cursor;
  const tail = updateTailWords.find((word) => cursor.isPhrase(word));
  if (tail !== undefined) {
    const span = cursor.takePhrase(tail) ?? cursor.here;
    context.add(report("MC1424", span, { tail, of: updateTails[tail].of.join(", ") }));
    cursor.skipRest();
    return;
  }
  const several = severalOf(cursor, context, parts);
  if (item !== undefined && several !== undefined) {
    context.add(report("MC2105", item.span, { found: describe(item) }, { help: several }));
    cursor.skipRest();
    return;
  }
  if (item?.kind === "word" && isForeign(item.text)) {
    const isWhen = item.text === "if" && cursor.index === 0 && !parts.seen.has("when");
    foreignWord(item, context, isWhen ? [replacement("Write when", item.span, "when")] : []);
    cursor.skipRest();
    return;
  }
  const lacking = item?.kind === "word" ? entryLacking(item, cursor, context, parts) : undefined;
  if (item?.kind === "word" && lacking !== undefined) {
    const holes = { place: `a ${ruleWord}`, word: `"${item.text}"`, known: words.join(", ") };
    context.add(report("MC2101", item.span, holes, lacking));
    cursor.skipRest();
    return;
  }
  if (cursor.index > 0 && item?.kind === "word" && beginsCondition(item.text, context)) {
    context.add(report("MC1112", item.span, {}));
    cursor.skipRest();
    return;
  }
  unknownSetting(cursor, context, `a ${ruleWord}`, words);
}
