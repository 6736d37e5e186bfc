import type {
  Block,
  Comment,
  GroupItem,
  Item,
  Line,
  ListItem,
  SourceFile,
  TextItem,
} from "@mcrules/language";
import type { Doc } from "prettier";
// Not all of prettier: the command line starts in half the time without its parsers.
import * as doc from "prettier/doc";
import { entriesOf, type EntryStarts } from "./entries.ts";
import { commentText, Remarks } from "./remarks.ts";

const { group, hardline, ifBreak, indent, join, line, lineSuffix, literalline, softline } =
  doc.builders;
const breakParent = doc.builders.breakParent;

/** Columns that a line may take before lists and one-line blocks are spread over lines. */
const columns = 100;

/**
 * A file in the one format. There are no options: two blanks of indentation, one blank between items, an
 * entry a line, LF line ends (also where the file had CRLF), one line end at the end.
 */
export function layout(file: SourceFile, starts: EntryStarts): string {
  const layouter = new Layouter(file, starts);
  return print(layouter.file());
}

function print(content: Doc): string {
  const options = { printWidth: columns, tabWidth: 2, useTabs: false };
  return doc.printer.printDocToString(content, options).formatted;
}

interface Entry {
  readonly items: readonly Item[];
  readonly start: number;
  readonly end: number;
}

class Layouter {
  readonly #file: SourceFile;
  readonly #starts: EntryStarts;
  readonly #remarks: Remarks;

  constructor(file: SourceFile, starts: EntryStarts) {
    this.#file = file;
    this.#starts = starts;
    this.#remarks = new Remarks(file.comments);
  }

  file(): Doc {
    const content = this.#sequence(this.#file.lines, 0, this.#file.text.length, 0, true);
    return content.length === 0 ? "" : [...content, hardline];
  }

  /** Entries and comments one below the other. `start` is where what stands before the first one ends. */
  #sequence(lines: readonly Line[], start: number, end: number, depth: number, top = false): Doc[] {
    const parts: Doc[] = [];
    const entries = lines.flatMap((one) => this.#entriesOf(one));
    let last = start;
    const begin = (offset: number): void => {
      if (parts.length === 0) return;
      parts.push(hardline);
      if (this.#isBlankBetween(last, offset)) parts.push(hardline);
    };
    const remark = (comment: Comment): void => {
      begin(comment.span.start);
      parts.push(commentText(comment));
      last = comment.span.end;
    };
    let high = false;
    entries.forEach((entry, index) => {
      const comments = this.#remarks.takeBefore(entry.start);
      const content = this.#entry(entry.items, depth);
      // Only of a declaration has to be known how many lines it takes: two that take one may touch.
      const laidOut = top ? print(content).split("\n") : [];
      const needed = laidOut.length > 1 || high || areAlike(entries[index - 1], entry);
      high = laidOut.length > 1;
      if (needed && !this.#blankAmong(last, comments, entry.start) && index > 0) {
        parts.push(hardline);
      }
      comments.forEach(remark);
      begin(entry.start);
      parts.push(top ? join(literalline, laidOut) : content);
      last = entry.end;
      const next = entries[index + 1]?.start ?? end;
      const behind = this.#remarks.takeBehind(Math.min(next, this.#lineEnd(entry.end)));
      if (behind === undefined) return;
      parts.push(this.#behind(behind));
      last = behind.span.end;
    });
    this.#remarks.takeBefore(end).forEach(remark);
    return parts;
  }

  #entriesOf(one: Line): Entry[] {
    return entriesOf(one, this.#starts).map((items) => {
      const start = items[0]?.span.start ?? one.span.start;
      return { items, start, end: items[items.length - 1]?.span.end ?? start };
    });
  }

  #isBlankBetween(from: number, to: number): boolean {
    return /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/.test(this.#file.text.slice(from, to));
  }

  #blankAmong(from: number, comments: readonly Comment[], to: number): boolean {
    let last = from;
    for (const comment of comments) {
      if (this.#isBlankBetween(last, comment.span.start)) return true;
      last = comment.span.end;
    }
    return this.#isBlankBetween(last, to);
  }

  #lineEnd(offset: number): number {
    const found = /[\r\n]/g;
    found.lastIndex = offset;
    return found.exec(this.#file.text)?.index ?? this.#file.text.length;
  }

