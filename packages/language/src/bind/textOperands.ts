import { report } from "../diagnostics/report.ts";
import type { Item, TextItem } from "../shape/shape.ts";
import type { Text } from "../tree/index.ts";
import type { FieldType } from "../vocabulary/fields.ts";
import { authenticationWords, pecWords } from "../vocabulary/operators.ts";
import { describe, type BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { inFront } from "./skipping.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import { wrongOperand, type Tested } from "./tested.ts";
import { bindText, type HolePlace } from "./texts.ts";

/** The texts on the right of an operator: one, or those of a list. Undefined where one of them is broken. */
export function bindTexts(
  cursor: Cursor,
  context: BindContext,
  tested: Tested,
): readonly Text[] | undefined {
  const item = inFront(cursor);
  if (item?.kind !== "list") {
    if (item === undefined || !isValue(item)) return wrongOperand(cursor, context, tested);
    cursor.take();
    const text = bindValue(item, context, tested);
    return text === undefined ? undefined : [text];
  }
  cursor.take();
  if (item.items.length === 0) {
    if (item.closed) context.add(report("MC1128", item.span, { operator: tested.operator }));
    return undefined;
  }
  const texts = item.items.map((inside) => bindValue(inside, context, tested));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function isValue(item: Item): boolean {
  return item.kind === "text" || item.kind === "word" || item.kind === "number";
}

function bindValue(item: Item, context: BindContext, tested: Tested): Text | undefined {
  const words = listedAsWords(tested.field.row.type);
  if (words !== undefined) return bindWord(item, words, context, tested);
  switch (item.kind) {
    case "text":
      return bindTextValue(item, context, tested);
    case "word":
    case "number":
    case "date":
    case "time": {
      const written = item.kind === "word" ? item.text : rawOf(item);
      const fixes =
        written === undefined ? [] : [replacement("Put it in quotes", item.span, quoted(written))];
      const found = written ?? describe(item);
      context.add(report("MC1124", item.span, { found }, { fixes }));
      return undefined;
    }
    case "unknown":
      return undefined;
    default: {
      const holes = {
        operator: tested.operator,
        field: tested.field.written,
        expected: "texts in quotes",
        found: describe(item),
      };
      context.add(report("MC1201", item.span, holes));
      return undefined;
    }
  }
}

function rawOf(item: Item): string | undefined {
  return item.kind === "number" || item.kind === "date" ? item.raw : undefined;
}

/** Where a text is compared that stands in a test, its holes may hold what the test knows. */
function holesOf(tested: Tested): HolePlace {
  return tested.fields === "ticket" || tested.fields === "sent mail" ? "test" : "none";
}

function bindTextValue(item: TextItem, context: BindContext, tested: Tested): Text | undefined {
  const holes = item.parts.some((part) => part.kind === "hole");
  const place = holesOf(tested);
  if (holes && place === "none") {
    const hole = item.parts.find((part) => part.kind === "hole");
    context.add(report("MC1504", hole?.span ?? item.span, {}));
    return undefined;
  }
  return bindText(item, context, place);
}

/** The words that a field of this type may be, which stand without quotes. */
export function listedAsWords(type: FieldType): readonly string[] | undefined {
  switch (type) {
    case "authentication":
      return authenticationWords;
    case "pec":
      return pecWords;
    default:
      return undefined;
  }
}

function bindWord(
  item: Item,
  words: readonly string[],
  context: BindContext,
  tested: Tested,
): Text | undefined {
  const text = item.kind === "word" ? item.text : singleText(item);
  if (item.kind === "unknown") return undefined;
  if (text !== undefined && words.includes(text)) {
    if (item.kind === "word") return { kind: "text", span: item.span, block: false, parts: [text] };
    const fixes = [replacement("Take the quotes away", item.span, text)];
    context.add(report("MC1121", item.span, { word: text }, { fixes }));
    return undefined;
  }
  const holes = {
    found: item.kind === "word" ? `"${item.text}"` : describe(item),
    field: tested.field.written,
    known: words.join(", "),
  };
  const extras = text === undefined ? {} : didYouMean(text, item.span, words);
  context.add(report("MC1127", item.span, holes, extras));
  return undefined;
}

/** What the text is, where it has no holes and is not empty. */
export function singleText(item: Item): string | undefined {
  if (item.kind !== "text" || item.parts.length !== 1) return undefined;
  const [part] = item.parts;
  return part?.kind === "string" ? part.value : undefined;
}
