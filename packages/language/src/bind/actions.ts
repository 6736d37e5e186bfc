import { report } from "../diagnostics/report.ts";
import type { Block } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Action, Placed } from "../tree/index.ts";
import {
  actions,
  actionWords,
  fileUnderBy,
  fileUnderRegistries,
  fileUnderSides,
  foreignActions,
  ruleEntries,
  updateTails,
  updateTailWords,
  type ActionWord,
} from "../vocabulary/actions.ts";
import { processActionWords } from "../vocabulary/processes.ts";
import { checkActions } from "./actionChecks.ts";
import { checkOwnLine } from "./block.ts";
import { bindTicketBlock, emptyTicketBlock } from "./blocks.ts";
import type { Captures } from "./captures.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { meantPhrase } from "./phrases.ts";
import { skipBroken } from "./skipping.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { plainText } from "./texts.ts";
import { bindUpdateTicket } from "./updateTicket.ts";
import { takeOneOf, wrongValue, type Entry } from "./values.ts";

/**
 * Binds what stands behind `then`, `if closed` or `otherwise`: one action, or several in braces. What
 * contradicts itself among them is reported.
 */
export function bindActions(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  behind: string,
): readonly Action[] {
  const block = cursor.item;
  const found =
    block?.kind === "block"
      ? bindBlock(block, cursor, context, captures)
      : [bindAction(cursor, context, captures, behind)];
  checkActions(found, context);
  return found;
}

function bindBlock(
  block: Block,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): readonly Action[] {
  cursor.take();
  const found: Action[] = [];
  for (const [index, line] of block.lines.entries()) {
    const inside = new Cursor(line);
    while (!inside.atEnd) {
      const from = inside.index;
      context.entryAt(line, from);
      const before = block.lines[index - 1];
      if (from === 0 && tailOnOwnLine(inside, before?.span, context)) break;
      const action = bindAction(inside, context, captures, "{");
      if (action.kind !== "broken") checkOwnLine(block, inside, from, context);
      found.push(action);
      if (inside.index === from) inside.skipRest();
    }
  }
  if (block.lines.length === 0 && block.closed) {
    context.add(report("MC1408", block.span, { word: thenWord }));
    return [{ kind: "broken", span: block.span }];
  }
  return found;
}

const thenWord: keyof typeof ruleEntries = "then";

/**
 * A line that begins with what continues `update ticket`. It is reported, with the fix that joins it to
 * the line before.
 */
export function tailOnOwnLine(
  cursor: Cursor,
  lineBefore: Span | undefined,
  context: BindContext,
): boolean {
  const tail = updateTailWords.find((word) => cursor.isPhrase(word));
  if (tail === undefined) return false;
  const span = cursor.takePhrase(tail) ?? cursor.here;
  cursor.skipRest();
  // A line indented deeper than the entry above it was reported as such.
  if (cursor.line.misplaced === true) return true;
  const gap =
    lineBefore === undefined
      ? undefined
      : { file: span.file, start: lineBefore.end, end: span.start };
  const fixes = gap === undefined ? [] : [replacement("Join it to the line above", gap, " ")];
  const holes = { tail, of: updateTails[tail].of.join(", ") };
  context.add(report("MC1415", span, holes, { fixes }));
  return true;
}

/** Binds one action, with every word that can continue it. */
export function bindAction(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  behind: string,
): Action {
  const from = cursor.index;
  const taken = cursor.takeOneOf(actionWords);
  if (taken === undefined) {
    unknownAction(cursor, context, behind);
    return { kind: "broken", span: skipBroken(cursor) ?? cursor.here };
  }
  const { phrase, span } = taken;
  const action = bindKnown(phrase, span, from, cursor, context, captures);
  if (cursor.item?.kind === "unknown") cursor.skipRest();
  return action ?? { kind: "broken", span: cursor.spanFrom(from) };
}

function bindKnown(
  word: ActionWord,
  span: Span,
  from: number,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): Action | undefined {
  const entry: Entry = { word, form: actions[word].form };
  switch (word) {
    case "ignore":
    case "delete":
    case "continue":
      return { kind: word, span };
    case "mark spam":
      return { kind: "mark spam", span };
    case "mark read":
      return { kind: "mark", span, as: "read" };
    case "mark unread":
      return { kind: "mark", span, as: "unread" };
    case "mark flagged":
      return { kind: "mark", span, as: "flagged" };
    case "move to":
    case "copy to": {
      const folder = takeFolder(cursor, context, entry);
      if (folder === undefined) return undefined;
      const kind = word === "move to" ? "move" : "copy";
      return { kind, span: cursor.spanFrom(from), folder };
    }
    case "create ticket": {
      const block = cursor.takeKind("block");
      return {
        kind: "create ticket",
        span: cursor.spanFrom(from),
        block:
          block === undefined
            ? emptyTicketBlock
            : bindTicketBlock(block, context, "create", captures),
      };
    }
    case "set": {
      const block = cursor.takeKind("block");
      if (block === undefined) {
        return wrongValue(cursor, context, entry, "properties in braces");
      }
      const bound = bindTicketBlock(block, context, "set", captures);
      return { kind: "set", span: cursor.spanFrom(from), block: bound };
    }
    case "file under":
      return takeFileUnder(from, cursor, context, entry);
    case "update ticket":
      return bindUpdateTicket(from, span, cursor, context, captures, (inner, behind) =>
        bindActions(inner, context, captures, behind),
      );
  }
}

