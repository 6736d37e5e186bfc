import type { RawDiagnostic } from "../diagnostics/report.ts";
import type { DiagnosticCode } from "../diagnostics/table.ts";
import { lineIndex, positionOf, type LineIndex } from "../positions.ts";
import { ruleOrDeclaration, smallestBlock, within } from "../shape/around.ts";
import type { Line, SourceFile } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { declarations, ruleWord, type DeclarationWord } from "../vocabulary/declarations.ts";
import { operators, operatorWords } from "../vocabulary/operators.ts";
import { ticketEntries } from "../vocabulary/ticketBlock.ts";

/** Something is said to be missing that may be there, in words that could not be understood. */
const missingEntries: ReadonlySet<DiagnosticCode> = new Set(["MC1402", "MC1603", "MC1621"]);
/** Something is not as other entries of its rule or test would have it. */
const unfitEntries: ReadonlySet<DiagnosticCode> = new Set([
  "MC1313",
  "MC1410",
  "MC2203",
  "MC2204",
  "MC2205",
  "MC2208",
  "MC2211",
  "MC2212",
  "MC4203",
  "MC4204",
]);
/** A name was not found. */
const unknownNames: ReadonlySet<DiagnosticCode> = new Set(["MC1108", "MC2011", "MC2012", "MC2207"]);
/** A bare word stands where a text was expected; behind some operators it may be the name of a list. */
const bareWord: DiagnosticCode = "MC1124";
const takesAList = new RegExp(
  `\\b(?:${operatorWords.filter((word) => operators[word].operand === "texts").join("|")})[ \\t]+$`,
);
/** A group is captured twice, perhaps since two conditions stand on one line. */
const capturedTwice: DiagnosticCode = "MC1314";
const secondCondition: DiagnosticCode = "MC1112";
/** A word that the helpdesk would declare was not found, or the type of a field of its own. */
const unknownWords: ReadonlySet<DiagnosticCode> = new Set(["MC1120", "MC1131", "MC1206", "MC1317"]);
/** Something stands behind the end of an entry: another one, where a line end or a brace is missing. */
const leftOver: DiagnosticCode = "MC2105";
/** A set of rules is applied by no mailbox. */
const unused: DiagnosticCode = "MC4201";
/** A condition of no such name. */
const unknownCondition: DiagnosticCode = "MC1108";
/** Rules may seem to stand twice where a set of rules swallowed what stands behind it. */
const repeatedNames: DiagnosticCode = "MC2002";
/** A declaration may be lost, with the name that it would give. */
const lostDeclarations: ReadonlySet<DiagnosticCode> = new Set([
  "MC1010",
  "MC1011",
  "MC1012",
  "MC1016",
  "MC1019",
  "MC1401",
  "MC2001",
  "MC2004",
  "MC2006",
  "MC2017",
]);
/** An entry of a block could not be understood. */
const lostEntries: ReadonlySet<DiagnosticCode> = new Set([
  "MC1107",
  "MC1127",
  "MC2101",
  "MC2104",
  "MC2105",
]);
/** A word has no place where it stands: where it begins a declaration, that one is lost. */
const strayWords: ReadonlySet<DiagnosticCode> = new Set([
  "MC1017",
  "MC2101",
  "MC2105",
  "MC1101",
  "MC1108",
]);
/** What a ticket is given stands among the actions of a rule: the word in front is what lacks. */
const noAction: ReadonlySet<DiagnosticCode> = new Set(["MC1406", "MC1602"]);
/** What is wrong with an import that is followed all the same. */
const followedImports: ReadonlySet<DiagnosticCode> = new Set(["MC2003", "MC2008", "MC2105"]);
/** A second entry seems to begin on a line, perhaps since the first could not be understood. */
const secondEntry: DiagnosticCode = "MC2123";
/** What the shape of a pattern says where the words before it are the mistake. */
const misreadPatterns: ReadonlySet<DiagnosticCode> = new Set(["MC1032", "MC1040"]);
/** A rule or a group without braces: the lines below it are deeper, as they should be. */
const noBraces: ReadonlySet<DiagnosticCode> = new Set(["MC1429", "MC1113"]);
/** Something is expected where the line ends, and a deeper line may hold it. */
const unfinished: ReadonlySet<DiagnosticCode> = new Set([
  "MC1105",
  "MC1109",
  "MC1118",
  "MC1122",
  "MC2103",
]);
/** A text and a hole in it that both do not end on their line. */
const unclosed: ReadonlySet<DiagnosticCode> = new Set(["MC1001", "MC1008"]);
/** A condition is missing, and the word that stands in its place is told: it begins an entry elsewhere. */
const noCondition: DiagnosticCode = "MC1109";
const noEntry: DiagnosticCode = "MC2101";
const deeperLine: DiagnosticCode = "MC1019";

