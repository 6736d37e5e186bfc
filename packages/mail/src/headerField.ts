import { decodeByteString } from "./charset.ts";
import { decodeHeaderText } from "./encodedWords.ts";
import { type HeaderBlock, unfold } from "./headerBlock.ts";
import type { HeaderField } from "./mail.ts";

/** A header line that is unfolded and decoded when it is first asked for. */
class LazyField implements HeaderField {
  readonly name: string;
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  #raw: string | undefined;
  #value: string | undefined;

  constructor(name: string, text: string, start: number, end: number) {
    this.name = name;
    this.#text = text;
    this.#start = start;
    this.#end = end;
  }

  get raw(): string {
    this.#raw ??= decodeByteString(unfold(this.#text.slice(this.#start, this.#end)));
    return this.#raw;
  }

  get value(): string {
    this.#value ??= decodeHeaderText(this.raw);
    return this.#value;
  }

  toJSON(): HeaderField {
    return { name: this.name, raw: this.raw, value: this.value };
  }
}

/** The fields of a header block, each read when it is asked for. */
export function headerFields(block: HeaderBlock): readonly HeaderField[] {
  return block.fields.map((field) => new LazyField(field.name, block.text, field.start, field.end));
}
