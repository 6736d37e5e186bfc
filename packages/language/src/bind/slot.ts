import type { Span } from "../span.ts";

/**
 * What a setting was found to be. The first that stands counts; one that stands there and could not
 * be understood is given, without a value, so that nothing is said to be missing.
 */
export class Slot<T> {
  #span: Span | undefined;
  #value: T | undefined;

  /** Where the setting stands: its word. */
  get span(): Span | undefined {
    return this.#span;
  }

  get given(): boolean {
    return this.#span !== undefined;
  }

  get value(): T | undefined {
    return this.#value;
  }

  set(span: Span, value: T | undefined): void {
    if (this.#span !== undefined) return;
    this.#span = span;
    this.#value = value;
  }
}
