import type { Decision, Effect, MailEffect, MailMark, Reason, TraceEntry } from "@mcrules/compiler";
import type { Ticket } from "@mcrules/helpdesk";
import type { Position } from "@mcrules/language";
import { placed } from "./formats/placed.ts";
import { shownIn } from "./project.ts";
import { fit, printable, type Terminal } from "./terminal.ts";

/** What a decision does, a line each, as `actions` of `explain` lists it. */
export function actionTexts(decision: Decision): readonly string[] {
  return [...decision.effects.map(effectText), ...decision.mailEffects.map(mailEffectText)];
}

function effectText(effect: Effect): string {
  switch (effect.kind) {
    case "create ticket": {
      const linked = effect.linkedTo === undefined ? "" : `, linked to ticket ${effect.linkedTo}`;
      return `create ticket "${printable(effect.title)}"${linked}`;
    }
    case "update ticket":
      return `update ticket ${effect.ticket.number}${effect.internal ? ", internal" : ""}`;
    case "file under":
      return `file under ${effect.registry} ${printable(effect.address)}`;
    case "block sender":
      return `block ${printable(effect.addresses.join(", "))}`;
    case "report spam":
      return `report ${printable(effect.addresses.join(", "))}, whom only a person can block`;
    case "count miss":
      return `count a ticket named in vain by ${printable(effect.addresses.join(", "))}`;
    case "note bounce":
      return `note the bounce on ticket ${effect.ticket.number}`;
  }
}

function mailEffectText(effect: MailEffect): string {
  switch (effect.kind) {
    case "mark":
      return `mark ${effect.as}`;
    case "move":
      return `move to ${printable(effect.folder)}`;
    case "copy":
      return `copy to ${printable(effect.folder)}`;
    case "delete":
      return "delete";
  }
}

/** What people should know of a mail, a line each; nothing where there is nothing. */
export function marksText(marks: readonly MailMark[], terminal: Terminal): string {
  // Many mails of one ticket may have the same one.
  return [...new Set(marks.map(({ message }) => message))]
    .map((message) => `  ${terminal.style("yellow", "mark")}  ${printable(message)}\n`)
    .join("");
}

/** The outcome in a few words, with the ticket where there is one. */
export function outcomeText(decision: Decision, ticket: Ticket | undefined): string {
  switch (decision.outcome) {
    case "ticket created":
      return ticket === undefined ? "ticket created" : `ticket ${ticket.number} created`;
    case "ticket updated": {
      const updated = decision.effects.find((effect) => effect.kind === "update ticket");
      return updated?.kind === "update ticket"
        ? `ticket ${updated.ticket.number} updated`
        : "ticket updated";
    }
    default:
      return decision.outcome;
  }
}

/** The reason in one line: the rule that ended the search and what made it hold. */
export function shortReason(decision: Decision): string {
  const ended = decision.trace.findLast(
    (entry) => entry.result && (decision.rule === null ? entry.step : entry.rule === decision.rule),
  );
  if (ended === undefined) return "no rule's condition held";
  if (ended.because.length === 0) return "always";
  const held = ended.because.filter(({ result }) => result);
  // A rule of nothing but `not` holds by what does not.
  const told = held.length > 0 ? held : ended.because;
  return told.slice(0, 2).map(reasonText).join(", ");
}

/** `from.domain is "aruba.it", saw staff.aruba.it`, on one line. */
function reasonText(reason: Reason): string {
  const test = `${fit(testText(reason), 90)}${reason.result ? "" : " does not hold"}`;
  return reason.actual === "" ? test : `${test}, saw ${oneLine(reason.actual)}`;
}

/** The test as it is written, a list on one line. */
function testText({ field, operator, expected }: Reason): string {
  const isEach = ["some", "every", "no"].includes(operator);
  const value = expected.replace(/^\[\s+/, "[").replace(/,?\s+\]$/, "]");
  return [isEach ? `${operator} ${field}` : `${field} ${operator}`, value]
    .filter((part) => part !== "")
    .map(oneLine)
    .join(" ");
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim());
}

/**
 * A trace for people: what is asked before the rules in one line where it held nothing up, then
 * rule by rule.
 */
export function wholeTraceText(
  trace: readonly TraceEntry[],
  root: string,
  terminal: Terminal,
): string {
  const passed = trace.filter(({ step, result }) => step && !result).map(({ rule }) => rule);
  const before =
    passed.length === 0
      ? ""
      : `  ${terminal.style("dim", `no   before the rules: ${passed.join(", ")}`)}\n`;
  const shown = trace.filter(({ step, result }) => !step || result);
  return before + shown.map((entry) => traceText(entry, root, terminal)).join("");
}

/** A rule of the trace with the tests that made it so, indented. */
function traceText(entry: TraceEntry, root: string, terminal: Terminal): string {
  const mark = entry.result ? terminal.style("green", "yes") : terminal.style("dim", "no ");
  const place =
    entry.position === null ? "" : terminal.style("dim", `  ${placeText(entry.position, root)}`);
  const lines = [`  ${mark}  ${terminal.style("bold", printable(entry.rule))}${place}`];
  for (const reason of entry.because) {
    const line = reason.position === null ? "" : `${reasonPlace(reason.position, entry, root)}: `;
    const sign = reason.result ? terminal.style("green", "holds") : terminal.style("red", "fails");
    const saw = reason.actual === "" ? "" : `, saw ${oneLine(reason.actual)}`;
    lines.push(`         ${line}${fit(testText(reason), 90)} ${sign}${fit(saw, 120)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A named condition stands elsewhere, often in another file. */
function reasonPlace(position: Position, entry: TraceEntry, root: string): string {
  return position.file === entry.position?.file
    ? `line ${position.line}`
    : placeText(position, root);
}

/** `support.mcrules:12`. */
function placeText(position: Position, root: string): string {
  return `${shownIn(root, position.file)}:${position.line}`;
}

/** A trace as JSON: positions with the file as it is shown. */
export function traceJson(trace: readonly TraceEntry[], root: string): readonly object[] {
  const at = (position: Position | null, rest: object): object =>
    position === null
      ? { ...rest, position }
      : placed({ ...position, file: shownIn(root, position.file) }, rest);
  return trace.map(({ rule, step, position, result, because }) =>
    at(position, {
      rule,
      step,
      result,
      because: because.map(({ position: place, ...reason }) => at(place, reason)),
    }),
  );
}