/**
 * The findings without those that only follow from another: one mistake, one message. What is left
 * out is told as soon as its cause is mended, if it was a mistake of its own.
 */
export function withoutConsequences(
  findings: readonly RawDiagnostic[],
  files: readonly SourceFile[],
): readonly RawDiagnostic[] {
  if (!findings.some(({ severity }) => severity === "error")) return findings;
  const lines = new BrokenLines(findings, files);
  const errors = findings.filter(({ severity }) => severity === "error");
  const shapes = new Map(files.map((file) => [file.path, file] as const));
  const stray = errorsIn(strayLines(files), errors);
  const lostName =
    errors.some(({ code }) => lostDeclarations.has(code)) ||
    stray.length > 0 ||
    errors.some((one) => isStrayDeclaration(one, files));
  const lostWords = new Set(
    errors
      .filter(
        (one) => lostDeclarations.has(one.code) || one.code === leftOver || stray.includes(one),
      )
      .flatMap(({ span }) => wordsIn(lineAt(span, files))),
  );
  const lostApplications = new Set(
    strayLines(files)
      .filter((line) => stray.some((one) => within(one.span, line.span)))
      .flatMap(({ span }) =>
        wordsIn(shapes.get(span.file)?.text.slice(span.start, span.end) ?? ""),
      ),
  );
  const nameless = errors.some(({ code }) => code === "MC2006");
  const importsLost = new Set(
    errorsIn(linesOf(files, "import"), errors)
      .filter(({ code }) => !followedImports.has(code))
      .map(({ span }) => span.file),
  );
  const helpdeskLost = errorsIn(linesOf(files, "helpdesk"), errors).length > 0;

  return findings.filter((finding) => {
    const { code, span, fixes } = finding;
    if (lines.excuses(finding)) return false;
    if (code === deeperLine) {
      return !errors.some((one) => noBraces.has(one.code) && lines.isBelow(finding, one));
    }
    if (unclosed.has(code)) {
      const text = shapes.get(span.file)?.text ?? "";
      const isCause = (one: RawDiagnostic) =>
        unclosed.has(one.code) &&
        one.span.start < span.start &&
        standOnOneLine(one.span, span, text);
      if (errors.some(isCause)) return false;
    }
    if (code === noCondition) {
      const told = (one: RawDiagnostic) =>
        one.code === noEntry && one.span.file === span.file && one.span.start === span.end + 1;
      if (errors.some(told)) return false;
    }
    if (unfinished.has(code) && endsLine(span, files)) {
      const below = errors.some((one) => one.code === deeperLine && lines.isBelow(one, finding));
      if (below) return false;
    }
    if (code === secondEntry) {
      return !errors.some((one) =>
        standOnOneLine(one.span, span, shapes.get(span.file)?.text ?? ""),
      );
    }
    if (isStrayDeclaration(finding, files)) return true;
    if (missingEntries.has(code)) {
      const around = smallestBlock(shapes.get(span.file)?.lines ?? [], span);
      return !errors.some(
        (one) =>
          around !== undefined &&
          within(one.span, around) &&
          (lostEntries.has(one.code) || isOfShape(one.code)),
      );
    }
    if (unfitEntries.has(code)) {
      const around = ruleOrDeclaration(shapes.get(span.file)?.lines ?? [], span);
      return !errors.some(
        (one) => around !== undefined && within(one.span, around) && !unfitEntries.has(one.code),
      );
    }
    if (code === repeatedNames) {
      const around = ruleOrDeclaration(shapes.get(span.file)?.lines ?? [], span);
      return !errors.some(
        (one) => one.code === "MC1401" && around !== undefined && within(one.span, around),
      );
    }
    if (noAction.has(code) && Object.hasOwn(ticketEntries, wordAt(span, files))) {
      const around = smallestBlock(shapes.get(span.file)?.lines ?? [], span);
      return !errors.some(
        (one) =>
          noAction.has(one.code) &&
          one.span.start < span.start &&
          around !== undefined &&
          within(one.span, around),
      );
    }
    if (code === bareWord) return !lostName || !takesAList.test(textBefore(span, files));
    if (code === capturedTwice) return !errors.some((one) => one.code === secondCondition);
    if (code === unused) return !lostApplications.has(wordAt(span, files));
    if (code === unknownCondition && nameless) return false;
    if (code === "MC2012") return !lostName && !importsLost.has(span.file);
    if (unknownNames.has(code) && (code === "MC2011" || fixes.length === 0)) {
      return !lostName && (fixes.length > 0 || !importsLost.has(span.file));
    }
    if (unknownNames.has(code)) return !lostWords.has(wordAt(span, files));
    if (fixes.length > 0) return true;
    if (unknownWords.has(code)) return !helpdeskLost && !lostName;
    return true;
  });
}

