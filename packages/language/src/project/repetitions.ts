import type { RawDiagnostic, RawFix } from "../diagnostics/report.ts";
import type { DiagnosticCode } from "../diagnostics/table.ts";
import type { SourceFile } from "../shape/shape.ts";
import { ruleOrDeclaration } from "../shape/around.ts";

/** Words and names that are declared once for the whole project. */
const ofTheProject: ReadonlySet<DiagnosticCode> = new Set(["MC1131", "MC2011"]);
/** Names that are mended in each file by itself, as by an import, and habits of another language. */
const ofAFile: ReadonlySet<DiagnosticCode> = new Set([
  "MC1009",
  "MC1050",
  "MC1051",
  "MC1052",
  "MC1108",
  "MC2012",
]);
/** What the condition of a rule lacks, for all the places of the rule that ask for it. */
const ofARule: ReadonlySet<DiagnosticCode> = new Set(["MC1312"]);

/** So many other places are shown. */
const mostPlaces = 8;

/**
 * One mistake, one message: where a name is used ten times and declared nowhere, the first use is told
 * and the others are its related places. A fix mends those of the same file too.
 */
export function withoutRepetitions(
  findings: readonly RawDiagnostic[],
  files: readonly SourceFile[],
): readonly RawDiagnostic[] {
  const groups = new Map<string, RawDiagnostic[]>();
  for (const finding of findings) {
    const key = mistakeOf(finding, files);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const left = new Map<RawDiagnostic, RawDiagnostic | undefined>();
  for (const group of groups.values()) {
    const [first, ...others] = group.toSorted(inReadingOrder);
    if (first === undefined || others.length === 0) continue;
    left.set(first, together(first, others));
    for (const other of others) left.set(other, undefined);
  }
  return findings.flatMap((finding) => (left.has(finding) ? (left.get(finding) ?? []) : [finding]));
}

function mistakeOf(
  { code, message, span, fixes }: RawDiagnostic,
  files: readonly SourceFile[],
): string | undefined {
  if (ofTheProject.has(code)) return JSON.stringify([code, message]);
  if (ofAFile.has(code)) return JSON.stringify([code, message, span.file]);
  // One that was only misspelt is a mistake of its own.
  if (!ofARule.has(code) || fixes.length > 0) return undefined;
  const lines = files.find(({ path }) => path === span.file)?.lines ?? [];
  return JSON.stringify([code, span.file, ruleOrDeclaration(lines, span)?.start]);
}

function inReadingOrder(one: RawDiagnostic, other: RawDiagnostic): number {
  if (one.span.file !== other.span.file) return one.span.file < other.span.file ? -1 : 1;
  return one.span.start - other.span.start;
}

function together(first: RawDiagnostic, others: readonly RawDiagnostic[]): RawDiagnostic {
  const shown = others.slice(0, mostPlaces);
  const more = others.length - shown.length;
  const related = shown.map(({ span, message }, at) => {
    const here = message === first.message ? "and here" : message;
    const last = at === shown.length - 1 && more > 0;
    return { span, message: last ? `${here}, and at ${more} more places` : here };
  });
  return {
    ...first,
    related: [...first.related, ...related],
    fixes: first.fixes.map((fix) => mendingAll(fix, first, others)),
  };
}

/** The fix, for all places of its file where the same one would mend the same. */
function mendingAll(fix: RawFix, first: RawDiagnostic, others: readonly RawDiagnostic[]): RawFix {
  const same = others
    .filter(({ message, span }) => message === first.message && span.file === first.span.file)
    .flatMap(({ fixes }) => fixes.filter(({ title }) => title === fix.title));
  const edits = new Map(
    [fix, ...same]
      .flatMap((one) => one.edits)
      .map((edit) => [`${edit.span.start} ${edit.span.end}`, edit] as const),
  );
  return { ...fix, edits: [...edits.values()] };
}
