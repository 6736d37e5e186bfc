import { isCode, type Configuration } from "../configuration.ts";
import { report, type RawDiagnostic, type RawFix } from "../diagnostics/report.ts";
import { diagnosticTable } from "../diagnostics/table.ts";
import { lineIndex, positionOf, type LineIndex } from "../positions.ts";
import { afterLineBreak } from "../shape/extent.ts";
import type { Comment, SourceFile } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import { allowWord } from "../vocabulary/allow.ts";

/** A code that a comment allows on a line. */
interface Allowance {
  readonly code: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly span: Span;
  readonly reason: string;
  /** Takes the comment out, where it is about this code alone. */
  readonly removal: readonly RawFix[];
}

/**
 * Takes away the warnings that comments allow, and tells of comments that allow nothing.
 * `judged` says whether all findings of a code are there, so that one without effect is sure to be one.
 */
export function applyAllowances(
  findings: readonly RawDiagnostic[],
  files: readonly SourceFile[],
  configuration: Configuration,
  judged: (code: string) => boolean,
): readonly RawDiagnostic[] {
  const told: RawDiagnostic[] = [];
  const allowances: Allowance[] = [];
  const indexes = new Map<string, LineIndex>();
  for (const file of files) {
    if (!file.comments.some(({ text }) => text.includes(allowWord))) continue;
    const index = lineIndex(file.text);
    indexes.set(file.path, index);
    allowances.push(...allowancesOf(file, index, told));
  }
  const used = new Set<Allowance>();
  const left = findings.filter((finding) => {
    const index = indexes.get(finding.span.file);
    if (index === undefined || finding.severity === "error") return true;
    const { line } = positionOf(finding.span, index);
    const matching = allowances.filter(
      (one) => one.file === finding.span.file && one.line === line && one.code === finding.code,
    );
    for (const one of matching) used.add(one);
    return matching.length === 0;
  });
  for (const allowance of allowances) {
    const { code, span, reason, removal } = allowance;
    if (!isCode(code)) {
      const guess = nearest(code, Object.keys(diagnosticTable));
      told.push(
        report(
          "MC4102",
          span,
          { code },
          guess === undefined ? {} : { help: `Do you mean ${guess}?` },
        ),
      );
    } else if (diagnosticTable[code].severity === "error") {
      told.push(report("MC4104", span, { code }, { fixes: removal }));
    } else if (!used.has(allowance)) {
      if (configuration.diagnostics.get(code) !== "off" && judged(code)) {
        told.push(report("MC4103", span, { code }, { fixes: removal }));
      }
    } else if (reason === "") told.push(report("MC4101", span, { code }));
  }
  return [...left, ...told];
}

function allowancesOf(
  file: SourceFile,
  index: LineIndex,
  told: RawDiagnostic[],
): readonly Allowance[] {
  const commentLines = new Set<number>();
  for (const comment of file.comments) {
    if (comment.ownLine) commentLines.add(positionOf(comment.span, index).line);
  }
  const allowances: Allowance[] = [];
  for (const comment of file.comments) {
    const text = comment.text.trim();
    if (!new RegExp(`^${allowWord}(?![\\w-])`).test(text)) continue;
    const rest = text.slice(allowWord.length);
    const shape = /^\s+(MC\d{4}(?:\s*,\s*MC\d{4})*)\s*(?::\s*(.*))?$/su.exec(rest);
    if (shape === null) {
      told.push(report("MC4105", comment.span, {}));
      continue;
    }
    let line = positionOf(comment.span, index).line;
    // Comments may stand between it and the line that it is about.
    while (comment.ownLine && commentLines.has(line)) line += 1;
    const codes = (shape[1] ?? "").split(",").map((code) => code.trim());
    for (const code of codes) {
      const reason = (shape[2] ?? "").trim();
      const removal = codes.length === 1 ? [removalOf(comment, file)] : [];
      allowances.push({ code, file: file.path, line, span: comment.span, reason, removal });
    }
  }
  return allowances;
}

/** Takes a comment out, with its line where it stands alone. */
function removalOf({ span, ownLine }: Comment, { text }: SourceFile): RawFix {
  const blanks = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
  const end = ownLine ? afterLineBreak(text, span.end) : span.end;
  return {
    title: "Take the comment out",
    edits: [{ span: { ...span, start: span.start - blanks, end }, text: "" }],
  };
}
