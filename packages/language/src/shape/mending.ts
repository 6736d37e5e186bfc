import type { IToken, TokenType } from "chevrotain";
import { report, type RawDiagnostic, type ReportExtras } from "../diagnostics/report.ts";
import { updateTailWords } from "../vocabulary/actions.ts";
import { settingTails } from "../vocabulary/mailbox.ts";
import { testTails } from "../vocabulary/tests.ts";
import { wordsOf } from "../vocabulary/words.ts";
import { afterLineBreak, indentationAt, lineEnd, lineStart } from "./extent.ts";
import { endOf, lastLineOf, type Reading } from "./reading.ts";
import * as types from "./tokens.ts";

/** Findings about brackets, commas and indentation, each with the edits that mend it. */

/** An opening bracket whose closing one is missing; it was taken to end behind `last`. */
export function unclosed(
  opener: IToken,
  last: IToken,
  indentation: string,
  reading: Reading,
): RawDiagnostic {
  const end = endOf(last);
  const at = reading.span(end, end);
  const span = reading.spanOf(opener);
  const closer = opener.tokenType === types.LeftBrace ? "}" : opener.image === "[" ? "]" : ")";
  const sameLine = lastLineOf(last) === lastLineOf(opener);
  const inBlock = closer === "}" && last !== opener;
  const below = inBlock && !sameLine;
  const text = below ? `\n${indentation}}` : inBlock ? " }" : closer;
  // Behind the comment of the last line, which belongs to what stands before it.
  const place = below ? lineEnd(reading.text, end) : end;
  const extras: ReportExtras = {
    related: [{ span: at, message: "it is taken to end here" }],
    fixes: [
      { title: `Close it with \`${closer}\``, edits: [{ span: reading.span(place, place), text }] },
    ],
  };
  if (closer === "}") return report("MC1010", span, { opener: "{", closer }, extras);
  if (closer === "]") return report("MC1013", span, {}, extras);
  return report("MC1014", span, {}, extras);
}

/** An entry that ends without the `{` or `[` that its indented lines and their closing bracket need. */
export function missingOpener(type: TokenType, last: IToken, reading: Reading): RawDiagnostic {
  const end = endOf(last);
  const block = type === types.LeftBrace;
  const opener = block ? "{" : "[";
  const edits = [{ span: reading.span(end, end), text: ` ${opener}` }];
  const holes = { opener, closer: block ? "}" : "]" };
  const title = block ? "Open the block" : "Open the list";
  return report("MC1011", reading.spanOf(last), holes, { fixes: [{ title, edits }] });
}

/** A line that is indented deeper than the entry above it. */
export function deeperLine(
  token: IToken,
  last: IToken,
  entry: string,
  indentation: string,
  reading: Reading,
): RawDiagnostic {
  const edits: { span: ReturnType<Reading["span"]>; text: string }[] = [];
  let start = lineStart(reading.text, token.startOffset);
  while (start < reading.text.length) {
    const end = lineEnd(reading.text, start);
    const here = indentationAt(reading.text, start);
    if (!here.startsWith(indentation) && start + here.length < end) break;
    if (here.startsWith(indentation)) {
      edits.push({
        span: reading.span(start + entry.length, start + indentation.length),
        text: "",
      });
    }
    start = afterLineBreak(reading.text, end);
  }
  const between = reading.span(endOf(last), token.startOffset);
  const fixes = [{ title: "Indent it like the entry above", edits }];
  if (mayContinue(token, last)) {
    fixes.push({ title: "Join it to the line above", edits: [{ span: between, text: " " }] });
  }
  return report("MC1019", reading.spanOf(token), {}, { fixes });
}

/** Whether the line could go on with the one above: behind a value only what continues entries can. */
function mayContinue(token: IToken, last: IToken): boolean {
  if (token.tokenType !== types.WordToken || last.tokenType === types.WordToken) return true;
  return tails.has(token.image);
}

const tails: ReadonlySet<string> = new Set(
  [...wordsOf(settingTails), ...wordsOf(testTails), ...updateTailWords].map(
    (phrase) => phrase.split(" ")[0] ?? phrase,
  ),
);

/** A sign of another language between entries, or between a word and its value. */
export function separatorAt(token: IToken, reading: Reading): RawDiagnostic {
  const holes = { sign: token.image };
  return report("MC1051", reading.spanOf(token), holes, leaveOut(token, reading));
}

/** A closing bracket that nothing opened; `first` is what its opening bracket was meant to stand before. */
export function strayBracket(
  token: IToken,
  first: IToken | undefined,
  reading: Reading,
): RawDiagnostic {
  const span = reading.spanOf(token);
  const holes = { bracket: token.image };
  if (first === undefined) return report("MC1012", span, holes, leaveOut(token, reading));
  const opener = token.tokenType === types.RightBracket ? "[" : "(";
  const at = reading.span(first.startOffset, first.startOffset);
  return report("MC1012", span, holes, {
    help: `Put \`${opener}\` before \`${first.image}\`.`,
    fixes: [{ title: `Open it with \`${opener}\``, edits: [{ span: at, text: opener }] }],
  });
}

/** A comma at the end or at the beginning of an entry. */
export function strayComma(token: IToken, reading: Reading): RawDiagnostic {
  return report("MC1018", reading.spanOf(token), {}, leaveOut(token, reading));
}

/** An opening brace on the line below the entry that it belongs to. */
export function braceBelow(token: IToken, last: IToken, reading: Reading): RawDiagnostic {
  const edits = [
    { span: reading.span(endOf(last), endOf(last)), text: " {" },
    { span: reading.spanOf(token), text: "" },
  ];
  return report("MC1016", reading.spanOf(token), {}, { fixes: [{ title: "Move it up", edits }] });
}

/** The edit that leaves a token out. */
export function leaveOut(token: IToken, reading: Reading): ReportExtras {
  const edits = [{ span: reading.spanOf(token), text: "" }];
  return { fixes: [{ title: `Leave \`${token.image}\` out`, edits }] };
}