/** The lines on which the shape is broken: what their words mean cannot be told for sure. */
class BrokenLines {
  readonly #indexes = new Map<string, LineIndex>();
  readonly #broken = new Map<string, RawDiagnostic>();
  readonly #meant = new Map<string, RawDiagnostic>();

  constructor(findings: readonly RawDiagnostic[], files: readonly SourceFile[]) {
    for (const file of files) this.#indexes.set(file.path, lineIndex(file.text));
    for (const finding of findings) {
      if (finding.severity !== "error") continue;
      const place = this.#placeOf(finding.span);
      const known = isOfShape(finding.code) ? this.#broken : this.#meant;
      const first = known.get(place);
      if (first === undefined || finding.span.start < first.span.start) known.set(place, finding);
    }
  }

  /** Whether another finding of the line is the cause of this one. */
  excuses(finding: RawDiagnostic): boolean {
    const place = this.#placeOf(finding.span);
    const broken = this.#broken.get(place);
    if (broken === undefined) return false;
    const meant = this.#meant.get(place);
    const wordsFirst =
      meant !== undefined &&
      misreadPatterns.has(broken.code) &&
      meant.span.start < broken.span.start;
    return isOfShape(finding.code) ? wordsFirst && finding === broken : !wordsFirst;
  }

  /** Whether a finding stands on the line below another. */
  isBelow({ span }: RawDiagnostic, above: RawDiagnostic): boolean {
    const index = this.#indexes.get(span.file);
    if (index === undefined || above.span.file !== span.file) return false;
    return positionOf(above.span, index).line + 1 === positionOf(span, index).line;
  }

  #placeOf(span: Span): string {
    const index = this.#indexes.get(span.file);
    const line = index === undefined ? 0 : positionOf(span, index).line;
    return `${line} ${span.file}`;
  }
}

function isOfShape(code: DiagnosticCode): boolean {
  return code.startsWith("MC10");
}

/** The lines of the files that begin with the word of a declaration. */
function linesOf(files: readonly SourceFile[], word: DeclarationWord): readonly Line[] {
  const begins = (line: Line): boolean => {
    const first = line.items[0];
    return first?.kind === "word" && first.text === word;
  };
  return files.flatMap((file) => file.lines.filter(begins));
}

/** The lines at the top of files that begin with no declaration. */
function strayLines(files: readonly SourceFile[]): readonly Line[] {
  return files.flatMap(({ lines }) =>
    lines.filter(({ items: [first] }) => first?.kind !== "word" || !isDeclarationWord(first.text)),
  );
}

/** The word of a declaration at a place where none can begin: a cause, never a consequence. */
function isStrayDeclaration({ code, span }: RawDiagnostic, files: readonly SourceFile[]): boolean {
  return strayWords.has(code) && isDeclarationWord(wordAt(span, files));
}

function isDeclarationWord(word: string): boolean {
  return Object.hasOwn(declarations, word) || word === ruleWord;
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{M}\p{N}_-]+/u);
}

/** The line on which the place begins. */
function lineAt({ file, start }: Span, files: readonly SourceFile[]): string {
  const text = files.find(({ path }) => path === file)?.text ?? "";
  const end = text.indexOf("\n", start);
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, end < 0 ? text.length : end);
}

/** What stands on the line before the place. */
function textBefore({ file, start }: Span, files: readonly SourceFile[]): string {
  const text = files.find(({ path }) => path === file)?.text ?? "";
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}

/** Whether nothing but a comment stands behind the place on its line. */
function endsLine({ file, end }: Span, files: readonly SourceFile[]): boolean {
  const text = files.find(({ path }) => path === file)?.text ?? "";
  return /^[ \t]*(?:#|\r?\n|$)/.test(text.slice(end));
}

function wordAt({ file, start, end }: Span, files: readonly SourceFile[]): string {
  return files.find(({ path }) => path === file)?.text.slice(start, end) ?? "";
}

function errorsIn(
  lines: readonly Line[],
  errors: readonly RawDiagnostic[],
): readonly RawDiagnostic[] {
  return errors.filter(({ span }) => lines.some((line) => within(span, line.span)));
}

function standOnOneLine(one: Span, other: Span, text: string): boolean {
  const [from, to] = [Math.min(one.start, other.start), Math.max(one.start, other.start)];
  return one.file === other.file && !/[\r\n]/.test(text.slice(from, to));
}