  #behind(comment: Comment): Doc {
    return [lineSuffix(` ${commentText(comment)}`), breakParent];
  }

  #entry(items: readonly Item[], depth: number): Doc {
    return items.map((item, index) => [
      index === 0 || sticks(items[index - 1], item) ? "" : " ",
      this.#item(item, depth),
    ]);
  }

  #item(item: Item, depth: number): Doc {
    switch (item.kind) {
      case "block":
        return this.#block(item, depth);
      case "list":
        return this.#list(item, depth);
      case "group":
        return this.#group(item, depth);
      case "text":
        return item.block ? this.#textBlock(item, depth) : this.#source(item);
      case "word":
      case "pattern":
      case "number":
      case "date":
      case "time":
      case "capture":
      case "symbol":
      case "unknown":
        return this.#source(item);
      default:
        return item satisfies never;
    }
  }

  #source(item: Item): string {
    return this.#file.text.slice(item.span.start, item.span.end);
  }

  #block(block: Block, depth: number): Doc {
    const inside = block.span.end - 1;
    const behind = this.#remarks.takeBehind(Math.min(inside, this.#lineEnd(block.span.start)));
    const entries = block.lines.flatMap((one) => this.#entriesOf(one));
    const [only] = entries;
    if (only === undefined && behind === undefined && !this.#remarks.anyBefore(inside)) return "{}";
    if (only !== undefined && entries.length === 1 && block.oneLine) {
      return group(["{", indent([line, this.#entry(only.items, depth + 1)]), line, "}"]);
    }
    const content = this.#sequence(block.lines, block.span.start + 1, inside, depth + 1);
    return [
      "{",
      behind === undefined ? "" : this.#behind(behind),
      content.length === 0 ? "" : indent([hardline, ...content]),
      hardline,
      "}",
    ];
  }

  #list(list: ListItem, depth: number): Doc {
    const values = this.#valuesOf(list);
    const parts: Doc[] = [];
    const opening = this.#remarks.takeBehind(list.items[0]?.span.start ?? list.span.end);
    values.forEach((value, index) => {
      const start = value[0]?.span.start ?? list.span.start;
      for (const comment of this.#remarks.takeBefore(start)) {
        parts.push(commentText(comment), hardline);
      }
      parts.push(this.#entry(value, depth + 1), index + 1 < values.length ? "," : ifBreak(","));
      const next = values[index + 1]?.[0]?.span.start ?? list.span.end;
      const behind = this.#remarks.takeBehind(next);
      if (behind !== undefined) parts.push(this.#behind(behind));
      if (index + 1 < values.length) parts.push(line);
    });
    for (const comment of this.#remarks.takeBefore(list.span.end)) {
      parts.push(parts.length > 0 ? hardline : "", commentText(comment), breakParent);
    }
    const head = opening === undefined ? "[" : ["[", this.#behind(opening)];
    if (parts.length === 0 && opening === undefined) return "[]";
    return group([head, indent([softline, ...parts]), softline, "]"]);
  }

  /** The values of a list: items that no comma parts, such as `10 MB`, are one. */
  #valuesOf(list: ListItem): readonly (readonly Item[])[] {
    const values: Item[][] = [];
    let last: Item | undefined;
    for (const item of list.items) {
      const between = last === undefined ? "," : this.#between(last.span.end, item.span.start);
      if (between.includes(",")) values.push([item]);
      else values[values.length - 1]?.push(item);
      last = item;
    }
    return values;
  }

  /** What stands between two items without its comments. */
  #between(from: number, to: number): string {
    return this.#file.text.slice(from, to).replace(/#.*/g, "");
  }

  #group(item: GroupItem, depth: number): Doc {
    if (!this.#remarks.anyBefore(item.span.end)) return ["(", this.#entry(item.items, depth), ")"];
    const start = item.items[0]?.span.start ?? item.span.end;
    const opening = this.#remarks.takeBehind(start);
    const above = this.#remarks.takeBefore(start).flatMap((one) => [hardline, commentText(one)]);
    const content = this.#entry(item.items, depth + 1);
    const behind = this.#remarks.takeBehind(item.span.end);
    const below = this.#remarks
      .takeBefore(item.span.end)
      .flatMap((one) => [hardline, commentText(one)]);
    return [
      "(",
      opening === undefined ? "" : this.#behind(opening),
      indent([
        ...above,
        hardline,
        content,
        behind === undefined ? "" : this.#behind(behind),
        ...below,
      ]),
      hardline,
      ")",
    ];
  }

  /** The lines of a text block as they are, with the indentation of this place instead of their own. */
  #textBlock(item: TextItem, depth: number): Doc {
    const lines = this.#source(item).split(/\r\n?|\n/);
    const closing = lines.pop() ?? "";
    const old = closing.slice(0, closing.indexOf('"'));
    const indentation = "  ".repeat(depth + 1);
    const content = lines.slice(1).map((one) => {
      const rest = one.startsWith(old) ? one.slice(old.length) : one.trimStart();
      return rest === "" ? "" : indentation + rest;
    });
    return join(literalline, ['"""', ...content, `${indentation}"""`]);
  }
}

/** Whether two neighbours are blocks of one kind that have names, such as rules: a blank line parts them. */
function areAlike(before: Entry | undefined, entry: Entry): boolean {
  const word = before === undefined ? undefined : wordOfNamed(before);
  return word !== undefined && word === wordOfNamed(entry);
}

/** The word of an entry of the form `WORD "name" { … }`. */
function wordOfNamed(entry: Entry): string | undefined {
  const [word, name, block] = entry.items;
  if (word?.kind !== "word" || name?.kind !== "text" || block?.kind !== "block") return undefined;
  return word.text;
}

/** Whether no blank stands between two items: before a comma, and between `env` and its parenthesis. */
function sticks(before: Item | undefined, item: Item): boolean {
  if (item.kind === "symbol") return item.symbol === ",";
  return item.kind === "group" && before?.kind === "word";
}
