import { report, type ReportExtras } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { Condition, Placed, ProcessAction, ProcessDeclaration } from "../tree/index.ts";
import type { ProcessEvent } from "../tree/declarations.ts";
import { actionWords } from "../vocabulary/actions.ts";
import {
  processActions,
  processActionWords,
  processEntries,
  processEventWords,
} from "../vocabulary/processes.ts";
import { foreignSending } from "../vocabulary/foreign.ts";
import { bindEntries, checkOwnLine } from "./block.ts";
import { bindTicketBlock } from "./blocks.ts";
import { checkCaptures } from "./captureUse.ts";
import { capturesOf, noCaptures, type Captures } from "./captures.ts";
import { beginsCondition, bindCondition } from "./conditions.ts";
import { describe, type BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { readHead } from "./head.ts";
import { bindCall, bindSendMail } from "./processActions.ts";
import { unknownSetting } from "./settings.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { didYouMean } from "./suggestions.ts";
import { leftOver, wrongValue, type Entry } from "./values.ts";
import type { Span } from "../span.ts";
import { meantPhrase } from "./phrases.ts";

/** Binds `process "…" { … }`; the line is known to begin so. */
export function bindProcess(line: Line, context: BindContext): ProcessDeclaration {
  const { cursor, declared } = readHead(line, context, "process");
  const block = cursor.takeKind("block");
  let on: readonly Placed<ProcessEvent>[] = [];
  let when: Condition | undefined;
  let actions: readonly ProcessAction[] | undefined;
  let captures: Captures = noCaptures;
  const seen = new Map<string, Span>();
  const words = wordsOf(processEntries);
  for (const [index, entryLine] of (block?.lines ?? []).entries()) {
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
      if (first !== undefined) {
        const related = [{ span: first, message: "it stands here first" }];
        context.add(report("MC2102", span, { word: phrase, place: "a process" }, { related }));
      }
      if (inside.atEnd && block?.lines[index + 1]?.misplaced === true) continue;
      switch (phrase) {
        case "on": {
          const events = takeEvents(inside, context);
          if (first === undefined) on = events;
          break;
        }
        case "when": {
          const condition = bindCondition(inside, context, "process");
          if (first !== undefined) break;
          when = condition;
          captures = capturesOf(condition);
          checkCaptures(captures, context);
          break;
        }
        case "then": {
          const found = bindProcessActions(inside, context, captures);
          actions ??= found;
          break;
        }
      }
    }
  }
  const place = declared.name.span;
  if (block?.closed === true) {
    for (const word of ["on", "then"] as const) {
      if (!seen.has(word)) context.add(report("MC1402", place, { what: "the process", word }));
    }
  }
  if (block !== undefined) leftOver(cursor, context);
  return {
    ...declared,
    kind: "process",
    on,
    when: when ?? { kind: "always", span: place },
    actions: actions ?? [],
  };
}

function notAnEntry(cursor: Cursor, context: BindContext, words: readonly string[]): void {
  const { item } = cursor;
  if (cursor.line.misplaced === true && cursor.index === 0) {
    cursor.skipRest();
  } else if (
    cursor.index > 0 &&
    item?.kind === "word" &&
    beginsCondition(item.text, context, "process")
  ) {
    context.add(report("MC1112", item.span, {}));
    cursor.skipRest();
  } else unknownSetting(cursor, context, "a process", words);
}

/** `ticket created, updated`: behind a comma the first word need not stand again. */
function takeEvents(cursor: Cursor, context: BindContext): readonly Placed<ProcessEvent>[] {
  const events: Placed<ProcessEvent>[] = [];
  let subject = "";
  for (;;) {
    const from = cursor.index;
    const taken = cursor.takeOneOf(processEventWords) ?? takeShortEvent(cursor, subject);
    if (taken === undefined) {
      unknownEvent(cursor, context, subject);
      return events;
    }
    const { phrase, span } = taken;
    subject = phrase.split(" ")[0] ?? "";
    const first = events.find(({ value }) => value === phrase);
    if (first === undefined) events.push({ value: phrase, span });
    else {
      const related = [{ span: first.span, message: "it stands here first" }];
      context.add(
        report("MC2102", cursor.spanFrom(from), { word: phrase, place: "on" }, { related }),
      );
    }
    const comma = cursor.item;
    if (comma?.kind !== "symbol" || comma.symbol !== ",") return events;
    cursor.take();
  }
}

