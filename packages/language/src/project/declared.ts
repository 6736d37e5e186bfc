import { describe } from "../bind/context.ts";
import { didYouMean, quoted } from "../bind/suggestions.ts";
import {
  report,
  type RawDiagnostic,
  type RawFix,
  type ReportExtras,
} from "../diagnostics/report.ts";
import type { Item, Line, SourceFile, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import type { Placed } from "../tree/index.ts";
import { declarations, ruleWord, type DeclarationWord } from "../vocabulary/declarations.ts";
import { foreignDeclarations } from "../vocabulary/foreign.ts";
import { isReserved } from "../vocabulary/reserved.ts";

/** A declaration of a file as its first words tell it; what is in it is not looked at. */
export interface Entry {
  readonly kind: Exclude<DeclarationWord, "import">;
  readonly file: string;
  readonly line: Line;
  /** Undefined where it has none, or none that could be understood. */
  readonly name: Placed<string> | undefined;
}

/** What a file declares and imports. */
export interface FileIndex {
  readonly file: SourceFile;
  readonly entries: readonly Entry[];
  /** The lines that begin with `import`. */
  readonly imports: readonly Line[];
  /** The rules in its sets of rules. */
  readonly rules: readonly Placed<string>[];
}

/** Collects what a file declares. Unknown declarations and wrong names are reported. */
export function indexFile(file: SourceFile, add: (finding: RawDiagnostic) => void): FileIndex {
  const entries: Entry[] = [];
  const imports: Line[] = [];
  const rules: Placed<string>[] = [];
  for (const line of file.lines) {
    const kind = declarationOf(line, add);
    if (kind === undefined) continue;
    if (kind === "import") {
      imports.push(line);
      continue;
    }
    const name = nameOf(line, kind, add);
    if (name !== undefined && isReserved(kind, name.value)) {
      const { one } = declarations[kind];
      add(report("MC2004", name.span, { name: name.value, one }));
    }
    entries.push({ kind, file: file.path, line, name });
    if (kind === "rules") rules.push(...rulesIn(line));
  }
  return { file, entries, imports, rules };
}

/** Which declaration a line is; a misspelt one counts as the one that was most likely meant. */
function declarationOf(
  line: Line,
  add: (finding: RawDiagnostic) => void,
): DeclarationWord | undefined {
  const first = line.items[0];
  if (first === undefined || first.kind === "unknown") return undefined;
  if (first.kind === "word" && isDeclaration(first.text)) return first.text;
  if (line.misplaced === true) return undefined;
  const words = Object.keys(declarations);
  const holes = { word: describe(first), known: words.join(", ") };
  if (first.kind === "word" && first.text === ruleWord && line.items[1]?.kind !== "word") {
    const help = `A rule stands in a set of rules: ${declarations.rules.form}`;
    add(report("MC2001", first.span, holes, { help }));
    return undefined;
  }
  const extras = first.kind === "word" ? meantBy(first) : {};
  add(report("MC2001", first.span, holes, extras));
  const guess = first.kind === "word" ? nearest(first.text, words) : undefined;
  return guess !== undefined && isDeclaration(guess) ? guess : undefined;
}

function meantBy({ text, span }: Word): ReportExtras {
  const meant = Object.hasOwn(foreignDeclarations, text) ? foreignDeclarations[text] : undefined;
  return didYouMean(meant ?? text, span, Object.keys(declarations));
}

function isDeclaration(word: string): word is DeclarationWord {
  return Object.hasOwn(declarations, word);
}

/** A letter, then letters, digits, - and _. */
export function isBareName(text: string): boolean {
  return /^\p{L}[\p{L}\p{N}_-]*$/u.test(text);
}

function nameOf(
  line: Line,
  kind: Entry["kind"],
  add: (finding: RawDiagnostic) => void,
): Placed<string> | undefined {
  const { named, one, form } = declarations[kind];
  if (named === "none") return undefined;
  const item = line.items[1];
  if (item?.kind === "unknown") return undefined;
  const written = item === undefined ? undefined : plain(item);
  if (item !== undefined && written !== undefined) {
    if (named === "text" && item.kind === "text" && written.trim() !== "") {
      return { value: written, span: item.span };
    }
    if (named === "bare" && item.kind === "word" && isBareName(written)) {
      return { value: written, span: item.span };
    }
  }
  if (item?.kind === "text" && !item.closed) return undefined;
  const first = line.items[0]?.span ?? line.span;
  const end: Span = { file: first.file, start: first.end, end: first.end };
  const expected = named === "bare" ? "a bare name" : "a text";
  const found = written?.trim() === "" ? "an empty text" : describe(item);
  add(
    report(
      "MC2006",
      item?.span ?? end,
      { one, expected, found, form },
      { fixes: nameFixes(named, item, written, line.items[2]) },
    ),
  );
  return written === undefined || item === undefined || written.trim() === ""
    ? undefined
    : { value: written, span: item.span };
}

/** What a word or a text without holes says. */
function plain(item: Item): string | undefined {
  if (item.kind === "word") return item.text;
  if (item.kind !== "text") return undefined;
  const strings = item.parts.flatMap((part) => (part.kind === "string" ? [part.value] : []));
  return strings.length === item.parts.length ? strings.join("") : undefined;
}

function nameFixes(
  named: "bare" | "text",
  item: Item | undefined,
  written: string | undefined,
  next: Item | undefined,
): readonly RawFix[] {
  if (item === undefined || written === undefined) return [];
  if (named === "text" && item.kind === "word" && next?.kind === "text") {
    const span = { ...item.span, end: next.span.start };
    return [{ title: `Take ${item.text} out`, edits: [{ span, text: "" }] }];
  }
  if (named === "bare" && !isBareName(written)) return [];
  const text = named === "bare" ? written : quoted(written);
  return [{ title: `Write ${text}`, edits: [{ span: item.span, text }] }];
}

/** The names of the rules of a set, by shape: `rule "…" { … }`. */
function rulesIn(line: Line): readonly Placed<string>[] {
  const names: Placed<string>[] = [];
  for (const block of line.items) {
    if (block.kind !== "block") continue;
    for (const { items } of block.lines) {
      for (const [index, item] of items.entries()) {
        if (item.kind !== "word" || item.text !== ruleWord) continue;
        const name = items[index + 1];
        const written = name?.kind === "text" ? plain(name) : undefined;
        if (name !== undefined && written !== undefined) {
          names.push({ value: written, span: name.span });
        }
      }
    }
  }
  return names;
}
