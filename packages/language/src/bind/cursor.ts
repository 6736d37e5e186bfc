import type { Item, Line, Word } from "../shape/shape.ts";
import type { Span } from "../span.ts";

/** Reads the items of one line from left to right. It reports nothing: its users know what they expected. */
export class Cursor {
  readonly line: Line;
  #index: number;

  constructor(line: Line, index = 0) {
    this.line = line;
    this.#index = index;
  }

  get index(): number {
    return this.#index;
  }

  /** The item in front; undefined at the end of the line. */
  get item(): Item | undefined {
    return this.line.items[this.#index];
  }

  /** The item `ahead` places further. */
  peek(ahead = 1): Item | undefined {
    return this.line.items[this.#index + ahead];
  }

  get atEnd(): boolean {
    return this.#index >= this.line.items.length;
  }

  /** The place in front: the item, or the empty place behind the last one. */
  get here(): Span {
    const item = this.item;
    if (item !== undefined) return item.span;
    const { file, end } = this.line.span;
    return { file, start: end, end };
  }

  /** From the item at `from` to the last item read. */
  spanFrom(from: number): Span {
    const first = this.line.items[from]?.span ?? this.here;
    const last = this.line.items[this.#index - 1]?.span ?? first;
    return { file: first.file, start: first.start, end: Math.max(first.end, last.end) };
  }

  take(): Item | undefined {
    const item = this.item;
    if (item !== undefined) this.#index += 1;
    return item;
  }

  takeKind<K extends Item["kind"]>(kind: K): Extract<Item, { kind: K }> | undefined {
    const item = this.item;
    if (item === undefined || !isKind(item, kind)) return undefined;
    this.#index += 1;
    return item;
  }

  /** Whether the words in front are those of the phrase, such as `starts with`. */
  isPhrase(phrase: string): boolean {
    const first = this.item;
    // Every line is held against many phrases, and nearly all of them fail at their first word.
    if (first?.kind !== "word" || !phrase.startsWith(first.text)) return false;
    return phrase.split(" ").every((word, offset) => {
      const item = this.line.items[this.#index + offset];
      return item?.kind === "word" && item.text === word;
    });
  }

  /** Takes the words of the phrase, all or none. */
  takePhrase(phrase: string): Span | undefined {
    if (!this.isPhrase(phrase)) return undefined;
    const from = this.#index;
    this.#index += phrase.split(" ").length;
    return this.spanFrom(from);
  }

  /** Takes the longest of the phrases that stands in front. */
  takeOneOf<P extends string>(phrases: readonly P[]): { phrase: P; span: Span } | undefined {
    let longest: P | undefined;
    for (const phrase of phrases) {
      if (phrase.length > (longest?.length ?? 0) && this.isPhrase(phrase)) longest = phrase;
    }
    if (longest === undefined) return undefined;
    const span = this.takePhrase(longest);
    return span === undefined ? undefined : { phrase: longest, span };
  }

  takeWord(): Word | undefined {
    return this.takeKind("word");
  }

  /** Skips to the end of the line, giving what was skipped. */
  skipRest(): Span | undefined {
    if (this.atEnd) return undefined;
    const from = this.#index;
    this.#index = this.line.items.length;
    return this.spanFrom(from);
  }

  back(to: number): void {
    this.#index = to;
  }
}

function isKind<K extends Item["kind"]>(item: Item, kind: K): item is Extract<Item, { kind: K }> {
  return item.kind === kind;
}