function takeShortEvent(
  cursor: Cursor,
  subject: string,
): { phrase: ProcessEvent; span: Span } | undefined {
  const { item } = cursor;
  if (item?.kind !== "word" || subject === "") return undefined;
  const phrase = processEventWords.find((event) => event === `${subject} ${item.text}`);
  if (phrase === undefined) return undefined;
  cursor.take();
  return { phrase, span: item.span };
}

function unknownEvent(cursor: Cursor, context: BindContext, subject: string): void {
  const { item } = cursor;
  const next = cursor.peek();
  if (item !== undefined && item.kind !== "unknown") {
    const isPair = item.kind === "word" && next?.kind === "word" && subject === "";
    const text = item.kind === "word" ? item.text : describe(item);
    const phrase = isPair ? `${text} ${next.text}` : `${subject} ${text}`.trim();
    const span = isPair ? { ...item.span, end: next.span.end } : item.span;
    const short = processEventWords.find((event) => event.endsWith(` ${text}`));
    const extras = didYouMean(short ?? phrase, span, processEventWords);
    const known = processEventWords.join(", ");
    context.add(report("MC1601", span, { event: phrase, known }, extras));
  } else if (item === undefined) {
    context.add(
      report("MC1601", cursor.here, { event: describe(item), known: processEventWords.join(", ") }),
    );
  }
  cursor.skipRest();
}

function bindProcessActions(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): readonly ProcessAction[] {
  const { item } = cursor;
  if (item?.kind !== "block") return [bindProcessAction(cursor, context, captures)];
  cursor.take();
  const actions: ProcessAction[] = [];
  bindEntries(item, context, (inside) => {
    const from = inside.index;
    const action = bindProcessAction(inside, context, captures);
    if (action.kind !== "broken") checkOwnLine(item, inside, from, context);
    actions.push(action);
  });
  if (item.lines.length === 0 && item.closed) {
    context.add(report("MC1408", item.span, { word: "then" }));
  }
  return actions;
}

function bindProcessAction(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
): ProcessAction {
  const from = cursor.index;
  const taken = cursor.takeOneOf(processActionWords);
  const broken = (): ProcessAction => ({ kind: "broken", span: cursor.spanFrom(from) });
  if (taken === undefined) {
    unknownAction(cursor, context);
    cursor.skipRest();
    return broken();
  }
  const entry: Entry = { word: taken.phrase, form: processActions[taken.phrase].form };
  switch (taken.phrase) {
    case "send mail":
      return bindSendMail(from, cursor, context, captures, entry) ?? broken();
    case "call":
      return bindCall(from, cursor, context, captures, entry) ?? broken();
    case "set": {
      const block = cursor.takeKind("block");
      if (block === undefined) {
        wrongValue(cursor, context, entry, "properties in braces");
        return broken();
      }
      const bound = bindTicketBlock(block, context, "process", captures);
      return { kind: "set", span: cursor.spanFrom(from), block: bound };
    }
  }
}

/** What other programs call the sending of a mail. */
function sendingWord(word: string): ReportExtras | undefined {
  if (!foreignSending.includes(word)) return undefined;
  return { help: `It is written: ${processActions["send mail"].form}` };
}

function unknownAction(cursor: Cursor, context: BindContext): void {
  const { item } = cursor;
  if (item?.kind === "unknown" || cursor.line.misplaced === true) return;
  const known = processActionWords.join(", ");
  const ofRule = actionWords.find((word) => cursor.isPhrase(word));
  if (ofRule !== undefined) {
    context.add(report("MC1602", cursor.here, { word: `"${ofRule}"`, known }));
    return;
  }
  const extras =
    item?.kind === "word"
      ? (sendingWord(item.text) ??
        meantPhrase(cursor, processActionWords) ??
        didYouMean(item.text, item.span, processActionWords))
      : {};
  context.add(report("MC1602", cursor.here, { word: describe(item), known }, extras));
}
