import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { ListDeclaration, Placed } from "../tree/index.ts";
import { declarations, fromFile } from "../vocabulary/declarations.ts";
import type { BindContext } from "./context.ts";
import { fileProblem } from "./files.ts";
import { malformed, readHead, type Head } from "./head.ts";
import { leftOver, takeText, takeTexts, warnOfDoubles } from "./values.ts";

/** Binds `list NAME = [ … ]` and `list NAME from "FILE"`. */
export function bindList(line: Line, context: BindContext): ListDeclaration {
  const head = readHead(line, context, "list");
  const { cursor } = head;
  const declare = (values: readonly Placed<string>[], from: Placed<string> | undefined) =>
    ({ kind: "list", ...head.declared, values, from }) as const;
  if (cursor.takePhrase(fromFile) !== undefined) return fromTextFile(head, context, declare);
  const item = cursor.item;
  if (item?.kind !== "symbol" || item.symbol !== "=") {
    malformed(head, context, `= or ${fromFile}`);
    return declare([], undefined);
  }
  cursor.take();
  const entry = { word: head.declared.name.value, form: declarations.list.form };
  const values = takeTexts(cursor, context, entry, "a list of texts");
  leftOver(cursor, context);
  if (values?.length === 0) {
    context.add(report("MC2111", item.span, { place: `list "${entry.word}"` }));
  }
  return declare(values ?? [], undefined);
}

type Declare = (
  values: readonly Placed<string>[],
  from: Placed<string> | undefined,
) => ListDeclaration;

function fromTextFile(head: Head, context: BindContext, declare: Declare): ListDeclaration {
  const { cursor, declared } = head;
  const name = declared.name.value;
  const entry = { word: name, form: declarations.list.form };
  const path = takeText(cursor, context, entry, "the path of a file");
  leftOver(cursor, context);
  if (path === undefined) return declare([], undefined);
  const file = context.names.readText(path.value);
  if ("kind" in file) {
    context.add(fileProblem(file, path));
    return declare([], path);
  }
  const values = valuesOf(file.text, file.path);
  if (values.length === 0) {
    context.add(report("MC2111", path.span, { place: `"${path.value}"` }));
  }
  warnOfDoubles(values, context, `list "${name}"`);
  return declare(values, { value: file.path, span: path.span });
}

/** A comment of a text file: behind a value it has a blank on both sides, since values have a # too. */
const comment = /^\s*#.*$|\s#(?:\s.*)?$/;

/** The values of a text file: a value a line; blank lines and comments are skipped. */
export function valuesOf(text: string, path: string): readonly Placed<string>[] {
  const values: Placed<string>[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const value = line[0].replace(comment, "").trim();
    if (value === "") continue;
    const start = line.index + line[0].indexOf(value);
    values.push({ value, span: { file: path, start, end: start + value.length } });
  }
  return values;
}
