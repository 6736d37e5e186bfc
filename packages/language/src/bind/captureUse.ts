import { report } from "../diagnostics/report.ts";
import { cutRisk, isOnlyDigits, wordsOf } from "../pattern/language.ts";
import type { CaptureItem } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Capture, Captures } from "./captures.ts";
import type { BindContext } from "./context.ts";
import { didYouMean, quoted } from "./suggestions.ts";

/** Reports the names that two tests of a condition set for the same mail. */
export function checkCaptures(captures: Captures, context: BindContext): void {
  for (const { name, first, second } of captures.twice) {
    const related = [{ span: first, message: "it is set here first" }];
    context.add(report("MC1314", second, { name: `$${name}` }, { related }));
  }
}

/**
 * The capture that is used: it has to be there, and to be set for every mail that gets here. Undefined
 * where it is not, or where a broken condition hides it.
 */
export function useCapture(
  item: CaptureItem,
  context: BindContext,
  captures: Captures,
): Capture | undefined {
  const { name, path, span } = item;
  if (/^\d/.test(name)) {
    const extras = captures.unnamed
      ? {}
      : { help: "Name a group of the pattern, (?<name>…), and use it as $name." };
    context.add(report("MC1311", span, { name: `$${name}` }, extras));
    return undefined;
  }
  if (path !== undefined) {
    context.add(report("MC1316", span, { name: `$${name}`, path }));
    return undefined;
  }
  return captureNamed(name, span, context, captures);
}

function captureNamed(
  name: string,
  span: Span,
  context: BindContext,
  captures: Captures,
): Capture | undefined {
  const capture = captures.byName.get(name);
  if (capture === undefined) {
    if (captures.incomplete) return undefined;
    const names = [...captures.byName.keys()];
    const known =
      names.length === 0
        ? "The condition has no pattern with a named group, (?<name>…)."
        : `There is: ${names.map((one) => `$${one}`).join(", ")}.`;
    const extras = didYouMean(name, span, names, (one) => `$${one}`);
    const related = captures.lookedAt.map((place, at) => ({
      span: place,
      message: at === 0 ? "it was looked for here" : "and here",
    }));
    context.add(report("MC1312", span, { name: `$${name}`, known }, { ...extras, related }));
    return undefined;
  }
  if (capture.unsure !== undefined) {
    if (captures.incomplete) return undefined;
    const related = [{ span: capture.span, message: "it is captured here" }];
    context.add(
      report("MC1313", span, { name: `$${name}`, why: whyUnsure[capture.unsure] }, { related }),
    );
    return undefined;
  }
  return capture;
}

const whyUnsure: Readonly<Record<NonNullable<Capture["unsure"]>, string>> = {
  "optional group": "its group may stay out of a match",
  branch: "a branch of the any does not set it",
  denied: "under not, no and every nothing is captured",
};

/** Whether a capture can name a ticket: nothing but digits. Warns where it could cut a longer reference short. */
export function checkTicketId(capture: Capture, span: Span, context: BindContext): boolean {
  const loose = capture.groups.find(({ group }) => !isOnlyDigits(group.node));
  if (loose !== undefined) {
    const related = [{ span: loose.span, message: "this group" }];
    context.add(report("MC1315", span, { name: `$${capture.name}` }, { related }));
    return false;
  }
  for (const { span: place, end, group } of capture.groups) {
    const risk = cutRisk(group.after);
    if (risk === "none") continue;
    const at = end === undefined ? undefined : { file: place.file, start: end, end };
    const fixes =
      risk === "ends" && at !== undefined
        ? [{ title: "Write \\b behind the group", edits: [{ span: at, text: "\\b" }] }]
        : [];
    context.add(report("MC3102", place, { name: `$${capture.name}` }, { fixes }));
  }
  return true;
}

/** Whether a capture can be nothing but known words. */
export function checkCapturedWords(
  capture: Capture,
  span: Span,
  words: readonly string[],
  what: string,
  context: BindContext,
): boolean {
  const known = new Set(words.map(folded));
  for (const { span: place, group } of capture.groups) {
    const captured = wordsOf(group.node);
    const other =
      captured === undefined ? undefined : [...captured].find((word) => !known.has(folded(word)));
    if (captured !== undefined && other === undefined) continue;
    const example = other === undefined ? "anything that its group matches" : quoted(other);
    const related = [{ span: place, message: "this group" }];
    const holes = { name: `$${capture.name}`, what, example, known: words.map(quoted).join(", ") };
    context.add(report("MC1317", span, holes, { related }));
    return false;
  }
  return true;
}

const folded = (word: string): string => word.normalize("NFC").toLowerCase().normalize("NFC");