function takeFolder(
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Placed<string> | undefined {
  const { item } = cursor;
  if (item?.kind === "capture") {
    cursor.take();
    context.add(report("MC1419", item.span, { name: `$${item.name}` }));
    return undefined;
  }
  if (item?.kind !== "text") {
    if (item?.kind === "word" && !Object.hasOwn(ruleEntries, item.text)) {
      cursor.take();
      const fixes = [replacement("Put it in quotes", item.span, quoted(item.text))];
      context.add(report("MC1124", item.span, { found: item.text }, { fixes }));
      return undefined;
    }
    return wrongValue(cursor, context, entry, "the name of a folder in quotes");
  }
  cursor.take();
  if (item.parts.some((part) => part.kind === "hole")) {
    context.add(report("MC1419", item.span, { name: "${…}" }));
    return undefined;
  }
  const folder = plainText(item, context);
  if (folder === undefined) return undefined;
  const wrong = folder.value.trim() === "" ? "it is empty" : whyNoFolder(folder.value);
  if (wrong === undefined) return folder;
  context.add(report("MC2141", folder.span, { folder: folder.value, reason: wrong }));
  return undefined;
}

function whyNoFolder(name: string): string | undefined {
  if (/[*%]/.test(name)) return "one folder is meant here, and * and % stand for many";
  if (/\p{Cc}/u.test(name)) return "it holds a control character";
  if (/^\/|\/$|\/\//.test(name)) return "a part between two / is empty";
  return undefined;
}

function takeFileUnder(
  from: number,
  cursor: Cursor,
  context: BindContext,
  entry: Entry,
): Action | undefined {
  const registries: Placed<(typeof fileUnderRegistries)[number]>[] = [];
  for (;;) {
    const registry = takeOneOf(cursor, context, entry, fileUnderRegistries);
    if (registry === undefined) return undefined;
    const first = registries.find(({ value }) => value === registry.value);
    if (first === undefined) registries.push(registry);
    else {
      const related = [{ span: first.span, message: "it stands here first" }];
      const holes = { word: registry.value, place: entry.word };
      context.add(report("MC2102", registry.span, holes, { related }));
    }
    const comma = cursor.item;
    if (comma?.kind !== "symbol" || comma.symbol !== ",") break;
    cursor.take();
  }
  if (cursor.takePhrase(fileUnderBy) === undefined) {
    return wrongValue(cursor, context, entry, "by from or by to");
  }
  const by = takeOneOf(cursor, context, entry, fileUnderSides);
  if (by === undefined) return undefined;
  return { kind: "file under", span: cursor.spanFrom(from), registries, by: by.value };
}

/** What stands where an action was expected: says what was most likely meant. */
function unknownAction(cursor: Cursor, context: BindContext, behind: string): void {
  const { item } = cursor;
  if (item?.kind === "unknown") return;
  const isTail = updateTailWords.some((word) => cursor.isPhrase(word));
  if (item?.kind !== "word" || isTail || Object.hasOwn(ruleEntries, item.text)) {
    context.add(report("MC1407", cursor.here, { behind, found: describe(item) }));
    return;
  }
  const foreign = Object.hasOwn(foreignActions, item.text) ? foreignActions[item.text] : undefined;
  const next = cursor.peek();
  const phrase = next?.kind === "word" ? `${item.text} ${next.text}` : item.text;
  const ofProcess = processActionWords.find((word) => cursor.isPhrase(word));
  if (foreign !== undefined || ofProcess !== undefined) {
    const help = foreign ?? foreignActions["send"] ?? "";
    context.add(report("MC1406", item.span, { word: item.text }, { help }));
    return;
  }
  const begun = meantPhrase(cursor, actionWords);
  const twice = next?.kind === "word" && next.text === item.text;
  const span: Span = next?.kind === "word" ? { ...item.span, end: next.span.end } : item.span;
  const both = didYouMean(phrase, span, actionWords);
  if (both.fixes !== undefined && !twice) {
    context.add(report("MC1406", span, { word: phrase }, both));
    return;
  }
  const first = (word: string): string => word.split(" ")[0] ?? word;
  const whole = (half: string): string => actionWords.find((word) => first(word) === half) ?? half;
  const one = begun ?? didYouMean(item.text, item.span, actionWords.map(first), whole);
  const extras = one.help === undefined ? { help: `A rule can: ${actionWords.join(", ")}.` } : one;
  context.add(report("MC1406", item.span, { word: item.text }, extras));
}
