import { report, type RawFix } from "../diagnostics/report.ts";
import type { Word } from "../shape/shape.ts";
import type { CalendarDeclaration, ListReference } from "../tree/index.ts";
import { declarations } from "../vocabulary/declarations.ts";
import type { BareNameKind, BindContext } from "./context.ts";
import { didYouMean } from "./suggestions.ts";

/** The list of that name; what is wrong with the name is reported. */
export function takeList(word: Word, context: BindContext): ListReference | undefined {
  const list = context.names.list(word.text);
  if (list !== undefined) return { kind: "list", span: word.span, name: word.text, list };
  unknownName(word, "list", context);
  return undefined;
}

/** The calendar of that name; what is wrong with the name is reported. */
export function takeCalendar(word: Word, context: BindContext): CalendarDeclaration | undefined {
  const calendar = context.names.calendar(word.text);
  if (calendar === undefined) unknownName(word, "calendar", context);
  return calendar;
}

/** Whether a name is visible here as something else than `kind`, or declared where it could be imported from. */
export function isNameOfAnything(name: string, context: BindContext): boolean {
  return kindOf(name, context) !== undefined || context.names.elsewhere(name) !== undefined;
}

/** Says why no thing of that kind can be had by the name: it is another thing's, not imported, or nobody's. */
export function unknownName(word: Word, kind: BareNameKind, context: BindContext): void {
  const found = kindOf(word.text, context);
  if (found !== undefined && found !== kind) {
    context.add(
      report("MC2013", word.span, {
        name: word.text,
        found: declarations[found].one,
        wanted: declarations[kind].one,
      }),
    );
    return;
  }
  const elsewhere = context.names.elsewhere(word.text);
  if (elsewhere !== undefined && elsewhere.span.file !== context.file) {
    const { file } = elsewhere.span;
    const path = importPath(context.file, file);
    context.add(
      report(
        "MC2012",
        word.span,
        { kind: elsewhere.kind, name: word.text, path: file, import: path },
        {
          related: [{ span: elsewhere.span, message: "it is declared here" }],
          fixes: [importFix(context.file, path)],
        },
      ),
    );
    return;
  }
  const visible = context.names.visible(kind);
  const known =
    visible.length === 0
      ? `No ${kind} is declared here or in what the file imports.`
      : `There is: ${visible.join(", ")}.`;
  context.add(
    report(
      "MC2011",
      word.span,
      { kind, name: word.text, known },
      didYouMean(word.text, word.span, visible),
    ),
  );
}

const kinds: readonly BareNameKind[] = ["list", "condition", "calendar", "mailbox", "rules"];

function kindOf(name: string, context: BindContext): BareNameKind | undefined {
  return kinds.find((kind) => context.names.visible(kind).includes(name));
}

function importFix(file: string, path: string): RawFix {
  const span = { file, start: 0, end: 0 };
  const text = `${importLine} "${path}"\n`;
  return { title: `Import ${path}`, edits: [{ span, text }] };
}

const importLine: keyof typeof declarations = "import";

/** How one file of the project names another in an import. */
export function importPath(from: string, to: string): string {
  const source = from.split("/").slice(0, -1);
  const target = to.split("/");
  let common = 0;
  while (common < source.length && source[common] === target[common]) common += 1;
  const up = source.slice(common).map(() => "..");
  const path = [...up, ...target.slice(common)].join("/");
  return up.length > 0 ? path : `./${path}`;
}
