import { canonical, composed } from "../text/folding.ts";

/** One value of a field: a text, or a number (bytes, milliseconds, an instant, a count). */
export type Value = string | number;

/** The values of one field of one mail, each brought into the forms that tests compare, once. */
export class FieldValues {
  readonly raw: readonly Value[];
  #canonical: readonly string[] | undefined;
  #composed: readonly string[] | undefined;

  constructor(raw: readonly Value[]) {
    this.raw = raw;
  }

  /** What `is`, `contains`, `in` and their like compare. */
  get canonical(): readonly string[] {
    return (this.#canonical ??= this.raw.map((value) => canonical(String(value))));
  }

  /** What `matches` sees. */
  get composed(): readonly string[] {
    return (this.#composed ??= this.raw.map((value) => composed(String(value))));
  }
}

export const noValues: FieldValues = new FieldValues([]);
